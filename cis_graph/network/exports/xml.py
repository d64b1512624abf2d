"""GEXF 1.3 and GraphML, written as text: attributes stand in one order, whatever library reads them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from cis_graph.model.network import NetworkNode, NetworkTie
from cis_graph.network.exports.columns import NODE, TIE, Kind, Told, Value

_NEVER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
_NODE = {name: kind for name, kind in NODE.items() if name not in {"id", "label"}}
_GEXF_TIE = {name: kind for name, kind in TIE.items() if name in {"projects", "grants"}}
_GRAPHML_NODE = {name: kind for name, kind in NODE.items() if name != "id"}
_GRAPHML_TIE = {name: kind for name, kind in TIE.items() if name not in {"source", "target"}}
_PAGE = 1000.0  # half the side of the picture in units of Gephi


def gexf(told: Told) -> bytes:
    """GEXF 1.3 with the time of each tie and the position of each node."""
    return _document(_gexf(told))


def graphml(told: Told) -> bytes:
    """GraphML with all attributes typed."""
    return _document(_graphml(told))


def _document(lines: Iterable[str]) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(f"{line}\n" for line in lines)).encode()


def _gexf(told: Told) -> Iterator[str]:
    way = "directed" if told.shown.directed else "undirected"
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield f"<meta lastmodifieddate={_quoted(told.day)}><creator>Carrefour des innovations sociales</creator>"
    yield f"<description>{_text(f'{told.title} ({told.address})')}</description></meta>"
    yield f'<graph defaultedgetype="{way}" mode="dynamic" timeformat="date">'
    for owner, columns in (("node", _NODE), ("edge", _GEXF_TIE)):
        yield f'<attributes class="{owner}">'
        yield from (f'<attribute id="{name}" title="{name}" type="{kind}"/>' for name, kind in columns.items())
        yield "</attributes>"
    yield f'<nodes count="{len(told.shown.nodes)}">'
    for node in told.shown.nodes:
        values = told.node(node)
        inside = _attvalues(values, _NODE) + _place(node)
        yield f"<node id={_quoted(values['id'])} label={_quoted(node.label)}>{inside}</node>"
    yield f'</nodes><edges count="{len(told.shown.ties)}">'
    for number, tie in enumerate(told.shown.ties):
        yield _gexf_edge(number, tie, told.tie(tie))
    yield "</edges></graph></gexf>"


def _gexf_edge(number: int, tie: NetworkTie, values: Mapping[str, Value]) -> str:
    time = f" start={_quoted(values['begins'])}" if tie.begins else ""
    time += f" end={_quoted(values['ends'])}" if tie.ends else ""
    ends = f"source={_quoted(values['source'])} target={_quoted(values['target'])} weight={_quoted(values['weight'])}"
    return f'<edge id="{number}" {ends}{time}>{_attvalues(values, _GEXF_TIE)}</edge>'


def _attvalues(values: Mapping[str, Value], columns: Iterable[str]) -> str:
    told = (f'<attvalue for="{name}" value={_quoted(values[name])}/>' for name in columns if values[name] is not None)
    return f"<attvalues>{''.join(told)}</attvalues>"


def _place(node: NetworkNode) -> str:
    """The position in the namespace in which the schema of GEXF 1.3 declares it, which is not that of viz."""
    if node.x is None or node.y is None:
        return ""
    scale = _PAGE if node.kind == "actor" else 1.0
    return f'<position x="{node.x * scale:g}" y="{node.y * scale:g}" z="0"/>'


def _graphml(told: Told) -> Iterator[str]:
    way = "directed" if told.shown.directed else "undirected"
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield f"<desc>{_text(f'{told.title} ({told.address})')}</desc>"
    for owner, prefix, columns in (("node", "n", _GRAPHML_NODE), ("edge", "e", _GRAPHML_TIE)):
        yield from (_key(owner, f"{prefix}-{name}", name, kind) for name, kind in columns.items())
    yield f'<graph edgedefault="{way}">'
    for node in told.shown.nodes:
        values = told.node(node)
        yield f"<node id={_quoted(values['id'])}>{_data(values, 'n', _GRAPHML_NODE)}</node>"
    for tie in told.shown.ties:
        values = told.tie(tie)
        ends = f"source={_quoted(values['source'])} target={_quoted(values['target'])}"
        yield f"<edge {ends}>{_data(values, 'e', _GRAPHML_TIE)}</edge>"
    yield "</graph></graphml>"


def _key(owner: str, key: str, name: str, kind: Kind) -> str:
    type_ = {"integer": "int"}.get(kind, kind)
    return f'<key id="{key}" for="{owner}" attr.name="{name}" attr.type="{type_}"/>'


def _data(values: Mapping[str, Value], prefix: str, columns: Iterable[str]) -> str:
    told: Callable[[str], str] = lambda name: f'<data key="{prefix}-{name}">{_text(str(values[name]))}</data>'  # noqa: E731
    return "".join(told(name) for name in columns if values[name] is not None)


def _quoted(value: Value) -> str:
    return quoteattr(_NEVER.sub("\N{REPLACEMENT CHARACTER}", str(value)))


def _text(value: str) -> str:
    return escape(_NEVER.sub("\N{REPLACEMENT CHARACTER}", value))
