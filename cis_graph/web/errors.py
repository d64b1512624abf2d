"""Every error as a problem, in the form and language the client reads."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from cis_graph.errors import ReleaseFault, StoreFault
from cis_graph.web.answers import framed
from cis_graph.web.faults import store_fault
from cis_graph.web.languages import marked, preferred
from cis_graph.web.negotiation import HTML, Representation, choose
from cis_graph.web.pages import Page
from cis_graph.web.problems import Problem, ToldProblem, bad_request, nothing_published, of_status, unexpected
from cis_graph.web.visits import Site, visit

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]
_VARY = "Accept, Accept-Encoding, Accept-Language"
_PROBLEM = Representation(
    name="json", media_type="application/problem+json", aliases=("application/json", "application/ld+json")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemPage(Page):
    """A problem told to a person."""

    template: ClassVar[str] = "problem.html"
    problem: ToldProblem


def error_handlers(site: Site) -> dict[Any, Handler]:
    """Which exception is told in which way."""

    async def problem(request: Request, error: Problem) -> Response:
        return _response(site, request, error)

    async def http(request: Request, error: HTTPException) -> Response:
        return _response(site, request, of_status(error.status_code), dict(error.headers or {}))

    async def invalid(request: Request, error: RequestValidationError) -> Response:
        where = ", ".join(str(each["loc"][-1]) for each in error.errors())
        return _response(site, request, bad_request("parameter", marked("À revoir : %(where)s."), where=where[:200]))

    async def unpublished(request: Request, error: ReleaseFault) -> Response:  # noqa: ARG001 - starlette's signature
        return _response(site, request, nothing_published())

    async def away(request: Request, error: StoreFault) -> Response:
        return _response(site, request, store_fault(error))

    return {
        StoreFault: away,
        Problem: problem,
        HTTPException: http,
        RequestValidationError: invalid,
        ReleaseFault: unpublished,
    }


def mistake(site: Site, request: Request) -> Response:
    """The answer when the fault is ours."""
    return _response(site, request, unexpected())


def _response(site: Site, request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    asked = visit(site, request)
    known = {
        "Vary": "Accept, Accept-Encoding, Accept-Language",
        "Cache-Control": "no-cache",
        **(headers or {}),
        **problem.headers,
    }
    if choose(asked.accept, (_PROBLEM, HTML)) != HTML:
        code = "en" if asked.language.prefix else preferred(request.headers.get("accept-language"))
        body = problem.told(site.languages[code]).json(asked.path)
        return Response(body, problem.status, headers=known, media_type=_PROBLEM.media_type)
    told = problem.told(asked.language)
    html = site.renderer.html(ProblemPage(title=told.title, problem=told), framed(asked), asked.language)
    return Response(html, problem.status, headers=known, media_type=HTML.content_type)
