"""What a release holds in all, kept beside it, so that the next one counts what changed alone."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Self

from cis_graph import memory
from cis_graph.rdf.sums import Sum
from cis_graph.release.changes import changed
from cis_graph.release.counting import Counted, counted
from cis_graph.release.makings import Makings, read_makings
from cis_graph.release.parts import PARTS, Parts, states_of
from cis_graph.release.rows import FILES as ROWS
from cis_graph.resources import ONTOLOGY

FILE = "totals.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The counts of a release, and the sum of all its statements.

    ``reference`` names what its reference part was made of, ``makings`` is the sha256 of what tells that of entities;
    both are empty where a patch may have changed the parts.
    """

    counted: Counted
    sum: Sum
    reference: str = ""
    makings: str = ""


def counts_of(parts: Parts, before: Path | None, base: str) -> Counted:
    """What some parts hold; only what changed since the release ``before`` is looked at where its totals are known."""
    known = _known(before, base)
    return counted(parts, _parts(before), known.counted if known else None, base)


def sum_of(parts: Parts, before: Path | None, base: str) -> Sum:
    """The sum of some parts, made in the same way."""
    known = _known(before, base)
    if known is None:
        return parts.sum()
    for _, said, was in changed(parts, _parts(before)):
        known.sum.add(was, -1)
        known.sum.add(said)
    return known.sum


@dataclass(frozen=True, slots=True)
class Last:
    """What a build may go on from: when each state of a record was first seen, by its IRI.

    ``reference`` names what the reference part was made of, ``makings`` tell what entities were; they are empty where
    this software under this base did not make the parts alone: then what did not change has to be told anew too.
    """

    states: Mapping[str, str]
    reference: str = ""
    makings: Makings = field(default_factory=dict)

    @classmethod
    def of(cls, place: Path | None, base: str) -> Self:
        """What there is to go on from in the release before."""
        states, known = states_of(_parts(place)), _known(place, base)
        if place is None or known is None:
            return cls(states)
        return cls(states, known.reference, read_makings(place, known.makings))


def write_totals(place: Path, totals: Totals, base: str) -> None:
    """Writes the totals beside the parts of a release."""
    counts = {one.name: getattr(totals.counted, one.name) for one in fields(totals.counted) if one.init}
    made_by = {"software": _software(), "base": base, "parts": _sizes(place)}
    told = {"counted": counts, "sum": asdict(totals.sum), "reference": totals.reference, "makings": totals.makings}
    (place / FILE).write_text(json.dumps(made_by | told), encoding="utf-8")


def _parts(place: Path | None) -> Parts:
    return Parts((place or Path("none")) / PARTS)


def _known(place: Path | None, base: str) -> Totals | None:
    """The totals of a release; None where they were not made by this software for data under this base."""
    if place is None or not (place / FILE).exists():
        return None
    try:
        told = json.loads((place / FILE).read_text(encoding="utf-8"))
        if (told["software"], told["base"], told["parts"]) != (_software(), base, _sizes(place)):
            return None
        return Totals(
            counted=Counted.read(told["counted"]),
            sum=Sum(**told["sum"]),
            reference=told["reference"],
            makings=told["makings"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a damaged file is as good as none


def _software() -> str:
    """What makes parts of the house and of records: the code and the ontology."""
    return (memory.software() + memory.fingerprint(ONTOLOGY.iterdir())).hex()


def _sizes(place: Path) -> dict[str, int]:
    """The size of each file of the parts and of the rows, which tells of one that is cut or missing."""
    files = (*(place / PARTS).iterdir(), *(place / name for name in ROWS))
    return {path.name: path.stat().st_size for path in files if path.is_file()}
