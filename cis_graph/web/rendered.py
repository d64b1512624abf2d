"""Bodies of answers, kept by their strong tag within a bound of memory: whatever has the same tag is the same."""

from collections.abc import Callable
from threading import Lock

from cis_graph.web.bounded import Bounded

LARGEST = 1024 * 1024  # bytes of one body
MOST = 48 * 1024 * 1024  # bytes of all


class Rendered:
    """Keeps what was asked for last; several threads may ask at once."""

    def __init__(self, *, largest: int = LARGEST, most: int = MOST) -> None:
        self._largest = largest
        self._kept: Bounded[str, bytes] = Bounded(most)
        self._lock = Lock()

    def of(self, tag: str, make: Callable[[], bytes]) -> bytes:
        """The body of a tag, made now where it is not kept."""
        with self._lock:
            if (kept := self._kept.get(tag)) is not None:
                return kept
        body = make()
        if len(body) <= self._largest:
            with self._lock:
                self._kept.keep(tag, body, len(body))
        return body
