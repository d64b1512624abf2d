"""A network for the eye: columns of numbers, as small as a browser can read them at once."""

import json
from collections.abc import Iterable, Mapping, Sequence

from cis_graph.model.network import Drawing, NetworkNode


def drawing_json(drawing: Drawing, names: Mapping[str, str], release: int) -> bytes:
    """Nodes, ties and meetings as columns; ``names`` are those of régions and communities by key.

    ``type``, ``region`` and ``community`` of a node are places in the lists of that name, -1 where there is none;
    ``source`` and ``target`` of a tie are places among the nodes, ``tie`` of a meeting a place among the ties.
    """
    groups = {field: _groups(getattr(node, field) for node in drawing.nodes) for field in _FIELDS}
    meetings = [(number, one) for number, met in enumerate(drawing.ties.values()) for one in met]
    body = {
        "release": release,
        "directed": drawing.asked.tie == "funding",
        "total": drawing.total,
        "types": groups["type"],
        "regions": [[key, names.get(key, key)] for key in groups["region"]],
        "communities": [[key, names.get(key, key)] for key in groups["community"]],
        "nodes": _nodes(drawing.nodes, groups),
        "ties": {"source": [one for one, _ in drawing.ties], "target": [other for _, other in drawing.ties]},
        "meetings": {
            "tie": [number for number, _ in meetings],
            "weight": [one.weight for _, one in meetings],
            "begins": [one.begins for _, one in meetings],
            "ends": [one.ends for _, one in meetings],
        },
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


_FIELDS = ("type", "region", "community")


def _groups(values: Iterable[str]) -> list[str]:
    return sorted({value for value in values if value})


def _nodes(nodes: Sequence[NetworkNode], groups: Mapping[str, list[str]]) -> dict[str, list[object]]:
    places = {field: {key: place for place, key in enumerate(keys)} for field, keys in groups.items()}
    columns: dict[str, list[object]] = {
        "key": [node.key for node in nodes],
        "label": [node.label for node in nodes],
        "x": [node.x for node in nodes],
        "y": [node.y for node in nodes],
    }
    return columns | {field: [known.get(getattr(node, field), -1) for node in nodes] for field, known in places.items()}
