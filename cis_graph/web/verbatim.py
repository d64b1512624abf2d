"""Answers to what a client asks again byte for byte: those it was given the last time, before anything is parsed.

An answer is taken from :class:`~cis_graph.web.repeated.Repeated` when it is given again to the same client by the same
release, and is given as long as that is the current one. It is the same but for ``Date`` and ``Server-Timing``.
"""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cis_graph.errors import ReleaseFault
from cis_graph.model.releases import OpenRelease, Releases
from cis_graph.web.bounded import Bounded
from cis_graph.web.measured import Measures

MOST = 24 * 1024 * 1024  # bytes of all answers
VERBATIM = "cis_graph.verbatim"
"""The name, in the state of a request, of its :class:`Exchange`."""

_BESIDE = 512  # bytes that an answer takes beside its own, at a guess
_TIMING = b"server-timing"
_AT_ONCE = b"server-timing: total;dur=0.0\r\n"


@dataclass(slots=True)
class Exchange:
    """One request as it came, and what its answer depends on if it lasts."""

    client: str
    request: bytes
    release: OpenRelease | None = None
    route: object = None

    def lasts(self, release: OpenRelease, route: object) -> None:
        """The answer is the same whenever this client asks so while this is the current release."""
        self.release, self.route = release, route


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer in two pieces: the default headers of the server stand between them."""

    begin: bytes
    rest: bytes
    status: int
    route: object


class Verbatim:
    """Answers by the client and the bytes of its request, up to ``most`` bytes; those of one release at a time."""

    def __init__(self, releases: Releases, measures: Measures, *, most: int = MOST) -> None:
        self._releases, self._measures = releases, measures
        self._kept: Bounded[tuple[str, bytes], Standing] = Bounded(most)  # used in the event loop alone
        self._release = ""

    def again(self, client: str, request: bytes) -> Standing | None:
        """The answer to a request that was kept and still holds; it counts as answered."""
        kept = self._kept.get((client, request))
        release = self._current() if kept else None
        if kept is None or release is None or release.information.identity != self._release:
            return None
        self._measures.began()
        self._measures.ended("GET", kept.route, kept.status, 0.0, release.information.number)
        return kept

    def keep(self, exchange: Exchange, begun: Message, body: bytes) -> None:
        """Keeps the answer to an exchange that lasts, if its release is the current one."""
        release = exchange.release
        if release is None or release is not self._current():
            return
        if release.information.identity != self._release:
            self._release = release.information.identity
            self._kept.forget(lambda _: True)
        status = HTTPStatus(begun["status"])
        told = b"".join(b"%b: %b\r\n" % header for header in begun["headers"] if header[0] != _TIMING)
        answer = Standing(
            begin=f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode("ascii"),
            rest=b"".join((told, _AT_ONCE, b"\r\n", body)),
            status=status.value,
            route=exchange.route,
        )
        self._kept.keep((exchange.client, exchange.request), answer, len(answer.rest) + len(exchange.request) + _BESIDE)

    def _current(self) -> OpenRelease | None:
        """The published release; where it cannot be told which, the application says what is wrong."""
        try:
            return self._releases.current()
        except ReleaseFault:
            return None

    def watching(self, app: ASGIApp) -> ASGIApp:
        """The application, whose answers are kept where they last."""

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            exchange: Exchange | None = scope["state"].get(VERBATIM) if scope["type"] == "http" else None
            begun: Message = {}

            async def kept(message: Message) -> None:
                nonlocal begun
                await send(message)
                if message["type"] == "http.response.start":
                    begun = message
                elif exchange is not None and exchange.release is not None and not message.get("more_body"):
                    self.keep(exchange, begun, message.get("body", b""))

            await app(scope, receive, send if exchange is None else kept)

        return watched
