"""Routes of what is asked for most: the parts of their path are texts, so FastAPI need not look at each request."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response


class Plain(APIRoute):
    """A route whose endpoint takes the request and the parts of its path; FastAPI describes it and no more."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request, in a thread."""

        async def handled(request: Request) -> Response:
            return await run_in_threadpool(self.endpoint, request, **request.path_params)

        return handled
