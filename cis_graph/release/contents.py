"""What a release says, part by part, as N-Quads lines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from cis_graph.entities.merge import Entity
from cis_graph.harvest.state import SourceState
from cis_graph.model.accounts import SourceAccount
from cis_graph.model.nodes import NodeId
from cis_graph.model.quality import QualityProfile
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.provenance import contributor_lines
from cis_graph.rdf.told import Told
from cis_graph.reconciliation.reconcile import Reconciled
from cis_graph.release.accounts import accounts
from cis_graph.release.house import House
from cis_graph.release.makings import Follows
from cis_graph.release.quality import measured, quality_lines
from cis_graph.release.revisions import Part, entity_parts, led, record_parts, reference_part, touched_records
from cis_graph.release.totals import Last


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The parts of a release, its accounts, quality, how much there is of what, each snapshot's sha256.

    The lines of a part are made as they are read, once; of a part that says little new there is its revision alone.
    ``makings`` tell what the entities follow from, until they are written.
    """

    parts: Mapping[str, Part]
    makings: dict[str, str]
    accounts: tuple[SourceAccount, ...]
    quality: Mapping[str, QualityProfile]
    counts: Callable[[], Mapping[str, int]]
    inputs: Mapping[str, str]

    def following(self, more: Mapping[str, Part], counts: Callable[[], Mapping[str, int]]) -> Self:
        """The same with what follows from its entities: some parts more, and how many there are of each kind."""
        records = self.counts()
        return replace(self, parts={**self.parts, **more}, counts=lambda: {**counts(), **records})


def contents(
    states: Sequence[SourceState],
    told: Sequence[Told],
    found: Reconciled,
    entities: tuple[Entity, ...],
    house: House,
    *,
    follows: Follows,
    last: Last,
) -> Contents:
    """What a release says, or how it goes on from the ``last`` one, but for what follows from its ``entities``.

    Where it is known which of them changed, they are those.
    """
    iris, quality, counts = house.iris, measured(told, found.clusters), _counts(told)
    touched = touched_records(told, last)
    about_contributors = (*_contributors(told, found, iris), *quality_lines(quality, iris))
    parts: dict[str, Part] = {
        "reference": reference_part(house, last),
        **record_parts(told, about_contributors, touched, iris),
        **entity_parts(entities, found, follows.changed, touched or (), house),
    }
    return Contents(
        parts=parts,
        makings=follows.makings,
        accounts=accounts(states, told, led(found)),
        quality=quality,
        counts=lambda: counts,
        inputs={state.source.slug: state.sha256 for state in states if state.sha256},
    )


def _counts(told: Sequence[Told]) -> Mapping[str, int]:
    return {"record": len(told), "contributor": len({one.source.contributor for one in told})}


def _contributors(told: Sequence[Told], found: Reconciled, iris: Iris) -> Iterable[str]:
    for source in {one.source.slug: one.source for one in told}.values():
        nodes = [
            NodeId(one.contributor, one.key, source.organisation)
            for one in told
            if source.organisation and one.source.slug == source.slug
        ]
        key = min((found.canonical[node] for node in nodes if node in found.canonical), default=None)
        yield from contributor_lines(source, iris.entity("actor", key) if key else None, iris)
