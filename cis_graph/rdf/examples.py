"""The example queries: one a file, its titles in French and English and what it shows in its first comments."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cis_graph.rdf.iris import RDF, RDFS, SCHEMA, SH
from cis_graph.rdf.statements import iri, statement, text

_KIND = re.compile(r"^(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example query; ``titles`` by language code, ``kind`` its first keyword in small letters."""

    slug: str
    titles: Mapping[str, str]
    shows: str
    kind: str
    text: str

    def title(self, language: str) -> str:
        """Its title in a language; in another, or its slug, where there is none."""
        return self.titles.get(language) or next(iter(self.titles.values()), self.slug)


def examples(folder: Path) -> tuple[Example, ...]:
    """All examples of a folder, in order of their file names."""
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def example_lines(known: Iterable[Example], base: str) -> Iterable[str]:
    """The examples as SHACL executables (``sh:SPARQLExecutable``) of the endpoint under ``base``."""
    for one in known:
        subject = f"{base}queries/{one.slug}"
        yield statement(subject, f"{RDF}type", iri(f"{SH}SPARQLExecutable"))
        yield statement(subject, f"{RDF}type", iri(f"{SH}SPARQL{one.kind.title()}Executable"))
        yield statement(subject, f"{SH}{one.kind}", text(one.text))
        yield statement(subject, f"{SH}prefixes", iri(f"{base}data#prefixes"))
        yield statement(subject, f"{SCHEMA}target", iri(f"{base}sparql"))
        for language, title in one.titles.items():
            yield statement(subject, f"{RDFS}comment", text(title, language))


def _read(path: Path) -> Example:
    content = path.read_text(encoding="utf-8")
    comments = [line.removeprefix("#").strip() for line in content.splitlines() if line.startswith("#")]
    said = (comment.partition(":") for comment in comments)
    titles = {code: title.strip() for code, colon, title in said if colon and code in {"fr", "en"}}
    shows = " ".join(comment for comment in comments if not re.match(r"(?:fr|en):", comment))
    found = _KIND.search(content)
    kind = found[1].lower() if found else "select"
    return Example(slug=path.stem, titles=titles, shows=shows, kind=kind, text=content)
