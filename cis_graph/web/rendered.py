"""Bodies of answers, kept by their strong tag within a bound of memory: whatever has the same tag is the same."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

LARGEST = 1024 * 1024  # bytes of one body
MOST = 48 * 1024 * 1024  # bytes of all


class Rendered:
    """Keeps what was asked for last; several threads may ask at once."""

    def __init__(self, *, largest: int = LARGEST, most: int = MOST) -> None:
        self._largest, self._most = largest, most
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def of(self, tag: str, make: Callable[[], bytes]) -> bytes:
        """The body of a tag, made now where it is not kept."""
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
                return self._kept[tag]
        body = make()
        if len(body) <= self._largest:
            self._keep(tag, body)
        return body

    def _keep(self, tag: str, body: bytes) -> None:
        with self._lock:
            self._size += len(body) - len(self._kept.get(tag, b""))
            self._kept[tag] = body
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone)
