"""Content codings: whole bodies and streams, packed so that the same bytes come out of the same bytes."""

import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Protocol

import brotli
import zstandard

from cis_graph.web.negotiation import IDENTITY

CODINGS = ("zstd", "br", "gzip")  # in our order: the least work first
WORTH_CODING = 860  # bytes; below, a packet is a packet
_FLUSHED_AFTER = 1024 * 1024  # bytes of the answer between two flushes


class _Packer(Protocol):
    """What every compressor here does."""

    def add(self, data: bytes) -> bytes: ...
    def flush(self) -> bytes: ...
    def finish(self) -> bytes: ...


class _Gzip:
    """RFC 1952, with no time in its header."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj(level=5, wbits=31)

    def add(self, data: bytes) -> bytes:
        return self._stream.compress(data)

    def flush(self) -> bytes:
        return self._stream.flush(zlib.Z_SYNC_FLUSH)

    def finish(self) -> bytes:
        return self._stream.flush(zlib.Z_FINISH)


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self._stream = brotli.Compressor(quality=4, lgwin=18)

    def add(self, data: bytes) -> bytes:
        return bytes(self._stream.process(data))

    def flush(self) -> bytes:
        return bytes(self._stream.flush())

    def finish(self) -> bytes:
        return bytes(self._stream.finish())


class _Zstandard:
    """RFC 8878, in a window that every client accepts (RFC 9659)."""

    def __init__(self) -> None:
        self._stream = zstandard.ZstdCompressor(level=3).compressobj()

    def add(self, data: bytes) -> bytes:
        return self._stream.compress(data)

    def flush(self) -> bytes:
        return self._stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def finish(self) -> bytes:
        return self._stream.flush(zstandard.COMPRESSOBJ_FLUSH_FINISH)


_PACKERS: Mapping[str, Callable[[], _Packer]] = {"zstd": _Zstandard, "br": _Brotli, "gzip": _Gzip}


def packed(body: bytes, coding: str) -> bytes:
    """A whole body in a coding."""
    if coding == IDENTITY:
        return body
    packer = _PACKERS[coding]()
    return packer.add(body) + packer.finish()


async def packed_stream(body: AsyncIterator[bytes], coding: str) -> AsyncIterator[bytes]:
    """A stream in a coding: the first piece goes out at once, later ones as the compressor fills or every mebibyte.

    What goes out depends on the pieces alone, never on the clock, so that a strong tag holds.
    """
    packer = _PACKERS[coding]()
    waiting, first = 0, True
    try:
        async for piece in body:
            waiting += len(piece)
            out = packer.add(piece)
            if first or waiting >= _FLUSHED_AFTER:
                out += packer.flush()
                waiting, first = 0, False
            if out:
                yield out
        yield packer.finish()
    finally:  # a client that leaves ends the answer
        close = getattr(body, "aclose", None)
        if close:
            await close()
