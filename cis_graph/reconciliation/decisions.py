"""What people decided on pairs of record nodes, kept in SSSOM."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cis_graph.errors import ReleaseFault
from cis_graph.model.nodes import NodeId
from cis_graph.sssom import DECIDED, NOT, SAID, Table

COLUMNS = ("subject_id", "predicate_id", "object_id", "predicate_modifier", "mapping_justification", *SAID)
_PREDICATE = "skos:exactMatch"
_HEADER = """# mapping_set_title: Which record nodes are the same thing, and which are not: decided here
# A node is contributor/record#node. predicate_modifier Not: they are different. Append only; the last line wins.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Two record nodes are the same thing, or are not: who said so, when (ISO date) and why."""

    first: NodeId
    second: NodeId
    same: bool
    by: str
    date: str
    why: str

    @property
    def pair(self) -> frozenset[NodeId]:
        """The two nodes, in no order."""
        return frozenset((self.first, self.second))


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a decision wrote, and which earlier decisions on the same pairs it overrules."""

    written: tuple[Decision, ...]
    overruled: tuple[Decision, ...]


def in_force(decisions: Iterable[Decision]) -> dict[frozenset[NodeId], Decision]:
    """The latest decision on each pair."""
    return {one.pair: one for one in decisions}


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of an SSSOM table in their order; none where there is no file.

    Raises:
        ReleaseFault: other columns, a node that does not read as ``contributor/record#node``, or nobody named.
    """
    return tuple(_decision(path, row) for row in Table(path, COLUMNS, _HEADER).rows())


def _decision(path: Path, row: Mapping[str, str]) -> Decision:
    if row["predicate_id"] != _PREDICATE or row["predicate_modifier"] not in {"", NOT}:
        raise ReleaseFault(
            f"{path.name}: {row['predicate_modifier']} {row['predicate_id']}; only {_PREDICATE} is known"
        )
    return Decision(
        first=_node(path, row["subject_id"]),
        second=_node(path, row["object_id"]),
        same=row["predicate_modifier"] == "",
        by=row["author_label"],
        date=row["mapping_date"],
        why=row["comment"],
    )


def _node(path: Path, text: str) -> NodeId:
    try:
        return node_of(text)
    except ValueError as error:
        raise ReleaseFault(f"{path.name}: {error}") from None


def node_of(text: str) -> NodeId:
    """The node that ``contributor/record#node`` names.

    Raises:
        ValueError: it names none.
    """
    contributor, slash, rest = text.partition("/")
    record, mark, node = rest.rpartition("#")
    if not (slash and mark and contributor and record and node):
        raise ValueError(f'"{text}" is no node; write contributor/record#node')
    return NodeId(contributor, record, node)


class DecisionLog:
    """An SSSOM table of decisions that only grows, whole or not at all, by one writer at a time."""

    def __init__(self, path: Path) -> None:
        self._table = Table(path, COLUMNS, _HEADER)

    def read(self) -> tuple[Decision, ...]:
        """All decisions, oldest first.

        Raises:
            ReleaseFault: the table cannot be read.
        """
        return load_decisions(self._table.path)

    def record(self, decisions: Iterable[Decision], earlier: Iterable[Decision] = ()) -> Recorded:
        """Appends what is not in force already; ``earlier`` are decisions kept elsewhere, older than all here.

        Raises:
            ReleaseFault: the table cannot be read, or a node has a name that a line cannot hold.
        """
        with self._table.alone():
            before = self.read()
            force = in_force((*earlier, *before))
            fresh = tuple(one for one in decisions if one.pair not in force or force[one.pair].same != one.same)
            if fresh:
                self._table.replace(list(map(_row, (*before, *fresh))))
        return Recorded(fresh, tuple(force[one.pair] for one in fresh if one.pair in force))


def _row(one: Decision) -> Mapping[str, str]:
    modifier = "" if one.same else NOT
    said = (_named(one.first), _PREDICATE, _named(one.second), modifier, DECIDED, one.by, one.date, one.why)
    return dict(zip(COLUMNS, said, strict=True))


def _named(node: NodeId) -> str:
    name = str(node)
    if node_of(name) != node or name.startswith("#") or " ".join(name.split()) != name:
        raise ReleaseFault(f"{name!r}: a line of decisions cannot hold the name of this node")
    return name
