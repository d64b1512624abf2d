"""What a contributor pushed, as a snapshot keeps it: rows under the source's own columns, records in our own words.

Whatever form a push came in, its rows are kept as one JSON list of objects a file of the source, and its RDF as
N-Triples under a base of their own, so that a snapshot does not depend on where the data are served.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cis_graph.harvest.reading import read
from cis_graph.harvest.told_records import mapped_rdf
from cis_graph.mapping.run import Mapped, as_table, check_least, run
from cis_graph.mapping.source import Mapper
from cis_graph.mapping.tables import DataFile, JsonFile, Table
from cis_graph.model.accounts import RowAccount
from cis_graph.model.records import Record
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.told_again import documents_without, rebased

ROWS = ".rows.json"
TOLD = "records.nt"
BASE = Iris("https://w3id.org/insoc/pushed/")

Files = Mapping[str, bytes]
Row = Mapping[str, str]


def is_pushed(names: Iterable[str]) -> bool:
    """Whether files of these names are those of a push."""
    return any(name == TOLD or name.endswith(ROWS) for name in names)


def rows_file(file: DataFile, table: Table) -> Files:
    """The rows of one of the source's files as a push keeps them."""
    rows = [{name: row.get(name, "") for name in table.columns} for row in table.rows]
    return {f"{file.name}{ROWS}": json.dumps(rows, ensure_ascii=False, indent=0).encode() + b"\n"}


def told_file(name: str, data: bytes, syntax: str, iris: Iris) -> Files:
    """RDF in our own words as a push keeps it.

    Raises:
        SourceFault: the data are not of this syntax.
    """
    return {TOLD: rebased(name, data, syntax, iris, BASE)}


def as_pushed(mapper: Mapper, files: Files) -> Files:
    """The files of any snapshot of the source as a push would have given them.

    Raises:
        SourceFault: a file cannot be read.
    """
    if is_pushed(files) or not files:
        return files
    made: dict[str, bytes] = {}
    for file, row_class in zip(mapper.source.data, mapper.rows, strict=True):
        made |= rows_file(file, as_table(read(file, files[file.name]), row_class))
    return made


def mapped_push(mapper: Mapper, files: Files) -> Mapped:
    """The records of what was pushed; rows and records in RDF add up together.

    Raises:
        SourceFault: it cannot be read, or there are fewer records than ``at_least``.
    """
    source = mapper.source
    parts: list[Mapped] = []
    if any(name.endswith(ROWS) for name in files):
        anyhow = replace(mapper, source=replace(source, at_least=0))
        parts.append(run(anyhow, tuple(_table(mapper, number, files) for number in range(len(source.data)))))
    if TOLD in files:
        parts.append(mapped_rdf(source, TOLD, files[TOLD], "nt", BASE))
    records = tuple(record for part in parts for record in part.records)
    check_least(source, len(records))
    return Mapped(
        records=records,
        findings=tuple(finding for part in parts for finding in part.findings),
        account=_sum([part.account for part in parts]),
    )


def merged(mapper: Mapper, before: Files, more: Files) -> Files:
    """The state before with records added, or put in the place of those with their keys.

    Rows of ``more`` that make no record do not enter: nothing could take them out again.
    """
    anyhow = replace(mapper, source=replace(mapper.source, at_least=0))
    new, old = mapped_push(anyhow, more), mapped_push(anyhow, before) if before else None
    keys = {record.key for record in new.records}
    made: dict[str, bytes] = {}
    for number, file in enumerate(mapper.source.data):
        was, now = _table(mapper, number, before), _table(mapper, number, more)
        lines = _replaced(was.rows, _by_row(old, file, mapper), now.rows, _by_row(new, file, mapper), keys)
        columns = tuple(dict.fromkeys((*was.columns, *now.columns)))
        if lines or f"{file.name}{ROWS}" in before:
            made |= rows_file(file, Table(columns=columns, rows=tuple(lines)))
    kept = documents_without(before.get(TOLD, b""), mapper.source.contributor, keys, BASE)
    if told := b"".join((kept, more.get(TOLD, b""))):
        made[TOLD] = b"".join(sorted(set(told.splitlines(keepends=True))))
    return made


def _replaced(
    was: Sequence[Row], owners: Mapping[int, str], now: Sequence[Row], new_owners: Mapping[int, str], keys: set[str]
) -> list[Row]:
    """Rows in their order, each record's new rows where its old ones stood, further ones at the end."""
    fresh: dict[str, list[Row]] = {}
    for number, row in enumerate(now, 1):
        if number in new_owners:
            fresh.setdefault(new_owners[number], []).append(row)
    lines: list[Row] = []
    for number, row in enumerate(was, 1):
        owner = owners.get(number)
        lines += [row] if owner is None or owner not in keys else fresh.pop(owner, [])
    return [*lines, *(row for rows in fresh.values() for row in rows)]


def _by_row(mapped: Mapped | None, file: DataFile, mapper: Mapper) -> Mapping[int, str]:
    """The key of the record that each row of a file is in."""
    several = len(mapper.source.data) > 1
    records: Iterable[Record] = mapped.records if mapped else ()
    return {
        row: record.key for record in records for row, name in _places(record) if name == (file.name if several else "")
    }


def _places(record: Record) -> Iterator[tuple[int, str]]:
    return zip(record.rows, record.files or ("",) * len(record.rows), strict=True)


def _table(mapper: Mapper, number: int, files: Files) -> Table:
    """One file's rows; none, under the columns it must have, where it is not among the files."""
    file, row_class = mapper.source.data[number], mapper.rows[number]
    name = f"{file.name}{ROWS}"
    declared = tuple(sorted(row_class.columns()))
    if name not in files:
        return Table(columns=declared, rows=())
    table = read(JsonFile(name=name), files[name])
    if not isinstance(table, Table) or not table.rows:
        return Table(columns=declared, rows=())
    return table


def _sum(accounts: Sequence[RowAccount]) -> RowAccount:
    return RowAccount(
        read=sum(one.read for one in accounts),
        blank=sum(one.blank for one in accounts),
        in_records=sum(one.in_records for one in accounts),
        rejected=sum(one.rejected for one in accounts),
    )
