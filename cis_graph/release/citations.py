"""Citations in the data folder, one file each; a release that is cited stays."""

import base64
import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from cis_graph.errors import ReleaseFault
from cis_graph.model.citations import Citation, CitationRefused
from cis_graph.model.releases import ReleaseInformation

CITATIONS = "citations"
LONGEST = 64_000  # characters of a query
MOST = 100_000  # citations
_NAME = re.compile(r"[a-z2-7]{10}")


class CitationFolder:
    """Fulfils :class:`~cis_graph.model.citations.Citations` in a data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def cite(
        self,
        query: str,
        release: ReleaseInformation,
        *,
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> Citation:
        """Keeps a query with a release."""
        said = json.dumps([release.identity, query, default_graphs, named_graphs])
        name = base64.b32encode(hashlib.sha256(said.encode("utf-8", "replace")).digest()).decode().lower()[:10]
        known = self.cited(name)
        if known is not None:
            return known
        if len(query) > LONGEST:
            raise CitationRefused(
                f"The query has {len(query)} characters, at most {LONGEST} are kept",
                french=f"La requête a {len(query)} caractères ; {LONGEST} au plus sont gardés",
            )
        if sum(1 for _ in self._folder.glob("*.json")) >= MOST:
            raise CitationRefused("Too many citations are kept", french="Trop de citations sont gardées")
        one = Citation(
            name=name,
            release=release.number,
            created=release.created,
            canonical_hash=release.canonical_hash,
            query=query,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
        )
        self._write(one)
        return one

    def cited(self, name: str) -> Citation | None:
        """What was cited under a name."""
        path = self._folder / f"{name}.json"
        return _read(path) if _NAME.fullmatch(name) and path.exists() else None

    def releases(self) -> frozenset[int]:
        """The releases that are cited."""
        return frozenset(one.release for one in self._every())

    @property
    def _folder(self) -> Path:
        return self._data / CITATIONS

    def _every(self) -> Iterator[Citation]:
        return map(_read, sorted(self._folder.glob("*.json")))

    def _write(self, one: Citation) -> None:
        """Whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", dir=self._folder, prefix=".", delete=False) as file:
            json.dump(asdict(one), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self._folder / f"{one.name}.json")


def _read(path: Path) -> Citation:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        graphs = {name: tuple(told[name]) for name in ("default_graphs", "named_graphs")}
        return Citation(**(told | graphs))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseFault(f"{path} is no citation as it was written: {error}") from error
