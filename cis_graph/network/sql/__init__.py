"""Our own SQL, one file a query or a piece of one."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


def sql(name: str, **pieces: str) -> str:
    """One of our files without its comments, each ``/*piece*/`` filled in."""
    text = _read(name)
    for piece, filling in pieces.items():
        text = text.replace(f"/*{piece}*/", filling)
    return text


@cache
def _read(name: str) -> str:
    lines = (_HERE / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))
