"""Dates as precise as their source states them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Self

from cis_graph.errors import ValueFault

_A_DAY = "2025-07-25"
_ISO = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


class Precision(Enum):
    """How much of a date is stated; the value is the XSD datatype's local name."""

    YEAR = "gYear"
    MONTH = "gYearMonth"
    DAY = "date"


@dataclass(frozen=True, slots=True, order=True)
class StatedDate:
    """A year, a month or a day, kept as it was stated: ``2017``, ``2020-06`` or ``2025-07-25``."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """A date from its ISO 8601 form.

        Raises:
            ValueFault: another form, or no day of the calendar.
        """
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise ValueFault(
                f'"{text}" is no date: give YYYY, YYYY-MM or YYYY-MM-DD',
                french=f"« {text} » n'est pas une date : écrivez AAAA, AAAA-MM ou AAAA-MM-JJ",
                example=_A_DAY,
            )
        try:
            date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
        except ValueError:
            raise ValueFault(
                f'"{text}" is no day of the calendar',
                french=f"« {text} » n'est pas un jour du calendrier",
                example=_A_DAY,
            ) from None
        return cls(match.group())

    @property
    def precision(self) -> Precision:
        """Whether a year, a month or a day is stated."""
        return {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(self.text)]

    def first_day(self) -> date:
        """The earliest day this date can mean."""
        return date.fromisoformat(self.text + "0000-01-01"[len(self.text) :])

    def last_day(self) -> date:
        """The latest day this date can mean."""
        year, month = int(self.text[:4]), int(self.text[5:7] or 12)
        return date(year, month, int(self.text[8:10] or calendar.monthrange(year, month)[1]))
