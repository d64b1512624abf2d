"""Territories by territories: how much each works with each other, and within itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from cis_graph.model.network import Matrix
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


def matrix_page(asked: Visit, asking: Given) -> MatrixPage:
    """The matrix as a table, the strongest territory first."""
    found = asked.release.network.matrix(asking.asked, _MOST)
    heaviest = sorted(range(len(found.nodes)), key=lambda place: (-found.nodes[place].strength, place))
    return MatrixPage(
        title=asked.language.gettext(marked("Territoires par territoires")),
        territories=tuple(link(asked, found.nodes[place]) for place in heaviest),
        total=found.total,
        cells=tuple(tuple(_cell(asking, found, row, column) for column in heaviest) for row in heaviest),
        directed=found.directed,
        levels=tuple(
            Option(
                value=asking.address("/network/matrix", level=level),
                name=asked.language.gettext(LEVEL_NAMES[level]),
                chosen=level == found.asked.level,
            )
            for level in LEVELS
        ),
        map=asking.address("/network.svg", level=found.asked.level or ""),
        network=asking.address("/network"),
        twins=tuple((name, asking.address(f"/network/matrix.{name}")) for name in ("json", "csv")),
    )


def matrix_json(asked: Visit, asking: Given) -> bytes:
    """The heaviest of ``total`` territories by key, each with its row of weights; without direction it is symmetric."""
    found = asked.release.network.matrix(asking.asked, _MOST_CELLS)
    body = {
        "level": found.asked.level,
        "release": asked.release.information.number,
        "directed": found.directed,
        "total": found.total,
        "territories": [
            {"id": asked.addresses.entity("territory", node.key), "label": node.label} for node in found.nodes
        ],
        "weights": _rows(found),
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def matrix_csv(told: Told) -> bytes:
    """One line a cell that is not empty: the ties of territories."""
    return ties_csv(told)


def _rows(found: Matrix) -> Sequence[Sequence[float]]:
    rows: list[list[float]] = [[0] * len(found.nodes) for _ in found.nodes]
    for (one, other), parts in found.weights.items():
        rows[one][other] = decimal(parts)
        if not found.directed:
            rows[other][one] = rows[one][other]
    return rows


def _cell(asking: Given, found: Matrix, row: int, column: int) -> Cell:
    ends = (row, column) if found.directed else (min(row, column), max(row, column))
    parts = found.weights.get(ends)
    if parts is None:
        return Cell(weight="", shade=0, evidence="")
    source, target = (found.nodes[place].key for place in ends)
    return Cell(
        weight=weight(parts),
        shade=max(1, round(_SHADES * (parts / found.heaviest) ** 0.5)),
        evidence=asking.address("/network/evidence", source=source, target=target),
    )
