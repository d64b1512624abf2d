"""Territories by territories: how much each works with each other, and within itself."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from cis_graph.model.network import NetworkNode, NetworkTie, Shown
from cis_graph.model.ties import weight
from cis_graph.network.exports.columns import Told, decimal
from cis_graph.network.exports.plain import ties_csv
from cis_graph.web.facts import Link
from cis_graph.web.languages import marked
from cis_graph.web.network.filters import LEVELS, Given
from cis_graph.web.network.names import LEVEL_NAMES, Option, link
from cis_graph.web.pages import Page
from cis_graph.web.visits import Visit

_MOST = 30  # territories in the table; all are in the data
_MOST_CELLS = 300  # territories along each side as JSON: rows are whole, and there are 35,000 communes
_SHADES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What two territories weigh together; ``shade`` from 0 to 6, ``evidence`` leads to the projects."""

    weight: str
    shade: int
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPage(Page):
    """The matrix of the heaviest territories."""

    template: ClassVar[str] = "matrix.html"
    territories: tuple[Link, ...]
    total: int
    cells: tuple[tuple[Cell, ...], ...]
    directed: bool
    levels: tuple[Option, ...]  # each with its address
    map: str
    network: str
    twins: tuple[tuple[str, str], ...]


def matrix_page(asked: Visit, asking: Given, shown: Shown) -> MatrixPage:
    """The matrix as a table."""
    heaviest = _heaviest(shown, _MOST)
    by_ends = _by_ends(shown)
    most = max((tie.weight for tie in shown.ties), default=1)
    return MatrixPage(
        title=asked.language.gettext(marked("Territoires par territoires")),
        territories=tuple(link(asked, node) for node in heaviest),
        total=len(shown.nodes),
        cells=tuple(
            tuple(_cell(asking, by_ends.get((row.key, column.key)), most) for column in heaviest) for row in heaviest
        ),
        directed=shown.directed,
        levels=tuple(
            Option(
                value=asking.address("/network/matrix", level=level),
                name=asked.language.gettext(LEVEL_NAMES[level]),
                chosen=level == shown.asked.level,
            )
            for level in LEVELS
        ),
        map=asking.address("/network.svg", level=shown.asked.level or ""),
        network=asking.address("/network"),
        twins=tuple((name, asking.address(f"/network/matrix.{name}")) for name in ("json", "csv")),
    )


def matrix_json(told: Told) -> bytes:
    """The heaviest of ``total`` territories by key, each with its row of weights; without direction it is symmetric."""
    nodes = sorted(_heaviest(told.shown, _MOST_CELLS), key=lambda node: node.key)
    keys = [node.key for node in nodes]
    by_ends = _by_ends(told.shown)
    rows = [[decimal(by_ends[one, other].weight) if (one, other) in by_ends else 0 for other in keys] for one in keys]
    body = {
        "level": told.shown.asked.level,
        "release": told.release,
        "directed": told.shown.directed,
        "total": len(told.shown.nodes),
        "territories": [{"id": told.names()(node.key), "label": node.label} for node in nodes],
        "weights": rows,
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def matrix_csv(told: Told) -> bytes:
    """One line a cell that is not empty: the ties of territories."""
    return ties_csv(told)


def _heaviest(shown: Shown, most: int) -> Sequence[NetworkNode]:
    return sorted(shown.nodes, key=lambda node: (-node.strength, node.key))[:most]


def _by_ends(shown: Shown) -> Mapping[tuple[str, str], NetworkTie]:
    found = {(tie.source, tie.target): tie for tie in shown.ties}
    return found if shown.directed else found | {(tie.target, tie.source): tie for tie in shown.ties}


def _cell(asking: Given, tie: NetworkTie | None, most: int) -> Cell:
    if tie is None:
        return Cell(weight="", shade=0, evidence="")
    shade = max(1, round(_SHADES * (tie.weight / most) ** 0.5))
    return Cell(weight=weight(tie.weight), shade=shade,
                evidence=asking.address("/network/evidence", source=tie.source, target=tie.target))  # fmt: skip
