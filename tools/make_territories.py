"""Make the gazetteer's bundled data files from INSEE's code officiel géographique and the communes' points.

The code officiel géographique is read from three unpacked npm packages `@etalab/decoupage-administratif` (6.0.0 for
today, 1.1.1 for the names of 2021, 0.7.0 for the history since 1943); points from a CSV with columns code, lat, lon.
`former-regions.csv` (written by hand) is read from the output folder. The same inputs give the same bytes.
Run it from the project's folder: `python -m tools.make_territories …`.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any

from tools.territory_names import foreign_names, old_names

Json = Mapping[str, Any]
Point = tuple[float, float]

COLUMNS = ("key", "level", "code", "name", "within", "ended", "replaced_by", "lat", "lon", "population", "postcodes")
NAME_COLUMNS = ("name", "key", "kind", "population")
OVERSEAS_ZONES = frozenset({"drom", "com"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One row of the territories file; ``within`` holds keys of direct parents, ``point`` WGS84 degrees."""

    key: str
    level: str
    code: str
    name: str
    within: tuple[str, ...]
    ended: str = ""
    replaced_by: str = ""
    point: Point | None = None
    population: int | None = None
    postcodes: tuple[str, ...] = ()

    def row(self) -> dict[str, str]:
        """The row as text."""
        lat, lon = (f"{value:.4f}" for value in self.point) if self.point else ("", "")
        return {
            "key": self.key,
            "level": self.level,
            "code": self.code,
            "name": self.name,
            "within": " ".join(self.within),
            "ended": self.ended,
            "replaced_by": self.replaced_by,
            "lat": lat,
            "lon": lon,
            "population": "" if self.population is None else str(self.population),
            "postcodes": " ".join(self.postcodes),
        }


def read_json(folder: Path, name: str) -> list[Json]:
    """The rows of one of the package's files."""
    rows: list[Json] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def read_points(path: Path) -> dict[str, Point]:
    """The point of each commune that has one, by code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file) if row["lat"]}


def read_former_regions(path: Path) -> list[dict[str, str]]:
    """The régions of before 2016, each with its successor and its départements."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def countries() -> Iterator[Made]:
    """France, and its overseas part as one area."""
    yield Made(key="pays-fr", level="pays", code="", name="France", within=())
    yield Made(key="pays-om", level="pays", code="", name="Outre-mer", within=("pays-fr",))


def regions(rows: Iterable[Json]) -> Iterator[Made]:
    """Today's régions and the overseas collectivities."""
    for row in rows:
        within = ("pays-fr", "pays-om") if row["zone"] in OVERSEAS_ZONES else ("pays-fr",)
        yield Made(key=f"region-{row['code']}", level="region", code=row["code"], name=row["nom"], within=within)


def former_regions(rows: Iterable[Mapping[str, str]]) -> Iterator[Made]:
    """The régions that ended with 2015, each within the one that took its place."""
    for row in rows:
        successor = f"region-{row['region']}"
        yield Made(
            key=f"region-{row['code']}",
            level="ancienne-region",
            code=row["code"],
            name=row["name"],
            within=(successor,),
            ended="2015-12-31",
            replaced_by=successor,
        )


def departements(rows: Iterable[Json], former: Iterable[Mapping[str, str]]) -> Iterator[Made]:
    """The départements, within their région and their former one."""
    before = {code: f"region-{row['code']}" for row in former for code in row["departements"].split()}
    for row in rows:
        code = row["code"]
        within = {f"region-{row['region']}", before.get(code, f"region-{row['region']}")}
        yield Made(
            key=f"departement-{code}", level="departement", code=code, name=row["nom"], within=tuple(sorted(within))
        )


def communes(rows: Iterable[Json], groups: Iterable[Json], points: Mapping[str, Point]) -> Iterator[Made]:
    """Living communes within EPCI and département, municipal arrondissements within their commune."""
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        for member in group["membres"]:
            parents[member["code"]].add(f"epci-{group['code']}")
    for row in rows:
        code = row["code"]
        if row["type"] == "commune-actuelle":
            within = {f"departement-{row['departement']}", *parents[code]}
        elif row["type"] == "arrondissement-municipal":
            within = {f"commune-{row['commune']}"}
        else:
            continue
        yield Made(
            key=f"commune-{code}",
            level="commune",
            code=code,
            name=row["nom"],
            within=tuple(sorted(within)),
            point=points.get(code),
            population=row.get("population"),
            postcodes=tuple(sorted(row.get("codesPostaux", ()))),
        )


def shared_parents(members: Sequence[Collection[str]]) -> frozenset[str]:
    """What contains every member, given what contains each."""
    return frozenset.intersection(*map(frozenset, members)) if members else frozenset()


def epcis(
    rows: Iterable[Json], around: Mapping[str, frozenset[str]], joint: Mapping[str, frozenset[str]]
) -> Iterator[Made]:
    """EPCI and EPT, within the smallest territories that contain all their communes.

    ``around`` gives départements, régions and countries by commune code; ``joint`` the EPCI by commune code.
    """
    for row in rows:
        key = f"epci-{row['code']}"
        codes = [member["code"] for member in row["membres"]]
        outer = shared_parents([around[code] for code in codes])
        larger = shared_parents([joint[code] for code in codes]) - {key} if row["type"] == "EPT" else frozenset[str]()
        yield Made(
            key=key,
            level="epci",
            code=row["code"],
            name=row["nom"],
            within=tuple(sorted(larger | smallest(outer))),
            population=row.get("populationMunicipale"),
        )


def smallest(outer: frozenset[str]) -> frozenset[str]:
    """The département if there is one, else the régions, else the country."""
    for prefix in ("departement-", "region-", "pays-fr"):
        if found := frozenset(key for key in outer if key.startswith(prefix)):
            return found
    return frozenset()


def closure(made: Mapping[str, Made], key: str) -> frozenset[str]:
    """A territory and all that contains it, as far as known."""
    found, waiting = set[str](), [key]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(made[one].within if one in made else ())
    return frozenset(found)


def summed(made: Mapping[str, Made]) -> dict[str, Made]:
    """Every territory above the commune with the inhabitants of its communes and the mean of their points."""
    inhabitants: defaultdict[str, int] = defaultdict(int)
    points: defaultdict[str, list[Point]] = defaultdict(list)
    for one in made.values():
        if one.level != "commune" or any(parent.startswith("commune-") for parent in one.within):
            continue
        for key in closure(made, one.key) - {one.key}:
            inhabitants[key] += one.population or 0
            if one.point:
                points[key].append(one.point)
    return {key: filled(one, inhabitants.get(key), points.get(key)) for key, one in made.items()}


def filled(one: Made, inhabitants: int | None, points: Sequence[Point] | None) -> Made:
    """The territory with what its communes tell where it says nothing itself."""
    point = (fmean(lat for lat, _ in points), fmean(lon for _, lon in points)) if points else None
    if one.key == "pays-om":
        point = None
    return replace(
        one,
        point=one.point or point,
        population=one.population if one.population is not None else inhabitants,
    )


def territories(current: Path, points: Mapping[str, Point], former: list[dict[str, str]]) -> dict[str, Made]:
    """All territories by key; a key given twice is an error."""
    groups = [*read_json(current, "epci"), *read_json(current, "ept")]
    rows = [
        *countries(),
        *regions(read_json(current, "regions")),
        *former_regions(former),
        *departements(read_json(current, "departements"), former),
        *communes(read_json(current, "communes"), groups, points),
    ]
    made = {one.key: one for one in rows}
    around = {one.code: closure(made, one.key) for one in rows if one.level == "commune"}
    joint = {code: frozenset(key for key in keys if key.startswith("epci-")) for code, keys in around.items()}
    outer = {code: keys - joint[code] for code, keys in around.items()}
    rows += epcis(groups, outer, joint)
    made = {one.key: one for one in rows}
    if len(made) != len(rows):
        raise SystemExit("Two territories have the same key.")
    return summed(made)


def write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows as gzipped CSV whose bytes depend on the rows alone."""
    text = io.StringIO()
    table = csv.DictWriter(text, columns, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))


def main() -> None:
    """Read the packages' folders and write the data files and their sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("current", type=Path, help="package/data of version 6.0.0")
    parser.add_argument("edition_2021", type=Path, help="package/data of version 1.1.1")
    parser.add_argument("history", type=Path, help="package/data of version 0.7.0")
    parser.add_argument("points", type=Path, help="CSV with columns code, lat, lon")
    parser.add_argument("output", type=Path, help="folder to write to, with former-regions.csv in it")
    paths = parser.parse_args()
    points = read_points(paths.points)
    made = territories(paths.current, points, read_former_regions(paths.output / "former-regions.csv"))
    today = read_json(paths.current, "communes")
    editions = [read_json(paths.edition_2021, "communes"), read_json(paths.history, "communes")]
    names = old_names(today, editions, read_json(paths.history, "historique-communes")) | foreign_names()
    write(paths.output / "territories.csv.gz", COLUMNS, (made[key].row() for key in sorted(made)))
    write(
        paths.output / "names.csv.gz", NAME_COLUMNS, ({c: getattr(n, c) for c in NAME_COLUMNS} for n in sorted(names))
    )
    files = ("names.csv.gz", "territories.csv.gz")
    sums = [f"{hashlib.sha256((paths.output / name).read_bytes()).hexdigest()}  {name}\n" for name in files]
    (paths.output / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    print(f"{len(made)} territories, {len(names)} other names")


if __name__ == "__main__":
    main()
