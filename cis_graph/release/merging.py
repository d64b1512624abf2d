"""The entities of a release, merged from its records; their quality, and what only people can tell of them."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from cis_graph.entities.make import make_entities
from cis_graph.entities.merge import Entity
from cis_graph.model.quality import QualityProfile
from cis_graph.processes import beside
from cis_graph.rdf.told import Told
from cis_graph.reconciliation.questions import questions
from cis_graph.reconciliation.reconcile import Reconciled
from cis_graph.release.quality import Measuring
from cis_graph.release.questions import write_questions


def merged(
    place: Path,
    told: Iterable[Told],
    found: Reconciled,
    passing: Callable[[Iterable[Entity]], Iterable[Entity]],
) -> tuple[tuple[Entity, ...], Mapping[str, QualityProfile]]:
    """The entities, and the quality of what each contributor tells of them; questions are written meanwhile.

    ``passing`` is as for :func:`~cis_graph.entities.make.make_entities`.
    """
    measuring = Measuring(found.clusters)
    with beside(partial(_write_questions, place, found)):
        records = measuring.passing(one.record for one in told)
        clusters = ((one.key, one.members) for one in found.clusters)
        entities = make_entities(records, clusters, found.canonical, passing)
    return entities, measuring.profiles()


def _write_questions(place: Path, found: Reconciled) -> None:
    write_questions(place, questions(found))
