"""How to cite a network: a sentence and BibTeX, both with the release."""

from dataclasses import dataclass

from cis_graph.model.releases import ReleaseInformation
from cis_graph.web.references import NAME, bibtex


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: the address of a network, in a release, under a title in the reader's language."""

    title: str
    address: str
    release: ReleaseInformation

    def sentence(self, version: str) -> str:
        """Author, year, title, version, address, as APA has it; ``version`` names the release."""
        return f"{NAME} ({self.release.created[:4]}). {self.title} ({version}). {self.address}"

    def bibtex(self) -> str:
        """An entry for a list of references."""
        told, url = self.release, self.address.translate(_ESCAPED)
        return bibtex(
            f"network-{told.number}",
            self.title,
            url,
            release=told.number,
            created=told.created,
            canonical_hash=told.canonical_hash,
        )


_ESCAPED = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
