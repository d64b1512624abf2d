"""What a contributor's data are held against: words, places, concepts, and the kinds of all that records may cite."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from cis_graph.concepts.suggest import Nearness, Suggestions
from cis_graph.concepts.tables import LabelTables
from cis_graph.rdf.reference import stub_lines
from cis_graph.release.house import House
from cis_graph.resolution.resolve import Resolution
from cis_graph.territories.resolver import Resolver

_IRI = re.compile(rb"<([^>\s]+)>")


def resolution_of(house: House, tables: LabelTables, nearness: Nearness | None = None) -> Resolution:
    """How the words of records are resolved: with the house's places and concepts, and the labels of some tables.

    With ``nearness``, unknown labels get suggestions by their meaning too.
    """
    return _labelled(Resolver(house.gazetteer), house, tables, nearness)


def _labelled(places: Resolver, house: House, tables: LabelTables, nearness: Nearness | None = None) -> Resolution:
    labels = tables.labels(house.schemes.keys, house.schemes.words)
    return Resolution(places, labels, Suggestions.load(house.schemes.words, labels.known, nearness))


@dataclass(frozen=True)
class Ground:
    """A house and its resolution, with what is known of the kinds of whatever records may cite."""

    house: House
    resolution: Resolution
    kinds: Mapping[bytes, Sequence[bytes]] = field(repr=False)

    @classmethod
    def of(cls, house: House, tables: LabelTables) -> Self:
        """The ground that a house stands on."""
        return cls(house, resolution_of(house, tables), _kinds(house))

    def labelled(self, tables: LabelTables) -> Self:
        """The same ground with labels as the tables have them now."""
        return replace(self, resolution=_labelled(self.resolution.places, self.house, tables))

    def stubs(self, texts: Iterable[bytes], contributor: str) -> bytes:
        """The kinds of whatever these statements cite, and of the contributor, as N-Triples."""
        cited = {iri for text in texts for iri in _IRI.findall(text)}
        cited.add(self.house.iris.entity("contributor", contributor).encode())
        told = stub_lines((), (), (contributor,), self.house.iris).splitlines()
        return b"\n".join([*told, *(line for iri in sorted(cited) for line in self.kinds.get(iri, ()))])


def _kinds(house: House) -> Mapping[bytes, Sequence[bytes]]:
    kinds: dict[bytes, list[bytes]] = {}
    for line in stub_lines(house.vocabulary, house.gazetteer.territories, (), house.iris).split(b"\n"):
        kinds.setdefault(line[1 : line.index(b">")], []).append(line)
    return kinds
