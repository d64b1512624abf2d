"""How well labels are found and suggested when a contributor is new, beside what people decided on 742 real labels.

Each contributor of ``curation/known-labels.csv`` is left out in turn (two editions of one source together), and its
labels are looked up with what the others say. The codes of 2018 are coarser than our concepts, so both are compared as
codes: a concept's own, or those of the nearest broader concept that has any. What is taken without asking is ``right``
where each of its concepts has a code that people gave; those without any code cannot be judged. A suggestion is right
where one does. A label with codes in several schemes counts once, asked in the first of these by its name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

import pyoxigraph as ox

from benchmarks.harness.benchmark import Benchmark, Figures, alone
from cis_graph.concepts.labels import Labels
from cis_graph.concepts.suggest import Suggestions
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


def trials() -> Iterator[Trial]:
    """Every known label, asked for by a contributor of whom nothing is known."""
    schemes = load_schemes()
    known = CURATION / "known-labels.csv"
    meanings = Labels.load(_NOWHERE, schemes.keys, elsewhere=known).known
    for contributor in sorted({_source(place) for place in meanings}):
        rest = {place: keys for place, keys in meanings.items() if _source(place) != contributor}
        labels = Labels.of(rest, schemes.words)
        suggestions = Suggestions.load(schemes.words, rest)
        for place, keys in meanings.items():
            if _source(place) == contributor:
                yield _trial(place, keys, labels, suggestions)


def _source(place: tuple[str, str, str]) -> str:
    return place[0].removesuffix(" V2")


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


def quality() -> Figures:
    """Shares of labels, by what was taken without asking and by what was suggested."""
    codes = Codes.load()
    every = sorted(trials(), key=lambda trial: (trial.contributor, trial.text, trial.scheme))
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
    for name, some in (("all", labels), ("those not taken", _not_taken(labels))):
        for top in (1, _SHOWN):
            hits = sum(_is_right(asked, codes, top) for asked in some.values())
            figures[f"suggested for {name}: top {top}, %"] = _percent(hits, len(some))
    return figures


def _not_taken(labels: Asked) -> Asked:
    return {place: asked for place, asked in labels.items() if not asked[0][0].found}


def _is_right(asked: Sequence[tuple[Trial, frozenset[str]]], codes: Codes, top: int) -> bool:
    """Whether the label, asked in the first of its schemes, is given a code that people gave it."""
    trial, meant = asked[0][0], frozenset[str]().union(*(codes for _, codes in asked))
    return not meant.isdisjoint(codes.of(trial.scheme, trial.suggested[:top]))


def _percent(some: int, of: int) -> float:
    return 100 * some / max(of, 1)


BENCHMARK = Benchmark(prepare=alone("cis-graph", quality), usual=1, warm=0)
