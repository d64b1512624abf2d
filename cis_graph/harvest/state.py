"""The state of a source: the records of its last snapshot, or of the last good one where that fails."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cis_graph.errors import SourceFault
from cis_graph.harvest.pushed import is_pushed, mapped_push
from cis_graph.harvest.reading import read
from cis_graph.harvest.snapshots import Snapshot, Snapshots
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.source import Mapper, Source
from cis_graph.model.accounts import RowAccount
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.notices import Both, Notice
from cis_graph.model.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What a source contributes to a build; ``sha256`` and ``at`` are of the snapshot used, if there is any.

    ``count`` is the number of its records, which need not be held until the end: they may be gone through once.
    """

    source: Source
    records: Iterable[Record]
    count: int
    findings: tuple[Finding, ...]
    rows: RowAccount
    sha256: str | None
    at: str | None


def source_state(mapper: Mapper, snapshots: Snapshots, last_good: str | None) -> SourceState:
    """The records of the latest snapshot; of ``last_good`` (a hash) where the latest cannot be read."""
    trouble = snapshots.trouble(mapper.source.slug)
    faults = [trouble] if trouble else []
    for snapshot in _candidates(mapper.source, snapshots, last_good, faults):
        try:
            mapped = mapped_snapshot(mapper, snapshot)
        except SourceFault as fault:
            faults.append(fault)
        else:
            return SourceState(
                source=mapper.source,
                records=mapped.records,
                count=len(mapped.records),
                findings=(*_failures(mapper.source, faults, kept=True), *mapped.findings),
                rows=mapped.account,
                sha256=snapshot.sha256,
                at=snapshot.at,
            )
    findings = _failures(mapper.source, faults, kept=False)
    nothing = RowAccount()
    return SourceState(source=mapper.source, records=(), count=0, findings=findings, rows=nothing, sha256=None, at=None)


def mapped_snapshot(mapper: Mapper, snapshot: Snapshot) -> Mapped:
    """The records of one snapshot.

    Raises:
        SourceFault: a file is missing or cannot be read, or the mapper refuses the source.
    """
    if is_pushed(snapshot.files):
        return mapped_push(mapper, snapshot.files)
    missing = [file.name for file in mapper.source.data if file.name not in snapshot.files]
    if missing:
        raise SourceFault(
            f"{mapper.source.slug}: {', '.join(missing)} is missing; harvest again",
            french=f"fichier manquant : {', '.join(missing)}",
        )
    return run(mapper, tuple(read(file, snapshot.files[file.name]) for file in mapper.source.data))


def _candidates(
    source: Source, snapshots: Snapshots, last_good: str | None, faults: list[SourceFault]
) -> Iterator[Snapshot]:
    latest = None
    try:
        latest = _latest(source, snapshots)
        yield latest
    except SourceFault as fault:
        faults.append(fault)
    if last_good and (latest is None or last_good != latest.sha256):
        try:
            yield snapshots.get(source.slug, last_good)
        except SourceFault as fault:
            faults.append(fault)


def _latest(source: Source, snapshots: Snapshots) -> Snapshot:
    latest = snapshots.latest(source.slug)
    if latest is None:
        raise SourceFault(f"{source.slug}: never harvested; run harvest", french="la source n'a jamais été moissonnée")
    return latest


def _failures(source: Source, faults: list[SourceFault], *, kept: bool) -> tuple[Finding, ...]:
    """One finding for each fault, told once; ``kept`` says whether the last good state stands in."""
    told = {str(fault): fault for fault in faults}
    return tuple(_failed(source, fault, kept=kept) for fault in told.values())


def _failed(source: Source, fault: SourceFault, *, kept: bool) -> Finding:
    then_fr, then_en = (
        ("Son dernier bon état reste publié.", "Its last good state stays published.")
        if kept
        else ("Aucun bon état n'en est connu : rien n'en est publié.", "No good state is known: nothing is published.")
    )
    notice = Notice(
        fate=Fate.SOURCE_FAILED,
        rule="source-illisible",
        message=Both(
            f"La source n'a pas pu être lue : {fault.french}. {then_fr}",
            f"The source could not be read: {fault}. {then_en}",
        ),
        remedy=Both(
            "Rétablissez la source, ou prévenez-nous si elle a changé de forme.",
            "Restore the source, or tell us if its shape has changed.",
        ),
    )
    return notice.of_source(source.contributor, source.slug)
