from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.errors import ValueFault
from cis_graph.model.dates import Precision, StatedDate

DAYS = st.dates(min_value=date(1, 1, 1))
TEXTS = DAYS.flatmap(lambda day: st.sampled_from([day.isoformat()[:length] for length in (4, 7, 10)]))


@given(TEXTS)
def test_a_date_prints_what_it_parsed(text: str) -> None:
    """A year, a month or a day is kept as it was stated, spaces around it apart."""
    assert text == StatedDate.parse(f" {text}\n").text


@given(TEXTS)
def test_the_precision_is_that_of_the_text(text: str) -> None:
    """Four characters are a year, seven a month, ten a day, each with its XSD datatype."""
    expected = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]

    assert expected == StatedDate.parse(text).precision.value


@given(DAYS)
def test_a_day_lies_within_its_month_and_its_year(day: date) -> None:
    """The first and last days of a year hold those of each of its months, and these each of their days."""
    year, month, stated = (StatedDate.parse(day.isoformat()[:length]) for length in (4, 7, 10))

    assert year.first_day() <= month.first_day() <= stated.first_day() == day
    assert day == stated.last_day() <= month.last_day() <= year.last_day()


@given(st.integers(1, 9998), st.integers(1, 12))
def test_the_day_after_the_last_of_a_month_is_the_first_of_the_next(year: int, month: int) -> None:
    """Months leave no day between them."""
    after = StatedDate.parse(f"{year:04}-{month:02}").last_day() + timedelta(days=1)

    assert after.day == 1
    assert after.month == month % 12 + 1


@pytest.mark.parametrize(("month", "last"), [("2024-02", 29), ("2023-02", 28), ("2000-02", 29), ("1900-02", 28)])
def test_february_knows_leap_years(month: str, last: int) -> None:
    """Every fourth year is a leap year, every hundredth is not, every four-hundredth is."""
    assert last == StatedDate.parse(month).last_day().day


def test_a_year_starts_in_january_and_ends_in_december() -> None:
    """A year alone means any of its days."""
    year = StatedDate.parse("2017")

    assert (year.first_day(), year.last_day()) == (date(2017, 1, 1), date(2017, 12, 31))


def test_the_last_month_of_the_calendar_has_a_last_day() -> None:
    """There is no year 10000 to count back from."""
    assert StatedDate.parse("9999").last_day() == date(9999, 12, 31)


@pytest.mark.parametrize("text", ["2023-02-29", "1900-02-29", "2024-13", "2024-00", "2024-04-31", "2024-01-00", "0000"])
def test_what_is_no_day_of_the_calendar_is_refused(text: str) -> None:
    """A date that never was is not moved to the next one."""
    with pytest.raises(ValueFault, match="calendar") as fault:
        StatedDate.parse(text)

    assert fault.value.french == f"« {text} » n'est pas un jour du calendrier"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "01/02/2019",
        "2019-2",
        "2019-02-1",
        "20190201",
        "2019-02-01T00:00:00",
        "-2019",
        "+2019",
        "٢٠١٩",
        "2019\x00",
    ],
)
def test_another_form_is_refused_in_both_languages(text: str) -> None:
    """The fault shows the value and the three forms there are."""
    with pytest.raises(ValueFault, match="YYYY-MM-DD") as fault:
        StatedDate.parse(text)

    assert text in fault.value.french
    assert "AAAA-MM-JJ" in fault.value.french


def test_precisions_are_datatypes_of_xml_schema() -> None:
    """Their values are used as local names in RDF."""
    assert {one.value for one in Precision} == {"gYear", "gYearMonth", "date"}
