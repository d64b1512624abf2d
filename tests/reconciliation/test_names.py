import pytest

from cis_graph.reconciliation.names import name_of, plain_words
from cis_graph.reconciliation.similarity import is_cut, is_initials, is_spelling


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("LE CENTSEPT", "CentSept"),
        ("L'Âge d\u2019Or", "age d or"),
        ("Œuvre", "oeuvre"),
        ("Association La Ruche", "LA RUCHE"),
        ("Ateliers & Jardins", "atelier et jardin"),
        ("St Étienne", "Saint-Etienne"),
    ],
)
def test_spellings_of_one_name_compare_equal(first: str, second: str) -> None:
    """Case, accents, punctuation, articles, legal forms, plurals and signs make no other name."""
    one, other = name_of(first, of_actor=True), name_of(second, of_actor=True)

    assert one is not None
    assert other is not None
    assert one.glued == other.glued


@pytest.mark.parametrize("text", ["", "   ", "!?", "…", "\x00"])
def test_a_name_without_letters_is_none(text: str) -> None:
    """What says nothing is not compared."""
    assert name_of(text, of_actor=True) is None


def test_a_legal_form_alone_stays_a_name() -> None:
    """A name made of a legal form and articles keeps its words."""
    name = name_of("L'Association", of_actor=True)

    assert name is not None
    assert name.text == "association"


def test_a_bad_export_is_read_as_it_was_meant() -> None:
    """Double-encoded letters and HTML entities are repaired."""
    assert plain_words("Ã‰cole d&#039;Ã©tÃ©") == "ecole d ete"


@pytest.mark.parametrize(
    ("test", "first", "second", "expected"),
    [
        (is_initials, "RTES", "Réseau territoires économie solidaire", True),
        (is_initials, "RTES", "Réseau solidaire", False),
        (is_spelling, "Tennis de table villainais", "Tennis de table villainnais", True),
        (is_spelling, "Foyer rural Jupilles", "Foyer rural Thorigné", False),
        (is_spelling, "Accueil des familles détenus", "Accueil des familles déten", True),
        (is_spelling, "Comité département de cyclot", "Comité départemental de cycl", False),
        (is_spelling, "Comité de tir", "Comité de tria", False),
        (
            is_cut,
            "Moto club des vieilles motos anciennes et belles",
            "Moto club des vieilles motos anciennes et bel",
            True,
        ),
        (is_cut, "Croix-Rouge", "Croix-Rouge de Sablé", False),
    ],
)
def test_two_names_resemble_each_other_in_stated_ways(test: object, first: str, second: str, *, expected: bool) -> None:
    """An acronym, a slip of spelling and a cut name are told from another name that shares words."""
    one, other = name_of(first, of_actor=True), name_of(second, of_actor=True)

    assert callable(test)
    assert test(one, other) is expected
