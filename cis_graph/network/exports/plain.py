"""JSON, and CSV of ties and of nodes."""

import csv
import io
import json
from collections.abc import Iterable, Mapping

from cis_graph.model.spreadsheets import harmless
from cis_graph.network.exports.columns import NODE, TIE, Told, Value


def network_json(told: Told) -> bytes:
    """Nodes and ties, with what they are and where they come from."""
    body = {
        "title": told.title,
        "address": told.address,
        "release": told.release,
        "directed": told.shown.directed,
        "nodes": [told.node(node) for node in told.shown.nodes],
        "edges": [told.tie(tie) for tie in told.shown.ties],
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def ties_csv(told: Told) -> bytes:
    """One line a tie."""
    return _csv(TIE, (told.tie(tie) for tie in told.shown.ties))


def nodes_csv(told: Told) -> bytes:
    """One line a node."""
    return _csv(NODE, (told.node(node) for node in told.shown.nodes))


def _csv(columns: Iterable[str], rows: Iterable[Mapping[str, Value]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names = list(columns)
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return text.getvalue().encode()


def _cell(value: Value) -> Value:
    return harmless(value) if isinstance(value, str) else value
