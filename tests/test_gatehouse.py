"""Pushes: what a contributor hands over by itself is published like what is harvested."""

import csv
import io
import json
from pathlib import Path
from threading import Thread

import pytest

from cis_graph import pipeline
from cis_graph.concepts.tables import LabelTables
from cis_graph.errors import ReleaseFault
from cis_graph.gatehouse import Gatehouse
from cis_graph.harvest.snapshots import Snapshots
from cis_graph.intake import journal
from cis_graph.intake.ground import Ground
from cis_graph.intake.journal import JOURNAL, notes
from cis_graph.model.gate import Handed, Pushed
from cis_graph.model.releases import ReleaseInformation
from cis_graph.pushing import Desk as PushDesk
from cis_graph.release.opened import Opened
from cis_graph.release.shelf import Shelf
from cis_graph.release.writing import writing
from tests.pipeline.conftest import GOOD, Desk, small_house

SECOND = GOOD | {"N°": "2", "Nom": "La Miellerie", "SIRET": ""}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(tmp_path)


def as_csv(*rows: dict[str, str]) -> bytes:
    """Rows as CSV."""
    out = io.StringIO()
    table = csv.DictWriter(out, tuple(GOOD))
    table.writeheader()
    table.writerows(rows)
    return out.getvalue().encode()


def as_json(*rows: dict[str, str]) -> bytes:
    """Rows as JSON objects that leave out what is empty."""
    return json.dumps([{name: cell for name, cell in row.items() if cell} for row in rows]).encode()


def push(desk: Desk, data: bytes, kind: str = "csv", *, whole: bool = True, patience: float = 0) -> Pushed:
    """How a push ends."""
    at = PushDesk(
        desk.settings, (desk.mapper,), Ground.of(small_house(), LabelTables(desk.curation)), desk.curation, patience
    )
    return at.push(desk.mapper, Handed(source="ruches", files={"": data}, kind=kind), whole=whole)


def current(desk: Desk) -> Opened:
    """The published release."""
    release = Shelf(desk.settings.data).current()
    assert release is not None
    return release


def told(desk: Desk) -> set[str]:
    """What the published release says in records and entities."""
    release = current(desk)
    names = ("records", "entities", "links", "ties")
    return {line for name in names for line in (release.place / "parts" / f"{name}.nq").read_text("utf-8").split("\n")}


def test_a_record_pushed_and_the_same_record_harvested_are_the_same_record(desk: Desk) -> None:
    """Whether rows come by harvest, as CSV or as JSON, records, entities and their addresses are the same."""
    desk.hand_over(GOOD, SECOND)
    desk.publish()
    harvested = told(desk)

    assert "published" == push(desk, as_csv(GOOD, SECOND)).outcome
    assert harvested == told(desk)
    assert push(desk, as_json(GOOD, SECOND), "json").outcome in {"published", "unchanged"}
    assert harvested == told(desk)


def test_a_record_pushed_in_rdf_is_the_record_it_was(desk: Desk) -> None:
    """What the endpoint gives of a record can be pushed back and says the same."""
    desk.hand_over(GOOD)
    desk.publish()
    harvested = told(desk)
    data = current(desk).record("https://carrefour.example/id/record/ruches/1", "ttl")

    done = push(desk, data, "ttl", whole=False)
    assert ("published", {"1"}) == (done.outcome, set(done.examined.published))
    assert harvested == told(desk)


def test_the_same_push_again_changes_nothing(desk: Desk) -> None:
    """It says so, and no release is made."""
    first = push(desk, as_csv(GOOD))
    again = push(desk, as_csv(GOOD))

    assert ("published", "unchanged") == (first.outcome, again.outcome)
    assert first.release == again.release == current(desk).information.number


def test_adding_a_record_leaves_the_others(desk: Desk) -> None:
    """POST adds what is new, replaces what has a known key, and leaves the rest."""
    desk.hand_over(GOOD)
    desk.publish()
    done = push(desk, as_json(SECOND, GOOD | {"Nom": "La Ruche Neuve"}), "json", whole=False)

    assert "published" == done.outcome
    assert done.account is not None
    assert (2, 2, 0) == (done.account.records, done.account.rows.in_records, done.account.rows.lost)
    assert {"La Ruche Neuve", "La Miellerie"} == set(done.examined.published.values())


def test_a_whole_set_takes_the_place_of_all_there_was(desk: Desk) -> None:
    """PUT withdraws what it does not hold."""
    push(desk, as_csv(GOOD, SECOND))
    done = push(desk, as_csv(SECOND))

    assert done.account is not None
    assert 1 == done.account.records
    assert "La Ruche" not in "".join(told(desk))


def test_what_is_set_aside_is_told_and_the_rest_published(desk: Desk) -> None:
    """Rows and records of a push add up, as those of a harvest do."""
    done = push(desk, as_csv(GOOD, SECOND | {"Nom": ""}, dict.fromkeys(GOOD, "")))

    assert "published" == done.outcome
    assert done.account is not None
    rows = done.account.rows
    assert (3, 1, 1, 1, 0) == (rows.read, rows.blank, rows.in_records, rows.rejected, rows.lost)
    assert ["Nom"] == [one.field for one in done.examined.findings if one.fate.value == "record-rejected"]


def test_a_mended_row_takes_the_place_of_the_bad_one(desk: Desk) -> None:
    """A row that makes no record leaves nothing behind that a later push could not take out."""
    push(desk, as_csv(GOOD))
    push(desk, as_csv(SECOND, SECOND | {"N°": "3", "Nom": ""}), whole=False)
    done = push(desk, as_csv(SECOND | {"N°": "3"}), whole=False)

    assert done.account is not None
    assert (3, 0) == (done.account.records, done.account.rows.rejected)


@pytest.mark.parametrize("data", [b"", b"\x00", as_csv(), as_csv(GOOD | {"Nom": ""}), b"a,b\n1,2\n"])
def test_a_push_without_a_good_record_is_refused(desk: Desk, data: bytes) -> None:
    """Nothing of it is kept, and the journal says so."""
    desk.hand_over(GOOD)
    snapshots = Snapshots(desk.settings.data / "snapshots")
    before = snapshots.latest("ruches")

    assert "refused" == push(desk, data).outcome
    assert before == snapshots.latest("ruches")
    assert ["under-way", "refused"] == [line["outcome"] for line in notes(desk.settings.data)]


def test_a_whole_set_that_shrank_too_far_is_refused(desk: Desk) -> None:
    """What a harvest would refuse, a push cannot do either."""
    desk.expect(2)
    desk.hand_over(GOOD, SECOND)
    desk.publish()
    done = push(desk, as_csv(GOOD))

    assert "refused" == done.outcome
    assert done.why is not None
    assert "2" in done.why.french


def test_a_release_that_fails_its_checks_undoes_the_push(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The source keeps its last state, so that the next build is not spoilt."""
    desk.hand_over(GOOD)
    desk.publish()
    before = Snapshots(desk.settings.data / "snapshots").latest("ruches")

    def fail(*_: object, **__: object) -> ReleaseInformation:
        raise ReleaseFault("no")

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "publish", fail)
        assert "refused" == push(desk, as_csv(SECOND)).outcome
    assert before == Snapshots(desk.settings.data / "snapshots").latest("ruches")


def test_the_journal_holds_no_more_than_it_must(desk: Desk) -> None:
    """Who, what and how it ended; not the data."""
    push(desk, as_csv(GOOD))
    began, line = notes(desk.settings.data)

    assert ("under-way", began["push"]) == (began["outcome"], line["push"])
    assert ("ruches", "published", 1) == (line["contributor"], line["outcome"], line["published"])
    assert "Ruche" not in (desk.settings.data / JOURNAL).read_text(encoding="utf-8")


def test_a_push_waits_for_others_that_write(desk: Desk) -> None:
    """It is published once the folder is free; where that takes too long nothing is half done, and it is said."""
    with writing(desk.settings.data, "build"):
        done = push(desk, as_csv(GOOD))
        waiting = Thread(target=push, args=(desk, as_csv(GOOD)), kwargs={"patience": 60})
        waiting.start()
    waiting.join()

    assert "refused" == done.outcome
    assert done.why is not None
    assert "build" in done.why.english
    assert "La Ruche" in "".join(told(desk))


def test_where_a_push_stands_is_read_from_the_journal(desk: Desk) -> None:
    """Its contributor, and nobody else, learns how it ended, from another process and after any number of restarts."""
    done = push(desk, as_csv(GOOD))
    house, data = Gatehouse(desk.settings), desk.settings.data
    found = house.progress("ruches", done.id)

    assert found is not None
    assert ("published", done.release, 1, 1) == (found.outcome, found.release, found.records, found.publishable)
    assert [None, None] == [house.progress("fleurs", done.id), house.progress("ruches", "../../etc/passwd")]
    assert 0 == journal.how_many(data)


def test_a_push_whose_process_died_is_told_as_interrupted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is under way is so while somebody is at it; a broken line of the journal hides nothing."""
    seen: list[object] = []
    data = desk.settings.data

    def die(*_: object, **__: object) -> ReleaseInformation:
        (began,) = notes(data)
        at = journal.progress(data, "ruches", began["push"])
        seen.append(at and at.outcome)
        seen.append(journal.how_many(data))
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", die)
    with pytest.raises(KeyboardInterrupt):
        push(desk, as_csv(GOOD))
    (began,) = notes(data)
    with (data / JOURNAL).open("ab") as file:
        file.write(b'{"push": \xff\n')
    after = journal.progress(data, "ruches", began["push"])

    assert ["under-way", 1] == seen
    assert after is not None
    assert ("interrupted", 0) == (after.outcome, journal.how_many(data))
