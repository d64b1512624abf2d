"""The picture alone, for other sites to show."""

from dataclasses import dataclass, replace
from html import escape
from typing import ClassVar

from cis_graph.web.languages import marked
from cis_graph.web.network.filters import Given
from cis_graph.web.network.picture import Picture, picture
from cis_graph.web.pages import Page
from cis_graph.web.visits import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedPage(Page):
    """A picture with where it comes from; ``network`` leads to the whole page."""

    template: ClassVar[str] = "embed.html"
    ties: int
    picture: Picture
    network: str
    release: int


def embed_page(asked: Visit, asking: Given) -> EmbedPage:
    """The picture of one filter."""
    return EmbedPage(
        title=asked.language.gettext(marked("Qui coopère avec qui")),
        ties=asked.release.network.summary(replace(asking.asked, level=None), size=0, page=1, strongest=0).ties,
        picture=picture(asked, asking),
        network=asked.language.path(asking.address("/network")),
        release=asked.release.information.number,
    )


def snippet(asked: Visit, asking: Given, title: str) -> str:
    """What another site puts into its page."""
    base = asked.addresses.base.removesuffix("/")
    address = escape(base + asked.language.path(asking.address("/network/embed")))
    return f'<iframe src="{address}" title="{escape(title)}" width="100%" height="720" loading="lazy"></iframe>'
