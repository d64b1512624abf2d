"""The filters of the network as a query string carries them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, TypeVar, get_args
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from cis_graph.errors import ValueFault
from cis_graph.model.dates import StatedDate
from cis_graph.model.network import NetworkFilter, NetworkLevel, TieKind
from cis_graph.web.languages import marked
from cis_graph.web.problems import Problem, bad_request

One = TypeVar("One", bound=str)
TIES: tuple[TieKind, ...] = get_args(TieKind)
LEVELS: tuple[NetworkLevel, ...] = get_args(NetworkLevel)
_MOST_VALUES = 50
_MOST_WEIGHT = Decimal(10**6)


class FilterQuery(BaseModel):
    """Filter values are keys as in IRIs and may be repeated; what is unknown finds nothing."""

    model_config = ConfigDict(populate_by_name=True)

    tie: str = Field("", description="cooperation (default), funding or all")
    level: str = Field("", description="region, departement, epci or commune: territories are the nodes; else actors")
    territory: list[str] = Field(default_factory=list, description="one end works there: region-84")
    theme: list[str] = Field(default_factory=list, description="of the project, narrower ones included: sante")
    audience: list[str] = Field(default_factory=list, description="of the project, narrower ones included")
    method: list[str] = Field(default_factory=list, description="of the project, narrower ones included")
    role: list[str] = Field(default_factory=list, description="one end holds it, narrower ones included: partenaire")
    type: list[str] = Field(default_factory=list, description="one end is of it, narrower ones included: association")
    actor: list[str] = Field(default_factory=list, description="one end is it: the ego network")
    contributor: list[str] = Field(default_factory=list, description="tells both participations")
    kind: list[str] = Field(default_factory=list, description="project or grant")
    from_: str = Field("", alias="from", description="the tie lasts on or after this year, month or day")
    to: str = Field("", description="the tie lasts on or before this year, month or day")
    min: str = Field("", description="least weight")


Filters = Annotated[FilterQuery, Query()]


@dataclass(frozen=True, slots=True)
class Given:
    """A filter as it was given, and what it asks for."""

    query: FilterQuery
    asked: NetworkFilter

    def pairs(self, **other: str) -> list[tuple[str, str]]:
        """Names and values in one order, with some replaced; an empty value leaves its name out."""
        told = {field.alias or name: getattr(self.query, name) for name, field in FilterQuery.model_fields.items()}
        told |= other
        return [(name, value) for name, values in told.items() for value in _each(values) if value]

    def address(self, path: str, **other: str) -> str:
        """A path with this filter, some of its values replaced."""
        pairs = self.pairs(**other)
        return f"{path}?{urlencode(pairs)}" if pairs else path


def given(query: FilterQuery) -> Given:
    """What a query string asks for.

    Raises:
        Problem: a tie or level that does not exist, a date or weight that is none, too many values.
    """
    asked = NetworkFilter(
        tie=_one_of(TIES, query.tie or TIES[0], "tie"),
        level=_one_of(LEVELS, query.level, "level") if query.level else None,
        territories=_values(query.territory, "territory"),
        themes=_values(query.theme, "theme"),
        audiences=_values(query.audience, "audience"),
        methods=_values(query.method, "method"),
        roles=_values(query.role, "role"),
        types=_values(query.type, "type"),
        actors=_values(query.actor, "actor"),
        contributors=_values(query.contributor, "contributor"),
        kinds=_values(query.kind, "kind"),
        begins=_day(query.from_, "from", last=False),
        ends=_day(query.to, "to", last=True),
        least=_least(query.min),
    )
    return Given(query, asked)


def _each(values: str | list[str]) -> Iterable[str]:
    return (values,) if isinstance(values, str) else values


def _values(values: Sequence[str], name: str) -> tuple[str, ...]:
    kept = tuple(sorted({value for value in values if value}))
    if len(kept) > _MOST_VALUES:
        detail = marked("« %(name)s » porte %(count)s valeurs : donnez-en au plus %(most)s.")
        raise bad_request("filter-values", detail, name=name, count=len(kept), most=_MOST_VALUES)
    return kept


def _one_of(known: tuple[One, ...], value: str, name: str) -> One:
    for one in known:
        if one == value:
            return one
    detail = marked("« %(name)s » vaut « %(given)s » : donnez l'un de %(known)s.")
    raise bad_request("filter-choice", detail, name=name, given=value[:40], known=", ".join(known))


def _day(text: str, name: str, *, last: bool) -> date | None:
    if not text:
        return None
    try:
        stated = StatedDate.parse(text)
    except ValueFault:
        raise _no_number(name, text, "2015, 2015-06, 2015-06-30") from None
    return stated.last_day() if last else stated.first_day()


def _least(text: str) -> int:
    try:
        least = Decimal(text or "0")
    except InvalidOperation:
        raise _no_number("min", text, "0.5") from None
    if not least.is_finite() or not 0 <= least <= _MOST_WEIGHT:
        raise _no_number("min", text, "0.5")
    return int((least * 1_000_000).to_integral_value())


def _no_number(name: str, text: str, wanted: str) -> Problem:
    detail = marked("« %(name)s » vaut « %(given)s », qui n'est pas écrit comme %(wanted)s.")
    return bad_request("filter-value", detail, name=name, given=text[:40], wanted=wanted)
