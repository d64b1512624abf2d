"""What a release says, part by part, as N-Quads lines."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
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
from cis_graph.release.makings import changed_makings, makings
from cis_graph.release.quality import quality_lines
from cis_graph.release.revisions import Part, entity_parts, record_parts, reference_part, touched_records
from cis_graph.release.totals import Last


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The parts of a release, its accounts, quality, how much there is of what, each snapshot's sha256.

    The lines of a part are made as they are read, once; of a part that says little new there is its revision alone.
    ``makings`` tell what the entities follow from, until they are written; ``changed`` which of them (``kind/key``)
    follow from something else than they did, where that is known.
    """

    parts: Mapping[str, Part]
    makings: dict[str, str]
    changed: AbstractSet[str] | None
    accounts: tuple[SourceAccount, ...]
    quality: Mapping[str, QualityProfile]
    counts: Mapping[str, int]
    inputs: Mapping[str, str]

    def with_parts(self, more: Callable[[AbstractSet[str] | None], Mapping[str, Part]]) -> Self:
        """The same with some parts more, which follow from what ``changed``."""
        return replace(self, parts={**self.parts, **more(self.changed)})


def contents(
    states: Sequence[SourceState],
    told: Sequence[Told],
    found: Reconciled,
    entities: tuple[Entity, ...],
    house: House,
    *,
    measured: Mapping[str, QualityProfile],
    last: Last,
) -> Contents:
    """What a release says, or how it goes on from the ``last`` one, but for what follows from its entities."""
    iris = house.iris
    known = makings(told, found)
    changed, touched = changed_makings(known, last.makings), touched_records(told, last)
    about_contributors = (*_contributors(told, found, iris), *quality_lines(measured, iris))
    parts: dict[str, Part] = {
        "reference": reference_part(house, last),
        **record_parts(told, about_contributors, touched, iris),
        **entity_parts(entities, found, changed, touched or (), house),
    }
    return Contents(
        parts=parts,
        makings=known,
        changed=changed,
        accounts=accounts(states, told, entities),
        quality=measured,
        counts=_counts(told, entities),
        inputs={state.source.slug: state.sha256 for state in states if state.sha256},
    )


def _counts(told: Sequence[Told], entities: Iterable[Entity]) -> dict[str, int]:
    kinds: Counter[str] = Counter("grant" if entity.is_grant else entity.kind for entity in entities)
    return {**kinds, "record": len(told), "contributor": len({one.source.contributor for one in told})}


def _contributors(told: Sequence[Told], found: Reconciled, iris: Iris) -> Iterable[str]:
    for source in {one.source.slug: one.source for one in told}.values():
        nodes = [
            NodeId(one.contributor, one.key, source.organisation)
            for one in told
            if source.organisation and one.source.slug == source.slug
        ]
        key = min((found.canonical[node] for node in nodes if node in found.canonical), default=None)
        yield from contributor_lines(source, iris.entity("actor", key) if key else None, iris)
