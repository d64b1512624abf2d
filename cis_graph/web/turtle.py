"""Just enough reading of our own Turtle files to show their terms; the store parses Turtle, we do not."""

import re
from dataclasses import dataclass

_BLOCK = re.compile(r"^insoc:(?P<name>\w+) a (?P<kind>[^;]+);(?P<rest>.*?)\.[ \t]*$", re.DOTALL | re.MULTILINE)
_VERSION = re.compile(r'owl:versionInfo "([^"]+)"')
_LITERAL = r'"((?:[^"\\]|\\.)*)"@'


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One class or property of the ontology."""

    name: str
    is_class: bool
    label: str
    definition: str


def version(text: str) -> str:
    """The version a vocabulary states, empty where it states none."""
    found = _VERSION.search(text)
    return found[1] if found else ""


def terms(text: str, language: str) -> tuple[Term, ...]:
    """Classes first, then properties, each by name."""
    found = [
        Term(
            name=block["name"],
            is_class="owl:Class" in block["kind"],
            label=_literal(block["rest"], "rdfs:label", language),
            definition=_literal(block["rest"], "skos:definition", language),
        )
        for block in _BLOCK.finditer(text)
        if "owl:" in block["kind"]
    ]
    return tuple(sorted(found, key=lambda term: (not term.is_class, term.name.casefold())))


def _literal(block: str, prop: str, language: str) -> str:
    """The value of a property in one language."""
    statement = re.search(rf"{prop}((?:\s*,?\s*{_LITERAL}[a-z]+)+)", block)
    if not statement:
        return ""
    found = re.search(_LITERAL + language, statement[1])
    return found[1].replace('\\"', '"') if found else ""
