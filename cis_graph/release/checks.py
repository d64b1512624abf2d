"""What must hold of a release before it may be published."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final

from cis_graph.rdf.iris import RDF
from cis_graph.rdf.sorted_lines import Lookup
from cis_graph.rdf.windows import subject_of, windows
from cis_graph.reconciliation.statements import MATCH
from cis_graph.release.changes import changed
from cis_graph.release.information import REPORT
from cis_graph.release.parts import PATCHES, Parts
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.shapes import load_shapes
from cis_graph.validation.validate import Cited, Text, in_batches, validate_batches

# ties, and matches among links, are computed from what these say, each by one rule that tests hold to their shapes
_MATCH = MATCH.encode()
_CHECKED = ("entities", "links", "derived", "provenance", "patches")
_SHAPES: Final = "canonical"
_SUBJECTS = 2_000  # in a batch; they are smaller than records
_TYPED = ("entities", "provenance", "patches")
_TYPE = f"<{RDF}type>".encode()


def canonical_violations(now: Parts, before: Parts, processes: int) -> tuple[ShapeResult, ...]:
    """What breaks the shapes of entities, looked at only where something changed since ``before``."""
    batches = _differing(now, before) if before.files(_CHECKED) else _all(now)
    with now.lookup(_TYPED) as lookup:
        kinds = partial(_looked_up, lookup) if before.files(_TYPED) else partial(_known, _all_kinds(now))
        cited = partial(_cited, kinds)
        results = validate_batches(batches, stubs=b"", shapes=_SHAPES, processes=processes, cited=cited)
        return tuple(result for result in results if result.severity == "violation")


def _differing(now: Parts, before: Parts) -> Iterator[bytes]:
    is_checked = _checked(now)
    differ = (sorted(line for line in said if is_checked(line)) for _, said, _ in changed(now, before, _CHECKED))
    return in_batches((b"".join(said) for said in differ if said), _SUBJECTS)


def _all(parts: Parts) -> Iterator[bytes]:
    """Every line of what is checked, a stretch of whole subjects at a time."""
    is_checked = _checked(parts)
    for (said,) in windows(parts.files(_CHECKED)):
        yield b"".join(line for line in said if is_checked(line))


def _checked(parts: Parts) -> Callable[[bytes], bool]:
    """Whether the shapes look at a line: not those about matches, but where a patch speaks of them."""
    patched = frozenset(map(subject_of, parts.merged([PATCHES])))
    named = load_shapes(_SHAPES).predicates
    predicates = frozenset(f"<{one}>".encode() for one in named or ())

    def is_checked(line: bytes) -> bool:
        subject, predicate, _ = line.split(b" ", 2)
        if named is not None and predicate not in predicates:
            return False
        return _MATCH not in subject or subject + b" " in patched

    return is_checked


def _cited(kinds: Callable[[bytes], Iterable[str]], batch: Text) -> Cited:
    """All that a batch of lines cites, with its classes."""
    lines = (batch.encode() if isinstance(batch, str) else batch).split(b"\n")
    cited = {line[line.rindex(b" <") + 1 : -2] for line in lines if line.endswith(b"> .")}
    return [(node[1:-1].decode(), kind) for node in cited for kind in kinds(node)]


def _looked_up(lookup: Lookup, node: bytes) -> Iterable[str]:
    said = (line.split(b" ", 2) for line in lookup.about(node))
    return (rest[1:-4].decode() for _, predicate, rest in said if predicate == _TYPE)


def _known(kinds: Mapping[bytes, tuple[str, ...]], node: bytes) -> Iterable[str]:
    return kinds.get(node, ())


def _all_kinds(parts: Parts) -> Mapping[bytes, tuple[str, ...]]:
    """The classes of every node, where so many are cited that none is worth a search; those of one class share them."""
    kinds: dict[bytes, tuple[str, ...]] = {}
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    for (said,) in windows(parts.files(_TYPED)):
        for line in said:
            node, predicate, rest = line.split(b" ", 2)
            if predicate == _TYPE:
                known = (*kinds.get(node, ()), rest[1:-4].decode())
                kinds[node] = same.setdefault(known, known)
    return kinds


def write_checks(place: Path, violations: Iterable[ShapeResult]) -> None:
    """Writes what was found into the release's report."""
    text = json.dumps([asdict(violation) for violation in violations], indent=2, ensure_ascii=False)
    (place / REPORT / "checks.json").write_text(text + "\n", encoding="utf-8")
