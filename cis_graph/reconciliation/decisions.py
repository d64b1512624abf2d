"""What people decided on pairs of record nodes, kept in SSSOM."""

import csv
from dataclasses import dataclass
from pathlib import Path

from cis_graph.errors import ReleaseFault
from cis_graph.model.nodes import NodeId

COLUMNS = (
    "subject_id",
    "predicate_id",
    "object_id",
    "predicate_modifier",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "comment",
)
_PREDICATE = "skos:exactMatch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Two record nodes are the same thing, or are not: who said so, when (ISO date) and why."""

    first: NodeId
    second: NodeId
    same: bool
    by: str
    date: str
    why: str


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of an SSSOM table in their order; none where there is no file.

    Raises:
        ReleaseFault: other columns, a node that does not read as ``contributor/record#node``, or nobody named.
    """
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise ReleaseFault(f"{path.name}: columns are {rows.fieldnames}; they must be {list(COLUMNS)}")
        return tuple(_decision(path, row) for row in rows)


def _decision(path: Path, row: dict[str, str]) -> Decision:
    if row["predicate_id"] != _PREDICATE or row["predicate_modifier"] not in {"", "Not"}:
        raise ReleaseFault(
            f"{path.name}: {row['predicate_modifier']} {row['predicate_id']}; only {_PREDICATE} is known"
        )
    if not (row["author_label"] and row["mapping_date"] and row["comment"]):
        raise ReleaseFault(f"{path.name}: {row['subject_id']}: say who, when and why")
    return Decision(
        first=_node(path, row["subject_id"]),
        second=_node(path, row["object_id"]),
        same=row["predicate_modifier"] == "",
        by=row["author_label"],
        date=row["mapping_date"],
        why=row["comment"],
    )


def _node(path: Path, text: str) -> NodeId:
    contributor, slash, rest = text.partition("/")
    record, mark, node = rest.rpartition("#")
    if not (slash and mark and contributor and record and node):
        raise ReleaseFault(f'{path.name}: "{text}" is no node; write contributor/record#node')
    return NodeId(contributor, record, node)
