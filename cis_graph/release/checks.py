"""What must hold of a release before it may be published."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from cis_graph.rdf.iris import RDF
from cis_graph.release.information import REPORT
from cis_graph.release.parts import Parts, changed_subjects
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.validate import in_batches, validate_batches

_CHECKED = ("entities", "links", "derived", "provenance", "patches")


def canonical_violations(now: Parts, before: Parts, processes: int) -> tuple[ShapeResult, ...]:
    """What breaks the shapes of entities, looked at only where something changed since ``before``."""
    subjects = changed_subjects(now, before, _CHECKED)
    batches = in_batches("\n".join(lines).encode("utf-8") for lines in subjects.values())
    results = validate_batches(batches, stubs=_types(now), shapes="canonical", processes=processes)
    return tuple(result for result in results if result.severity == "violation")


def write_checks(place: Path, violations: Iterable[ShapeResult]) -> None:
    """Writes what was found into the release's report."""
    text = json.dumps([asdict(violation) for violation in violations], indent=2, ensure_ascii=False)
    (place / REPORT / "checks.json").write_text(text + "\n", encoding="utf-8")


def _types(parts: Parts) -> bytes:
    types = (
        line for name in ("entities", "provenance", "patches") for line in parts.lines(name) if f" <{RDF}type> " in line
    )
    return "\n".join(sorted(types)).encode("utf-8")
