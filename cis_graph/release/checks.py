"""What must hold of a release before it may be published."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cached_property
from pathlib import Path

from cis_graph.rdf.iris import RDF
from cis_graph.rdf.windows import windows
from cis_graph.release.information import REPORT
from cis_graph.release.parts import Parts, changed_subjects
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.validate import Text, in_batches, validate_batches

# ties are computed from what these say, by one rule
_CHECKED = ("entities", "links", "derived", "provenance", "patches")
_SUBJECTS = 2_000  # in a batch; they are smaller than records
_TYPE = f"<{RDF}type>".encode()


def canonical_violations(now: Parts, before: Parts, processes: int) -> tuple[ShapeResult, ...]:
    """What breaks the shapes of entities, looked at only where something changed since ``before``."""
    changed = (b"".join(lines) for _, lines in changed_subjects(now, before, _CHECKED))
    cited = Cited(now)
    batches = in_batches(changed, _SUBJECTS)
    results = validate_batches(batches, stubs=b"", shapes="canonical", processes=processes, cited=cited.by)
    return tuple(result for result in results if result.severity == "violation")


class Cited:
    """The types of entities and records, of which a batch is given those that it cites."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def by(self, batch: Text) -> bytes:
        """The type statements of all that a batch of lines cites."""
        lines = (batch.encode() if isinstance(batch, str) else batch).split(b"\n")
        cited = {line[line.rindex(b" <") + 1 : -2] for line in lines if line.endswith(b"> .")}
        kinds = self._kinds
        return b"".join(b"%s %s %s .\n" % (node, _TYPE, kind) for node in sorted(cited) for kind in kinds.get(node, ()))

    @cached_property
    def _kinds(self) -> Mapping[bytes, tuple[bytes, ...]]:
        """The classes of every node; those of one class share one tuple."""
        kinds: dict[bytes, tuple[bytes, ...]] = {}
        same: dict[tuple[bytes, ...], tuple[bytes, ...]] = {}
        for (said,) in windows(self._parts.paths(("entities", "provenance", "patches"))):
            for line in said:
                node, predicate, rest = line.split(b" ", 2)
                if predicate == _TYPE:
                    known = (*kinds.get(node, ()), rest[:-3])
                    kinds[node] = same.setdefault(known, known)
        return kinds


def write_checks(place: Path, violations: Iterable[ShapeResult]) -> None:
    """Writes what was found into the release's report."""
    text = json.dumps([asdict(violation) for violation in violations], indent=2, ensure_ascii=False)
    (place / REPORT / "checks.json").write_text(text + "\n", encoding="utf-8")
