"""The mappers of a generated set: one for each contributor, declared as those of the project are.

A record's nodes are ``project``, ``porteur`` and ``acteur-1``, ``acteur-2``… in the order in which it names them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.reference.files import RECORDS, SHEET
from benchmarks.reference.habits import Habits, contributors
from benchmarks.reference.rows import PartRow, PortalRow, ProjectRow, RegisterRow, SheetRow
from benchmarks.reference.topics import ROLES
from cis_graph.errors import RecordFault, ValueFault
from cis_graph.mapping.source import Mapper, Numbered, Source, Unit, each_row
from cis_graph.mapping.tables import CsvFile, DataFile, JsonFile, XlsxFile
from cis_graph.mapping.values import french_date
from cis_graph.model.dates import StatedDate
from cis_graph.model.identifiers import Rna, Siren
from cis_graph.model.places import Coordinates, Place
from cis_graph.model.records import Actor, Label, Participation, Project, Record

Value = TypeVar("Value")

INDEX = "index.json"
LICENCE = "https://spdx.org/licenses/etalab-2.0"
_LEADS = frozenset(ROLES["porteur"])
_NAMED = re.compile(r"(?P<name>.*?)(?: \[(?P<role>[^\[\]]+)\])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An organisation in a project, as a row tells of it."""

    name: str
    role: str | None = None
    since: StatedDate | None = None
    type: str | None = None
    siren: Siren | None = None
    rna: Rna | None = None
    town: str | None = None


def mappers(folder: Path) -> tuple[Mapper, ...]:
    """The mappers of the set in a folder, by what its index says of its files."""
    index: Mapping[str, Any] = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    files: Mapping[str, Mapping[str, list[str]]] = index["files"]
    known = [one for one in contributors(index["profile"]) if files[one.name]["projects"]]
    return tuple(_mapper(habits, files[habits.name]) for habits in known)


def _mapper(habits: Habits, files: Mapping[str, list[str]]) -> Mapper:
    projects = tuple(_file(habits, name) for name in files["projects"])
    parts = tuple(_file(habits, name) for name in files["participations"])
    source = Source(
        slug=habits.name,
        contributor=habits.name,
        title=habits.name.replace("-", " ").capitalize(),
        homepage=f"https://{habits.name}.example/",
        licence=LICENCE,
        data=(*projects, *parts),
        at_least=1,
    )
    if habits.dialect == "register":
        return Mapper(
            source,
            (*(RegisterRow,) * len(projects), *(PartRow,) * len(parts)),
            partial(_register_record, source),
            by_project,
        )
    row, told = (SheetRow, _sheet_parts) if habits.dialect == "sheet" else (PortalRow, _portal_parts)
    return Mapper(source, (row,) * len(projects), partial(_row_record, source, told), every_row)


def _file(habits: Habits, name: str) -> DataFile:
    if habits.kind == "json":
        return JsonFile(name=name, records=(RECORDS,))
    return XlsxFile(name=name, sheet=SHEET) if habits.kind == "xlsx" else CsvFile(name=name, delimiter=habits.delimiter)


def every_row(tables: tuple[tuple[Numbered, ...], ...]) -> Iterable[Unit]:
    """One unit a row of every file."""
    return (unit for table in tables for unit in each_row((table,)))


def by_project(tables: tuple[tuple[Numbered, ...], ...]) -> Iterable[Unit]:
    """Each project with who takes part in it, and those whose project is not there."""
    rows = [numbered for table in tables for numbered in table]
    parts: dict[str, list[Numbered]] = defaultdict(list)
    for numbered in rows:
        if isinstance(numbered.row, PartRow):
            parts[numbered.row.project].append(numbered)
    for numbered in rows:
        if isinstance(numbered.row, RegisterRow):
            own = parts.pop(numbered.row.key, [])
            yield Unit((numbered, *own), (numbered.row, tuple(one.row for one in own)))
    for lost in parts.values():
        yield Unit(tuple(lost), (None, tuple(one.row for one in lost)))


def _row_record(source: Source, told: Callable[[Any], Iterable[Part]], row: Any) -> Record:  # noqa: ANN401 - of any file
    return _record(source, row, _lead(row), told(row))


def _register_record(source: Source, unit: tuple[RegisterRow | None, tuple[PartRow, ...]]) -> Record:
    row, rows = unit
    if row is None:
        raise RecordFault(f"there is no project {rows[0].project}", french="le projet de ces participations manque")
    parts = [
        Part(name=one.name, role=one.role, since=one.since, type=one.type, siren=one.siren, rna=one.rna, town=one.town)
        for one in rows
    ]
    lead = next((one for one in parts if one.role in _LEADS), None)
    return _record(source, row, lead, (one for one in parts if one is not lead))


def _lead(row: SheetRow | PortalRow) -> Part | None:
    if row.lead is None:
        return None
    return Part(name=row.lead, type=row.lead_type, siren=row.siren, rna=row.rna, town=row.lead_town)


def _sheet_parts(row: SheetRow) -> Iterator[Part]:
    for text in row.partners or ():
        if named := _NAMED.fullmatch(text):
            yield Part(name=named["name"], role=named["role"])
    yield from (Part(name=text, role="financeur") for text in row.funders or ())


def _portal_parts(row: PortalRow) -> Iterator[Part]:
    for one in row.actors or ():
        yield Part(
            name=one["nom"],
            role=one.get("role"),
            since=_checked(french_date, one.get("depuis")),
            type=one.get("type"),
            siren=_checked(Siren.parse, one.get("siren")),
            town=one.get("commune"),
        )


def _checked(parse: Callable[[str], Value], text: str | None) -> Value | None:
    """The value, None where it fails its check: within a list there is no column to report it under."""
    try:
        return parse(text) if text else None
    except ValueFault:
        return None


def _record(source: Source, row: ProjectRow, lead: Part | None, parts: Iterable[Part]) -> Record:
    told = [("porteur", lead), *((f"acteur-{number}", part) for number, part in enumerate(parts, 1))]
    named = [(node, part) for node, part in told if part is not None]
    return source.record(
        row.key,
        page=f"{source.homepage}projets/{row.key}",
        modified=row.updated,
        projects=(_project(row),),
        actors=tuple(_actor(node, part) for node, part in named),
        participations=tuple(_participation(node, part) for node, part in named),
    )


def _project(row: ProjectRow) -> Project:
    points: tuple[Coordinates, ...] = ()
    if row.latitude is not None and row.longitude is not None:
        points = (Coordinates(latitude=row.latitude, longitude=row.longitude),)
    return Project(
        node="project",
        label=row.title,
        description=row.text,
        homepage=row.site,
        places=(Place(text=row.place),) if row.place else (),
        coordinates=points,
        started=row.started,
        ended=row.ended,
        themes=tuple(Label(text=text, scheme="theme") for text in row.themes or ()),
        audiences=tuple(Label(text=text, scheme="audience") for text in row.audiences or ()),
        methods=tuple(Label(text=text, scheme="method") for text in row.methods or ()),
    )


def _actor(node: str, part: Part) -> Actor:
    return Actor(
        node=node,
        label=part.name,
        actor_type=Label(text=part.type, scheme="actor-type") if part.type else None,
        places=(Place(text=part.town, level="commune"),) if part.town else (),
        siren=part.siren,
        rna=part.rna,
    )


def _participation(node: str, part: Part) -> Participation:
    role = part.role or ("porteur" if node == "porteur" else "partenaire")
    return Participation(actor=node, project="project", role=Label(text=role, scheme="role"), started=part.since)
