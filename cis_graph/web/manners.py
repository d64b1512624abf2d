"""What holds for every answer: language in the path, one release, HEAD, OPTIONS, headers of safety and sharing."""

import re
from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cis_graph.model.releases import Releases
from cis_graph.web.languages import split

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
FRAMED_ANYWHERE = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
_ALWAYS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Content-Location, ETag, Link, Location, Retry-After, X-Release"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
)
_POLICY = (b"content-security-policy", POLICY.encode())
_LONGEST_PATH = 4000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PAST = re.compile(
    r"/releases/([1-9][0-9]{0,8})"
    r"(/sparql|/network|/q|/(?:project|actor|programme|event|participation|contributor|territory)/[^/]+)"
)
_PREFLIGHT = {
    "Allow": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Authorization, Content-Type, If-None-Match, X-Who, X-Why",
    "Access-Control-Max-Age": "86400",
}


class Manners:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, releases: Releases, mistake: Callable[[Request], Response]) -> None:
        self._app = app
        self._releases = releases
        self._mistake = mistake

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Prepares the scope, passes it on and dresses the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method, prepared = scope["method"], self._prepared(scope)
        release = prepared["state"]["release"]
        number = b"%d" % release.information.number if release else b""
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = _dressed(message["headers"], number)
            elif method == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if method == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT)(prepared, receive, dressed)
            return
        try:
            await self._app(prepared, receive, dressed)
        except Exception:
            if not started:  # else the connection breaks: a cut answer never looks whole
                await self._mistake(Request(prepared))(prepared, receive, dressed)
            raise

    def _prepared(self, scope: Scope) -> Scope:
        """The scope with its language, its release, a path without language, and HEAD as GET."""
        path: str = scope["path"]
        raw: bytes = scope.get("raw_path") or path.encode()
        language, bare = split(path)
        if language != "fr":
            raw = raw.removeprefix(b"/en") or b"/"
        if len(raw) > _LONGEST_PATH or _CONTROL.search(bare):
            bare, raw = "/-", b"/-"  # leads nowhere: a clean 404
        head = scope["method"] == "HEAD"
        release, past = self._releases.current(), _PAST.fullmatch(bare)
        if past:
            release = self._releases.at(int(past[1])) or release
            found = release is not None and release.information.number == int(past[1])
            bare = past[2] if found else f"/releases/{past[1]}"
            raw = raw[raw.index(b"/", len("/releases/")) :] if found else bare.encode()
        state = {**scope.get("state", {}), "language": language, "release": release, "head": head}
        method = "GET" if head else scope["method"]
        return {**scope, "method": method, "path": bare, "raw_path": raw.split(b"?", 1)[0], "state": state}


def _dressed(headers: Sequence[tuple[bytes, bytes]], release: bytes) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, whose names are in lower case, with those of all answers."""
    told = dict(headers)
    dressed = [*headers, *_ALWAYS]
    if release and b"x-release" not in told:
        dressed.append((b"x-release", release))
    if told.get(b"content-type", b"").startswith(b"text/html") and b"content-security-policy" not in told:
        dressed.append(_POLICY)
    return dressed
