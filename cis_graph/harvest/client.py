"""The client of a harvest: polite, patient, bounded, and behind the wall."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
import stamina
from hishel import SqliteStorage
from hishel.httpx import CacheTransport
from protego import Protego

from cis_graph import __version__
from cis_graph.errors import SourceFault
from cis_graph.harvest.wall import ForbiddenHost, Wall

AGENT = "cis-graph"
_BUSY = frozenset({429, 500, 502, 503, 504})
_MOST_ROBOTS = 512 * 1024  # bytes; RFC 9309 asks for 500 KiB at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a harvest behaves: times in seconds, sizes in bytes; ``pause`` between two requests to one host."""

    pause: float = 1.0
    longest_pause: float = 30.0
    attempts: int = 4
    first_wait: float = 1.0
    longest_wait: float = 60.0
    silence: float = 30.0  # without a byte
    longest: float = 600.0  # one file, all attempts together
    largest: int = 200 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered: the bytes, decoded as its content coding says, and its headers."""

    url: str
    status: int
    data: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class _Busy(Exception):
    """The server asks to come back later, in ``wait`` seconds where it says so."""

    def __init__(self, status: int, wait: float | None) -> None:
        super().__init__(f"the server answered {status}")
        self.wait = wait


class Client:
    """Fetches files over HTTP; one is made for a harvest and closed after it."""

    def __init__(
        self,
        cache: Path | None = None,
        *,
        allowed: Iterable[str] = (),
        manners: Manners | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._manners = manners or Manners()
        self._sleep = sleep
        transport: httpx.BaseTransport = Wall(httpx.HTTPTransport(trust_env=False), allowed)
        if cache is not None:
            cache.parent.mkdir(parents=True, exist_ok=True)
            transport = CacheTransport(transport, storage=SqliteStorage(database_path=cache), rfc=True)
        self._http = httpx.Client(
            transport=transport,
            headers={"User-Agent": f"{AGENT}/{__version__}"},
            timeout=self._manners.silence,
            follow_redirects=True,
            max_redirects=self._manners.redirects,
            trust_env=False,
        )
        self._robots: dict[str, Protego] = {}
        self._last: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def get(self, url: str, accept: str = "*/*", *, missing: frozenset[int] = frozenset()) -> Answer:
        """The answer to a GET; a status in ``missing`` is an answer too.

        Raises:
            SourceFault: robots.txt forbids it, the host is not public, or after all attempts there is no whole answer
                within the limits of time and size.
        """
        try:
            request = httpx.Request("GET", url, headers={"Accept": accept})
        except httpx.InvalidURL as error:
            raise _failed(url, error) from error
        self._ask_robots(request.url)
        return self._patiently(request, missing)

    def _ask_robots(self, url: httpx.URL) -> None:
        if not self._rules(url).can_fetch(str(url), AGENT):
            raise SourceFault(
                f"{url}: robots.txt of the site forbids it; ask the contributor for a file, or to allow {AGENT}",
                french=f"le fichier robots.txt du site interdit de lire {url}",
            )

    def _rules(self, url: httpx.URL) -> Protego:
        place = _place(url)
        if place not in self._robots:
            request = httpx.Request("GET", f"{place}/robots.txt")
            answer = self._patiently(request, frozenset(range(400, 500)) - _BUSY)  # RFC 9309: no rules, all allowed
            text = answer.data[:_MOST_ROBOTS].decode("utf-8", "replace") if answer.status == httpx.codes.OK else ""
            self._robots[place] = Protego.parse(text)
        return self._robots[place]

    def _patiently(self, request: httpx.Request, missing: frozenset[int]) -> Answer:
        until = time.monotonic() + self._manners.longest
        try:
            for attempt in stamina.retry_context(
                on=self._again,
                attempts=self._manners.attempts,
                timeout=self._manners.longest,
                wait_initial=self._manners.first_wait,
                wait_max=self._manners.longest_wait,
                wait_jitter=0,
            ):
                with attempt:
                    return self._once(request, missing, until)
        except (httpx.HTTPError, httpx.InvalidURL, _Busy, UnicodeError) as error:
            raise _failed(str(request.url), error) from error
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def _again(self, error: Exception) -> bool | float:
        if isinstance(error, _Busy):
            return True if error.wait is None else min(error.wait, self._manners.longest_wait)
        return isinstance(error, httpx.TransportError) and not isinstance(
            error, ForbiddenHost | httpx.UnsupportedProtocol
        )

    def _once(self, request: httpx.Request, missing: frozenset[int], until: float) -> Answer:
        self._wait_for_turn(request.url)
        with self._http.stream(request.method, request.url, headers=request.headers) as response:
            if response.status_code in _BUSY:
                raise _Busy(response.status_code, _retry_after(response))
            if response.status_code not in missing:
                response.raise_for_status()
            data = self._body(response, until)
            return Answer(url=str(request.url), status=response.status_code, data=data, headers=dict(response.headers))

    def _wait_for_turn(self, url: httpx.URL) -> None:
        rules = self._robots.get(_place(url))
        asked = (rules.crawl_delay(AGENT) if rules else None) or 0.0
        pause = max(self._manners.pause, min(asked, self._manners.longest_pause))
        wait = self._last.get(url.host, -pause) + pause - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        self._last[url.host] = time.monotonic()

    def _body(self, response: httpx.Response, until: float) -> bytes:
        data = bytearray()
        for piece in response.iter_bytes():
            data += piece
            if len(data) > self._manners.largest:
                raise SourceFault(
                    f"{response.url}: more than {self._manners.largest} bytes; ask for it in parts",
                    french=f"{response.url} dépasse la taille admise ({self._manners.largest} octets)",
                )
            if time.monotonic() > until:
                raise SourceFault(
                    f"{response.url}: not whole after {self._manners.longest:g} seconds; ask for it in parts",
                    french=f"{response.url} n'est pas arrivé en entier en {self._manners.longest:g} secondes",
                )
        return bytes(data)


def _place(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode()}"


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() and len(text) < 6 else None  # noqa: PLR2004 - digits; a day at most


def _failed(url: str, error: Exception) -> SourceFault:
    why = " ".join(str(error).split())[:300] or type(error).__name__
    return SourceFault(f"{url}: {why}", french=f"{url} ne répond pas comme il faut ({why})")
