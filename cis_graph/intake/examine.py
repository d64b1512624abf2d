"""What would become of a source's data: read, mapped, resolved, told and held to the shapes; nothing is kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from cis_graph.errors import SourceFault
from cis_graph.harvest.reading import read
from cis_graph.intake import notices
from cis_graph.intake.ground import Ground
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.source import Mapper
from cis_graph.model.findings import Finding
from cis_graph.model.gate import Examined
from cis_graph.model.nodes import things
from cis_graph.model.records import Participation, Record
from cis_graph.rdf.told import Told, tell
from cis_graph.validation.completeness import of_record
from cis_graph.validation.quality import profile, quality
from cis_graph.validation.records import sort_out

_NEVER = "1970-01-01T00:00:00Z"  # the time of a harvest that did not happen


def examined_files(mapper: Mapper, files: Mapping[str, bytes], ground: Ground, processes: int = 1) -> Examined:
    """What would become of these files of a source, by their declared names."""
    return examined(mapper, lambda: _mapped(mapper, files), ground, processes)


def examined(mapper: Mapper, mapped: Callable[[], Mapped], ground: Ground, processes: int = 1) -> Examined:
    """What would become of what ``mapped`` gives; a source that cannot be read is a finding."""
    source = mapper.source
    try:
        made = mapped()
    except SourceFault as fault:
        return Examined(
            contributor=source.contributor, source=source.slug, findings=(notices.unreadable(source, fault),)
        )
    resolved: list[Record] = []
    findings: list[Finding] = [*_shrunk(mapper, made), *made.findings]
    for record in made.records:
        one, said = ground.resolution.resolve(record, source.slug)
        resolved.append(one)
        findings += said
    told = tuple(tell(resolved, source, _NEVER, ground.house.context, ground.house.iris))
    checked = sort_out(told, ground.stubs(map(_text, told), source.contributor), processes)
    projects = (quality(known) for one in checked.accepted for known in of_record(one.record))
    return Examined(
        contributor=source.contributor,
        source=source.slug,
        rows=made.account,
        records=len(made.records),
        published={one.record.key: label_of(one.record) for one in checked.accepted},
        findings=(*findings, *checked.findings),
        quality=profile(projects),
    )


def without_least(mapper: Mapper) -> Mapper:
    """The mapper, content with any number of records."""
    return replace(mapper, source=replace(mapper.source, at_least=0))


def label_of(record: Record) -> str:
    """What a record is called: its first project, else its first actor, programme or event."""
    return next((thing.label for _, thing in things(record) if not isinstance(thing, Participation)), record.key)


def _mapped(mapper: Mapper, files: Mapping[str, bytes]) -> Mapped:
    missing = [file.name for file in mapper.source.data if file.name not in files]
    if missing:
        raise SourceFault(
            f"{', '.join(missing)} is missing; give every file of the source",
            french=f"fichier manquant : {', '.join(missing)}",
        )
    return run(without_least(mapper), tuple(read(file, files[file.name]) for file in mapper.source.data))


def _shrunk(mapper: Mapper, made: Mapped) -> tuple[Finding, ...]:
    if len(made.records) >= mapper.source.at_least:
        return ()
    return (notices.too_few(mapper.source, len(made.records)),)


def _text(told: Told) -> bytes:
    return "\n".join(told.statements).encode()
