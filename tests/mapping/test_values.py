import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.errors import ValueFault
from cis_graph.mapping.values import MONTHS, amount, clean, degrees, french_date, is_blank, listed, site, web_address
from cis_graph.model.identifiers import Rna, Siren, Siret

ENTITY_PIECES = st.sampled_from(
    ["&", "amp;", "#38;", "lt;", "&#8203;", "\u200b", "#x26;", "e", "\u0301", " ", "\u202e", "\x00"]
)
DAYS = st.integers(0, 400_000).map(lambda count: date(1000, 1, 1) + timedelta(days=count))


@given(st.text() | st.lists(ENTITY_PIECES, max_size=60).map("".join))
def test_clean_text_stays_as_it_is(text: str) -> None:
    """Cleaning twice is cleaning once, entities within entities and marks between letters included."""
    assert clean(clean(text)) == clean(text)


@given(st.text() | st.lists(ENTITY_PIECES).map("".join))
def test_clean_text_hides_nothing(text: str) -> None:
    """Clean text has no control or format character, no double blank, none around it, and is NFC."""
    plain = clean(text)
    assert not {unicodedata.category(character) for character in plain} & {"Cc", "Cf"}
    assert plain == " ".join(plain.split()) == unicodedata.normalize("NFC", plain)


@given(st.text(max_size=6) | st.lists(ENTITY_PIECES).map("".join))
def test_a_text_is_blank_where_cleaning_leaves_nothing(text: str) -> None:
    """A cell of blanks, marks and entities of blanks alone is blank; any letter or digit is something."""
    assert is_blank(text) == (clean(text) == "")


def test_entities_are_read() -> None:
    """Entities are read as what they stand for, escaped twice or once."""
    assert clean("Sport &amp; Cancer") == clean("Sport &amp;amp; Cancer") == "Sport & Cancer"


def test_a_nest_of_entities_ends() -> None:
    """A megabyte of entities within entities is read in bounded time, and loses its ampersands."""
    assert "&" not in clean("&" + "amp;" * 250_000 + "lt;")


@given(DAYS)
def test_a_printed_day_is_read_back(day: date) -> None:
    """A day printed in any of the French forms gives that day."""
    month = (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    )
    year = f"{day.year:04d}"
    forms = (
        f"{day:%d/%m/}{year}",
        f"{day.day}.{day.month}.{year}",
        f"{day.day} {month[day.month - 1]} {year}",
        day.isoformat(),
    )
    assert {french_date(form).text for form in forms} == {day.isoformat()}


@given(st.integers(1000, 9999), st.integers(1, 12))
def test_a_printed_month_is_read_back(year: int, month: int) -> None:
    """A month keeps its precision."""
    forms = (f"{MONTHS[month - 1]} {year}", f"{month}/{year}", f"{MONTHS[month - 1].upper()} {year}")
    assert {french_date(form).text for form in forms} == {f"{year}-{month:02d}"}


@pytest.mark.parametrize(
    "text", ["31/02/2020", "0/1/2020", "1/13/2020", "12 brumaire 2020", "25/07/25", "2020-6", "hier", ""]
)
def test_no_day_of_the_calendar_is_refused(text: str) -> None:
    """What is no date is refused in both languages, never guessed."""
    with pytest.raises(ValueFault) as refused:
        french_date(text)
    assert refused.value.french


@given(st.text())
def test_a_date_is_read_or_refused(text: str) -> None:
    """Whatever the text, it is a date of the calendar or a fault, and nothing else happens."""
    try:
        stated = french_date(text)
    except ValueFault:
        return
    assert stated.first_day() <= stated.last_day()


@pytest.mark.parametrize(
    "text",
    [
        "null", "httt://www.exemple.org", "ftp://exemple.org", "//exemple.org", "https://localhost/", "https://", "http://[",
        "javascript:alert(1)", "https://exemple.org/a b", "https://exemple.org/<b>", "https://nom:secret@exemple.org/",
        "https://exemple.org:port/", "https://exemple.org:99999/", "https://www.linkedin.com/company/1/admin/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    """Other schemes, no host, blanks, credentials, impossible ports and pages for administrators are no address."""
    with pytest.raises(ValueFault):
        web_address(text)


def test_a_site_may_be_written_without_its_scheme() -> None:
    """A bare host is taken for https, another scheme is refused, and so is what is no host."""
    assert site(" www.exemple.org ") == "https://www.exemple.org"
    assert site("http://exemple.org/") == "http://exemple.org/"
    for text in ("javascript:alert(1)", "exemple", "exemple.org:port"):
        with pytest.raises(ValueFault):
            site(text)


def test_parameters_of_an_address_are_no_entities() -> None:
    """A parameter named as an entity without its semicolon stays: ``&region`` is no registered trade mark."""
    assert web_address("https://exemple.org/?a=1&region=84&copy=2") == "https://exemple.org/?a=1&region=84&copy=2"
    assert web_address(" https://exemple.org/?a=1&amp;b=2\u200b ") == "https://exemple.org/?a=1&b=2"


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_a_printed_amount_is_read_back(euros: int, cents: int) -> None:
    """An amount printed with blanks, a comma and the sign gives its number."""
    printed = f"{euros:,}".replace(",", "\u202f") + f",{cents:02d} €"
    assert amount(printed) == Decimal(f"{euros}.{cents:02d}")


@pytest.mark.parametrize(
    "text", ["-5", "1e9", "NaN", "Infinity", "1_000", "1.234", "1.234,50", "environ 5", "", "€", "9" * 400]
)
def test_what_may_be_another_amount_is_refused(text: str) -> None:
    """Powers, dots that may part thousands and numbers below zero are not guessed."""
    with pytest.raises(ValueFault):
        amount(text)


@given(st.floats(-180, 180))
def test_a_printed_degree_is_read_back(number: float) -> None:
    """Degrees with a dot or a comma give their number."""
    printed = f"{number:.7f}"
    assert degrees(printed) == degrees(printed.replace(".", ",")) == float(printed)


@pytest.mark.parametrize("text", ["181", "-180.1", "nan", "inf", "1_0", "4e1", "45°", "48.8 N", ""])
def test_what_is_no_coordinate_is_refused(text: str) -> None:
    """Out of range, not a number, or a number of another kind."""
    with pytest.raises(ValueFault):
        degrees(text)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1).map(clean).filter(bool), max_size=6))
def test_a_printed_list_is_read_back(parts: list[str]) -> None:
    """Parts joined by semicolons are the parts, blank ones apart."""
    assert listed("; ;".join(parts)) == tuple(parts)


def test_commas_separate_only_alone() -> None:
    """A comma separates where there is no semicolon, and an entity's semicolon is none."""
    assert listed("a, b") == ("a", "b")
    assert listed("a, b; c | d") == ("a, b", "c", "d")
    assert listed("R&amp;D, essais") == ("R&D", "essais")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.clairiere.example", "https://www.clairiere.example"),
        ("Http://Www.Clairiere.example/A", "http://Www.Clairiere.example/A"),
        ("https://clairiere.example/a:b", "https://clairiere.example/a:b"),
    ],
)
def test_a_site_has_a_scheme_in_small_letters(text: str, address: str) -> None:
    """What people write in a cell for a site becomes an address."""
    assert site(text) == address


@pytest.mark.parametrize(
    ("check", "wrong", "example"),
    [
        (french_date, "2019/2/1", "01/02/2019"),
        (french_date, "2019/02", "02/2019"),
        (french_date, "2019.13.45", "25/07/2025"),
        (french_date, "12 brumaire 2019", "25/07/2025"),
        (french_date, "31/02/2019", "2025-07-25"),
        (web_address, "www.ruches.example/a", "https://www.ruches.example/a"),
        (web_address, "ftp://ruches.example/a", "https://ruches.example/a"),
        (web_address, "voir <b>", "https://exemple.fr/"),
        (degrees, "45°45'50\"N", "45.7639"),
        (degrees, "1° 33\u2032 O", "-1.5500"),
        (degrees, "nord", "45.7640"),
        (amount, "beaucoup", "1 234,50"),
        (Siren.parse, "123456789", "732 829 320"),
        (Siret.parse, "12345678900011", "732 829 320 00074"),
        (Rna.parse, "691234567", "W691234567"),
    ],
)
def test_a_refused_value_comes_with_one_that_is_right(check: Callable[[str], object], wrong: str, example: str) -> None:
    """The value as it could be written, else any; the example passes the check that the value failed."""
    with pytest.raises(ValueFault) as caught:
        check(wrong)

    assert example == caught.value.example
    check(example)
