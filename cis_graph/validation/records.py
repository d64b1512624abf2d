"""Records sorted out by the shapes: accepted, or set aside with what is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from cis_graph.model.findings import Fate, Finding
from cis_graph.rdf.told import Told
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.report import Origin, fate, findings
from cis_graph.validation.validate import in_batches, validate_batches
from cis_graph.validation.verdicts import Verdicts


@dataclass(frozen=True, kw_only=True)
class SortedOut:
    """Records as they were told, and what was found of some of them, by their IRIs."""

    told: tuple[Told, ...]
    found: Mapping[str, Sequence[ShapeResult]]

    @cached_property
    def accepted(self) -> tuple[Told, ...]:
        """Those that may be published."""
        return tuple(one for one in self.told if one.iri not in self._wrong)

    @cached_property
    def rejected(self) -> tuple[Told, ...]:
        """Those set aside."""
        return tuple(one for one in self.told if one.iri in self._wrong)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything there is to say, put into words when it is first asked for."""
        origins = {one.iri: _origin(one) for one in self.told if one.iri in self.found}
        results = (result for iri in origins for result in self.found[iri])
        return tuple(findings(results, lambda focus: origins[record_of(focus)]))

    @cached_property
    def _wrong(self) -> AbstractSet[str]:
        return {iri for iri, found in self.found.items() if any(fate(one) is Fate.RECORD_REJECTED for one in found)}


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
    found = _judged(_kept(told, every), stubs, processes, verdicts)
    return SortedOut(told=tuple(every), found=found)


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
