"""The picture of the network: drawn by the server for everybody, moved by a script where there is one."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from cis_graph.web.network.filters import Given
from cis_graph.web.visits import Visit

_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Addresses a picture is made from: ``still`` the drawn one, the others for the script; ``names`` are of types.

    ``drawing`` is empty where territories are the nodes: their map is drawn by the server alone.
    """

    still: str
    matrix: str
    drawing: str
    actor: str
    evidence: str
    ego: str
    way: str
    names: str


def picture(asked: Visit, asking: Given) -> Picture:
    """The picture of one filter; the script chooses whole years and the least weight itself."""
    years = {"from": _unless_year(asking.query.from_), "to": _unless_year(asking.query.to)}
    local = asked.language.path
    territories = {} if asking.asked.level else {"level": "region"}
    return Picture(
        still=asking.address("/network.svg", **territories),
        matrix=local(asking.address("/network/matrix", **territories)),
        drawing="" if asking.asked.level else asking.address("/network/drawing.json", **years, min=""),
        actor=local("/actor/"),
        evidence=local(asking.address("/network/evidence", **years)),
        ego=local(asking.address("/network", **years, actor="")),
        way=asking.address("/network/path.json", **years, actor=""),
        names=json.dumps(dict(asked.names.under("type")), ensure_ascii=False),
    )


def gephi_lite(address: str) -> str:
    """The address that opens a graph file in Gephi Lite, in the reader's browser."""
    return f"https://lite.gephi.org/?{urlencode({'file': address})}"


def _unless_year(text: str) -> str:
    return "" if _YEAR.fullmatch(text) else text
