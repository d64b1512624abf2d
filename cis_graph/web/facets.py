"""The choices beside a search: each with its name, its count, and the address that makes or undoes it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cis_graph.model.releases import SearchAnswer
from cis_graph.web.languages import Language, marked
from cis_graph.web.naming import Names
from cis_graph.web.questions import Asked

_FACETS = (
    ("theme", marked("Thèmes")),
    ("audience", marked("Publics")),
    ("method", marked("Méthodes")),
    ("territory", marked("Territoires")),
    ("type", marked("Types d'acteurs")),
    ("actor", marked("Structures")),
    ("role", marked("Rôles")),
    ("contributor", marked("Contributeurs")),
)
_YEARS = marked("Années")
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
    choosing = Choosing(asked, found, names)
    made = [_facet(slug, language.gettext(title), choosing.choices(slug)) for slug, title in _FACETS]
    made.append(_facet("year", language.gettext(_YEARS), choosing.years()))
    return tuple(facet for facet in made if facet.choices)


def chosen(asked: Asked, found: SearchAnswer, names: Names) -> tuple[Choice, ...]:
    """What is chosen, each with the address without it."""
    label = Choosing(asked, found, names).label
    keys = ((name, key) for name, kept in asked.filters.items() for key in kept)
    made = [
        Choice(name=label(name, key), count=0, chosen=True,
               address=asked.toggled(name, key).address())
        for name, key in keys
    ]  # fmt: skip
    if asked.first or asked.last:
        ends = (asked.first or "…", asked.last or "…")
        years = " \N{EN DASH} ".join(dict.fromkeys(ends))
        made.append(Choice(name=years, count=0, chosen=True, address=replace(asked, first="", last="").address()))
    return tuple(made)


def lies_within(key: str, chosen: Iterable[str], found: SearchAnswer) -> bool:
    """Whether a territory is one of those chosen or lies in one; of an EPCI across départements nobody can tell."""
    above = (key, *found.above(key))
    return bool({*chosen}.intersection(above)) or not any(one.startswith("departement-") for one in above)


def _facet(slug: str, title: str, choices: tuple[Choice, ...]) -> Facet:
    is_open = any(choice.chosen for choice in choices)
    return Facet(slug=slug, name=title, choices=choices[:_SHOWN], more=choices[_SHOWN:], open=is_open)


@dataclass(frozen=True, slots=True)
class Choosing:
    """Makes the choices of one answer."""

    asked: Asked
    found: SearchAnswer
    names: Names

    def choices(self, name: str) -> tuple[Choice, ...]:
        """The keys of a filter that may be chosen, each narrower one below its broader one.

        What is chosen comes first with all above it, then what is most frequent.
        """
        line = self.line(name)
        counts = self.territories(line) if name == "territory" else self.found.facets.get(name, {})
        counts = {**dict.fromkeys(self.asked.filters.get(name, ()), 0), **counts}
        order = sorted(counts, key=lambda key: (key not in line, -counts[key], self.label(name, key)))[:_MOST]
        return tuple(
            Choice(name=self.label(name, key), count=counts[key], chosen=self.asked.holds(name, key), depth=depth,
                   address=self.toggled(name, key).address())
            for key, depth in _as_tree(order, lambda key: self.above(name, key))
        )  # fmt: skip

    def years(self) -> tuple[Choice, ...]:
        """The years, the last first: each alone."""
        counts = self.found.facets.get("year", {})
        alone = self.asked.first if self.asked.first == self.asked.last else ""

        def address(year: str) -> str:
            return replace(self.asked, first=year, last=year).address()

        return tuple(
            Choice(name=year, count=counts[year], chosen=year == alone, address=address("" if year == alone else year))
            for year in sorted(counts, reverse=True)[:_MOST]
        )

    def line(self, name: str) -> frozenset[str]:
        """The chosen keys of a filter and all above them."""
        kept = self.asked.filters.get(name, ())
        return frozenset(above for key in kept for above in (key, *self.above(name, key)))

    def territories(self, line: frozenset[str]) -> Mapping[str, int]:
        """Counts of régions, and below what is chosen of départements, then of EPCI and communes."""
        areas = self.found.facets.get("area", {})
        shown = {
            key: count
            for key, count in areas.items()
            if key.startswith("region-") or key in line or line.intersection(self.found.above(key))
        }
        kept = self.asked.filters.get("territory", ())
        if any(not key.startswith("region-") for key in kept):
            shown |= {
                key: count
                for name in ("epci", "commune")
                for key, count in self.found.facets.get(name, {}).items()
                if lies_within(key, kept, self.found)
            }
        return shown

    def toggled(self, name: str, key: str) -> Asked:
        """The question with a key chosen that was not, in the place of those above and below it, or left out."""
        if self.asked.holds(name, key):
            return self.asked.toggled(name, key)
        above = self.above(name, key)
        kept = (
            one for one in self.asked.filters.get(name, ()) if one not in above and key not in self.above(name, one)
        )
        return replace(self.asked, filters={**self.asked.filters, name: (*kept, key)})

    def above(self, name: str, key: str) -> tuple[str, ...]:
        """The broader keys of a key, the nearest first."""
        if name == "territory":
            return self.found.above(key)
        line: list[str] = []
        while (parent := self.names.parent(name, (line or [key])[-1])) and parent not in line:
            line.append(parent)
        return tuple(line)

    def label(self, name: str, key: str) -> str:
        """The name of a key."""
        return self.found.name(name, key) or self.names.of(name, key)


def _as_tree(keys: list[str], above: Callable[[str], Iterable[str]]) -> Iterator[tuple[str, int]]:
    """Keys in their order, each narrower one right below the nearest broader one that is listed."""
    below: dict[str, list[str]] = {}
    for key in keys:
        below.setdefault(next((one for one in above(key) if one in keys), ""), []).append(key)
    return _walk(below, "", 0)


def _walk(below: Mapping[str, Iterable[str]], above: str, depth: int) -> Iterator[tuple[str, int]]:
    for key in below.get(above, ()):
        yield key, depth
        yield from _walk(below, key, depth + 1)
