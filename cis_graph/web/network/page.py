"""The page of the network: the answer in words and in a table, then the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar
from urllib.parse import urlencode

from cis_graph.model.network import NetworkNode, Shares, Summary
from cis_graph.model.ties import weight
from cis_graph.web.facts import Link
from cis_graph.web.languages import marked
from cis_graph.web.network.citing import Citation
from cis_graph.web.network.embed import snippet
from cis_graph.web.network.filters import Given
from cis_graph.web.network.names import Choice, TieLine, choices, link, tie_line
from cis_graph.web.network.picture import Picture, gephi_lite, picture
from cis_graph.web.pages import Page
from cis_graph.web.paging import SIZE, Paged
from cis_graph.web.texts import Text, number
from cis_graph.web.visits import Visit

_STRONGEST = 20
_EXPORTS = ("gexf", "graphml", "csv", "json", "svg", "ttl")


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeLine:
    """A node as a line of a table; ``around`` leads to its ego network."""

    link: Link
    type: str
    node: NetworkNode
    strength: Decimal
    betweenness: str
    community: str
    around: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage(Page):
    """The network shown."""

    template: ClassVar[str] = "network.html"
    shown: Summary
    strongest: TieLine | None
    shares: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]
    kept: tuple[tuple[str, str], ...]  # what the form passes on unseen
    actors: tuple[Link, ...]  # asked for
    ties: Paged[TieLine]
    nodes: tuple[NodeLine, ...]
    exports: tuple[tuple[str, str], ...]
    nodes_export: str
    matrix: str
    path: str
    picture: Picture
    years: tuple[str, str]
    least: str
    gephi: str
    asked: str  # the filter as a query string
    citation: str
    bibtex: str
    snippet: str


def network_page(asked: Visit, asking: Given) -> NetworkPage:
    """The page of one filter."""
    network = asked.release.network
    page = asked.page_number()
    shown = network.summary(asking.asked, size=SIZE, page=page, strongest=_STRONGEST)
    lines = tuple(tie_line(asked, asking, tie, shown.ends) for tie in shown.heaviest)
    title, base = asked.language.gettext(marked("Qui coopère avec qui")), asked.addresses.base
    citation = Citation(title, asking.address(f"{base}network"), asked.release.information)
    version = asked.language.gettext(marked("version %(number)s des données"))
    return NetworkPage(
        title=title,
        shown=shown,
        strongest=tie_line(asked, asking, shown.between, shown.ends) if shown.between else None,
        shares=_shares(asked, network.shares(asking.asked)) if shown.ties else (),
        choices=choices(asked, asking),
        kept=tuple(("actor", key) for key in asking.asked.actors),
        actors=tuple(
            Link(text=Text(label), path=f"/actor/{key}") for key, label in network.labels(asking.asked.actors).items()
        ),
        ties=Paged(items=lines, total=shown.ties, number=page, path="/network", query=urlencode(asking.pairs())),
        nodes=_strongest(asked, asking, shown.strongest),
        exports=tuple((name, asking.address(f"/network.{name}")) for name in _EXPORTS),
        nodes_export=asking.address("/network/nodes.csv"),
        matrix=asking.address("/network/matrix"),
        path=asking.address("/network/path", actor="", level=""),
        picture=picture(asked, asking),
        years=(asking.query.from_, asking.query.to),
        least=asking.query.min,
        gephi=gephi_lite(asking.address(f"{base}network.gexf")),
        asked=urlencode(asking.pairs()),
        citation=citation.sentence(version % {"number": asked.release.information.number}),
        bibtex=citation.bibtex(),
        snippet=snippet(asked, asking, title) if shown.ties else "",
    )


def _shares(asked: Visit, shares: Shares) -> tuple[tuple[str, str], ...]:
    """The shares that are known, each with its name."""
    told = asked.language.gettext
    named = (
        (marked("entre deux départements"), shares.outside_departement),
        (marked("entre deux régions"), shares.outside_region),
        (marked("entre deux types d'acteurs"), shares.between_types),
    )
    code = asked.language.code
    shown = ((name, number(round(100 * share, 1), code)) for name, share in named if share is not None)
    return tuple((told(name), f"{share}\N{NO-BREAK SPACE}%") for name, share in shown)


def _strongest(asked: Visit, asking: Given, nodes: Sequence[NetworkNode]) -> tuple[NodeLine, ...]:
    """The nodes with most weight of ties."""
    names = asked.release.network.labels([node.community for node in nodes if node.community])
    return tuple(
        NodeLine(
            link=link(asked, node),
            type=node.type,
            node=node,
            strength=Decimal(weight(node.strength)),
            betweenness="" if node.betweenness is None else number(round(node.betweenness, 3), asked.language.code),
            community=names.get(node.community, ""),
            around=asking.address("/network", **{node.kind: node.key}),
        )
        for node in nodes
    )
