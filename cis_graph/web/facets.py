"""The choices beside a search: each with its name, its count, and the address that makes or undoes it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cis_graph.model.releases import SearchAnswer
from cis_graph.web.languages import Language, marked
from cis_graph.web.naming import Names
from cis_graph.web.questions import Asked

_FACETS = (
    ("theme", "theme", marked("Thèmes")),
    ("audience", "audience", marked("Publics")),
    ("method", "method", marked("Méthodes")),
    ("area", "territory", marked("Régions et départements")),
    ("commune", "territory", marked("Communes")),
    ("type", "type", marked("Types d'acteurs")),
    ("role", "role", marked("Rôles")),
    ("contributor", "contributor", marked("Contributeurs")),
)
_SHOWN = 8
_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One key of a facet; ``depth`` is its place below a broader one that is listed too."""

    name: str
    count: int
    address: str
    chosen: bool
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The choices of one facet: the first ones, and the rest behind."""

    slug: str
    name: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]
    open: bool


def facets(asked: Asked, found: SearchAnswer, names: Names, language: Language) -> tuple[Facet, ...]:
    """The facets that have a choice to offer."""
    choosing = _Choosing(asked, found, names)
    made = (choosing.facet(slug, name, language.gettext(title)) for slug, name, title in _FACETS)
    return tuple(facet for facet in made if facet.choices)


def chosen(asked: Asked, found: SearchAnswer, names: Names) -> tuple[Choice, ...]:
    """What is chosen, each with the address without it."""
    label = _Choosing(asked, found, names).label
    keys = ((name, key) for name, kept in asked.filters.items() for key in kept)
    made = [
        Choice(name=label(name, key), count=0, chosen=True,
               address=asked.toggled(name, key).address())
        for name, key in keys
    ]  # fmt: skip
    if asked.first or asked.last:
        years = " \N{EN DASH} ".join((asked.first or "…", asked.last or "…"))
        made.append(Choice(name=years, count=0, chosen=True, address=replace(asked, first="", last="").address()))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Choosing:
    """Makes the facets of one answer."""

    asked: Asked
    found: SearchAnswer
    names: Names

    def facet(self, slug: str, name: str, title: str) -> Facet:
        """The facet ``slug``, whose choices are keys of the filter ``name``."""
        counts = self._counts(slug, name)
        order = sorted(counts, key=lambda key: (-counts[key], self.label(name, key)))[:_MOST]
        choices = tuple(
            Choice(name=self.label(name, key), count=counts[key], chosen=self.asked.holds(name, key), depth=depth,
                   address=self.asked.toggled(name, key).address())
            for key, depth in _as_tree(order, lambda key: self.names.parent(name, key))
        )  # fmt: skip
        is_open = any(choice.chosen for choice in choices)
        return Facet(slug=slug, name=title, choices=choices[:_SHOWN], more=choices[_SHOWN:], open=is_open)

    def label(self, name: str, key: str) -> str:
        """The name of a key."""
        return self.found.places.get(key) or self.names.of(name, key)

    def _counts(self, slug: str, name: str) -> Mapping[str, int]:
        counts = self.found.facets.get(slug, {})
        kept = self.asked.filters.get(name, ())
        if slug == "commune":  # thousands of communes are no choice; those of a chosen place are
            return counts if any(not key.startswith("region") for key in kept) else {}
        return {**dict.fromkeys(kept if slug == name else (), 0), **counts}


def _as_tree(keys: list[str], parent: Callable[[str], str]) -> Iterator[tuple[str, int]]:
    """Keys in their order, each narrower one right below its broader one."""
    below: dict[str, list[str]] = {}
    for key in keys:
        above = parent(key)
        below.setdefault(above if above in keys else "", []).append(key)
    return _walk(below, "", 0)


def _walk(below: Mapping[str, Iterable[str]], above: str, depth: int) -> Iterator[tuple[str, int]]:
    for key in below.get(above, ()):
        yield key, depth
        yield from _walk(below, key, depth + 1)
