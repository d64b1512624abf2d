"""The frames in which a worker hands its answer over: a letter, a length, the bytes."""

import struct

HEADER = struct.Struct(">cI")
PIECE = 64 * 1024  # bytes; a piece of data that is shorter is the last
LETTERS = KIND, DATA, END, ERROR = b"K", b"D", b"E", b"X"


def frame(letter: bytes, data: bytes) -> bytes:
    """One frame."""
    return HEADER.pack(letter, len(data)) + data
