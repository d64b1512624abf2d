"""What only a person can tell: two things side by side, and one button for each answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, get_args

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from cis_graph.model.decisions import DecisionDesk, Question, Verdict
from cis_graph.web.admin import Session, check_form
from cis_graph.web.answers import framed, page_links
from cis_graph.web.bodies import body_of, content_type, pairs_of
from cis_graph.web.compared import Comparison, compare
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import HTML
from cis_graph.web.pages import Page
from cis_graph.web.problems import Problem, bad_request
from cis_graph.web.visits import Site, Visit, visit

_FORM = "application/x-www-form-urlencoded"
_LONGEST_FORM = 64 * 1024  # bytes
_LONGEST = 400  # characters of a name or a reason
_KINDS = {
    "project": marked("Deux projets, ou un seul ?"),
    "actor": marked("Deux acteurs, ou un seul ?"),
    "programme": marked("Deux dispositifs, ou un seul ?"),
    "event": marked("Deux événements, ou un seul ?"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question with its place among those that are left."""

    name: str
    heading: str
    score: str
    threshold: str
    value: str
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(Page):
    """The form to sign in, or the next question; ``state`` is closed, out, refused, in or done."""

    template: ClassVar[str] = "review.html"
    state: str
    session: Session | None = None
    asked: Asked | None = None
    at: int = 0
    left: int = 0
    told: bool = False


def router(site: Site) -> APIRouter:
    """The routes of review."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/review")
    async def review(request: Request) -> Response:
        asked = visit(site, request)
        return await run_in_threadpool(_shown, asked, site.admin.session(request))

    @routes.post("/review/session")
    async def sign_in(request: Request) -> Response:
        asked, form = visit(site, request), await _form(request)
        name = form.get("name", "").strip()[:_LONGEST]
        if not (name and site.admin.knows(form.get("token", "").strip())):
            return _page(asked, "refused" if site.admin.is_open else "closed", status=403)
        response = RedirectResponse(asked.language.path("/review"), status_code=303)
        site.admin.open_session(request, response, name)
        return response

    @routes.post("/review/end")
    async def sign_out(request: Request) -> Response:
        asked, form = visit(site, request), await _form(request)
        check_form(site.admin.session(request), form.get("form_token", ""))
        response = RedirectResponse(asked.language.path("/review"), status_code=303)
        site.admin.close_session(response)
        return response

    @routes.post("/review")
    async def answer(request: Request) -> Response:
        asked, form = visit(site, request), await _form(request)
        session = check_form(site.admin.session(request), form.get("form_token", ""))
        at = _at(form.get("at", "0"))
        if form.get("answer") == "skip":
            return RedirectResponse(f"{asked.language.path('/review')}?at={at + 1}", status_code=303)
        await run_in_threadpool(_kept, asked, form, session)
        return RedirectResponse(f"{asked.language.path('/review')}?at={at}&told=1", status_code=303)

    return routes


def _shown(asked: Visit, session: Session | None) -> Response:
    if not asked.site.admin.is_open or asked.site.desk is None:
        return _page(asked, "closed")
    if session is None:
        return _page(asked, "out")
    left = asked.site.desk.questions()
    at = min(_at(asked.request.query_params.get("at", "0")), len(left))
    question = left[at] if at < len(left) else None
    told = asked.request.query_params.get("told") == "1"
    state, shown = ("in", _asked(asked, question)) if question else ("done", None)
    return _page(asked, state, session=session, asked_one=shown, at=at, left=len(left), told=told)


def _asked(asked: Visit, question: Question) -> Asked:
    return Asked(
        name=question.name,
        heading=asked.language.gettext(_KINDS.get(question.kind, _KINDS["project"])),
        score=f"{question.score:.2f}",
        threshold=f"{question.threshold:.2f}",
        value=f"{question.value:.2f}",
        comparison=compare(asked, question),
    )


def _page(  # noqa: PLR0913 - what a page shows, each by name
    asked: Visit,
    state: str,
    *,
    session: Session | None = None,
    asked_one: Asked | None = None,
    at: int = 0,
    left: int = 0,
    told: bool = False,
    status: int = 200,
) -> Response:
    frame = framed(asked, "/review")
    title = asked.language.gettext(marked("Rapprochements à juger"))
    page = ReviewPage(title=title, state=state, session=session, asked=asked_one, at=at, left=left, told=told)
    html = asked.site.renderer.html(page, frame, asked.language)
    headers = {"Cache-Control": "no-store", "Link": page_links(asked, frame), "X-Robots-Tag": "noindex"}
    return Response(html, status, media_type=HTML.content_type, headers=headers)


def _kept(asked: Visit, form: Mapping[str, str], session: Session) -> None:
    desk, verdict = _desk(asked), form.get("answer", "")
    question = next((one for one in desk.questions() if one.name == form.get("question")), None)
    if verdict not in get_args(Verdict):
        raise bad_request("answer", marked("« answer » vaut « %(given)s »."), given=verdict[:40])
    if question is None:
        raise Problem(
            409,
            "already-answered",
            title=marked("Cette question n'est plus posée"),
            detail=marked("Quelqu'un y a répondu, ou une nouvelle version ne la pose plus."),
        )
    why = form.get("why", "").strip()[:_LONGEST] or asked.language.gettext(marked("Comparés côte à côte."))
    said: Verdict = "same" if verdict == "same" else "different"
    desk.answer(question, said, by=session.name, why=why)


def _desk(asked: Visit) -> DecisionDesk:
    if asked.site.desk is None:
        raise bad_request("closed", marked("Les écritures sont fermées."))
    return asked.site.desk


def _at(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else 0


async def _form(request: Request) -> dict[str, str]:
    kind, _ = content_type(request)
    if kind != _FORM:
        raise Problem(
            415,
            "content-type",
            title=marked("Ce type de contenu n'est pas lu ici"),
            detail=marked("Envoyez un formulaire."),
        )
    return dict(pairs_of(await body_of(request, _LONGEST_FORM)))
