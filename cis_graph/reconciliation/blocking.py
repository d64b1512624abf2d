"""Which pairs are worth comparing: those that share a block, and no block of more than a stated size counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.names import Name

Keys = Callable[[Features, Mapping[str, int]], set[str]]

ACTOR_CAP = 80
PROJECT_CAP = 60
_COMMON = 200  # things bearing a word, above which the word alone makes no block


def word_counts(things: Iterable[Features]) -> dict[str, int]:
    """How many things bear each word of a name."""
    return Counter(word for thing in things for word in {word for name in thing.names for word in name.words})


class Pairs(Protocol):
    """Pairs of places, the lower first, each once."""

    def pairs(self, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Those whose lower place is one of these, in their order."""


class Blocks:
    """The blocks of at most ``cap`` that things are in; ``full`` are the keys of larger ones.

    ``watched`` are the blocks of these keys, where they are not full.
    """

    def __init__(self, things: Sequence[Features], keys: Keys, cap: int, watched: Iterable[str] = ()) -> None:
        self._of: list[tuple[tuple[int, ...], ...]] = [()] * len(things)
        blocks = blocks_of(things, keys, word_counts(things))
        self.full = frozenset(key for key, block in blocks.items() if len(block) > cap)
        self.watched = [tuple(blocks[key]) for key in watched if key in blocks and key not in self.full]
        for block in blocks.values():
            if 1 < len(block) <= cap:
                shared = tuple(block)
                for place in shared:
                    self._of[place] += (shared,)

    def pairs(self, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The pairs that share a block whose lower place is one of these, in their order, each once."""
        for place in places:
            mates = {mate for block in self._of[place] for mate in block if mate > place}
            yield from ((place, mate) for mate in sorted(mates))

    def mates(self, place: int) -> set[int]:
        """All that share a block with one."""
        return {mate for block in self._of[place] for mate in block if mate != place}

    def are_mates(self, one: int, other: int) -> bool:
        """Whether two share a block."""
        return not set(map(id, self._of[one])).isdisjoint(map(id, self._of[other]))


def blocks_of(
    things: Iterable[Features], keys: Keys, counts: Mapping[str, int], *, first: int = 0
) -> Mapping[str, Sequence[int]]:
    """The places of the things in each block, counted from ``first``."""
    blocks: dict[str, tuple[int] | list[int]] = {}
    for place, thing in enumerate(things, first):
        alone = (place,)  # most blocks are of one thing, and all such of a thing are held as one
        for key in keys(thing, counts):
            known = blocks.setdefault(key, alone)
            if isinstance(known, list):
                known.append(place)
            elif known is not alone:
                blocks[key] = [*known, place]
    return blocks


def actor_keys(actor: Features, counts: Mapping[str, int]) -> set[str]:
    """The blocks of an actor: its names, its rare words, its identifiers, its projects."""
    keys = {f"{kind}|{value}" for kind, value in _signs(actor) if value}
    keys |= {f"project|{project}" for project in actor.projects}
    for name in actor.names:
        rarest = _rarest(name, counts)
        keys |= {f"name|{name.glued}", *(f"two|{a}|{b}" for a, b in combinations(rarest, 2))}
        keys |= {f"initials|{initials}" for initials in _initials(name)}
        keys |= {f"word|{word}" for word in rarest[:2] if counts.get(word, 0) <= _COMMON}
        keys |= {f"{kind}|{value}|{rarest[0]}" for kind, value in _signs(actor) if value}
        for place in (*actor.where.communes, actor.where.departement):
            if place:
                keys |= {f"{place}|{word}" for word in rarest[:2]} | {f"{place}|{word[:4]}" for word in rarest[:2]}
                keys.add(f"{place}|{name.glued}")
    return keys


def project_keys(project: Features, counts: Mapping[str, int]) -> set[str]:
    """The blocks of a project: its title, its rare words alone and with who leads, where, when and its signs."""
    keys = {f"{kind}|{value}" for kind, value in (("host", project.host), ("page", project.page)) if value}
    leads, place = project.leads.text if project.leads else None, project.where.departement
    for name in project.names:
        rarest = _rarest(name, counts)
        keys |= {f"title|{name.glued}", *(f"two|{a}|{b}" for a, b in combinations(rarest, 2))}
        for word in rarest[:2]:
            keys |= {f"word|{word}"} if counts.get(word, 0) <= _COMMON else set()
            keys |= {f"{kind}|{value}|{word}" for kind, value in _signs(project) if value}
            keys |= {f"in|{place}|{word}"} if place else set()
            keys |= {f"leads|{leads}|{word}"} if leads else set()
    if leads:
        keys |= {f"leads|{leads}|{commune}" for commune in project.where.communes}
        keys |= {f"leads|{leads}|{project.year}|{place}"} if project.year and place else set()
    return keys


def _rarest(name: Name, counts: Mapping[str, int]) -> list[str]:
    return sorted(name.words, key=lambda word: (counts.get(word, 0), word))[:4]


def _initials(name: Name) -> tuple[str, ...]:
    if name.initials:
        return (name.initials,)
    return (name.glued,) if name.is_acronym else ()


def _signs(thing: Features) -> tuple[tuple[str, str | None], ...]:
    return (
        ("rna", thing.rna),
        ("siren", thing.siren),
        ("host", thing.host),
        ("mail", thing.mail),
        ("telephone", thing.telephone),
    )
