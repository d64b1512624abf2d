"""The account of a source: what became of each of its rows and records."""

from collections.abc import Iterable, Sequence

from cis_graph.entities.merge import Entity
from cis_graph.harvest.state import SourceState
from cis_graph.model.accounts import SourceAccount
from cis_graph.rdf.told import Told

_Name = tuple[str, str]  # contributor, record


def accounts(
    states: Iterable[SourceState], accepted: Sequence[Told], entities: Iterable[Entity]
) -> tuple[SourceAccount, ...]:
    """Where the rows and records of each source ended, once entities are made."""
    in_company = _in_company(entities)
    return tuple(_account(state, accepted, in_company) for state in states)


def _account(state: SourceState, accepted: Sequence[Told], in_company: set[_Name]) -> SourceAccount:
    names = {(one.record.contributor, one.record.key) for one in accepted if one.source.slug == state.source.slug}
    together = names & in_company
    return SourceAccount(
        contributor=state.source.contributor,
        source=state.source.slug,
        rows=state.rows,
        records=len(state.records),
        alone=len(names) - len(together),
        together=len(together),
        rejected=len(state.records) - len(names),
    )


def _in_company(entities: Iterable[Entity]) -> set[_Name]:
    """The records that share a project with another record, or an actor where they tell of no project."""
    projects: dict[_Name, list[bool]] = {}
    actors: dict[_Name, list[bool]] = {}
    for entity in entities:
        found = projects if entity.kind == "project" else actors if entity.kind == "actor" else {}
        records = entity.records
        for name in records:
            found.setdefault(name, []).append(len(records) > 1)
    return {name for name in projects.keys() | actors.keys() if any(projects.get(name) or actors.get(name, []))}
