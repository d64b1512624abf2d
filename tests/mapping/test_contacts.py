import pytest

from cis_graph.mapping.contacts import cut_contacts, without_contacts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("omega.x@clairiere.example", "(courriel)"),
        ("écrire à a+b@c-d.example ou 01 23 45 67 89", "écrire à (courriel) ou (téléphone)"),
        ("06\u202f12\u202f34\u202f56\u202f78", "(téléphone)"),
        ("+262 2 62 69 22 01", "(téléphone)"),
        ("01.23.45.67.89", "(téléphone)"),
        ("L'@telier de Neuville", "L'@telier de Neuville"),
        ("26\u202f950\u202f082\u202f300\u202f019", "26\u202f950\u202f082\u202f300\u202f019"),
        ("01234567890123", "01234567890123"),
        ("46.1060711578546", "46.1060711578546"),
        ("15/03/2021", "15/03/2021"),
    ],
)
def test_addresses_and_numbers_are_hidden_and_nothing_else(text: str, shown: str) -> None:
    """E-mail addresses and telephone numbers go; a SIRET, a coordinate, a date and a playful name stay."""
    assert without_contacts(text) == shown


def test_what_is_cut_leaves_no_gap() -> None:
    """A street keeps its words without the address that stood among them."""
    assert cut_contacts("80 avenue de la Forêt a@b.example bâtiment 2") == "80 avenue de la Forêt bâtiment 2"


@pytest.mark.parametrize("text", ["a" * 200_000, "a." * 100_000, "0" * 200_000, "@" * 200_000, "01 " * 60_000])
def test_long_texts_are_searched_in_time(text: str) -> None:
    """No text makes the search wander."""
    assert without_contacts(text)
