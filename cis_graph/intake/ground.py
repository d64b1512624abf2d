"""What a contributor's data are held against: words, places, concepts, and the kinds of all that records may cite."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cis_graph.concepts.labels import Labels
from cis_graph.concepts.suggest import Suggestions
from cis_graph.rdf.reference import stub_lines
from cis_graph.release.house import House
from cis_graph.resolution.resolve import Resolution
from cis_graph.territories.resolver import Resolver

_IRI = re.compile(rb"<([^>\s]+)>")


def resolution_of(house: House, curation: Path) -> Resolution:
    """How the words of records are resolved: with the house's places and concepts, and the labels of ``curation``."""
    keys, words = house.schemes.keys, house.schemes.words
    labels = Labels.load(curation / "labels", keys, words=words, elsewhere=curation / "known-labels.csv")
    return Resolution(Resolver(house.gazetteer), labels, Suggestions.load(words, labels.known))


@dataclass(frozen=True)
class Ground:
    """A house and its resolution, with the stubs of what a few records cite."""

    house: House
    resolution: Resolution

    def stubs(self, texts: Iterable[bytes], contributor: str) -> bytes:
        """The kinds of whatever these statements cite, and of the contributor, as N-Triples."""
        cited = {iri for text in texts for iri in _IRI.findall(text)}
        cited.add(self.house.iris.entity("contributor", contributor).encode())
        told = stub_lines((), (), (contributor,), self.house.iris).splitlines()
        return b"\n".join([*told, *(line for iri in sorted(cited) for line in self._kinds.get(iri, ()))])

    @cached_property
    def _kinds(self) -> dict[bytes, list[bytes]]:
        kinds: dict[bytes, list[bytes]] = {}
        for line in stub_lines(self.house.vocabulary, self.house.gazetteer.territories, (), self.house.iris).split(
            b"\n"
        ):
            kinds.setdefault(line[1 : line.index(b">")], []).append(line)
        return kinds
