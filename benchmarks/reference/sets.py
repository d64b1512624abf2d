"""The named sets: what "30,000 projects" means in every measurement."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reference.generate import Arguments

HASHES = Path(__file__).with_name("hashes.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSet:
    """A set with its arguments and the SHA-256 of its ``bundle`` and ``truth``, none where it was never generated."""

    name: str
    arguments: Arguments
    hashes: Mapping[str, str]


def _named() -> dict[str, NamedSet]:
    hashes = json.loads(HASHES.read_text(encoding="utf-8"))
    sizes = {"S": 1_000, "M": 30_000, "L": 300_000, "XL": 1_000_000}
    return {
        name: NamedSet(name=name, arguments=Arguments(projects=projects), hashes=hashes.get(name, {}))
        for name, projects in sizes.items()
    }


NAMED = _named()
