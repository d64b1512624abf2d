"""A territory beside others: those near it, and the themes that similar ones have and it has not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.model.places import Coordinates
from cis_graph.model.releases import SearchQuestion
from cis_graph.model.terms import Iri
from cis_graph.web.entity import View
from cis_graph.web.facts import Link, linked
from cis_graph.web.texts import Text, text_of
from cis_graph.web.vocabulary import IGEO

_CLASSES = {"departement": IGEO + "Departement", "region": IGEO + "Region"}
_NEAREST = 6
_ASKED = 40  # the index gives territories of all levels
SIMILAR = 5  # territories
_HALF = 3  # of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A theme that is not here, the number of similar territories that have it, and the search that shows them."""

    theme: Link
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Similar territories, and what they have that this one has not."""

    similar: tuple[Link, ...]
    missing: tuple[Missing, ...]


def nearest(view: View, level: str, point: Coordinates | None) -> tuple[Link, ...]:
    """The territories of the same level that are nearest, by their points."""
    if point is None:
        return ()
    if level in _CLASSES:
        return _by_point(view, _CLASSES[level], point)
    if level not in {"commune", "epci"}:
        return ()
    found = view.release.search(SearchQuestion(kind="territory", near=point, size=_ASKED, facets=frozenset())).hits
    keys = ((hit.key, hit.label) for hit in found if hit.key.startswith(f"{level}-") and hit.key != view.key)
    return tuple(view.link("territory", key, label) for key, label in keys)[:_NEAREST]


def beside(view: View, level: str) -> Beside | None:
    """What is missing here, by the rule that ``/about`` states; None where the level has none to compare."""
    if level not in _CLASSES:
        return None
    everywhere = view.release.search(SearchQuestion(kind="project", size=1, facets=frozenset({"area"})))
    counts = {key: count for key, count in everywhere.facets.get("area", {}).items() if key.startswith(f"{level}-")}
    own = counts.pop(view.key, 0)
    similar = sorted(counts, key=lambda key: (abs(counts[key] - own), key))[:SIMILAR]
    if len(similar) < SIMILAR:
        return None
    here = _themes(view, view.key)
    told = Counter(theme for key in similar for theme in _themes(view, key))
    often = sorted(
        (theme for theme in told if told[theme] >= _HALF and theme not in here), key=lambda it: (-told[it], it)
    )
    return Beside(
        similar=tuple(view.link("territory", key, everywhere.name("territory", key) or key) for key in similar),
        missing=tuple(_missing(view, theme, told[theme], similar) for theme in often),
    )


def _themes(view: View, key: str) -> Iterable[str]:
    """The themes of the projects in a territory, broader ones too."""
    asked = SearchQuestion(
        kind="project", filters={"territory": frozenset((key,))}, size=1, facets=frozenset({"theme"})
    )
    return view.release.search(asked).facets.get("theme", {}).keys()


def _missing(view: View, theme: str, count: int, similar: Iterable[str]) -> Missing:
    places = "".join(f"&territory={key}" for key in similar)
    link = view.link("theme", theme, view.names.of("theme", theme))
    return Missing(theme=link, count=count, address=f"/search?kind=project&theme={theme}{places}")


def _by_point(view: View, of_class: str, point: Coordinates) -> tuple[Link, ...]:
    places: dict[str, tuple[float, set[Text]]] = {}
    for row in view.release.rows("pages/level", **{"class": Iri(of_class)}):
        far = (float(row["latitude"].value) - point.latitude) ** 2
        far += ((float(row["longitude"].value) - point.longitude) * 0.7) ** 2  # a degree east is shorter in France
        places.setdefault(row["item"].value, (far, set()))[1].add(text_of(row["label"]))
    places.pop(view.iri, None)
    order = sorted(places, key=lambda iri: places[iri][0])[:_NEAREST]
    return tuple(linked(iri, places[iri][1], view.language.code, view.addresses) for iri in order)
