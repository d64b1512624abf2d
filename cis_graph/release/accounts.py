"""The account of a source: what became of each of its rows and records."""

from collections.abc import Iterable, Mapping, Sequence

from cis_graph.entities.merge import records_of
from cis_graph.entities.statements import Led
from cis_graph.harvest.state import SourceState
from cis_graph.model.accounts import Merged, SourceAccount
from cis_graph.rdf.told import Told

_SHOWN = 5  # of those that a record is merged with

_Name = tuple[str, str]  # contributor, record


def accounts(states: Iterable[SourceState], accepted: Sequence[Told], led: Iterable[Led]) -> tuple[SourceAccount, ...]:
    """Where the rows and records of each source ended, once it is known which lead to which entity."""
    company = _company(led)
    return tuple(_account(state, accepted, company) for state in states)


def _account(state: SourceState, accepted: Sequence[Told], company: Mapping[_Name, Sequence[Led]]) -> SourceAccount:
    names = {(one.contributor, one.key) for one in accepted if one.source.slug == state.source.slug}
    together = names & company.keys()
    return SourceAccount(
        contributor=state.source.contributor,
        source=state.source.slug,
        rows=state.rows,
        records=state.count,
        alone=len(names) - len(together),
        together=len(together),
        rejected=state.count - len(names),
        merged=tuple(_merged(name, entity) for name in sorted(together) for entity in company[name]),
    )


def _merged(name: _Name, entity: Led) -> Merged:
    others = [record for record in records_of(entity.members) if record != name]
    return Merged(
        record=name[1],
        entity=f"{entity.kind}/{entity.key}",
        others=len(others),
        contributors=tuple(sorted({contributor for contributor, _ in others})),
        records=tuple(f"{contributor}/{key}" for contributor, key in others[:_SHOWN]),
    )


def _company(led: Iterable[Led]) -> Mapping[_Name, Sequence[Led]]:
    """For each record that is not alone, the projects it shares, or the actors where it tells of no project."""
    projects: dict[_Name, list[Led]] = {}
    actors: dict[_Name, list[Led]] = {}
    for entity in led:
        if entity.kind not in {"project", "actor"}:
            continue
        found = projects if entity.kind == "project" else actors
        if len(entity.members) == 1:
            found.setdefault(entity.members[0][:2], [])
            continue
        records = records_of(entity.members)
        for name in records:
            found.setdefault(name, []).extend([entity] if len(records) > 1 else [])
    return {name: shared for name, shared in (actors | projects).items() if shared}
