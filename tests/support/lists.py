"""List mappers under test: our facts in the shape of the source's files, as a harvest reads them."""

from dataclasses import replace
from functools import cached_property

from cis_graph.harvest.reading import read
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.source import Mapper
from cis_graph.mapping.tables import Table
from cis_graph.resources import DEMONSTRATION


class Lists:
    """The bundled facts of a source, and what its mapper makes of them; ``small`` is the mapper of one file alone."""

    def __init__(self, mapper: Mapper, small: Mapper) -> None:
        self._mapper, self._small = mapper, small
        self._alone: dict[int, Mapped] = {}

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The files' tables."""
        source = self._mapper.source
        read_in = (read(file, (DEMONSTRATION / source.slug / file.name).read_bytes()) for file in source.data)
        return tuple(content for content in read_in if isinstance(content, Table))

    @cached_property
    def mapped(self) -> Mapped:
        """What the mapper makes of all files."""
        return run(self._mapper, self.tables)

    def alone(self, number: int) -> Mapped:
        """What the mapper makes of one file."""
        if number not in self._alone:
            kept = (table if at == number else replace(table, rows=()) for at, table in enumerate(self.tables))
            self._alone[number] = run(self._small, tuple(kept))
        return self._alone[number]
