"""The page of a territory: what it lies in, what lies in it, who acts there."""

from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from cis_graph.model.places import Coordinates
from cis_graph.model.terms import Literal
from cis_graph.web import vocabulary as v
from cis_graph.web.areas import Parts, parts_of
from cis_graph.web.entity import Detail, EntityPage, View, named_detail
from cis_graph.web.facts import Link, listed
from cis_graph.web.languages import marked
from cis_graph.web.maps import Map, drawn
from cis_graph.web.meetings import Encounter, encounters_in
from cis_graph.web.neighbours import Beside, beside, nearest
from cis_graph.web.paging import Paged, paged

_LEVELS = {
    "pays": (marked("Pays"), marked("Pays")),
    "region": (marked("Région"), marked("Régions")),
    "departement": (marked("Département"), marked("Départements")),
    "epci": (marked("Intercommunalité"), marked("Intercommunalités")),
    "commune": (marked("Commune"), marked("Communes")),
    "": (marked("Territoire"), marked("Territoires")),
}
_ORDER = tuple(_LEVELS)
_BELOW = {
    "pays": ("region",),
    "region": ("departement",),
    "departement": ("epci", "commune"),
    "epci": ("commune",),
    "commune": ("commune",),  # municipal arrondissements
}
_FEW = 60  # parts of one level listed by name; above, only their number


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The territories of one level."""

    name: str
    count: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryPage(EntityPage):
    """A territory."""

    template: ClassVar[str] = "territory.html"
    map: Map | None
    around: Link | None
    above: tuple[Level, ...]
    below: tuple[Level, ...]
    projects: Paged[Link]
    grants: Paged[Link]
    actors: Paged[Link]
    encounters: tuple[Encounter, ...]
    near: tuple[Link, ...]
    beside: Beside | None
    parts: Parts | None
    networks: tuple[tuple[str, str], ...]  # what a view of the network shows, and its address


def page(view: View) -> TerritoryPage:
    """The page of one territory."""
    rows = view.rows("area")
    found = listed((row for row in rows if "kind" not in row), view.language.code, view.addresses)
    grants = listed((row for row in rows if "kind" in row), view.language.code, view.addresses)
    above = tuple(link for link in view.listed("above") if link.iri != view.iri)
    keys = {view.addresses.split(link.iri)[1]: link for link in above}
    drawing = drawn(view.atlas, view.key, tuple(keys), _point(view))
    return TerritoryPage(
        **view.common(_details(view), related=_related(view)),
        map=drawing,
        around=keys.get(drawing.around) if drawing else None,
        above=_levels(view, above, plural=False),
        below=_levels(view, _below(view), plural=True),
        projects=paged(_of_kind(view, found, "project"), number=view.page, path=view.path),
        grants=paged(grants, number=view.page, path=view.path),
        actors=paged(_of_kind(view, found, "actor"), number=view.page, path=view.path),
        encounters=encounters_in(view),
        near=nearest(view, level(view.key), _point(view)),
        beside=beside(view, level(view.key)),
        parts=parts_of(view.atlas, view.release, view.key, lambda key: f"/territory/{key}"),
        networks=_networks(view),
    )


def level(key: str) -> str:
    """The level in a territory's key: ``commune`` in ``commune-69123``."""
    name = key.rpartition("-")[0]
    return name if name in _LEVELS else ""


def _networks(view: View) -> tuple[tuple[str, str], ...]:
    told, here = view.language.gettext, f"territory={view.key}"
    inside = (told(marked("Qui coopère avec qui ici")), f"/network?{here}")
    if level(view.key) not in {"region", "departement", "epci", "commune"}:
        return (inside,)
    level_name = level(view.key)
    return (inside, (told(marked("Avec quels autres territoires")), f"/network?{here}&level={level_name}"))


def _details(view: View) -> tuple[Detail, ...]:
    name = view.language.gettext(_LEVELS[level(view.key)][0])
    return (
        named_detail(view, name, v.CODE),
        named_detail(view, marked("Jusqu'au"), v.END),
        named_detail(view, marked("Remplacé par"), v.REPLACED_BY),
    )


def _point(view: View) -> Coordinates | None:
    latitude, longitude = view.facts.value(v.LATITUDE), view.facts.value(v.LONGITUDE)
    if latitude is None or longitude is None:
        return None
    return Coordinates(latitude=float(latitude.value), longitude=float(longitude.value))


def _related(view: View) -> tuple[Detail, ...]:
    replaced = view.related().get("dcterms:isReplacedBy territory", ())
    return (Detail(name=view.language.gettext(marked("Territoires qu'il remplace")), links=replaced),)


def _levels(view: View, links: tuple[Link, ...], *, plural: bool) -> tuple[Level, ...]:
    by_level: dict[str, list[Link]] = {}
    for link in links:
        by_level.setdefault(level(view.addresses.split(link.iri)[1]), []).append(link)
    return tuple(
        Level(
            name=view.language.gettext(_LEVELS[name][plural]),
            count=len(by_level[name]),
            links=tuple(by_level[name][:_FEW]),
        )
        for name in _ORDER
        if name in by_level
    )


def _below(view: View) -> tuple[Link, ...]:
    """The territories of the next level down, where there are such levels."""
    starts = [f"{view.addresses.base}id/territory/{name}-" for name in _BELOW.get(level(view.key), ())]
    rows = [view.rows("below", start=Literal(start)) for start in starts]
    return listed(chain.from_iterable(rows), view.language.code, view.addresses)


def _of_kind(view: View, links: tuple[Link, ...], kind: str) -> tuple[Link, ...]:
    return tuple(link for link in links if view.addresses.split(link.iri)[0] == kind)
