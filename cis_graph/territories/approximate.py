"""Names that are nearly those of a territory: mistyped, cut short, or standing inside a longer text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from cis_graph.territories.index import NameIndex
from cis_graph.territories.names import loose

_SHORTEST = 5
_SHORTEST_NEARBY = 3
_EDGE = 4
_MOST_WORDS = 8
_ONE_EDIT_UP_TO = 8
_LOSS = 0.02
"""What one more edit leaves of the probability of a name."""

Allowed = Callable[[str], bool]
"""Whether a territory, by its key, may be the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The territories whose name is the most like a text, and by how many edits the best one differs."""

    weights: Mapping[str, float]
    edits: int

    def __bool__(self) -> bool:
        return bool(self.weights)


def anyone(_key: str) -> bool:
    """Every territory is allowed."""
    return True


class Approximation:
    """Search among loose names, by their first or last letters (``saint`` apart), or all those of a département."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._starting: defaultdict[str, list[str]] = defaultdict(list)
        self._ending: defaultdict[str, list[str]] = defaultdict(list)
        self._sized: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._bearers = {**index.exact, **index.loose}
        for name in self._bearers:
            if not name.isdigit():
                self._starting[_start(name)].append(name)
                self._ending[name[-_EDGE:]].append(name)
                self._sized[name[0], len(name)].append(name)

    def mistyped(self, name: str, allowed: Allowed = anyone) -> Likeness:
        """Territories whose name differs by few edits: one in a short name, two or three in a long one."""
        forms = [(form, edits_allowed(form)) for form in _forms(name)]
        near = (pair for form, most in forms if most for pair in _near(form, self._pool(form, most), most))
        return self._likest(near, allowed)

    def mistyped_in(self, departement: str, name: str) -> Likeness:
        """Territories of a département, by its key, whose name differs by one edit more than elsewhere."""
        pool = self._by_departement[departement]
        forms = [form for form in _forms(name) if len(form) >= _SHORTEST_NEARBY]
        near = (pair for form in forms for pair in _near(form, pool, edits_allowed(form) + 1))
        return self._likest(near, self._index.gazetteer.within(departement).__contains__)

    @cached_property
    def _by_departement(self) -> Mapping[str, set[str]]:
        """The names of the communes and EPCI of each département, by its key."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name, weights in self._bearers.items():
            for key in weights:
                if code := self._index.gazetteer.departement(key):
                    found[f"departement-{code}"].add(name)
        return found

    def _pool(self, form: str, most: int) -> set[str]:
        """The names that share the first or last letters, or the first letter and nearly the length."""
        lengths = range(len(form) - most, len(form) + most + 1)
        alike = chain.from_iterable(self._sized.get((form[0], length), ()) for length in lengths)
        return {*self._starting.get(_start(form), ()), *self._ending.get(form[-_EDGE:], ()), *alike}

    def _likest(self, near: Iterable[tuple[int, str]], allowed: Allowed) -> Likeness:
        weights: dict[str, float] = {}
        best: int | None = None
        for edits, like in sorted(near):
            for key, weight in self._bearers[like].items():
                if allowed(key):
                    best = edits if best is None else best
                    weights[key] = max(weights.get(key, 0.0), weight * _LOSS ** (edits - best))
        return Likeness(weights=weights, edits=best or 0)

    def continued(self, name: str, allowed: Allowed = anyone) -> Mapping[str, float]:
        """Communes whose loose name has more words after a text (``decines`` for Décines-Charpieu)."""
        return self._beginning(f"{loose(name)} ", allowed)

    def cut_short(self, name: str, allowed: Allowed = anyone) -> Mapping[str, float]:
        """Communes whose loose name goes on after a text, within a word too (``decines charp``)."""
        return self._beginning(loose(name), allowed)

    def _beginning(self, sought: str, allowed: Allowed) -> Mapping[str, float]:
        if len(sought) < _SHORTEST:
            return {}
        names = [name for name in self._starting.get(_start(sought), ()) if name.startswith(sought)]
        pairs = (pair for name in names for pair in self._index.loose[name].items())
        return {key: weight for key, weight in pairs if key.startswith("commune-") and allowed(key)}

    def inside(self, name: str, allowed: Allowed = anyone) -> Mapping[str, float]:
        """Territories that bear the longest names, in words, found inside a text."""
        words = name.split()
        for length in range(min(len(words), _MOST_WORDS), 0, -1):
            starts = range(len(words) - length + 1)
            parts = {" ".join(words[start : start + length]) for start in starts}
            telling = [part for part in parts if len(part) >= _EDGE and not part.isdigit()]
            pairs = [pair for part in sorted(telling) for pair in self._index.exact.get(part, {}).items()]
            if weights := {key: weight for key, weight in pairs if allowed(key)}:
                return weights
        return {}


def edits_allowed(name: str) -> int:
    """How many letters may be wrong in a name of that length."""
    if len(name) < _SHORTEST:
        return 0
    if len(name) <= _ONE_EDIT_UP_TO:
        return 1
    return 2 if len(name) < 2 * _ONE_EDIT_UP_TO else 3


def _forms(name: str) -> set[str]:
    return {name, loose(name)}


def _near(form: str, pool: Iterable[str], most: int) -> list[tuple[int, str]]:
    # not extract_iter, which leaves a cycle that holds the pool until somebody collects it
    found = extract(form, pool, scorer=OSA.distance, score_cutoff=most, limit=None)  # type: ignore[arg-type]  # whole edits
    return [(int(edits), like) for like, edits, _ in found]


def _start(name: str) -> str:
    """The first letters of a name after ``saint`` or ``sainte``."""
    first, _, rest = name.partition(" ")
    return (rest if first in ("saint", "sainte") and rest else name)[:_EDGE]
