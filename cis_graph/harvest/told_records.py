"""RDF in our own words as records, with what cannot be one as findings: the mapper of whoever speaks ``insoc``."""

from collections.abc import Iterable, Iterator
from typing import Any

from cis_graph.errors import RecordFault, ValueFault
from cis_graph.mapping import notices
from cis_graph.mapping.run import Mapped
from cis_graph.mapping.source import Numbered, Source, Unit
from cis_graph.model.accounts import RowAccount
from cis_graph.model.dates import StatedDate
from cis_graph.model.findings import Finding
from cis_graph.model.nodes import Thing
from cis_graph.model.records import NO_LICENCE, Actor, Event, Participation, Programme, Project, Record
from cis_graph.rdf.iris import DCTERMS, Iris
from cis_graph.rdf.told_again import ToldRecord, records_told


def mapped_rdf(source: Source, name: str, data: bytes, syntax: str, iris: Iris) -> Mapped:
    """Each record is one row, in the order of their IRIs; those under another contributor's address are set aside.

    Raises:
        SourceFault: the data are not of this syntax, or tell of no record.
    """
    told = records_told(name, data, syntax, iris)
    records: list[Record] = []
    findings: list[Finding] = []
    for number, one in enumerate(told, 1):
        unit = Unit((Numbered(number, None, name),), None)
        fault = one.fault or _elsewhere(one, source)
        if fault is not None:
            findings.append(notices.record_rejected(source, unit, fault))
        else:
            records.append(_record(source, one, number, name))
            findings += _refused(source, one, unit.origins[0])
    account = RowAccount(read=len(told), in_records=len(records), rejected=len(told) - len(records))
    return Mapped(records=tuple(records), findings=tuple(findings), account=account)


def _elsewhere(told: ToldRecord, source: Source) -> RecordFault | None:
    if told.contributor == source.contributor and told.key not in {".", ".."}:
        return None
    return RecordFault(
        f"{told.contributor}/{told.key} is no address of yours: it stands under {source.contributor}/",
        french=f"{told.contributor}/{told.key} n'est pas à vous : vos fiches sont sous {source.contributor}/",
    )


def _refused(source: Source, told: ToldRecord, row: Numbered) -> Iterator[Finding]:
    return (notices.value_refused(source, row, name, value, why) for name, value, why in told.refused)


def _record(source: Source, told: ToldRecord, number: int, name: str) -> Record:
    return Record(
        contributor=source.contributor,
        key=told.key,
        rows=(number,),
        files=(name,),
        licence=_licence(source, told),
        page=_first(told, "source"),
        modified=_date(told, "modified"),
        issued=_date(told, "issued"),
        projects=_of(told.things, Project),
        actors=_of(told.things, Actor),
        programmes=_of(told.things, Programme),
        participations=_of(told.things, Participation),
        events=_of(told.things, Event),
    )


def _of(things: Iterable[Thing], kind: type[Any]) -> tuple[Any, ...]:
    return tuple(thing for thing in things if isinstance(thing, kind))


def _licence(source: Source, told: ToldRecord) -> str:
    stated = _first(told, "license")
    return NO_LICENCE if _first(told, "rights") == NO_LICENCE else stated or source.licence


def _first(told: ToldRecord, name: str) -> str | None:
    return next((one.value for one in told.about.get(DCTERMS + name, ()) if hasattr(one, "value")), None)


def _date(told: ToldRecord, name: str) -> StatedDate | None:
    text = _first(told, name)
    try:
        return StatedDate.parse(text) if text else None
    except ValueFault:
        return None
