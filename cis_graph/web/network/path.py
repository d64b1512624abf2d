"""By way of whom: a shortest way from one actor to another."""

from dataclasses import dataclass
from typing import ClassVar

from cis_graph.model.network import Shown
from cis_graph.model.releases import SearchQuestion
from cis_graph.web.facts import Link
from cis_graph.web.languages import marked
from cis_graph.web.network.filters import Given
from cis_graph.web.network.names import TieLine, link, tie_line
from cis_graph.web.pages import Page
from cis_graph.web.visits import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Both ends by key, empty where no actor is meant, and the way between them."""

    source: str
    target: str
    found: Shown | None

    @property
    def stops(self) -> tuple[str, ...]:
        """The actors met, from the first to the last; none where there is no way."""
        if self.found is None:
            return ()
        met = [self.source]
        for tie in self.found.ties:
            met.append(tie.target if tie.source == met[-1] else tie.source)
        return tuple(met)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPage(Page):
    """The steps from one actor to another; none where there is no way."""

    template: ClassVar[str] = "path.html"
    source: str
    target: str
    asked: bool
    stops: tuple[Link, ...]
    steps: tuple[TieLine, ...]
    picture: str
    kept: tuple[tuple[str, str], ...]
    network: str


def way(asked: Visit, asking: Given, source: str, target: str) -> Way:
    """The way from one actor to another, each given by key, IRI or name."""
    first, second = _actor(asked, source), _actor(asked, target)
    found = asked.release.network.path(first, second, asking.asked) if first and second else None
    return Way(source=first, target=second, found=found)


def path_page(asked: Visit, asking: Given, source: str, target: str) -> PathPage:
    """The way as a page."""
    known = way(asked, asking, source, target)
    nodes = {node.key: node for node in known.found.nodes} if known.found else {}
    names = asked.release.network.labels([key for key in (known.source, known.target) if key])
    ties = known.found.ties if known.found else ()
    return PathPage(
        title=asked.language.gettext(marked("Par qui passer")),
        source=names.get(known.source, source),
        target=names.get(known.target, target),
        asked=bool(source and target),
        stops=tuple(link(asked, nodes[key]) for key in known.stops) if ties else (),
        picture=asking.address("/network", actor="", level="") + f"#way={known.source},{known.target}",
        steps=tuple(tie_line(asked, asking, tie, nodes) for tie in ties),
        kept=tuple(asking.pairs(actor="", level="")),
        network=asking.address("/network"),
    )


def _actor(asked: Visit, text: str) -> str:
    """The key of the actor that is meant: its key, its IRI, or its name as the search finds it."""
    key = asked.addresses.split(text)[1] or text
    if not text or asked.release.network.labels([key]):
        return key
    hits = asked.release.search(SearchQuestion(text=text[:300], kind="actor", size=1)).hits
    return hits[0].key if hits else ""
