"""Several answers of a server kept as one file: a JSON list of where each came from and its text."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.errors import SourceFault
from cis_graph.harvest.texts import decoded


@dataclass(frozen=True, slots=True)
class Part:
    """One answer: its address and its bytes."""

    url: str
    data: bytes


def joined(parts: Iterable[Part]) -> bytes:
    """The parts as one file; bytes that are no UTF-8 are read as Windows-1252."""
    listed = [{"address": part.url, "text": decoded(part.data)} for part in parts]
    return json.dumps(listed, ensure_ascii=False, indent=1).encode() + b"\n"


def parted(name: str, data: bytes) -> tuple[Part, ...]:
    """The parts of such a file.

    Raises:
        SourceFault: it is no such file.
    """
    try:
        listed: list[dict[str, str]] = json.loads(data)
        return tuple(Part(one["address"], one["text"].encode()) for one in listed[:])  # a list, no object
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SourceFault(
            f"{name}: not the answers of a server as a harvest keeps them; harvest again",
            french=f"{name} n'est pas une moisson lisible : moissonnez de nouveau",
        ) from error
