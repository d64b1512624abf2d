"""The example queries: one a file, its title in French and English in its first comments."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example query; ``titles`` by language code."""

    slug: str
    titles: Mapping[str, str]
    text: str

    def title(self, language: str) -> str:
        """Its title in a language; in another, or its slug, where there is none."""
        return self.titles.get(language) or next(iter(self.titles.values()), self.slug)


def examples(folder: Path) -> tuple[Example, ...]:
    """All examples of a folder, in order of their file names."""
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def _read(path: Path) -> Example:
    text = path.read_text(encoding="utf-8")
    comments = (line.removeprefix("#").strip() for line in text.splitlines() if line.startswith("#"))
    said = (comment.partition(":") for comment in comments)
    titles = {code: title.strip() for code, colon, title in said if colon and code in {"fr", "en"}}
    return Example(slug=path.stem, titles=titles, text=text)
