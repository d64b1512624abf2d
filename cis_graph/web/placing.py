"""The map of where a project or an actor works: its smallest territory that can be drawn, in what is around it."""

from cis_graph.model.places import Coordinates
from cis_graph.web import vocabulary as v
from cis_graph.web.entity import View
from cis_graph.web.facts import Link
from cis_graph.web.maps import Map, drawn

_SMALLEST_FIRST = ("commune", "epci", "departement", "region")


def placed(view: View) -> tuple[Map, Link] | None:
    """The map and the territory it shows; None where none of these levels is stated, or nothing can be drawn."""
    links = {view.addresses.split(link.iri)[1]: link for link in view.facts.links(v.TERRITORY)}
    smallest = (key for level in _SMALLEST_FIRST for key in links if key.startswith(f"{level}-"))
    maps = ((drawing, links[key]) for key in smallest if (drawing := _drawn(view, key, links[key].iri)))
    return next(maps, None)


def _drawn(view: View, key: str, iri: str) -> Map | None:
    said = view.release.about((iri,), (v.WITHIN, v.LATITUDE, v.LONGITUDE))[iri]
    containers = tuple(view.addresses.split(term.value)[1] for term in said.get(v.WITHIN, ()) if term.value != iri)
    points = zip(said.get(v.LATITUDE, ()), said.get(v.LONGITUDE, ()), strict=False)
    coordinates = (Coordinates(latitude=float(north.value), longitude=float(east.value)) for north, east in points)
    return drawn(view.atlas, key, containers, next(coordinates, None))
