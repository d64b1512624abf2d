"""A source and its mapper, declared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cis_graph.mapping.row import SourceRow
from cis_graph.mapping.tables import DataFile
from cis_graph.model.dates import StatedDate
from cis_graph.model.records import Actor, Event, Participation, Programme, Project, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One contributor's data: who, what, under which licence, how many records at least.

    ``licence`` is an IRI, :data:`~cis_graph.model.records.NO_LICENCE` where none is stated. ``organisation`` names the
    actor node of its records that is the contributor itself. ``note`` says what a reader must know of the source
    (French, English), for instance that its address is unknown or that its name is inferred.
    """

    slug: str
    contributor: str
    title: str
    homepage: str
    licence: str
    data: tuple[DataFile, ...]
    at_least: int
    organisation: str | None = None
    note_fr: str | None = None
    note_en: str | None = None

    def record(  # noqa: PLR0913 - a record has many parts, all named
        self,
        key: str,
        *,
        page: str | None = None,
        modified: StatedDate | None = None,
        issued: StatedDate | None = None,
        projects: tuple[Project, ...] = (),
        actors: tuple[Actor, ...] = (),
        programmes: tuple[Programme, ...] = (),
        participations: tuple[Participation, ...] = (),
        events: tuple[Event, ...] = (),
    ) -> Record:
        """A record of this source, under its contributor and licence."""
        return Record(
            contributor=self.contributor,
            key=key,
            rows=(),
            licence=self.licence,
            page=page,
            modified=modified,
            issued=issued,
            projects=projects,
            actors=actors,
            programmes=programmes,
            participations=participations,
            events=events,
        )


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row that was read, with its number in its file (from 1); ``file`` is empty in a source of one file."""

    number: int
    row: Any
    file: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one record is made of, and the rows it came from."""

    origins: tuple[Numbered, ...]
    content: Any

    @property
    def rows(self) -> tuple[int, ...]:
        """The numbers of its rows."""
        return tuple(origin.number for origin in self.origins)

    @property
    def files(self) -> tuple[str, ...]:
        """The file of each of its rows; none in a source of one file."""
        return tuple(origin.file for origin in self.origins if origin.file)


def each_row(tables: tuple[tuple[Numbered, ...], ...]) -> Iterable[Unit]:
    """One unit a row of the source's single table."""
    return (Unit((numbered,), numbered.row) for numbered in tables[0])


@dataclass(frozen=True, slots=True)
class Mapper:
    """How a source's rows become records.

    ``rows`` gives the row class of each of the source's data files, in their order. ``gather`` groups rows into
    units; ``to_record`` makes the record of one unit and raises :class:`~cis_graph.errors.RecordFault` where it cannot.
    """

    source: Source
    rows: tuple[type[SourceRow], ...]
    to_record: Callable[[Any], Record]
    gather: Callable[[tuple[tuple[Numbered, ...], ...]], Iterable[Unit]] = each_row
