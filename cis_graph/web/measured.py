"""What the server did, told to operators: counts and times as Prometheus reads them, and a line of JSON a request.

Neither holds a query, a header or an address: what people ask, and their tokens, are in no log.
"""

import json
import logging
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
LOG = logging.getLogger("cis_graph.access")
_BROKEN = 499  # the status of an answer that never began
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
_Kind = tuple[str, str, int]  # method, route, status


@dataclass(slots=True)
class Measures:
    """Counts since the server started."""

    requests: Counter[_Kind] = field(default_factory=Counter)
    taking: Counter[tuple[str, int]] = field(default_factory=Counter)  # by the place of the first bound they kept
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    under_way: int = 0
    is_logged: bool = False
    _lock: Lock = field(default_factory=Lock)

    def began(self) -> None:
        """A request came."""
        with self._lock:
            self.under_way += 1

    def ended(self, method: str, route: object, status: int, seconds: float, release: int | None) -> None:
        """A request was answered by a release; ``route`` is the application's, ``seconds`` until its last byte."""
        path = str(getattr(route, "path_format", "none"))
        named = method if method in _METHODS else "other"
        with self._lock:
            self.under_way -= 1
            self.requests[named, path, status] += 1
            self.seconds[path] += seconds
            self.taking[path, bisect_left(BOUNDS, seconds)] += 1
        if self.is_logged:
            took = round(1000 * seconds, 1)
            told = {"method": named, "route": path, "status": status, "milliseconds": took, "release": release}
            LOG.info(json.dumps(told))

    def text(self, release: int | None) -> str:
        """All that is counted, in Prometheus' text format 0.0.4."""
        with self._lock:
            return "\n".join([*self._lines(release), ""])

    def _lines(self, release: int | None) -> Iterator[str]:
        yield "# HELP cis_release Number of the release that is served, 0 before there is one."
        yield "# TYPE cis_release gauge"
        yield f"cis_release {release or 0}"
        yield "# HELP cis_requests_under_way Requests that are being answered."
        yield "# TYPE cis_requests_under_way gauge"
        yield f"cis_requests_under_way {self.under_way}"
        yield "# HELP cis_requests_total Requests answered."
        yield "# TYPE cis_requests_total counter"
        for (method, route, status), count in sorted(self.requests.items()):
            yield f'cis_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}'
        yield "# HELP cis_request_seconds Time until the last byte of an answer."
        yield "# TYPE cis_request_seconds histogram"
        totals: Counter[str] = Counter()
        for (_, route, _), count in self.requests.items():
            totals[route] += count
        for route, total in sorted(totals.items()):
            within = 0
            for place, bound in enumerate(BOUNDS):
                within += self.taking[route, place]
                yield f'cis_request_seconds_bucket{{route="{route}",le="{bound:g}"}} {within}'
            yield f'cis_request_seconds_bucket{{route="{route}",le="+Inf"}} {total}'
            yield f'cis_request_seconds_sum{{route="{route}"}} {self.seconds[route]:.6f}'
            yield f'cis_request_seconds_count{{route="{route}"}} {total}'


class Measured:
    """The layer that counts; each answer says in ``Server-Timing`` how long it took to begin."""

    def __init__(self, app: ASGIApp, *, measures: Measures) -> None:
        self._app, self._measures = app, measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on and counts what becomes of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = perf_counter(), _BROKEN

        async def timed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                took = b"total;dur=%.1f" % (1000 * (perf_counter() - started))
                message["headers"] = [*message["headers"], (b"server-timing", took)]
            await send(message)

        self._measures.began()
        try:
            await self._app(scope, receive, timed)
        finally:
            release = scope["state"].get("release")
            number = release.information.number if release else None
            self._measures.ended(scope["method"], scope.get("route"), status, perf_counter() - started, number)
