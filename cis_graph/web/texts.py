"""Texts with their language, dates and numbers as people write them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

from cis_graph.model.terms import Literal, Term
from cis_graph.web.vocabulary import EUROS, XSD

_LOCALES = {"fr": "fr_FR", "en": "en_GB"}
_YEAR, _MONTH, _DAY = 4, 7, 10


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the BCP 47 tag of its language, empty where none is known."""

    value: str
    language: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text cut at its empty lines."""
        return tuple(part.strip() for part in self.value.split("\n\n") if part.strip())


def text_of(term: Term) -> Text:
    """The term as a text."""
    return Text(term.value, term.language) if isinstance(term, Literal) else Text(term.value)


def pick(candidates: Iterable[Text], language: str) -> Text | None:
    """The text in the wanted language, else in French, else in none, else the first in order of language."""
    found = tuple(candidates)
    if len(found) <= 1:
        return next(iter(found), None)
    order = {language: 0, "fr": 1, "": 2}
    return min(found, key=lambda text: (order.get(text.language, 3), text.language, text.value))


def excerpt(text: Text, length: int) -> Text:
    """The beginning of a text, cut between two words."""
    if len(text.value) <= length:
        return text
    cut = text.value[:length].rsplit(" ", 1)[0].rstrip(" ,;:.")
    return Text(f"{cut}…", text.language)


@lru_cache(8192)
def stated_date(value: str, language: str) -> str:
    """A date as precise as it was stated: ``2020-06`` is ``juin 2020``."""
    try:
        if len(value) == _YEAR:
            return value
        if len(value) == _MONTH:
            return format_skeleton("yMMMM", date.fromisoformat(f"{value}-01"), locale=_LOCALES[language])
        return format_date(date.fromisoformat(value[:_DAY]), format="long", locale=_LOCALES[language])
    except ValueError:
        return value


@lru_cache(8192)
def number(value: float | str, language: str) -> str:
    """A number grouped as the language groups it."""
    try:
        return format_decimal(Decimal(value), locale=language)
    except InvalidOperation:
        return str(value)


@lru_cache(8192)
def euros(value: str, language: str) -> str:
    """An amount in euros, cents only where there are any."""
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return value
    pattern = "#,##0.##\xa0¤" if language == "fr" else "¤#,##0.##"
    return format_currency(amount, "EUR", pattern, locale=language, currency_digits=False)


def readable(prop: str, term: Term, language: str) -> Text:
    """A value as a reader writes it: dates, numbers and amounts in the page's language."""
    if not isinstance(term, Literal):
        return Text(term.value)
    kind = term.datatype.removeprefix(XSD)
    if prop in EUROS:
        return Text(euros(term.value, language))
    if kind in {"gYear", "gYearMonth", "date", "dateTime"}:
        return Text(stated_date(term.value, language))
    if kind in {"integer", "nonNegativeInteger", "decimal"}:
        return Text(number(term.value, language))
    return text_of(term)
