"""The search's address to a question, and each choice back to an address: every state is a URL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from cis_graph.model.places import Coordinates
from cis_graph.model.releases import SEARCH_FILTERS, SearchKind, SearchQuestion, SearchSort
from cis_graph.web.languages import marked
from cis_graph.web.paging import SIZE
from cis_graph.web.problems import Problem

KINDS: tuple[str, ...] = get_args(SearchKind)
SORTS: tuple[str, ...] = get_args(SearchSort)
VIEWS = ("map",)
_LONGEST = 300  # characters of a question
_MOST_CHOICES = 50  # keys of one filter
_KEY = re.compile(r"[A-Za-z0-9_~-]{1,120}")
_YEAR = re.compile(r"[0-9]{4}")
_POINT = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,8})?),(-?[0-9]{1,3}(?:\.[0-9]{1,8})?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for, in the order it will be written again."""

    text: str = ""
    kind: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    near: str = ""
    sort: str = ""
    view: str = ""

    @classmethod
    def of(cls, params: QueryParams) -> Self:
        """What these parameters ask for; an unknown key of a filter is kept: nothing has it.

        Raises:
            Problem: 400 for a kind, a sort, a year or a point that there cannot be.
        """
        return cls(
            text=params.get("q", "")[:_LONGEST].strip(),
            kind=_one_of("kind", params.get("kind", ""), KINDS),
            filters={name: keys for name in SEARCH_FILTERS if (keys := _keys(params, name))},
            first=_shaped("from", params.get("from", ""), _YEAR, marked("une année, comme 2018")),
            last=_shaped("to", params.get("to", ""), _YEAR, marked("une année, comme 2018")),
            near=_shaped("near", params.get("near", ""), _POINT, marked("un point, comme 45.76,4.84")),
            sort=_one_of("sort", params.get("sort", ""), tuple(filter(None, SORTS))),
            view=_one_of("view", params.get("view", ""), VIEWS),
        )

    def question(self, page: int) -> SearchQuestion:
        """The question, one page of it."""
        return SearchQuestion(
            text=self.text,
            kind=self.kind,
            filters={name: frozenset(keys) for name, keys in self.filters.items()},
            first_year=int(self.first) if self.first else None,
            last_year=int(self.last) if self.last else None,
            near=_point(self.near),
            sort="name" if self.sort == "name" else "date" if self.sort == "date" else "",
            page=page,
            size=SIZE,
        )

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The parameters, empty ones left out."""
        plain = (("q", self.text), ("kind", self.kind))
        keys = tuple((name, key) for name in SEARCH_FILTERS for key in self.filters.get(name, ()))
        rest = (("from", self.first), ("to", self.last), ("near", self.near), ("sort", self.sort),
                ("view", self.view))  # fmt: skip
        return tuple((name, value) for name, value in (*plain, *keys, *rest) if value)

    def address(self, path: str = "/search") -> str:
        """The address of this question."""
        return f"{path}?{urlencode(self.pairs)}" if self.pairs else path

    def holds(self, name: str, key: str) -> bool:
        """Whether a key is chosen."""
        return key in self.filters.get(name, ())

    def toggled(self, name: str, key: str) -> Self:
        """With a key chosen that was not, or left out that was."""
        kept = self.filters.get(name, ())
        keys = tuple(each for each in kept if each != key) if key in kept else (*kept, key)
        return replace(self, filters={**self.filters, name: keys})


def _keys(params: QueryParams, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in params.getlist(name) if _KEY.fullmatch(key)))[:_MOST_CHOICES]


def _one_of(name: str, given: str, known: tuple[str, ...]) -> str:
    if given and given not in known:
        raise _refused(name, given, ", ".join(known))
    return given


def _shaped(name: str, given: str, shape: re.Pattern[str], like: str) -> str:
    if given and not shape.fullmatch(given):
        raise _refused(name, given, like)
    return given


def _refused(name: str, given: str, known: str) -> Problem:
    return Problem(400, "search-parameter", title=marked("Ce choix n'existe pas"),
                   detail=marked("« %(name)s » vaut « %(given)s » : donnez %(known)s."),
                   values={"name": name, "given": given[:40], "known": known})  # fmt: skip


def _point(text: str) -> Coordinates | None:
    match = _POINT.fullmatch(text)
    return Coordinates(latitude=float(match[1]), longitude=float(match[2])) if match else None
