import re

from hypothesis import given
from hypothesis import strategies as st

from cis_graph.mapping.names import slug, with_acronym


@given(st.text())
def test_a_slug_is_words_and_hyphens(text: str) -> None:
    """Whatever the text, its slug is lower-case ASCII words with single hyphens between them, and its own slug."""
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))
    assert slug(slug(text)) == slug(text)


def test_a_slug_keeps_the_letters() -> None:
    """Accents, ligatures and apostrophes go, letters stay."""
    assert slug("Les Petits Frères de l'Œuvre") == "les-petits-freres-de-l-oeuvre"


def test_an_acronym_in_brackets_at_the_end_is_a_name_of_its_own() -> None:
    """Brackets in the middle, empty, or alone hold no acronym, and a name with them is one name."""
    assert with_acronym("Agence du Val (ADV)") == ("Agence du Val", "ADV")
    assert [with_acronym(name) for name in ("Agence", "(ADV)", "A (B) C", "A ()")] == [
        ("Agence",),
        ("(ADV)",),
        ("A (B) C",),
        ("A ()",),
    ]
