"""Bytes of text as sources write it."""


def decoded(data: bytes) -> str:
    """UTF-8 with or without a mark, else Windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
