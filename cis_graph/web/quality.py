"""The quality of what contributors bring: side by side, and of each over the releases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.quality import DIMENSIONS, LACKING, QualityProfile, QualityState
from cis_graph.web.answers import page_answer
from cis_graph.web.languages import Language, marked
from cis_graph.web.pages import Page
from cis_graph.web.texts import stated_date
from cis_graph.web.visits import Site, Visit, visit

NAMES: Mapping[str, str] = {
    "findability": marked("Trouver"),
    "territory": marked("Situer"),
    "actors": marked("Relier"),
    "time_and_source": marked("Dater et citer"),
    "reuse": marked("Réutiliser"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One contributor's quality as a page shows it; ``dimensions`` are name, mean points and the most there are."""

    profile: QualityProfile
    dimensions: tuple[tuple[str, str, int], ...]
    lacking: tuple[tuple[str, int], ...]
    history: tuple[tuple[int, str, float, str], ...]  # release, day, score, tier


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityPage(Page):
    """All contributors side by side, in an order that favours none: by slug."""

    template: ClassVar[str] = "quality.html"
    names: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, str, Measured], ...]  # path, name


def router(site: Site) -> APIRouter:
    """The comparison's route."""
    routes = APIRouter(tags=["contributors"])

    @routes.get("/contributors/quality", summary="How complete each contributor's projects are, side by side")
    def compared(request: Request) -> Response:
        asked = visit(site, request)
        return page_answer(asked, lambda: _page(asked))

    return routes


def measured(states: tuple[QualityState, ...], language: Language) -> Measured | None:
    """The quality of one contributor, None where nothing was measured."""
    if not states:
        return None
    now = states[-1].profile
    history = tuple(
        (one.release, stated_date(one.created[:10], language.code), one.profile.score, one.profile.tier)
        for one in reversed(states)
    )
    return Measured(
        profile=now,
        dimensions=tuple(
            (language.gettext(NAMES[name]), f"{now.dimensions[name]:.1f}", most) for name, most in DIMENSIONS.items()
        ),
        lacking=tuple((lacked(name, language), count) for name, count in now.lacking.items()),
        history=history,
    )


def lacked(name: str, language: Language) -> str:
    """What a condition of quality asks for, in the reader's words."""
    both = LACKING[name]
    return both.english if language.code == "en" else both.french


def _page(asked: Visit) -> QualityPage:
    states, names = asked.release.quality(), asked.names
    rows = [
        (f"/contributor/{slug}", names.of("contributor", slug), shown)
        for slug, one in sorted(states.items())
        if (shown := measured(tuple(one), asked.language))
    ]
    return QualityPage(
        title=asked.language.gettext(marked("Qualité des données, contributeur par contributeur")),
        names=tuple((asked.language.gettext(NAMES[name]), most) for name, most in DIMENSIONS.items()),
        rows=tuple(rows),
    )
