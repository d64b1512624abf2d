"""Small files that are replaced whole or not at all."""

import os
from pathlib import Path


def replace_whole(path: Path, text: str) -> None:
    """Writes a file in the place of the one before; whoever reads it meanwhile or after a crash finds one or the other.

    One writer at a time: what it writes to until then has one name.
    """
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
