"""Nobody's e-mail address or telephone number is in what the demonstration publishes."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cis_graph.mapping.contacts import EMAIL, TELEPHONE
from cis_graph.release.parts import PARTS
from cis_graph.release.shelf import Shelf
from tests.conftest import Demonstration

_TERM = re.compile(r'"((?:[^"\\]|\\.)*)"|<([^>]*)>')
_ADDRESS = re.compile(r"[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")  # in an IRI
_HASH = re.compile(
    r"\b(?=[0-9]*[a-f])(?:[0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-zA-Z])"
)  # digits of a key may look like a number
_SCHEMES = ("mailto:", "tel:", "sms:", "callto:")


def contacts(text: str) -> set[str]:
    """The literals and IRIs of some statements that hold an address or a number of a person."""
    found: set[str] = set()
    for literal, iri in set(_TERM.findall(_HASH.sub("", text))):  # much is said many times
        if EMAIL.search(literal) or TELEPHONE.search(literal):
            found.add(literal)
        elif iri.lower().startswith(_SCHEMES) or _ADDRESS.search(iri):
            found.add(iri)
    return found


def published(place: Path) -> Iterator[tuple[str, str]]:
    """Every statement and every report of a release, by the name of its file."""
    for path in sorted((place / PARTS).rglob("*.nq")):
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted((place / "report").iterdir()):
        data = path.read_bytes()
        yield path.name, (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def test_no_contact_of_a_person_is_published(demonstration: Demonstration) -> None:
    """Over all demonstration data: no literal or IRI of a release, and no report, holds an address or a number."""
    place = Shelf(demonstration.settings.data).current_place()
    assert place is not None
    files = dict(published(place))

    assert {"records.nq", "entities.nq", "accounts.json"} <= files.keys()
    assert {} == {name: found for name, text in files.items() if (found := contacts(text))}


@pytest.mark.parametrize(
    "statement",
    [
        '<a> <b> "Écrire à une.personne@ruches.example" .',
        '<a> <b> "Appeler le 06 12 34 56 78"@fr .',
        r'<a> <b> "dit \"oui\" au +33 6 12 34 56 78" .',
        "<a> <b> <mailto:qui@ruches.example> .",
        "<a> <b> <TEL:+33612345678> .",
        "<a> <b> <https://ruches.example/?m=qui@ruches.example> .",
    ],
)
def test_a_contact_would_be_seen(statement: str) -> None:
    """The search finds addresses and numbers in texts and in IRIs."""
    assert contacts(statement)


def test_what_is_no_contact_is_not_taken_for_one() -> None:
    """Identifiers, points and dates are left alone."""
    assert set() == contacts('<https://a.example/id/1> <b> "73282932000074" , "45.7640" , "2019-02-01" .')
