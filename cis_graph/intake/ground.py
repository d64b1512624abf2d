"""What a contributor's data are held against: words, places, concepts, and the kinds of all that records may cite."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from cis_graph.concepts.labels import Labels
from cis_graph.concepts.suggest import Nearness, Suggestions
from cis_graph.rdf.reference import stub_lines
from cis_graph.release.house import House
from cis_graph.resolution.resolve import Resolution
from cis_graph.territories.resolver import Resolver

_IRI = re.compile(rb"<([^>\s]+)>")


def resolution_of(house: House, curation: Path, nearness: Nearness | None = None) -> Resolution:
    """How the words of records are resolved: with the house's places and concepts, and the labels of ``curation``.

    With ``nearness``, unknown labels get suggestions by their meaning too.
    """
    return _labelled(Resolver(house.gazetteer), house, curation, nearness)


def _labelled(places: Resolver, house: House, curation: Path, nearness: Nearness | None = None) -> Resolution:
    keys, words = house.schemes.keys, house.schemes.words
    labels = Labels.load(curation / "labels", keys, words=words, elsewhere=curation / "known-labels.csv")
    return Resolution(places, labels, Suggestions.load(words, labels.known, nearness))


@dataclass(frozen=True)
class Ground:
    """A house and its resolution, with what is known of the kinds of whatever records may cite."""

    house: House
    resolution: Resolution
    kinds: Mapping[bytes, Sequence[bytes]] = field(repr=False)

    @classmethod
    def of(cls, house: House, curation: Path) -> Self:
        """The ground that a house stands on."""
        return cls(house, resolution_of(house, curation), _kinds(house))

    def labelled(self, curation: Path) -> Self:
        """The same ground with the labels of ``curation`` as they are now."""
        return replace(self, resolution=_labelled(self.resolution.places, self.house, curation))

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
