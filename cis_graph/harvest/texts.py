"""Bytes of text as sources write it."""

from typing import Final

DELIMITERS: Final = ",;\t|"
_HEAD = 64 * 1024  # bytes in which the first line is looked for


def decoded(data: bytes) -> str:
    """UTF-8 with or without a mark, else Windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def delimiter_of(data: bytes) -> str:
    """The delimiter that stands most often in a table's first line."""
    head = decoded(data[:_HEAD]).partition("\n")[0]
    return max(DELIMITERS, key=head.count)
