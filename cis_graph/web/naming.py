"""The names of concepts and contributors, as filters and facets show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from cis_graph.model.releases import OpenRelease
from cis_graph.web.addresses import Addresses
from cis_graph.web.facts import listed

_SCHEMES = {"type": "actor-type"}  # of filters that go by another name


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by ``kind/key`` of a release in one language, in order of name, and the tree of concepts."""

    names: Mapping[str, str]
    above: Mapping[str, str]

    def of(self, name: str, key: str) -> str:
        """The name of a filter's key; the key where nobody named it."""
        return self.names.get(f"{_SCHEMES.get(name, name)}/{key}", key)

    def under(self, name: str) -> Mapping[str, str]:
        """The names of all that a filter may choose, by key."""
        start = f"{_SCHEMES.get(name, name)}/"
        return {place.removeprefix(start): text for place, text in self.names.items() if place.startswith(start)}

    def parent(self, name: str, key: str) -> str:
        """The key of the broader concept, empty at the top."""
        return self.above.get(f"{_SCHEMES.get(name, name)}/{key}", "").partition("/")[2]


def read_names(release: OpenRelease, addresses: Addresses, language: str) -> Names:
    """All names that may be shown; those of another language where a thing has none in this one."""
    rows = release.rows("pages/names")

    def place(iri: str) -> str:
        return "/".join(addresses.split(iri))

    broader = ((row["item"].value, row["above"].value) for row in rows if "above" in row)
    return Names(
        names={place(link.iri): link.text.value for link in listed(rows, language, addresses)},
        above={place(iri): place(above) for iri, above in broader},
    )
