"""Running a mapper: tables in; records and findings out; nothing lost on the way."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cis_graph.errors import RecordFault, SourceFault, ValueFault
from cis_graph.mapping import notices
from cis_graph.mapping.page import HEAD, sections
from cis_graph.mapping.row import SourceRow
from cis_graph.mapping.source import Mapper, Numbered, Source, Unit
from cis_graph.mapping.tables import Content, PageText, Table
from cis_graph.mapping.values import is_blank
from cis_graph.model.accounts import RowAccount
from cis_graph.model.findings import Finding
from cis_graph.model.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """The records of a source, what there is to say about the rest, and where every row ended."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    account: RowAccount

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.account.read


def run(mapper: Mapper, contents: tuple[Content, ...]) -> Mapped:
    """Every row becomes part of a record or a finding.

    Raises:
        SourceFault: a declared column is gone, two records have one key, or there are fewer records than ``at_least``.
    """
    findings: list[Finding] = []
    tables = tuple(
        _read(mapper, row_class, as_table(content, row_class), file, findings)
        for row_class, content, file in zip(mapper.rows, contents, _files(mapper.source), strict=True)
    )
    units = list(mapper.gather(tables))
    records = [record for unit in units if (record := _record(mapper, unit, findings)) is not None]
    records = _without_twins(mapper, records, findings)
    check_least(mapper.source, len(records))
    account = _account(contents, tables, units, records)
    if account.lost:
        findings.append(notices.rows_lost(mapper.source, account.lost))
    return Mapped(records=tuple(records), findings=tuple(findings), account=account)


def check_least(source: Source, count: int) -> None:
    """Refuses a source that shrank.

    Raises:
        SourceFault: there are fewer records than ``at_least``.
    """
    if count < source.at_least:
        raise SourceFault(
            f"{source.slug}: {count} records, at least {source.at_least} are expected; "
            "see whether the source changed, then lower at_least if it really shrank",
            french=f"{count} fiches lues, au moins {source.at_least} sont attendues",
        )


def _files(source: Source) -> tuple[str, ...]:
    """The names by which a finding tells the source's files apart: empty where there is one."""
    return tuple(file.name if len(source.data) > 1 else "" for file in source.data)


def _account(
    contents: tuple[Content, ...], tables: tuple[tuple[Numbered, ...], ...], units: list[Unit], records: list[Record]
) -> RowAccount:
    rows = [row for content in contents for row in (content.rows if isinstance(content, Table) else ({"": "page"},))]
    blank = sum(not any(cell.strip() for cell in row.values()) for row in rows)
    in_records = sum(len(record.rows) for record in records)
    unread = len(rows) - blank - sum(map(len, tables))
    unused = sum(len(unit.rows) for unit in units) - in_records
    return RowAccount(read=len(rows), blank=blank, in_records=in_records, rejected=unread + unused)


def as_table(content: Content, row_class: type[SourceRow]) -> Table:
    """Rows under columns; a page is one row whose columns are its sections."""
    if isinstance(content, Table):
        return content
    return _page_table(content, row_class)


def _page_table(page: PageText, row_class: type[SourceRow]) -> Table:
    declared = row_class.columns() | row_class.ignored
    found = sections(page.text, declared - {HEAD})
    if not found[HEAD]:
        del found[HEAD]
    row = dict.fromkeys(declared, "") | found
    return Table(columns=tuple(row), rows=(row,))


def _read(
    mapper: Mapper, row_class: type[SourceRow], table: Table, file: str, findings: list[Finding]
) -> tuple[Numbered, ...]:
    columns = set(table.columns)
    gone = row_class.columns() - columns - row_class.optional
    if gone:
        raise SourceFault(
            f"{mapper.source.slug}{file and f' ({file})'}: declared column gone: {', '.join(sorted(gone))}; "
            "see whether the source renamed it, then adapt the mapper",
            french=f"colonne déclarée disparue : {', '.join(sorted(gone))}{file and f' ({file})'}",
        )
    unknown = sorted(columns - row_class.columns() - row_class.ignored)
    findings.extend(notices.unknown_column(mapper.source, file, name) for name in unknown)
    if lost := _lost(table, row_class.columns()):
        findings.append(notices.characters_lost(mapper.source, file, lost))
    read = (
        _row(mapper, row_class, Numbered(number, row, file), findings)
        for number, row in enumerate(table.rows, 1)
        if any(cell.strip() for cell in row.values())
    )
    return tuple(numbered for numbered in read if numbered is not None)


def _lost(table: Table, columns: AbstractSet[str]) -> list[tuple[int, str]]:
    """The cells that are read and hold a replacement character, by row and column."""
    return [
        (number, name)
        for number, row in enumerate(table.rows, 1)
        for name, cell in row.items()
        if "\ufffd" in cell and name in columns
    ]


def _row(mapper: Mapper, row_class: type[SourceRow], raw: Numbered, findings: list[Finding]) -> Numbered | None:
    empty = row_class.missing | {""}
    cells = {name: raw.row.get(name, "").strip() for name in row_class.columns()}
    values: dict[str, Any] = {name: None if cell in empty or is_blank(cell) else cell for name, cell in cells.items()}
    needed = sorted(name for name, value in values.items() if value is None and name not in row_class.soft())
    faults: dict[str, ValueFault] = {}
    if not needed:
        try:
            return replace(raw, row=row_class.model_validate(values))
        except ValidationError as error:
            faults = {str(fault["loc"][0]): _why(fault) for fault in error.errors()}
        needed = sorted(set(faults) - row_class.soft())
    if needed:
        findings.extend(
            notices.row_rejected(mapper.source, raw, name, cells[name], faults.get(name)) for name in needed
        )
        return None
    findings.extend(
        notices.value_refused(mapper.source, raw, name, cells[name], why) for name, why in sorted(faults.items())
    )
    return replace(raw, row=row_class.model_validate(values | dict.fromkeys(faults)))


def _why(fault: ErrorDetails) -> ValueFault:
    error = fault.get("ctx", {}).get("error")
    if isinstance(error, ValueFault):
        return error
    return ValueFault(fault["msg"], french="valeur vide ou mal formée")


def _record(mapper: Mapper, unit: Unit, findings: list[Finding]) -> Record | None:
    try:
        return replace(_addressable(mapper.to_record(unit.content)), rows=unit.rows, files=unit.files)
    except RecordFault as fault:
        findings.append(notices.record_rejected(mapper.source, unit, fault))
        return None


def _addressable(record: Record) -> Record:
    if record.key in {".", ".."}:  # clients take these out of an address
        raise RecordFault(
            f'its identifier is "{record.key}", which no address can hold; give it another',
            french=f"son identifiant est « {record.key} », qu'aucune adresse ne peut porter : donnez-lui-en un autre",
        )
    return record


def _without_twins(mapper: Mapper, records: list[Record], findings: list[Finding]) -> list[Record]:
    first: dict[str, Record] = {}
    for record in records:
        if record.key in first:
            findings.append(notices.key_taken(mapper.source, record, first[record.key]))
        else:
            first[record.key] = record
    return list(first.values())
