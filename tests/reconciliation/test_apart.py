"""Matching in a process of its own, beside the same in this one."""

from dataclasses import replace

import pytest

from cis_graph import processes
from cis_graph.model.nodes import NodeId
from cis_graph.model.packing import packed
from cis_graph.model.records import Record
from cis_graph.reconciliation.apart import matching_apart
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.matching import Matched
from cis_graph.reconciliation.readings import reading_of
from tests.support.making import MATCHER, actor, nodes_of, part, project, record
from tests.support.resembling import invented_records

LOST = replace(project("La Ruche #1"), edition_of="nowhere")
EDITION = record("z", "1", LOST, actor("Le Centsept", rna="W691000001"), part("actor", "project"))
ALONE = record("z", "2", project("La Ruche #2"), actor("Le Centsept", siren="552100554"), part("actor", "project"))
DECIDED = Decision(
    first=NodeId("z", "1", "project"),
    second=NodeId("z", "2", "project"),
    same=False,
    by="curator",
    date="2026-01-01",
    why="known",
)
UNKNOWN = Decision(
    first=NodeId("z", "1", "project"), second=NodeId("y", "9", "project"), same=True, by="c", date="2026", why="known"
)


@pytest.fixture(params=["forked", "here"], autouse=True)
def forking(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether another process can be had; the runner of tests may hold threads."""
    monkeypatch.setattr(processes, "may_fork", lambda: request.param == "forked")


def found(heard: list[Record], gone: list[Record]) -> Matched:
    """What is found of records of which some do not count."""
    with matching_apart(MATCHER, [DECIDED, UNKNOWN]) as matching:
        for place in range(0, len(heard), 7):
            matching.hear([packed(reading_of(one, MATCHER.aliases)) for one in heard[place : place + 7]])
        kinds = {node: type(thing) for node, thing in nodes_of(*heard).items()}
        return matching.begin(kinds, set(nodes_of(*gone)))()


def test_another_process_finds_what_this_one_does() -> None:
    """The same links with the same reasons, the same unsure pairs, the same marks of all that a link or decision names.

    Records that do not count leave nothing behind.
    """
    records = [*invented_records(), EDITION, ALONE]
    gone = [record("w", str(number), actor("Le Centsept", rna="W691000001")) for number in range(3)]
    here = MATCHER.match(nodes_of(*records), [DECIDED])
    apart = found([*gone[:2], *records, *gone[2:]], gone)
    known = nodes_of(*records)

    assert apart.links == tuple(link for link in here.links if link.second in known)
    assert apart.unsure == here.unsure
    assert len(apart.links) == len(here.links) - 1 > 1, "nobody tells of the edition that is named"
    assert here.unsure
    named = {node for link in apart.links for node in link[:2]} | {DECIDED.first, DECIDED.second}
    assert all(apart.mark(node) == here.mark(node) for node in named)
    assert any(here.mark(node).signs or here.mark(node).exclusive for node in named)


def test_nothing_heard_is_nothing_found() -> None:
    """A build without records matches nothing."""
    assert found([], []).links == ()
