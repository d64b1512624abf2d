"""Records sorted out by the shapes: accepted, or set aside with what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from cis_graph.model.findings import Fate, Finding
from cis_graph.rdf.told import Told
from cis_graph.validation.report import Origin, findings
from cis_graph.validation.validate import in_batches, validate_batches


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedOut:
    """The records that may be published, and everything there is to say."""

    accepted: tuple[Told, ...]
    findings: tuple[Finding, ...]


def sort_out(told: Sequence[Told], stubs: bytes, processes: int) -> SortedOut:
    """A record with a violation is set aside; warnings and advice are only said.

    ``stubs`` are N-Triples that type what records cite.
    """
    origins = {one.iri: _origin(one) for one in told}
    batches = in_batches("\n".join(sorted(one.statements | one.provenance)).encode("utf-8") for one in told)
    results = list(validate_batches(batches, stubs=stubs, shapes="records", processes=processes))
    found = tuple(findings(results, lambda focus: origins[record_of(focus)]))
    rejected = {record_of(r.focus) for r, f in zip(results, found, strict=True) if f.fate is Fate.RECORD_REJECTED}
    return SortedOut(accepted=tuple(one for one in told if one.iri not in rejected), findings=found)


def record_of(focus: str) -> str:
    """The IRI of the record that a node, or a snapshot of it, belongs to."""
    document = focus.partition("#")[0]
    return document.rpartition("/v/")[0] or document


def _origin(told: Told) -> Origin:
    record = told.record
    return Origin(contributor=record.contributor, source=told.source.slug, record=record.key, rows=record.rows)
