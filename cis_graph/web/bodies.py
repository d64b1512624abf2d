"""What a request carries: its body, read whole within a limit of size and of time, its type and its parameters."""

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import Request

from cis_graph.web.languages import marked
from cis_graph.web.problems import Problem, bad_request

Pairs = list[tuple[str, str]]

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


def content_type(request: Request) -> tuple[str, str]:
    """The media type and the charset of the body, in lower case."""
    return media_type(request.headers.get("content-type", ""))


def media_type(header: str) -> tuple[str, str]:
    """The media type and the charset that a Content-Type tells, in lower case."""
    kind, *parameters = header.lower().split(";")
    named = (text.strip().partition("=") for text in parameters)
    charset = next((value.strip('"') for name, _, value in named if name == "charset"), "utf-8")
    return kind.strip(), charset


def pairs_of(encoded: bytes) -> Pairs:
    """The parameters of a query string or of a form.

    Raises:
        Problem: they are not UTF-8 as a URL has it, or there are too many.
    """
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        raise bad_request(
            "encoding", marked("Les paramètres ne sont pas du texte UTF-8 encodé pour une URL.")
        ) from None


def decoded(body: bytes) -> str:
    """The body as text.

    Raises:
        Problem: it is not UTF-8.
    """
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise bad_request("encoding", marked("Le corps de la demande n'est pas du texte UTF-8.")) from None


def _too_large(most: int) -> Problem:
    return Problem(
        413,
        "body-too-large",
        title=marked("La demande est trop longue"),
        detail=marked("Son corps dépasse %(most)s octets."),
        values={"most": most},
        members={"limit": most},
    )
