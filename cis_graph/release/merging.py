"""The entities of a release, merged from its records; what only people can tell of them."""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path

from cis_graph.entities.make import make_entities
from cis_graph.entities.merge import Entity
from cis_graph.processes import beside
from cis_graph.rdf.told import Told
from cis_graph.reconciliation.questions import questions
from cis_graph.reconciliation.reconcile import Reconciled
from cis_graph.release.questions import write_questions


def merged(
    place: Path,
    told: Iterable[Told],
    found: Reconciled,
    changed: AbstractSet[str] | None,
    passing: Callable[[Iterable[Entity]], Iterable[Entity]],
) -> tuple[Entity, ...]:
    """All entities, or those ``changed`` (``kind/key``) alone where that is known; questions are written meanwhile.

    ``passing`` is as for :func:`~cis_graph.entities.make.make_entities`.
    """
    with beside(partial(_write_questions, place, found)):
        if changed is None:
            clusters = [(one.key, one.members) for one in found.clusters]
            return make_entities((one.record for one in told), clusters, found.canonical, passing)
        keys = {name.partition("/")[2] for name in changed}
        clusters = [(one.key, one.members) for one in found.clusters if one.key in keys]
        nodes = {node for _, members in clusters for node in members}
        records = (one.record for one in told if not nodes.isdisjoint(one.nodes))
        return make_entities(records, clusters, found.canonical, passing)


def _write_questions(place: Path, found: Reconciled) -> None:
    write_questions(place, questions(found))
