import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.errors import ReleaseFault
from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.ledger import Ledger, mint

NODES = st.lists(st.builds(NodeId, *[st.text(min_size=1, max_size=8)] * 3), max_size=30, unique=True)


def known(*nodes: NodeId, build: int = 1) -> Ledger:
    """A ledger that saw these nodes in one build."""
    return Ledger({}).with_nodes([(node, "actor") for node in nodes], build)


def test_a_key_has_ten_characters_of_its_alphabet() -> None:
    """A key is what the shape of entities asks for."""
    assert re.fullmatch(r"[a-z2-7]{10}", mint(NodeId("la-fonda", "le-centsept", "project")))


@given(NODES)
def test_keys_do_not_depend_on_the_order_of_nodes(nodes: list[NodeId]) -> None:
    """The same nodes in any order have the same keys."""
    assert known(*nodes).entries == known(*reversed(nodes)).entries


@given(NODES, NODES)
def test_what_has_a_key_keeps_it(first: list[NodeId], second: list[NodeId]) -> None:
    """A later build gives no node another key, nor another first sight."""
    before = known(*first)
    after = before.with_nodes([(node, "actor") for node in second], 2)

    assert before.entries == {node: after.entries[node] for node in first}


def test_no_key_is_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two nodes whose hashes collide still have two keys, and the first keeps its own."""
    plain = mint
    monkeypatch.setattr(
        "cis_graph.reconciliation.ledger.mint",
        lambda node, salt=0: "a" * 10 if not salt else plain(node, salt),
    )
    one, other = NodeId("a", "1", "x"), NodeId("a", "2", "x")
    ledger = known(one, other)

    assert len({entry.key for entry in ledger.entries.values()}) == 2
    assert ledger.entries[one].key == "a" * 10


def test_a_node_named_with_separators_is_not_another_node() -> None:
    """Names that only differ in where they are cut have different keys."""
    assert mint(NodeId("a", "b/c", "d")) != mint(NodeId("a/b", "c", "d"))


def test_the_log_gives_the_ledger_back(tmp_path: Path) -> None:
    """What is appended in two builds is read back whole, and only once."""
    log = tmp_path / "ledger.jsonl"
    first = known(NodeId("a", "é\n1", "x"))
    second = first.with_nodes([(NodeId("b", "2", "y"), "project")], 2)

    assert first.append_to(log, Ledger({})) == 1
    assert second.append_to(log, first) == 1
    assert second.append_to(log, second) == 0
    assert Ledger.load(log) == second


def test_a_line_cut_by_a_crash_is_written_again(tmp_path: Path) -> None:
    """A torn last line is left out when reading, and the next append starts on a line of its own."""
    log = tmp_path / "ledger.jsonl"
    first = known(NodeId("a", "1", "x"))
    first.append_to(log, Ledger({}))
    with log.open("ab") as file:
        file.write('{"key": "bbbbé'.encode()[:-1])

    assert Ledger.load(log) == first
    second = first.with_nodes([(NodeId("b", "2", "y"), "actor")], 2)
    second.append_to(log, Ledger.load(log))
    assert Ledger.load(log) == second


@pytest.mark.parametrize("line", [b"no json", b'{"key": "aaaaaaaaaa"}', b"[]", b"\xff", b"\x00", b"", b"{}, {}"])
def test_a_damaged_log_is_refused_with_its_line(tmp_path: Path, line: bytes) -> None:
    """A log that was changed inside is not read past: the error names the line."""
    log = tmp_path / "ledger.jsonl"
    known(NodeId("a", "1", "x")).append_to(log, Ledger({}))
    with log.open("ab") as file:
        file.write(line + b"\n")

    with pytest.raises(ReleaseFault, match="line 2"):
        Ledger.load(log)


@pytest.mark.parametrize("line", [b"no json", b"{}"])
def test_a_damaged_line_is_named_wherever_it_stands(tmp_path: Path, line: bytes) -> None:
    """Lines are read many at a time, and counted one by one."""
    log = tmp_path / "ledger.jsonl"
    known(*(NodeId("a", str(number), "x") for number in range(2_500))).append_to(log, Ledger({}))
    lines = log.read_bytes().split(b"\n")
    lines[2_345] = line
    log.write_bytes(b"\n".join(lines))

    with pytest.raises(ReleaseFault, match="line 2346 "):
        Ledger.load(log)


def test_a_log_that_gives_a_key_twice_is_refused(tmp_path: Path) -> None:
    """A key that stands twice in the log would make two things one."""
    log = tmp_path / "ledger.jsonl"
    known(NodeId("a", "1", "x")).append_to(log, Ledger({}))
    log.write_text(log.read_text(encoding="utf-8") * 2, encoding="utf-8")

    with pytest.raises(ReleaseFault, match="twice"):
        Ledger.load(log)
