from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cis_graph.concepts.tables import LabelTables
from cis_graph.errors import ReleaseFault
from cis_graph.harvest.state import SourceState
from cis_graph.intake.ground import resolution_of
from cis_graph.memory import Memory
from cis_graph.model.accounts import RowAccount
from cis_graph.model.findings import Finding
from cis_graph.model.packing import unpacked
from cis_graph.model.places import Place
from cis_graph.model.records import Record
from cis_graph.rdf.told import Held, Told, say
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.reconciliation.readings import reading_of
from cis_graph.release import telling
from cis_graph.release.house import House
from cis_graph.release.reading import Maker
from cis_graph.release.remembered import Remembered
from cis_graph.release.telling import Teller, ground
from tests.pipeline.conftest import small_house
from tests.support.making import SOURCE, actor, nodes_of, part, project, record

NOWHERE = (Place(text="Nulle-Part-sur-Rien"),)
RECORDS = (
    replace(record("a", "1", project("x")), rows=(1,)),
    replace(
        record("a", "2", replace(project("y"), places=NOWHERE), actor("Ruche"), part("actor", "project")), rows=(2,)
    ),
)
ALIASES = Aliases({"ruche": "La Ruche des Possibles"})


class Desk:
    """Makes and tells on one memory, as two processes of a build do."""

    def __init__(self, house: House, tables: LabelTables, memory: Memory) -> None:
        self.maker = Maker(house, partial(resolution_of, house, tables), memory, ALIASES)
        self.teller = Teller(house, memory, lambda _: None)

    def told(self, *records: Record) -> tuple[list[Told], list[Finding]]:
        """What becomes of some records of one source."""
        findings: list[Finding] = []
        state = SourceState(
            count=len(records),
            source=SOURCE,
            records=records,
            findings=(),
            rows=RowAccount(),
            sha256="0",
            at="2026-01-01T00:00:00Z",
        )
        batches = self.maker.batches(state)
        return [one for batch in batches for one in self.teller.told(state, batch, findings)], findings


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk that remembers in a file."""
    house, tables = small_house(), LabelTables(tmp_path)
    with Memory.opened(tmp_path / "records.db", *ground(house, tables)) as memory:
        yield Desk(house, tables, memory)


def test_what_is_remembered_is_what_was_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records, statements, states and findings come back as they were made, in their order; nothing is made again."""
    first = desk.told(*RECORDS)
    monkeypatch.setattr(desk, "maker", replace(desk.maker, loading=pytest.fail))

    assert first == desk.told(*RECORDS)
    assert [one.record.key for one in first[0]] == ["1", "2"]
    assert [one.rows for one in first[1]] == [(2,)]


def test_what_is_let_go_is_read_again(desk: Desk) -> None:
    """Record, statements and provenance are those that were made, where the record stands, once memory is settled too."""
    told, _ = desk.told(*RECORDS)
    said = list(say([one.record for one in told], desk.maker.house.context, desk.maker.house.iris))

    for _ in range(2):
        made = [replace(one, body=Held(one.record, what.packed)) for one, what in zip(told, said, strict=True)]
        assert [(one.record.key, one.record.rows) for one in told] == [("1", (1,)), ("2", (2,))]
        assert [one.statements for one in told] == [one.statements for one in made]
        assert [one.provenance for one in told] == [one.provenance for one in made]
        desk.teller.memory.settle()


def test_what_memory_lost_is_said(desk: Desk) -> None:
    """A build says what is missing and what to do, and publishes nothing without it."""
    (one, _), _ = desk.told(*RECORDS)
    gone = replace(one, body=Remembered(desk.teller.memory, b"other"))

    with pytest.raises(ReleaseFault, match="build again"):
        assert gone.record


def test_whoever_listens_hears_every_record(desk: Desk) -> None:
    """Fresh or remembered, in their order: what each tells the matcher, and what its nodes are and join."""
    heard: list[bytes] = []
    desk.teller = replace(desk.teller, hear=heard.extend)
    for _ in range(2):
        found, _ = desk.told(*RECORDS)
        assert [unpacked(one) for one in heard] == [reading_of(one.record, ALIASES) for one in found]
        assert desk.teller.heard.kinds == {node: type(one) for node, one in nodes_of(*RECORDS).items()}
        assert [(node.record, one.actor, one.role) for node, one in desk.teller.heard.participations.items()] == [
            ("2", "actor", "partenaire")
        ]
        heard.clear()
        desk.teller.heard.forget_all()


def test_names_are_read_under_their_official_form(desk: Desk) -> None:
    """What an alias stands for is of what a record tells."""
    heard: list[bytes] = []
    desk.teller = replace(desk.teller, hear=heard.extend)
    desk.told(*RECORDS)

    assert [one.names for said in heard for one in unpacked(said).actors] == [("ruche possibles",)]


def test_a_record_that_moved_is_known_where_it_stands_now(desk: Desk) -> None:
    """Rows change when others come; records and findings name the new ones."""
    desk.told(*RECORDS)
    moved = [replace(one, rows=(7 + one.rows[0],), files=("b.csv",)) for one in RECORDS]
    found, findings = desk.told(*moved)

    assert [one.record.rows for one in found] == [(8,), (9,)]
    assert [(one.rows, one.files) for one in findings] == [((9,), ("b.csv",))]


def test_a_record_that_says_something_else_is_told_anew(desk: Desk) -> None:
    """One that is remembered stands beside it as it was."""
    (first, _), _ = desk.told(*RECORDS)
    found, findings = desk.told(RECORDS[0], record("a", "2", project("z")))

    assert found[0] == first
    assert any('"z"' in line for line in found[1].statements)
    assert findings == []


def test_other_labels_are_another_ground(tmp_path: Path) -> None:
    """What a label means is of what records are made of."""
    house = small_house()
    before = list(ground(house, LabelTables(tmp_path)))
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "a.csv").write_text("label,scheme,concept,by,date,why\n", encoding="utf-8")

    assert before != list(ground(house, LabelTables(tmp_path)))


def test_other_aliases_are_another_ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under which name an actor is compared is of what is remembered of a record."""
    house = small_house()
    monkeypatch.setattr(telling, "CURATION", tmp_path)
    before = list(ground(house, LabelTables(tmp_path)))
    (tmp_path / "aliases.csv").write_text("alias,name,source\n", encoding="utf-8")

    assert before != list(ground(house, LabelTables(tmp_path)))


def test_another_sense_of_meaning_is_another_ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings name suggestions, which depend on the extra that is installed."""
    house = small_house()
    before = list(ground(house, LabelTables(tmp_path)))
    monkeypatch.setattr(telling, "extra_version", lambda: "another")

    assert before != list(ground(house, LabelTables(tmp_path)))
