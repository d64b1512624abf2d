"""A filter as one SQL query: its text is put together from our own files, its values are bound."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cis_graph.model.network import NetworkFilter
from cis_graph.network.sql import sql

_OF_PROJECT = {
    "themes": "list_has_any(themes, $themes)",
    "audiences": "list_has_any(audiences, $audiences)",
    "methods": "list_has_any(methods, $methods)",
    "kinds": "list_contains($kinds, kind)",
}
_TOLD_BY = (
    "SELECT id FROM parties WHERE contributors IN (SELECT id FROM key_lists WHERE list_has_any(members, $contributors))"
)
_WITH_ROLE = "SELECT id FROM parties WHERE wide_roles IN (SELECT id FROM key_lists WHERE list_has_any(members, $roles))"
_WORKING_IN = (
    "SELECT id FROM parties WHERE areas IN (SELECT id FROM area_lists WHERE list_has_any(members, $territories))"
)
_OF_AN_END = {  # a column of pairs for each end, and the ids of which one is to be among
    "roles": ("one", "other", _WITH_ROLE),
    "types": ("source", "target", "SELECT id FROM actors WHERE list_has_any(types, $types)"),
    "territories": ("one", "other", _WORKING_IN),
    "actors": ("source", "target", "SELECT id FROM actors WHERE key IN (SELECT unnest($actors))"),
}
_DATED = "(begins IS NOT NULL OR ends IS NOT NULL)"
_TIMES = {
    "begins": "(ends IS NULL OR ends >= $begins)",
    "ends": "(begins IS NULL OR begins <= $ends)",
}
_BOTH_WAYS = "list_contains(source_places, target_place) AND list_contains(target_places, source_place)"
_WAYS = (("$source", "$target"), ("$target", "$source"))
_TYPE_LISTS = "(SELECT type AS id, any_value(types) AS members FROM actors GROUP BY type)"
_TYPED = "JOIN actors one ON one.id = kept.source JOIN actors other ON other.id = kept.target"


@dataclass(frozen=True, slots=True)
class Query:
    """The text of a query and the values of its parameters."""

    text: str
    values: Mapping[str, Any]


def ties(asked: NetworkFilter, territories: Mapping[str, int]) -> Query:
    """The ties of actors, or of territories where a level is asked for; ``territories`` gives ids by key."""
    return Query(f"{_with(asked)} {_ties(asked)} ORDER BY source, target", _least(asked, territories))


def summary(asked: NetworkFilter, territories: Mapping[str, int], *, size: int, skipped: int, strongest: int) -> Query:
    """Some of the heaviest ties, and some of the strongest nodes; how many there are."""
    values = {**_least(asked, territories), "size": size, "skipped": skipped, "strongest": strongest}
    return Query(f"{_with(asked)} {sql('summary', ties=_ties(asked))}", values)


def matrix(asked: NetworkFilter, territories: Mapping[str, int], most: int) -> Query:
    """The strongest territories of a level, at most so many, with what they weigh together."""
    ends = f"source_{asked.level}, target_{asked.level}"
    summed = f"SELECT {ends}, sum(weight) AS weight FROM kept GROUP BY {ends}"  # noqa: S608 - a level is one of four
    text = f"{_with(asked)} {sql('matrix', pairs=_placed(asked, summed))}"
    return Query(text, {**_least(asked, territories), "most": most})


def drawing(asked: NetworkFilter, territories: Mapping[str, int], most: int) -> Query:
    """The heaviest ties of actors, at most so many, meeting by meeting."""
    with_ = f"{_with(asked)}, named AS ({_named(asked)})"
    return Query(f"{with_} {sql('drawing')}", {**_least(asked, territories), "most": most})


def shares(asked: NetworkFilter, territories: Mapping[str, int]) -> Query:
    """A row for départements, one for régions, one for types: the weight there is, and that which reaches beyond."""
    ends = {
        level: {"one": f"source_{level}", "other": f"target_{level}", "joined": "", "lists": "area_lists"}
        for level in ("departement", "region")
    } | {"type": {"one": "one.type", "other": "other.type", "joined": _TYPED, "lists": _TYPE_LISTS}}
    rows = " UNION ALL ".join(f"({sql('shares', **pieces)})" for pieces in ends.values())
    return Query(f"{_with(asked)} {rows}", _values(asked, territories))


def evidence(source: str, target: str, asked: NetworkFilter, territories: Mapping[str, int], most: int) -> Query:
    """What is behind the ties between two actors, or two territories, in either direction."""
    values = {**_values(asked, territories), "most": most, "source": source, "target": target}
    if asked.level:
        values |= {"source": territories.get(source, -1), "target": territories.get(target, -1)}
        lists = "SELECT id FROM area_lists WHERE list_contains(members, {})"
        ends = (f"source_{asked.level} IN ({lists})", f"target_{asked.level} IN ({lists})")
    else:
        ends = ("one.key = {}", "other.key = {}")
    between = " OR ".join(f"{ends[0].format(one)} AND {ends[1].format(other)}" for one, other in _WAYS)
    return Query(f"{_with(asked)} {sql('evidence', between=between)}", values)


def actors(ids: list[int]) -> Query:
    """What is known of some actors."""
    return Query(sql("actors", which="id IN (SELECT unnest($ids))"), {"ids": ids})


def actors_by_key(keys: list[str]) -> Query:
    """What is known of some actors; unknown keys are left out."""
    return Query(sql("actors", which="key IN (SELECT unnest($keys))"), {"keys": keys})


def territories() -> Query:
    """Every territory."""
    return Query(sql("places"), {})


def _with(asked: NetworkFilter) -> str:
    """The pairs asked for."""
    given = {name for name in (*_OF_PROJECT, *_OF_AN_END, *_TIMES) if getattr(asked, name)}
    where = [_DATED] if given & _TIMES.keys() else []
    where += [text for name, text in _TIMES.items() if name in given]
    if within := [text for name, text in _OF_PROJECT.items() if name in given]:
        where.append(f"project IN (SELECT id FROM projects WHERE {' AND '.join(within)})")  # noqa: S608 - texts of ours
    if asked.contributors:
        where.append(f"one IN ({_TOLD_BY}) AND other IN ({_TOLD_BY})")
    ends = (end for name, end in _OF_AN_END.items() if name in given)
    where += [f"({one} IN ({fitting}) OR {other} IN ({fitting}))" for one, other, fitting in ends]
    kinds = ("cooperation", "funding") if asked.tie == "all" else (asked.tie,)
    named = ", ".join(f"'{kind}'" for kind in kinds)
    return f"WITH kept AS ({sql('kept', ties=named, where=''.join(f' AND {text}' for text in where))})"


def _ties(asked: NetworkFilter) -> str:
    """The ties by both ends; an actor is on one side of a project once, a territory or both kinds of tie often."""
    if asked.level is None and asked.tie != "all":
        return sql("ties", meetings="SELECT * FROM kept")
    pairs = _placed(asked, "SELECT * EXCLUDE (source, target) FROM kept") if asked.level else _named(asked)
    return sql("ties", meetings=sql("meetings", pairs=pairs))


def _named(asked: NetworkFilter) -> str:
    """Pairs of actors; without a direction where both kinds of tie are added up."""
    return "SELECT * FROM kept" if asked.tie != "all" else sql("both")


def _placed(asked: NetworkFilter, pairs: str) -> str:
    """Pairs of territories; without a direction unless money flows."""
    ends = {"source": "source_place", "target": "target_place", "once": "true"}
    if asked.tie != "funding":
        ends = {"source": "least(source_place, target_place)", "target": "greatest(source_place, target_place)",
                "once": f"source_place <= target_place OR NOT ({_BOTH_WAYS})"}  # fmt: skip
    return sql("territories", placed=pairs, level=asked.level or "", **ends)


def _least(asked: NetworkFilter, territories: Mapping[str, int]) -> dict[str, Any]:
    return {**_values(asked, territories), "least": asked.least}


def _values(asked: NetworkFilter, territories: Mapping[str, int]) -> dict[str, Any]:
    names = (*_OF_PROJECT, "contributors", *_OF_AN_END, *_TIMES)
    given = {name: getattr(asked, name) for name in names if getattr(asked, name)}
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
    if asked.territories:
        values["territories"] = [territories[key] for key in asked.territories if key in territories]
    return values
