"""The example queries: one a file, its title in its first comment."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example query."""

    slug: str
    title: str
    text: str


def examples(folder: Path) -> tuple[Example, ...]:
    """All examples of a folder, in order of their file names."""
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def _read(path: Path) -> Example:
    text = path.read_text(encoding="utf-8")
    comments = [line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")]
    return Example(slug=path.stem, title=next((line for line in comments if line), path.stem), text=text)
