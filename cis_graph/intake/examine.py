"""What would become of a source's data: read, mapped, resolved, told and held to the shapes; nothing is kept."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from cis_graph.errors import SourceFault
from cis_graph.harvest.reading import read
from cis_graph.harvest.told_records import mapped_rdf
from cis_graph.intake import notices
from cis_graph.intake.ground import Ground
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.source import Mapper, Source
from cis_graph.model.findings import Finding
from cis_graph.model.gate import Examined, Handed
from cis_graph.model.nodes import things
from cis_graph.model.records import Participation, Record
from cis_graph.rdf.told import say, tell
from cis_graph.rdf.told_again import records_told
from cis_graph.validation.completeness import of_record
from cis_graph.validation.quality import profile, quality
from cis_graph.validation.records import sort_out

_ANYBODY = Source(
    slug="rdf",
    contributor="rdf",
    title="RDF",
    homepage="https://w3id.org/insoc/ontology",
    licence="https://spdx.org/licenses/etalab-2.0",
    data=(),
    at_least=0,
)
_NEVER = "1970-01-01T00:00:00Z"  # the time of a harvest that did not happen


def examined_files(mapper: Mapper, files: Mapping[str, bytes], ground: Ground, processes: int = 1) -> Examined:
    """What would become of these files of a source, by their declared names."""
    return examined(mapper.source, lambda: _mapped(mapper, files), ground, processes)


def examined(source: Source, mapped: Callable[[], Mapped], ground: Ground, processes: int = 1) -> Examined:
    """What would become of what ``mapped`` gives; a source that cannot be read is a finding."""
    try:
        made = mapped()
    except SourceFault as fault:
        return Examined(
            contributor=source.contributor, source=source.slug, findings=(notices.unreadable(source, fault),)
        )
    resolved: list[Record] = []
    findings: list[Finding] = [*_shrunk(source, made), *made.findings]
    for record in made.records:
        one, said = ground.resolution.resolve(record, source.slug)
        resolved.append(one)
        findings += said
    spoken = say(resolved, ground.house.context, ground.house.iris)
    told = tuple(tell(one, what, source, ground.house.iris, _NEVER) for one, what in zip(resolved, spoken, strict=True))
    checked = sort_out(told, ground.stubs((one.lines for one in told), source.contributor), processes)
    projects = (quality(known) for one in checked.accepted for _, known in of_record(one.record))
    return Examined(
        contributor=source.contributor,
        source=source.slug,
        rows=made.account,
        records=len(made.records),
        published={one.record.key: label_of(one.record) for one in checked.accepted},
        findings=(*findings, *checked.findings),
        quality=profile(projects),
    )


def examined_rdf(handed: Handed, ground: Ground) -> Examined:
    """What would become of RDF in our own words, of whichever contributor its first record is."""
    ((name, data),) = handed.files.items()
    source, iris = _ANYBODY, ground.house.iris
    with suppress(SourceFault):  # which is told below
        source = replace(source, contributor=records_told(name, data, handed.kind, iris)[0].contributor)
    return examined(source, lambda: mapped_rdf(source, name, data, handed.kind, iris), ground)


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


def _shrunk(source: Source, made: Mapped) -> tuple[Finding, ...]:
    return (notices.too_few(source, len(made.records)),) if len(made.records) < source.at_least else ()
