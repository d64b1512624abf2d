"""Sources read in another process, and what is handed over of them."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cis_graph import processes
from cis_graph.concepts.tables import LabelTables
from cis_graph.errors import ReleaseFault
from cis_graph.harvest.state import SourceState
from cis_graph.intake.ground import resolution_of
from cis_graph.memory import Memory
from cis_graph.model.accounts import RowAccount
from cis_graph.model.records import Record
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.release import reading
from cis_graph.release.reading import Batch, Maker, reading_apart
from cis_graph.release.remembered import record_of
from tests.pipeline.conftest import small_house
from tests.support.making import SOURCE, project, record

RECORDS = tuple(replace(record("a", str(number), project("x")), rows=(number,)) for number in range(5))


def state(*records: Record, slug: str = "a") -> SourceState:
    """A source that was read."""
    return SourceState(
        source=replace(SOURCE, slug=slug),
        records=records,
        count=len(records),
        findings=(),
        rows=RowAccount(),
        sha256="0",
        at="2026-01-01T00:00:00Z",
    )


@pytest.fixture(params=["forked", "here"])
def maker(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Maker]:
    """What makes records two at a time, in another process or in this one; the runner of tests may hold threads."""
    monkeypatch.setattr(processes, "may_fork", lambda: request.param == "forked")
    monkeypatch.setattr(reading, "_BATCH", 2)
    house, tables = small_house(), LabelTables(tmp_path)
    with Memory.opened(tmp_path / "records.db") as memory:
        yield Maker(house, partial(resolution_of, house, tables), memory, Aliases({}))


def test_sources_are_handed_over_in_their_order(maker: Maker) -> None:
    """Each without its records, then these, with where they stood and what was made of them; an empty one too."""
    with reading_apart([state(*RECORDS[:3]), state(slug="b"), state(*RECORDS[3:], slug="c")], maker) as read:
        found = list(read)

    batches = [some for some in found if isinstance(some, Batch)]
    assert [some if isinstance(some, SourceState) else len(some.keys) for some in found] == [
        replace(state(), count=3), 2, 1, replace(state(slug="b"), count=0), replace(state(slug="c"), count=2), 2,
    ]  # fmt: skip
    assert [place for some in batches for place in some.stood] == [((number,), ()) for number in range(5)]
    assert [record_of(some.made[key]).key for some in batches for key in some.keys] == ["0", "1", "2", "3", "4"]


def test_what_is_remembered_is_not_made_again(maker: Maker) -> None:
    """Its key is handed over, by which memory finds it."""
    with reading_apart([state(*RECORDS[:1])], maker) as read:
        _, first = read
    assert isinstance(first, Batch)
    maker.memory.keep(first.keys[0], first.made[first.keys[0]])
    with reading_apart([state(*RECORDS[:2])], maker) as read:
        _, second = read

    assert isinstance(second, Batch)
    assert second.keys[0] == first.keys[0]
    assert second.made.keys() == {second.keys[1]}


def test_a_fault_of_what_is_read_is_raised_where_it_is_dealt_with(maker: Maker) -> None:
    """With its words, after all that came before it."""

    def broken() -> Iterator[SourceState]:
        yield state(*RECORDS[:1])
        raise ReleaseFault("the table of labels cannot be read")

    seen = []
    with pytest.raises(ReleaseFault, match="the table of labels"), reading_apart(broken(), maker) as read:  # noqa: PT012
        for some in read:
            seen.append(some)  # noqa: PERF402
    assert len(seen) == 2
