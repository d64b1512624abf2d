"""Routes of what is asked for most: answered at once where memory has all that is shown, else in a thread."""

from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cis_graph.model.releases import Unrecalled


class Plain(APIRoute):
    """A route whose endpoint takes the request and the parts of its path, as texts; FastAPI describes it and no more.

    To change threads costs as much as half a page. The release that a visit sees at first answers from memory alone, so
    nobody waits for a disk here; an endpoint that asks for more is called once again, in a thread that may wait.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - those of any route
        super().__init__(*arguments, **named)
        self.app = self._answered

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._made(Request(scope, receive, send))
        await response(scope, receive, send)

    async def _made(self, request: Request) -> Response:
        state, parts = request.scope["state"], request.path_params
        if (release := state["release"]) is not None:
            try:
                state["release"] = release.recalled
                return self.endpoint(request, **parts)  # type: ignore[no-any-return]  # endpoints are of many kinds
            except Unrecalled:
                pass
            finally:
                state["release"] = release
        return await run_in_threadpool(self.endpoint, request, **parts)
