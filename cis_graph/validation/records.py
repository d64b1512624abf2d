"""Records sorted out by the shapes: accepted, or set aside with what is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cis_graph.model.findings import Fate, Finding
from cis_graph.rdf.told import Told
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.report import Origin, findings
from cis_graph.validation.validate import in_batches, validate_batches
from cis_graph.validation.verdicts import Verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedOut:
    """The records that may be published, those set aside, and everything there is to say."""

    accepted: tuple[Told, ...]
    rejected: tuple[Told, ...]
    findings: tuple[Finding, ...]


def sort_out(
    told: Iterable[Told],
    stubs: bytes,
    processes: int,
    verdicts: Verdicts | None = None,
) -> SortedOut:
    """A record with a violation is set aside; warnings and advice are only said.

    Records are taken as they are told: some are judged by other processes while the next are made here. ``stubs`` are
    N-Triples that type what records cite. What ``verdicts`` know of a record is not looked for again.
    """
    every: list[Told] = []
    by_record = _judged(_kept(told, every), stubs, processes, verdicts)
    origins = {one.iri: _origin(one) for one in every if one.iri in by_record}
    results = [result for one in every for result in by_record.get(one.iri, ())]
    found = tuple(findings(results, lambda focus: origins[record_of(focus)]))
    wrong = {record_of(r.focus) for r, f in zip(results, found, strict=True) if f.fate is Fate.RECORD_REJECTED}
    return SortedOut(
        accepted=tuple(one for one in every if one.iri not in wrong),
        rejected=tuple(one for one in every if one.iri in wrong),
        findings=found,
    )


def _kept(told: Iterable[Told], every: list[Told]) -> Iterator[Told]:
    for one in told:
        every.append(one)
        yield one


def _judged(
    told: Iterable[Told], stubs: bytes, processes: int, verdicts: Verdicts | None
) -> Mapping[str, Sequence[ShapeResult]]:
    """What is found of each record, by its IRI."""
    by_record: dict[str, Sequence[ShapeResult]] = {}
    fresh: dict[str, bytes] = {}

    def unknown() -> Iterator[bytes]:
        for one in told:
            key = verdicts.key(one.name) if verdicts else b""
            if verdicts and (known := verdicts.get(key)) is not None:
                if known:
                    by_record[one.iri] = known
            else:
                fresh[one.iri] = key
                yield b"\n".join((one.lines, *map(str.encode, one.provenance)))

    found: dict[str, list[ShapeResult]] = defaultdict(list)
    for result in validate_batches(in_batches(unknown()), stubs=stubs, shapes="records", processes=processes):
        found[record_of(result.focus)].append(result)
    if verdicts:
        for iri, key in fresh.items():
            verdicts.keep(key, found.get(iri, ()))
    return by_record | found


def record_of(focus: str) -> str:
    """The IRI of the record that a node, or a snapshot of it, belongs to."""
    document = focus.partition("#")[0]
    return document.rpartition("/v/")[0] or document


def _origin(told: Told) -> Origin:
    return Origin(
        contributor=told.contributor, source=told.source.slug, record=told.key, rows=told.rows, files=told.files
    )
