"""The quality of what each contributor brings: measured, told as DQV, kept from release to release."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from cis_graph.model.nodes import NodeId
from cis_graph.model.quality import DIMENSIONS, Quality, QualityProfile, QualityState
from cis_graph.rdf.iris import DQV, RDF, Iris
from cis_graph.rdf.quads import turtle_lines
from cis_graph.rdf.statements import iri, statement, text, typed
from cis_graph.rdf.told import Told
from cis_graph.reconciliation.clusters import Cluster
from cis_graph.release.information import REPORT
from cis_graph.resources import ONTOLOGY
from cis_graph.validation.quality import profile

METRICS = "https://w3id.org/insoc/quality#"
FILE = "quality.json"
_MOST_STATES = 50  # of a contributor that are kept


def measured(told: Iterable[Told], clusters: Iterable[Cluster]) -> dict[str, QualityProfile]:
    """The projects of each contributor together; ``clusters`` say of which of them others tell too.

    Whoever tells of none has no profile.
    """
    several = (one.members for one in clusters if len(one.members) > 1)
    shared = {node for members in several if len({one.contributor for one in members}) > 1 for node in members}
    known: dict[str, list[Quality]] = defaultdict(list)
    for one in told:
        for name, alone, with_others in one.quality:
            is_shared = NodeId(one.contributor, one.key, name) in shared
            known[one.contributor].append(with_others if is_shared else alone)
    made = {contributor: profile(found) for contributor, found in sorted(known.items())}
    return {contributor: one for contributor, one in made.items() if one is not None}


def quality_lines(measured: Mapping[str, QualityProfile], iris: Iris) -> Iterable[str]:
    """Each contributor's measurements, and what is measured."""
    yield from turtle_lines(ONTOLOGY / "quality.ttl")
    for contributor, one in measured.items():
        subject = iris.entity("contributor", contributor)
        values = {"score": typed(f"{one.score:.1f}", "decimal"), "tier": text(one.tier)}
        values |= {name: typed(f"{one.dimensions[name]:.1f}", "decimal") for name in DIMENSIONS}
        for name, value in values.items():
            if name != "tier" or one.tier:
                measurement = f"{subject}#quality-{name}"
                yield statement(subject, f"{DQV}hasQualityMeasurement", iri(measurement))
                yield statement(measurement, f"{RDF}type", iri(f"{DQV}QualityMeasurement"))
                yield statement(measurement, f"{DQV}computedOn", iri(subject))
                yield statement(measurement, f"{DQV}isMeasurementOf", iri(METRICS + name))
                yield statement(measurement, f"{DQV}value", value)


def write_quality(
    place: Path, number: int, created: str, measured: Mapping[str, QualityProfile], before: Path | None
) -> None:
    """Writes the measurements of a release behind those of the releases before it, where something changed."""
    history = dict(read_quality(before)) if before else {}
    for contributor, one in measured.items():
        states = history.get(contributor, ())
        if not states or states[-1].profile != one:
            now = QualityState(release=number, created=created, profile=one)
            history[contributor] = (*states, now)[-_MOST_STATES:]
    kept = {contributor: [asdict(state) for state in states] for contributor, states in history.items()}
    (place / REPORT / FILE).write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_quality(place: Path) -> Mapping[str, Sequence[QualityState]]:
    """The measurements of each contributor that changed something, the oldest first; none in an older release."""
    path = place / REPORT / FILE
    if not path.exists():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {contributor: tuple(map(_state, states)) for contributor, states in kept.items()}


def _state(said: dict[str, object]) -> QualityState:
    given = said["profile"]
    return QualityState(**said | {"profile": QualityProfile(**given)})  # type: ignore[arg-type]  # as written
