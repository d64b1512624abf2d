"""How well labels are found and suggested when a contributor is new, beside what people decided on 798 real labels.

Each contributor of ``curation/known-labels.csv`` is left out in turn (two editions of one source together), and its
labels are looked up with what the others say. What is found is ``right`` where people meant every concept of it; a
suggestion, where they meant one of them. ``near`` also takes a broader or narrower concept than the hand-made one:
the codes of 2018 are coarser than our concepts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from benchmarks.harness.benchmark import Benchmark, Figures, alone
from cis_graph.concepts.labels import How, Labels
from cis_graph.concepts.suggest import Suggestions
from cis_graph.model.records import Label, Scheme
from cis_graph.rdf.iris import CONCEPT, SKOS
from cis_graph.rdf.schemes import load_schemes
from cis_graph.resources import CURATION, ONTOLOGY

_NOWHERE = Path("none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One label: what people meant, what was found and how, what was suggested."""

    scheme: str
    meant: frozenset[str]
    found: tuple[str, ...]
    how: How | None
    suggested: tuple[str, ...]


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
    _, scheme, text = place
    label = Label(text=text, scheme=_scheme(scheme))
    found = labels.find("new", label)
    return Trial(
        scheme=scheme,
        meant=frozenset(keys),
        found=tuple(one.label.concept or "" for one in found),
        how=found[0].how if found else None,
        suggested=tuple(one.concept for one in suggestions.suggest(label)),
    )


def _scheme(name: str) -> Scheme:
    schemes: Mapping[str, Scheme] = {"theme": "theme", "audience": "audience", "method": "method"}
    return schemes[name]


def broader() -> Mapping[tuple[str, str], frozenset[str]]:
    """Each concept with all that are broader, itself included, by scheme and key."""
    graph = ox.Store()
    graph.bulk_load(path=str(ONTOLOGY / "schemes.ttl"), format=ox.RdfFormat.TURTLE)
    query = f"SELECT ?narrow ?broad {{ ?narrow <{SKOS}inScheme> ?scheme ; <{SKOS}broader>* ?broad }}"
    above: dict[tuple[str, str], frozenset[str]] = {}
    rows = graph.query(query)
    if not isinstance(rows, ox.QuerySolutions):
        raise TypeError(query)
    for row in rows:
        (scheme, key), (_, broad) = (row[name].value.removeprefix(CONCEPT).split("/") for name in ("narrow", "broad"))
        above[scheme, key] = above.get((scheme, key), frozenset()) | {broad}
    return above


def quality() -> Figures:
    """Shares of labels, by how they were found and by what was suggested."""
    above, done = broader(), list(trials())

    def near(trial: Trial, keys: Iterable[str]) -> bool:
        scheme = trial.scheme
        return any(a in above[scheme, b] or b in above[scheme, a] for a in keys for b in trial.meant)

    figures: dict[str, float] = {"labels": len(done)}
    for how in ("name", "others"):
        by = [trial for trial in done if trial.how == how]
        figures[f"found by {how}, %"] = _percent(by, done)
        figures[f"found by {how}: right, %"] = _percent([t for t in by if t.meant.issuperset(t.found)], by)
        figures[f"found by {how}: near, %"] = _percent([t for t in by if near(t, t.found)], by)
    for name, some in (("all", done), ("those not found", [trial for trial in done if trial.how is None])):
        first = [trial for trial in some if not trial.meant.isdisjoint(trial.suggested[:1])]
        three = [trial for trial in some if not trial.meant.isdisjoint(trial.suggested)]
        figures[f"suggested for {name}: top 1, %"] = _percent(first, some)
        figures[f"suggested for {name}: top 3, %"] = _percent(three, some)
        figures[f"suggested for {name}: near in 3, %"] = _percent([t for t in some if near(t, t.suggested)], some)
    return figures


def _percent(some: list[Trial], of: list[Trial]) -> float:
    return 100 * len(some) / len(of)


BENCHMARK = Benchmark(prepare=alone("cis-graph", quality), usual=1, warm=0)
