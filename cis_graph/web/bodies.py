"""The body of a request, read whole within a limit of size and of time."""

import asyncio

from starlette.requests import Request

from cis_graph.web.languages import marked
from cis_graph.web.problems import Problem

_SECONDS = 60.0


async def body_of(request: Request, most: int) -> bytes:
    """The bytes of the body.

    Raises:
        Problem: more than ``most`` bytes, or not whole in a minute.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise _too_large(most)
    except TimeoutError:
        raise Problem(
            408,
            "too-slow",
            title=marked("La demande n'arrive pas"),
            detail=marked("Son corps n'est pas arrivé en entier en une minute."),
        ) from None
    return bytes(body)


def _too_large(most: int) -> Problem:
    return Problem(
        413,
        "body-too-large",
        title=marked("La demande est trop longue"),
        detail=marked("Son corps dépasse %(most)s octets."),
        values={"most": most},
        members={"limit": most},
    )
