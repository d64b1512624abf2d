"""The layer that gives an answer again from memory: while its release is current nothing is looked up or made for it.

What :func:`cis_graph.web.answers.answer` gives without a state of its own depends on the release and the request alone:
on its address, its host, and the two headers that its ``Vary`` names. A client that has it gets 304.
"""

from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cis_graph.web.bounded import Bounded
from cis_graph.web.validators import has, has_any
from cis_graph.web.verbatim import VERBATIM

LARGEST = 1024 * 1024  # bytes of one body
MOST = 48 * 1024 * 1024  # bytes of all
LASTING = "lasting"
"""The name, in the state of a request, of what says that its answer is the same while the release is."""

_BESIDE = 2048  # bytes that an answer takes beside its body, at a guess
_NEGOTIATED = (b"accept", b"accept-encoding", b"host")
_OF_A_BODY = frozenset({b"content-length", b"content-type", b"content-encoding"})
_OK = 200

_Key = tuple[object, ...]
_Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """A whole answer, and the route that gave it."""

    headers: _Headers
    body: bytes
    tag: str
    route: object


class Repeated:
    """Asks the application only for what is not in memory; the longest unused is let go."""

    def __init__(self, app: ASGIApp, *, largest: int = LARGEST, most: int = MOST) -> None:
        self._app = app
        self._largest = largest
        self._kept: Bounded[_Key, _Answer] = Bounded(most)  # used in the event loop alone

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Gives an answer again, or passes the request on and keeps what comes if it lasts."""
        release = scope["state"]["release"] if scope["type"] == "http" else None
        if release is None or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        asked = _headers(scope, (*_NEGOTIATED, b"if-none-match"))
        key = (release.information.identity, scope["state"]["language"], scope["scheme"], scope["raw_path"],
               scope["query_string"], *(asked[name] for name in _NEGOTIATED))  # fmt: skip
        kept = self._kept.get(key)
        if kept is None:
            await self._asked(key, scope, receive, send)
            return
        scope["route"] = kept.route
        if exchange := scope["state"].get(VERBATIM):
            exchange.lasts(release, kept.route)
        await _give(kept, asked[b"if-none-match"].decode("latin-1"), send)

    async def _asked(self, key: _Key, scope: Scope, receive: Receive, send: Send) -> None:
        """Has the application answer, and keeps an answer that comes whole, in one piece, and lasts."""
        begun: Message = {}

        async def watched(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = {**message}  # the layers outside add to it
            elif begun.get("status") == _OK and not message.get("more_body") and scope["state"].get(LASTING):
                self._keep(key, begun["headers"], message.get("body", b""), scope.get("route"))
            await send(message)

        await self._app(scope, receive, watched)

    def _keep(self, key: _Key, headers: _Headers, body: bytes, route: object) -> None:
        told = dict(headers)
        whole = told.get(b"content-length") == str(len(body)).encode()
        if whole and b"etag" in told and len(body) <= self._largest:
            self._kept.keep(key, _Answer(headers, body, told[b"etag"].decode("latin-1"), route), len(body) + _BESIDE)


def _headers(scope: Scope, names: tuple[bytes, ...]) -> dict[bytes, bytes]:
    """These headers of a request, several of one name joined, empty where there is none."""
    found = dict.fromkeys(names, b"")
    for name, value in scope["headers"]:
        if name in found:
            found[name] = found[name] + b"," + value if found[name] else value
    return found


async def _give(kept: _Answer, if_none_match: str, send: Send) -> None:
    status, headers, body = _OK, kept.headers, kept.body
    if if_none_match and (has_any(if_none_match) or has(if_none_match, kept.tag)):
        status, headers, body = 304, [one for one in headers if one[0] not in _OF_A_BODY], b""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
