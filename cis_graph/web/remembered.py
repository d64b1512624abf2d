"""Answers that took the store long are remembered for as long as their release is current, within a bound of memory."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from time import monotonic

from cis_graph.model.releases import Query, QueryAnswer, QueryRunner, RdfFormat, Releases, ResultFormat
from cis_graph.web.bounded import Bounded
from cis_graph.web.query_text import changes_by_itself, normalised

SLOW = 0.01  # seconds to the first byte; what is quicker is asked again
LARGEST = 1024 * 1024  # bytes of an answer
MOST = 32 * 1024 * 1024  # bytes of all answers

_Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Kept:
    """One answer in the pieces it came in: what is packed piece by piece packs to the same bytes again."""

    media_type: str
    pieces: tuple[bytes, ...]
    is_whole: bool

    def answer(self, release: int) -> QueryAnswer:
        """The answer once more."""
        if self.is_whole:
            return QueryAnswer.of(b"".join(self.pieces), media_type=self.media_type, release=release)
        return QueryAnswer(media_type=self.media_type, release=release, body=_again(self.pieces))


class Remembered:
    """Fulfils :class:`~cis_graph.model.releases.QueryRunner` before another runner."""

    def __init__(
        self, runner: QueryRunner, releases: Releases, *, slow: float = SLOW, largest: int = LARGEST, most: int = MOST
    ) -> None:
        self._runner, self._releases = runner, releases
        self._slow, self._largest = slow, largest
        self._kept: Bounded[_Key, _Kept] = Bounded(most)

    async def run(self, query: Query, *, results: ResultFormat, graph: RdfFormat) -> QueryAnswer:
        """The answer, remembered or run; faults are the runner's."""
        shown = self._releases.visited()
        if shown is None or changes_by_itself(query):
            return await self._runner.run(query, results=results, graph=graph)
        number = shown.information.number
        key = (shown.information.identity, normalised(query), results, graph)
        if (kept := self._kept.get(key)) is not None:
            return kept.answer(number)
        started = monotonic()
        found = await self._runner.run(query, results=results, graph=graph)
        if monotonic() - started < self._slow or found.release != number:
            return found
        if found.whole is not None:
            self._keep(key, found, (found.whole,))
            return found
        return replace(found, body=_Watched(found.body, self._largest, lambda pieces: self._keep(key, found, pieces)))

    async def close(self) -> None:
        """Forgets everything and closes the runner."""
        self._kept.forget(lambda _: True)
        await self._runner.close()

    def _keep(self, key: _Key, found: QueryAnswer, pieces: tuple[bytes, ...]) -> None:
        """Remembers one answer; those of other releases go, then the longest unused."""
        self._kept.forget(lambda old: old[0] != key[0])
        self._kept.keep(key, _Kept(found.media_type, pieces, found.whole is not None), sum(map(len, pieces)))


class _Watched:
    """The bytes of an answer as they pass; handed over once all have passed, unless they are too many or cut."""

    def __init__(self, body: AsyncIterator[bytes], largest: int, whole: Callable[[tuple[bytes, ...]], None]) -> None:
        self._body, self._left, self._whole = body, largest, whole
        self._seen: list[bytes] | None = []

    def __aiter__(self) -> "_Watched":
        return self

    async def __anext__(self) -> bytes:
        try:
            piece = await anext(self._body)
        except StopAsyncIteration:
            if self._seen is not None:
                self._whole(tuple(self._seen))
                self._seen = None
            raise
        if self._seen is not None:
            self._seen.append(piece)
            self._left -= len(piece)
            if self._left < 0:
                self._seen = None
        return piece

    async def aclose(self) -> None:
        """Ends the answer, which is not remembered then."""
        self._seen = None
        close = getattr(self._body, "aclose", None)
        if close:
            await close()


async def _again(pieces: tuple[bytes, ...]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
