"""Small files that are replaced whole or not at all."""

import os
from pathlib import Path


def replace_whole(path: Path, said: str | bytes) -> None:
    """Writes a file in the place of the one before; whoever reads it meanwhile or after a crash finds one or the other.

    One writer at a time: what it writes to until then has one name.
    """
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("wb") as file:
        file.write(said.encode("utf-8") if isinstance(said, str) else said)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
