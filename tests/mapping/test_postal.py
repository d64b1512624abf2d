import pytest

from cis_graph.errors import ValueFault
from cis_graph.mapping import postal
from cis_graph.model.places import Place


@pytest.mark.parametrize(
    ("text", "code"), [("4000", "04000"), ("13014", "13014"), ("97490", "97490"), (" 2170 ", "02170")]
)
def test_a_postcode_kept_as_a_number_has_its_zero_back(text: str, code: str) -> None:
    """Four digits lost a zero; five are whole."""
    assert postal.postcode_number(text) == code


@pytest.mark.parametrize("text", ["", "0400", "400", "130140", "1301A", "٤٠٠٠", "4e03", "-4000", "4000.0"])
def test_what_is_no_postcode_is_refused(text: str) -> None:
    """Neither shorter, longer, signed nor in other digits."""
    with pytest.raises(ValueFault, match="no postcode"):
        postal.postcode_number(text)


def test_a_postcode_that_is_text_is_not_mended() -> None:
    """Four digits are only a lost zero where the column holds numbers."""
    with pytest.raises(ValueFault, match="five digits"):
        postal.postcode("4000")


def test_an_address_has_what_is_known_of_it() -> None:
    """Street, postcode and town in one line; no address without street and town, and no contact in it."""
    whole = postal.address("1 rue Haute a@b.example", "69001", "Lyon")
    assert whole is not None
    assert (whole.full, whole.street) == ("1 rue Haute, 69001 Lyon", "1 rue Haute")
    assert postal.address(None, "69001", None) is None


def test_a_place_falls_back_to_a_wider_one() -> None:
    """The line of postcode and town leads to the wider place, and that stands alone where there is no line."""
    wide = Place(text="Rhône", level="departement")
    assert postal.places("69001", "Lyon", otherwise=wide) == (Place(text="69001 Lyon", otherwise=wide),)
    assert postal.places(None, None, otherwise=wide) == (wide,)
    assert postal.places(None, None) == ()


def test_a_point_needs_both_numbers() -> None:
    """Half a point is none."""
    assert postal.points(45.0, None) == ()
    assert len(postal.points(0.0, 0.0)) == 1
