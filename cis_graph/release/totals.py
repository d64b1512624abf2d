"""What a release holds in all, kept beside it, so that the next one counts what changed alone."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from cis_graph import __version__
from cis_graph.rdf.sums import Sum
from cis_graph.release.changes import changed
from cis_graph.release.counting import Counted, counted
from cis_graph.release.information import read_information
from cis_graph.release.parts import PARTS, Parts

FILE = "totals.json"


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of a release, and the sum of all its statements."""

    counted: Counted
    sum: Sum


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


def write_totals(place: Path, totals: Totals) -> None:
    """Writes the totals beside the parts of a release."""
    counted = {one.name: getattr(totals.counted, one.name) for one in fields(totals.counted)}
    (place / FILE).write_text(json.dumps({"counted": counted, "sum": asdict(totals.sum)}), encoding="utf-8")


def _parts(place: Path | None) -> Parts:
    return Parts((place or Path("none")) / PARTS)


def _known(place: Path | None, base: str) -> Totals | None:
    """The totals of a release; None where they were not made by this software for data under this base."""
    if place is None or not (place / FILE).exists():
        return None
    information = read_information(place)
    if (information.software, information.base) != (__version__, base):
        return None
    told = json.loads((place / FILE).read_text(encoding="utf-8"))
    return Totals(Counted.read(told["counted"]), Sum(**told["sum"]))
