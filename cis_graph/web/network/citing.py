"""How to cite a network: a sentence and BibTeX, both with the release."""

from dataclasses import dataclass

from cis_graph.model.releases import ReleaseInformation

_NAME = "Carrefour des innovations sociales"


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: the address of a network, in a release, under a title in the reader's language."""

    title: str
    address: str
    release: ReleaseInformation

    def sentence(self, version: str) -> str:
        """Author, year, title, version, address, as APA has it; ``version`` names the release."""
        return f"{_NAME} ({self.release.created[:4]}). {self.title} ({version}). {self.address}"

    def bibtex(self) -> str:
        """An entry for a list of references."""
        number, day = self.release.number, self.release.created[:10]
        fields = {
            "author": f"{{{_NAME}}}",
            "title": self.title,
            "year": day[:4],
            "version": str(number),
            "note": f"release {number}, {day}, {self.release.canonical_hash[:12]}",
            "url": self.address.translate(_ESCAPED),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{carrefour-network-{number},\n{lines}}}"


_ESCAPED = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
