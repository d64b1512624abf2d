from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.mapping.names import slug
from cis_graph.mapping.page import HEAD, sections
from tests.support.cost import processor_time_under

HEADINGS = frozenset({"Contexte", "Objectifs du projet", "Partenaires"})
LINES = st.lists(
    st.sampled_from([*HEADINGS, "", "Une phrase.", "CONTEXTE :", "Un titre", "- partenaires", "- un"])
    | st.text(max_size=20)
)


@given(LINES)
def test_no_line_is_lost(lines: list[str]) -> None:
    """Each line with something in it stands in one section, or is the heading of one."""
    text = "\n".join(lines)
    found = sections(text, HEADINGS)
    given = Counter(line.strip() for line in text.splitlines() if line.strip())
    kept = Counter(line.strip() for body in found.values() for line in body.splitlines() if line.strip())
    headings = {slug(heading) for heading in found}
    assert kept <= given
    assert all(slug(line) in headings for line in given - kept)


def test_a_heading_is_known_whatever_its_spelling() -> None:
    """Case, accents and punctuation do not matter; the order of sections does not either."""
    found = sections("Titre\nPARTENAIRES :\nUn\n\ncontexte\nDeux", HEADINGS)
    assert found == {HEAD: "Titre", "Partenaires": "Un", "Contexte": "Deux"}


def test_a_heading_that_comes_twice_continues() -> None:
    """The text under a repeated heading is added to the first."""
    assert sections("Contexte\nUn\nPartenaires\nDeux\nContexte\nTrois", HEADINGS)["Contexte"] == "Un\nTrois"


def test_an_undeclared_heading_opens_a_section() -> None:
    """A short line of its own after some content is noticed, and its text does not leak into the section before."""
    found = sections("Contexte\nUn texte.\n\nFinancement\n\nUn autre.", HEADINGS)
    assert found == {HEAD: "", "Contexte": "Un texte.", "Financement": "Un autre."}


def test_an_undeclared_heading_before_the_first_section_is_noticed() -> None:
    """What stands before the first known heading is head up to a heading of its own that follows a sentence."""
    page = "Titre\n\nUn chapeau.\n\nFinancement\n\nUn million.\n\nContexte\nUn texte."
    found = sections(page, HEADINGS)
    assert found == {HEAD: "Titre\n\nUn chapeau.", "Financement": "Un million.", "Contexte": "Un texte."}


def test_titles_and_pages_without_sections_are_head() -> None:
    """Several titles on end are no section, and neither is anything where no heading is known."""
    assert set(sections("Titre\n\nSous-titre\n\nAutre titre\n\nContexte\nUn texte.", HEADINGS)) == {HEAD, "Contexte"}
    assert set(sections("Titre\n\nUn chapeau.\n\nFinancement\n\nUn million.", HEADINGS)) == {HEAD}


def test_a_sentence_is_no_heading() -> None:
    """Lines with digits, links, a final mark or no capital stay text."""
    for line in ("Une phrase.", "en 2019", "Voir https://exemple.org", "minuscule", "Trop " * 20):
        assert set(sections(f"Contexte\nUn texte.\n\n{line}\n\nLa suite.", HEADINGS)) == {HEAD, "Contexte"}


@pytest.mark.parametrize("unit", ["Mot\n\n", "Contexte\n\n", "\n", "Une phrase.\n\nTitre\n\n"])
@pytest.mark.parametrize("before", ["Contexte\n", "Un chapeau.\n\n"])
def test_a_page_of_a_hundred_thousand_lines_is_cut(before: str, unit: str) -> None:
    """The work grows with the lines and not with their square, whatever they repeat."""
    with processor_time_under(60):
        assert "Contexte" in sections(before + unit * 100_000 + "\nContexte\nUn texte.", HEADINGS)
