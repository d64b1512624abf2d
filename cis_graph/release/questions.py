"""The questions that a release leaves open, kept beside its reports."""

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from cis_graph.errors import ReleaseFault
from cis_graph.model.decisions import Question, Reason, Side
from cis_graph.model.nodes import NodeId
from cis_graph.release.information import REPORT, packed

QUESTIONS = "questions.ndjson"  # contributors' reports end in jsonl
_PACKED = f"{QUESTIONS}.gz"


def write_questions(place: Path, questions: Iterable[Question]) -> None:
    """Writes them, a question a line, in their order."""
    (place / REPORT / _PACKED).write_bytes(packed(map(told, questions)))


def read_questions(place: Path) -> tuple[Question, ...]:
    """The questions of a release; none where it was made before they were kept.

    Raises:
        ReleaseFault: the file is damaged.
    """
    path = next((path for name in (_PACKED, QUESTIONS) if (path := place / REPORT / name).exists()), None)
    if path is None:
        return ()
    reading = gzip.open if path.name == _PACKED else open
    try:
        with reading(path, "rt", encoding="utf-8", newline="\n") as lines:
            return tuple(_question(json.loads(line)) for line in lines)
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseFault(f"{path} is damaged ({error}); build a release anew") from error


def told(question: Question) -> dict[str, Any]:
    """A question as JSON, its nodes as ``contributor``, ``record`` and ``node``."""
    plain = {one.name: getattr(question, one.name) for one in fields(question)}
    sides = {"one": _told(question.one), "other": _told(question.other)}
    return {"name": question.name, **plain, **sides, "reasons": [asdict(one) for one in question.reasons]}


def _told(side: Side) -> dict[str, Any]:
    members = [node._asdict() for node in side.members]
    return {"key": side.key, "node": side.node._asdict(), "members": members}


def _question(fields: Mapping[str, Any]) -> Question:
    known = {name: value for name, value in fields.items() if name != "name"}
    sides = {name: _side(fields[name]) for name in ("one", "other")}
    return Question(**known | sides | {"reasons": tuple(Reason(**one) for one in fields["reasons"])})


def _side(fields: Mapping[str, Any]) -> Side:
    members = tuple(NodeId(**one) for one in fields["members"])
    return Side(key=fields["key"], node=NodeId(**fields["node"]), members=members)
