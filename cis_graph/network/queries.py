"""A filter as one SQL query: its text is put together from our own files, its values are bound."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cis_graph.model.network import NetworkFilter
from cis_graph.model.ties import CROWD

_SQL = Path(__file__).parent / "sql"
_WITHIN_PROJECTS = {
    "themes": "list_has_any(projects.themes, $themes)",
    "audiences": "list_has_any(projects.audiences, $audiences)",
    "methods": "list_has_any(projects.methods, $methods)",
    "kinds": "list_contains($kinds, projects.kind)",
    "contributors": "list_has_any(parties.contributors, $contributors)",
}
_OF_AN_END = {
    "role": ("roles", "list_has_any(parties.wide_roles, $roles)"),
    "type": ("types", "list_has_any(actors.types, $types)"),
    "territory": ("territories", "list_has_any(parties.areas, $territories)"),
    "actor": ("actors", "list_contains($actors, actors.key)"),
}
_DATED = "(begins IS NOT NULL OR ends IS NOT NULL)"
_TIMES = {
    "begins": "(ends IS NULL OR ends >= $begins)",
    "ends": "(begins IS NULL OR begins <= $ends)",
}
_BOTH_WAYS = "list_contains(source_places, target_place) AND list_contains(target_places, source_place)"


@dataclass(frozen=True, slots=True)
class Query:
    """The text of a query and the values of its parameters."""

    text: str
    values: Mapping[str, Any]


def ties(asked: NetworkFilter, territories: Mapping[str, int]) -> Query:
    """The ties of actors, or of territories where a level is asked for; ``territories`` gives ids by key."""
    pairs = _placed(asked) if asked.level else _named(asked)
    with_ = f"{_with(asked)}, meetings AS ({_sql('meetings', pairs=pairs)})"
    return Query(f"{with_} {_sql('ties')}", {**_values(asked, territories), "least": asked.least})


def drawing(asked: NetworkFilter, territories: Mapping[str, int], most: int) -> Query:
    """The heaviest ties of actors, at most so many, meeting by meeting."""
    with_ = f"{_with(asked)}, named AS ({_named(asked)})"
    return Query(f"{with_} {_sql('drawing')}", {**_values(asked, territories), "least": asked.least, "most": most})


def shares(asked: NetworkFilter, territories: Mapping[str, int]) -> Query:
    """The weight that reaches beyond territories and types."""
    return Query(f"{_with(asked)} {_sql('shares')}", _values(asked, territories))


def evidence(source: str, target: str, asked: NetworkFilter, territories: Mapping[str, int], most: int) -> Query:
    """What is behind the ties between two actors, or two territories, in either direction."""
    values = {**_values(asked, territories), "most": most, "source": source, "target": target}
    if asked.level:
        values |= {"source": territories.get(source, -1), "target": territories.get(target, -1)}
        between = " OR ".join(
            f"list_contains(source_places, {one}) AND list_contains(target_places, {other})" for one, other in _WAYS
        )
    else:
        between = " OR ".join(f"one.key = {one} AND other.key = {other}" for one, other in _WAYS)
    return Query(f"{_with(asked)} {_sql('evidence', between=between)}", values)


_WAYS = (("$source", "$target"), ("$target", "$source"))


def actors(ids: list[int]) -> Query:
    """What is known of some actors."""
    return Query(_sql("actors", which="id IN (SELECT unnest($ids))"), {"ids": ids})


def actors_by_key(keys: list[str]) -> Query:
    """What is known of some actors; unknown keys are left out."""
    return Query(_sql("actors", which="key IN (SELECT unnest($keys))"), {"keys": keys})


def territories() -> Query:
    """Every territory."""
    return Query(_sql("places"), {})


def _with(asked: NetworkFilter) -> str:
    """The parties asked for and the pairs they make."""
    fits = {end: text if getattr(asked, name) else "true" for end, (name, text) in _OF_AN_END.items()}
    met = [_sql("met", fits=text) for text in fits.values() if text != "true"]  # without them all projects are joined
    within = [text for name, text in _WITHIN_PROJECTS.items() if getattr(asked, name)]
    where = "".join(f" AND {text}" for text in (*within, *met))
    ends = "".join(f" AND (one.{end}_fits OR other.{end}_fits)" for end in _OF_AN_END if fits[end] != "true")
    chosen = ("cooperation", "funding") if asked.tie == "all" else (asked.tie,)
    kinds = " UNION ALL ".join(
        _sql("joined", tie=kind, level=asked.level or "region", met=_sql(kind, crowd=str(CROWD), ends=ends))
        for kind in chosen
    )
    times = [text for name, text in _TIMES.items() if getattr(asked, name)]
    kept = f" WHERE {' AND '.join([_DATED, *times])}" if times else ""
    pairs = f"SELECT * FROM ({_sql('pairs', kinds=kinds)}){kept}"  # noqa: S608 - all pieces are our own files
    return f"WITH marked AS ({_sql('marked', where=where, **fits)}), pairs AS ({pairs})"


def _named(asked: NetworkFilter) -> str:
    """Pairs of actors; without a direction where both kinds of tie are added up."""
    return "SELECT * FROM pairs" if asked.tie != "all" else _sql("both")


def _placed(asked: NetworkFilter) -> str:
    if asked.tie == "funding":
        return _sql("territories", source="source_place", target="target_place", once="true")
    ends = {"source": "least(source_place, target_place)", "target": "greatest(source_place, target_place)"}
    return _sql("territories", **ends, once=f"source_place <= target_place OR NOT ({_BOTH_WAYS})")


def _values(asked: NetworkFilter, territories: Mapping[str, int]) -> dict[str, Any]:
    names = (*_WITHIN_PROJECTS, *(name for name, _ in _OF_AN_END.values()), *_TIMES)
    given = {name: getattr(asked, name) for name in names if getattr(asked, name)}
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
    if asked.territories:
        values["territories"] = [territories[key] for key in asked.territories if key in territories]
    return values


def _sql(name: str, **pieces: str) -> str:
    """One of our files without its comment, each ``/*piece*/`` filled in."""
    text = _read(name)
    for piece, filling in pieces.items():
        text = text.replace(f"/*{piece}*/", filling)
    return text


@cache
def _read(name: str) -> str:
    lines = (_SQL / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))
