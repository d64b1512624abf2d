"""What people decide is kept beside the data, heard by the next build, and wins over every score."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cis_graph import cli
from cis_graph.errors import ReleaseFault
from cis_graph.model.decisions import Question
from cis_graph.model.nodes import NodeId
from cis_graph.model.terms import Iri
from cis_graph.reconciliation.decisions import COLUMNS
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.release.desk import Desk as Decisions
from cis_graph.release.parts import PARTS, Parts
from cis_graph.release.shelf import Shelf
from tests.pipeline.conftest import GOOD, Desk

BASE = "https://carrefour.example/"
CENTSEPT = {**GOOD, "Nom": "Le Centsept", "SIRET": ""}
OTHER = {**CENTSEPT, "N°": "2", "SIRET": ""}
THIRD = {**CENTSEPT, "N°": "3", "SIRET": ""}
YOUTH = {**OTHER, "Nom": "Le Centsept des jeunes", "Description": "Un atelier de réparation.", "Début": "01/01/2022"}
ONE, TWO = (NodeId("ruches", number, "porteur") for number in "12")
WHY = ("--why", "two houses", "--by", "Alix")


@pytest.fixture
def served(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Three records of one actor, published."""
    desk.hand_over(CENTSEPT, OTHER, THIRD)
    desk.publish()
    monkeypatch.setenv("CIS_DATA", str(desk.settings.data))
    yield desk
    left = [path.name for path in (desk.settings.data / "curation").glob(".*.new")]
    assert left == [], "something is left behind"


def keys(desk: Desk) -> dict[str, str]:
    """Each key that the nodes of actors were given, and the key that is canonical for it now."""
    release = Shelf(desk.settings.data).current()
    assert release is not None
    found = {}
    for node, entry in Ledger.load(desk.settings.data / "ledger.jsonl").entries.items():
        if entry.kind == "actor":
            iri = f"{BASE}id/record/{node.contributor}/{node.record}#{node.node}"
            (row,) = release.rows("decisions/described", node=Iri(iri))
            found[entry.key] = row["entity"].value.rpartition("/")[2]
    return found


def said(desk: Desk) -> set[str]:
    """Everything that contributors said, in the graphs of their records."""
    place = Shelf(desk.settings.data).current_place()
    assert place is not None
    return Parts(place / PARTS).lines("records")


def own(desk: Desk, *numbers: str) -> list[str]:
    """The keys that the actors of these records were given at first sight."""
    entries = Ledger.load(desk.settings.data / "ledger.jsonl").entries
    return [entries[NodeId("ruches", number, "porteur")].key for number in numbers]


def from_nothing(desk: Desk) -> dict[str, str]:
    """The keys after a build with no release, no ledger and no cache to start from."""
    for name in ("releases", "cache"):
        shutil.rmtree(desk.settings.data / name)
    (desk.settings.data / "ledger.jsonl").unlink()
    desk.publish()
    return keys(desk)


def test_different_and_then_same_give_the_keys_they_must(served: Desk) -> None:
    """Two records of Le Centsept are parted, stay parted in a rebuild from nothing, and are joined under the old key."""
    before, told = keys(served), said(served)
    (canonical,) = set(before.values())
    one, two = own(served, "1", "2")

    assert cli.main(["different", f"/actor/{one}", two, *WHY]) == 0
    assert keys(served) == before, "a published release changed"
    served.publish()
    parted = keys(served)
    assert parted[one] != parted[two]
    assert {parted[one], parted[two]} <= before.keys()
    assert from_nothing(served) == parted
    assert said(served) == told, "a decision changed what a contributor said"

    assert cli.main(["same", f"{BASE}id/actor/{one}", f"/en/actor/{two}", *WHY]) == 0
    served.publish()
    assert keys(served) == before
    assert set(from_nothing(served).values()) == {canonical}
    table = (served.settings.data / "curation" / "decisions.sssom.tsv").read_text(encoding="utf-8")
    assert table.count("\tAlix\t") >= 2, "what was decided first is not kept"


def test_an_unmerged_cluster_falls_into_its_records(served: Desk) -> None:
    """Each record node has its own key back and stays apart, also from one that left and returns."""
    (canonical,) = set(keys(served).values())
    served.hand_over(CENTSEPT, OTHER)
    served.publish()

    assert cli.main(["unmerge", canonical, *WHY]) == 0
    served.hand_over(CENTSEPT, OTHER, THIRD)
    served.publish()
    parted = keys(served)
    assert parted == {key: key for key in own(served, "1", "2", "3")}

    one, two = own(served, "1", "2")
    Decisions(served.settings).same(one, two, by="Alix", why="one house after all")
    served.publish()
    assert len(set(keys(served).values())) == 2


def test_a_decision_can_name_record_nodes(served: Desk) -> None:
    """By the table's own words and by their IRIs."""
    iri = f"{BASE}id/record/ruches/2#porteur"

    recorded = Decisions(served.settings).different(str(ONE), iri, by="Alix", why="two houses")
    assert [(ONE, TWO)] == [(one.first, one.second) for one in recorded.written]


def test_what_contradicts_an_earlier_decision_is_said(served: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """The latest wins and both stay; to decide the same again writes nothing."""
    assert cli.main(["different", str(ONE), str(TWO), *WHY]) == 0
    assert cli.main(["different", str(TWO), str(ONE), *WHY]) == 0
    assert cli.main(["same", str(ONE), str(TWO), *WHY]) == 0

    said = capsys.readouterr().out
    assert "already decided so; nothing is written" in said
    assert f"overrules different {ONE} {TWO} (Alix, " in said
    assert len(Decisions(served.settings, served.curation).decisions()) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("different", "aaaaaaaaaa", str(ONE)), "no such key"),
        (("different", "nonsense", str(ONE)), "give a key, an address"),
        (("different", "http://[", str(ONE)), "give a key, an address"),
        (("different", "ruches/9#porteur", str(ONE)), "no record has ever told of"),
        (("different", str(ONE), str(ONE)), "name two"),
        (("same", str(ONE), "ruches/1#projet"), "can only be different"),
        (("unmerge", "ruches/1#porteur-projet-porteur"), "participation"),
    ],
)
def test_what_cannot_be_decided_on_is_told(
    served: Desk, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    """The command ends with 1, says what it could not find, and writes nothing."""
    if "participation" in message:
        entries = Ledger.load(served.settings.data / "ledger.jsonl").entries
        arguments = ("unmerge", next(entry.key for entry in entries.values() if entry.kind == "participation"))

    assert cli.main([*arguments, *WHY]) == 1
    assert message in capsys.readouterr().err
    assert not (served.settings.data / "curation" / "decisions.sssom.tsv").exists()


def test_what_is_withdrawn_cannot_be_decided_on(served: Desk) -> None:
    """A record that the published release does not tell of leads to an error, not to a decision on nothing."""
    key = own(served, "3")[0]
    served.hand_over(CENTSEPT, {**OTHER, "Nom": "La Miellerie"})
    served.publish()

    with pytest.raises(ReleaseFault, match="withdrawn"):
        Decisions(served.settings).different("ruches/3#porteur", str(ONE), by="Alix", why="gone")
    with pytest.raises(ReleaseFault, match="nothing to part"):
        Decisions(served.settings).unmerge(str(TWO), by="Alix", why="alone")
    assert key not in own(served, "1", "2")


@pytest.mark.parametrize(("by", "why"), [("", "x"), ("x", " "), ("x" * 501, "x")])
def test_a_decision_says_who_and_why(served: Desk, by: str, why: str) -> None:
    """In one line each."""
    with pytest.raises(ReleaseFault, match="Say w"):
        Decisions(served.settings).different(str(ONE), str(TWO), by=by, why=why)


def test_markup_of_the_table_in_a_reason_stays_text(served: Desk) -> None:
    """Tabs, line ends and marks of comments do not make other lines or columns."""
    Decisions(served.settings).different(str(ONE), str(TWO), by="A\tB", why='so\n# "they\tsay"\r\n')
    (kept,) = Decisions(served.settings, served.curation).decisions()

    assert (kept.by, kept.why) == ("A B", 'so # "they say"')
    lines = (served.settings.data / "curation" / "decisions.sssom.tsv").read_text(encoding="utf-8").splitlines()
    assert [len(line.split("\t")) for line in lines if not line.startswith("#")] == [len(COLUMNS)] * 2


def test_an_open_question_is_kept_until_it_is_answered(desk: Desk) -> None:
    """The release keeps what comparisons left open; what is decided since is asked no more."""
    desk.hand_over(CENTSEPT, YOUTH)
    desk.publish()
    decisions = Decisions(desk.settings, desk.curation)
    asked: tuple[Question, ...] = decisions.questions()

    assert [one.value for one in asked] == sorted((one.value for one in asked), reverse=True)
    assert {(ONE, TWO)} <= {(one.one.node, one.other.node) for one in asked if one.kind == "actor"}
    decisions.answer(asked[0], "different", by="Alix", why="seen")
    assert decisions.questions() == asked[1:]


def test_a_nodes_name_that_a_line_cannot_hold_is_refused(tmp_path: Path) -> None:
    """Nothing is written that would read as another node."""
    from cis_graph.reconciliation.decisions import Decision, DecisionLog  # noqa: PLC0415 - of this test alone

    log = DecisionLog(tmp_path / "decisions.sssom.tsv")
    for node in (NodeId("a", "b#c", "d#e"), NodeId("a", "b\nc", "d")):
        with pytest.raises(ReleaseFault, match="cannot hold"):
            log.record([Decision(first=node, second=ONE, same=True, by="x", date="2026-01-01", why="x")])
    assert log.read() == ()
