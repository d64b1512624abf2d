"""The territories of France as the bundled data files tell them."""

import csv
import gzip
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Self, cast, get_args

from cis_graph import resources
from cis_graph.errors import CisGraphError
from cis_graph.model.places import Level

_ROWS = "territories.csv.gz"
_NAMES = "names.csv.gz"
_ALIASES = "aliases.csv"
_SUMS = "SHA256SUMS"
_LEVELS = frozenset(get_args(Level))


class GazetteerFault(CisGraphError):
    """The gazetteer's data files are absent, damaged or not the ones that were made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """One territory of the code officiel géographique.

    ``within`` holds the keys of its direct parents, ``ended`` the last day of a former région (ISO 8601), and
    ``replaced_by`` the key of its successor. The point is in WGS84 degrees: the town hall or a point on the surface for
    a commune, the mean of its communes' points for anything larger. Postcodes are those of communes alone.
    """

    key: str
    level: Level
    code: str | None
    name: str
    within: tuple[str, ...]
    ended: str | None
    replaced_by: str | None
    latitude: float | None
    longitude: float | None
    population: int | None
    postcodes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    """A name or code of a territory beside its official one; no ``key`` when it names a place abroad or nothing.

    ``kind`` is ``alias``, ``renamed``, ``former-name``, ``delegated`` or ``former-code``; without key ``country``,
    ``abroad`` (a city) or ``unplaced`` (no official territory: ``inconnu``, ``Massif central``).
    ``population`` is what a merged commune counted, when known.
    """

    name: str
    key: str | None
    kind: str
    population: int | None


class Gazetteer:
    """All territories by key, and what lies within what."""

    def __init__(
        self, territories: Mapping[str, Territory], other_names: tuple[OtherName, ...], fingerprint: str
    ) -> None:
        self.territories: Mapping[str, Territory] = MappingProxyType(dict(territories))
        self.other_names = other_names
        self.fingerprint = fingerprint
        self._containers: dict[str, frozenset[str]] = {}
        self._check_links()

    @classmethod
    def load(cls, folder: Path = resources.TERRITORIES) -> Self:
        """The gazetteer of a folder; raises ``GazetteerFault`` when its files are not as they were made."""
        contents = {name: _read(folder / name) for name in (_ROWS, _NAMES, _ALIASES)}
        _check_sums(folder, contents)
        try:
            territories = {row["key"]: _territory(row) for row in _rows(contents[_ROWS])}
            names = tuple(_name(row) for file in (_NAMES, _ALIASES) for row in _rows(contents[file]))
        except (KeyError, ValueError, TypeError, OSError, EOFError, zlib.error, csv.Error) as error:
            raise GazetteerFault(f"A file of {folder} is not as it was made: {error}") from error
        fingerprint = hashlib.sha256(b"".join(contents.values())).hexdigest()
        return cls(territories, names, fingerprint)

    def containers(self, key: str) -> frozenset[str]:
        """The keys of all that contains a territory, itself included; ``KeyError`` for an unknown key."""
        if (known := self._containers.get(key)) is None:
            parents = self.territories[key].within
            known = frozenset((key,)).union(*(self.containers(parent) for parent in parents))
            self._containers[key] = known
        return known

    def contains(self, outer: str, inner: str) -> bool:
        """Whether ``inner`` lies wholly within ``outer``; a territory contains itself."""
        return outer in self.containers(inner)

    @cached_property
    def communes(self) -> Mapping[str, frozenset[str]]:
        """The communes that lie in each territory, by its key; municipal arrondissements are left out."""
        whole = {key for key, one in self.territories.items() if one.level == "commune" and not is_arrondissement(one)}
        return {key: keys & whole for key, keys in self._contents.items()}

    def within(self, outer: str) -> frozenset[str]:
        """The keys of all that lies wholly within a territory, itself included."""
        return self._contents.get(outer, frozenset())

    @cached_property
    def _contents(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for key in self.territories:
            for outer in self.containers(key):
                found.setdefault(outer, set()).add(key)
        return {key: frozenset(keys) for key, keys in found.items()}

    @cached_property
    def divided(self) -> frozenset[str]:
        """The communes that have municipal arrondissements."""
        parts = (one for one in self.territories.values() if is_arrondissement(one))
        return frozenset(parent for part in parts for parent in part.within)

    def departement(self, key: str) -> str | None:
        """The code of the département a territory lies in, if it lies in one."""
        codes = [outer for outer in self.containers(key) if outer.startswith("departement-")]
        return codes[0].removeprefix("departement-") if codes else None

    def _check_links(self) -> None:
        for territory in self.territories.values():
            for parent in territory.within:
                if parent not in self.territories:
                    raise GazetteerFault(f"{_ROWS}, {territory.key}: its parent {parent} is not in the file")
        for name in self.other_names:
            if name.key is not None and name.key not in self.territories:
                raise GazetteerFault(f"The name {name.name!r} is given to {name.key}, which is not in {_ROWS}")


def is_arrondissement(territory: Territory) -> bool:
    """Whether a territory is a municipal arrondissement, that is, lies in a commune."""
    return any(parent.startswith("commune-") for parent in territory.within)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GazetteerFault(f"{path} cannot be read ({error.strerror}): install the package again") from error


def _check_sums(folder: Path, contents: Mapping[str, bytes]) -> None:
    lines = _read(folder / _SUMS).decode(errors="replace").splitlines()
    sums = {name: expected for expected, _, name in (line.partition("  ") for line in lines)}
    for name in (_ROWS, _NAMES):
        if sums.get(name) != hashlib.sha256(contents[name]).hexdigest():
            raise GazetteerFault(f"{folder / name} is not the file that was made: its SHA-256 differs from {_SUMS}")


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    text = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    return csv.DictReader(text.decode().splitlines())


def _territory(row: Mapping[str, str]) -> Territory:
    if row["level"] not in _LEVELS:
        raise ValueError(f"{row['key']}: {row['level']!r} is no level")
    return Territory(
        key=row["key"],
        level=cast("Level", row["level"]),
        code=row["code"] or None,
        name=row["name"],
        within=tuple(row["within"].split()),
        ended=row["ended"] or None,
        replaced_by=row["replaced_by"] or None,
        latitude=float(row["lat"]) if row["lat"] else None,
        longitude=float(row["lon"]) if row["lon"] else None,
        population=int(row["population"]) if row["population"] else None,
        postcodes=tuple(row["postcodes"].split()),
    )


def _name(row: Mapping[str, str]) -> OtherName:
    population = row.get("population")
    return OtherName(
        name=row["name"],
        key=row["key"] or None,
        kind=row["kind"],
        population=int(population) if population else None,
    )
