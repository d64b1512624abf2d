import asyncio
import gzip
from collections.abc import AsyncIterator

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.web.codings import CODINGS, packed, packed_stream

UNPACKED = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}


async def stream(pieces: list[bytes]) -> AsyncIterator[bytes]:
    """The pieces, one after the other."""
    for piece in pieces:
        yield piece


def sent(pieces: list[bytes], coding: str) -> list[bytes]:
    """What a client is sent for these pieces."""

    async def gathered() -> list[bytes]:
        return [out async for out in packed_stream(stream(pieces), coding)]

    return asyncio.run(gathered())


@given(pieces=st.lists(st.binary(max_size=200), max_size=8), coding=st.sampled_from(CODINGS))
def test_a_stream_unpacks_to_what_went_in(pieces: list[bytes], coding: str) -> None:
    """Whatever the pieces, the client has all of them; the same pieces give the same bytes."""
    out = b"".join(sent(pieces, coding))
    assert UNPACKED[coding](out) == b"".join(pieces)
    assert out == b"".join(sent(pieces, coding))


@pytest.mark.parametrize("coding", CODINGS)
def test_the_first_row_leaves_at_once(coding: str) -> None:
    """The first thing sent holds all of the first piece, before the second is there."""
    first, *_ = sent([b"the first row\n", b"x" * 100_000, b"the last"], coding)
    if coding == "zstd":
        assert zstandard.ZstdDecompressor().decompressobj().decompress(first) == b"the first row\n"
    elif coding == "br":
        assert brotli.Decompressor().process(first) == b"the first row\n"
    else:
        import zlib  # noqa: PLC0415

        assert zlib.decompressobj(wbits=31).decompress(first) == b"the first row\n"


@pytest.mark.parametrize("coding", CODINGS)
def test_a_whole_body_is_packed(coding: str) -> None:
    """A body that is known whole packs smaller and unpacks to itself."""
    body = b"<https://carrefour.example/id/project/1>\n" * 500
    assert len(packed(body, coding)) < len(body) / 10
    assert UNPACKED[coding](packed(body, coding)) == body
