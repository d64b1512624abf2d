"""SHACL constraint components that look at values alone, each as a function that decides as the judge does."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any, Final, NoReturn

from rdflib import RDF, SH, XSD
from rdflib.term import BNode, Literal, Node, URIRef

from cis_graph.rdf.rdflib_graph import parsed_as
from cis_graph.validation.facts import Facts

Test = Callable[[Facts, Node], bool]  # whether a node keeps something
Check = Callable[[Facts, Node, AbstractSet[Node]], bool]  # whether a focus node keeps something, by its values

_PYTHON: Final[Mapping[Node, type]] = {
    XSD.date: dt.date,
    XSD.dateTime: dt.datetime,
    XSD.decimal: Decimal,
    XSD.integer: int,
}
_WKT: Final = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
_UNCHECKED: Final = frozenset({XSD.gYear, XSD.gYearMonth, XSD.nonNegativeInteger, _WKT})


class NotScreened(Exception):
    """The screen cannot say; the judge must."""


def refuse(what: Node | None, why: str) -> NoReturn:
    """Leaves it to the judge."""
    raise NotScreened(f"{what} {why} that the screen does not know")


def plain(operand: Node | None) -> Any:  # noqa: ANN401 - a number or a truth value
    """What the shapes state as a number or a truth value."""
    if isinstance(operand, Literal) and isinstance(operand.value, int):
        return operand.value
    return refuse(operand, "is a value")


def _datatype(operand: Node) -> Test:
    if operand == RDF.langString:
        return lambda _, value: isinstance(value, Literal) and bool(value.language)
    if operand == XSD.string:
        return lambda _, value: isinstance(value, Literal) and not value.language and value.datatype is None
    if operand not in _PYTHON.keys() | _UNCHECKED:
        refuse(operand, "is a datatype")
    python = _PYTHON.get(operand, object)
    return lambda _, value: (
        isinstance(value, Literal)
        and value.datatype == operand
        and not value.ill_typed
        and isinstance(value.value, python)
    )


def _class(operand: Node) -> Test:
    kind = parsed_as(operand) if isinstance(operand, URIRef) else operand
    return lambda facts, value: facts.is_a(value, kind)


def _node_kind(operand: Node) -> Test:
    if operand != SH.IRI:
        refuse(operand, "is a kind of node")
    return lambda _, value: isinstance(value, URIRef)


def _min_length(operand: Node) -> Test:
    least = plain(operand)
    return lambda _, value: not isinstance(value, BNode) and len(str(value)) >= least


def _max_length(operand: Node) -> Test:
    most = plain(operand)
    return lambda _, value: not isinstance(value, BNode) and len(str(value)) <= most


def pattern(text: str, flags: Node | None) -> Test:
    """A text that matches a pattern somewhere."""
    if flags is not None and str(flags) != "i":
        refuse(flags, "is a flag")
    search = re.compile(text, re.IGNORECASE if flags is not None else 0).search
    return lambda _, value: not isinstance(value, BNode) and search(str(value)) is not None


def language_in(languages: set[str]) -> Test:
    """A text in one of some languages."""

    def test(_: Facts, value: Node) -> bool:
        if not isinstance(value, Literal) or not value.language:
            return False
        language = value.language.lower()
        return language in languages or language.split("-")[0] in languages

    return test


def _min_inclusive(operand: Node) -> Test:
    least = plain(operand)
    return lambda _, value: _integer(value) >= least


def _max_inclusive(operand: Node) -> Test:
    most = plain(operand)
    return lambda _, value: _integer(value) <= most


def _min_exclusive(operand: Node) -> Test:
    least = plain(operand)
    return lambda _, value: _integer(value) > least


def _integer(value: Node) -> int:
    if isinstance(value, Literal) and value.datatype == XSD.integer and isinstance(value.value, int):
        return value.value
    raise NotScreened(f"{value} is no integer to compare")


def not_after(other: Node) -> Check:
    """No day after one of another property."""

    def check(facts: Facts, focus: Node, values: AbstractSet[Node]) -> bool:
        bounds = [_day(value) for value in facts.values(focus, other)]
        return all(_day(value) <= bound for value in values for bound in bounds)

    return check


def _day(value: Node) -> dt.date:
    if isinstance(value, Literal) and value.datatype == XSD.date and isinstance(value.value, dt.date):
        return value.value
    raise NotScreened(f"{value} is no day to compare")


def _min_count(least: int) -> Check:
    return lambda _, __, values: len(values) >= least


def _max_count(most: int) -> Check:
    return lambda _, __, values: len(values) <= most


def _unique_language(asked: int) -> Check:
    def check(_: Facts, __: Node, values: AbstractSet[Node]) -> bool:
        languages = [value.language.lower() for value in values if isinstance(value, Literal) and value.language]
        return not asked or len(languages) == len(set(languages))

    return check


OF_ALL: Final[Mapping[Node, Callable[[Any], Check]]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.uniqueLang: _unique_language,
}
OF_EACH: Final[Mapping[Node, Callable[[Node], Test]]] = {
    SH.datatype: _datatype,
    SH["class"]: _class,
    SH.nodeKind: _node_kind,
    SH.minLength: _min_length,
    SH.maxLength: _max_length,
    SH.minInclusive: _min_inclusive,
    SH.maxInclusive: _max_inclusive,
    SH.minExclusive: _min_exclusive,
}
