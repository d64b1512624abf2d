"""Writes a set: what twenty contributors hand over, what people decided on their labels, and the truth behind it.

::

    index.json                     arguments, files, counts
    bundle/<contributor>/          its files and snapshot.json, as the harvest finds them
    curation/                      labels to concepts
    truth/records.jsonl            record -> project, lead, partners, territory, themes
    truth/projects.jsonl           project -> title, lead, partners with roles, commune, what it could be taken for
    truth/actors.jsonl             actor -> name, other names, identifiers, commune
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any, TextIO

from benchmarks.reference.actors import Actors, RealActor
from benchmarks.reference.descriptions import Narrator, changed
from benchmarks.reference.dialects import Handover
from benchmarks.reference.dice import Dice
from benchmarks.reference.habits import Habits, contributors
from benchmarks.reference.labels import write_curation
from benchmarks.reference.land import Land
from benchmarks.reference.mappers import INDEX
from benchmarks.reference.projects import Projects, RealProject

RETRIEVED = "2026-11-22T00:00:00Z"
_DESCRIPTIONS = (1, 2, 3, 4, 5, 6)
_SHARES = tuple(accumulate((60, 22, 10, 5, 2, 1)))
_TWICE = 0.06  # how often a contributor tells of a project a second time
_PROJECTS_PER_ACTOR = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What makes a set: the same arguments give the same bytes.

    ``profile`` is the seed of the contributors' habits. ``changed`` is the share of records that tell more than they
    did, for a second harvest of the same set.
    """

    projects: int
    seed: int = 2026
    profile: int = 7
    changed: float = 0.0


def generate(arguments: Arguments, folder: Path) -> Counter[str]:
    """Writes the set into a new folder; how many records of each contributor."""
    land = Land(arguments.seed)
    actors = Actors(land, arguments.seed, int(arguments.projects / _PROJECTS_PER_ACTOR))
    projects = Projects(land, actors, arguments.seed)
    known = contributors(arguments.profile)
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        told, real, who = (stack.enter_context(_truth(folder, name)) for name in ("records", "projects", "actors"))
        handovers = {habits.name: _handover(folder, habits) for habits in known}
        narrator = Narrator(land, actors, arguments.seed)
        for project in map(projects.get, range(arguments.projects)):
            _write(real, _project(project))
            for habits in _tellers(project, known, arguments.seed):
                counts[habits.name] += 1
                description, truth = narrator.tell(project, habits, counts[habits.name])
                dice = Dice(arguments.seed, "change", truth.record)
                if dice.chance(arguments.changed):
                    description = changed(description, dice)
                handovers[habits.name].add(description)
                _write(told, asdict(truth))
        for number in range(actors.count):
            _write(who, _actor(actors.get(number)))
    files = {name: handover.close() for name, handover in handovers.items()}
    write_curation(folder / "curation", known, arguments.seed)
    index = {**asdict(arguments), "records": counts.total(), "actors": actors.count, "files": files}
    (folder / INDEX).write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    return counts


def fingerprint(folder: Path) -> dict[str, str]:
    """The SHA-256 of all that contributors hand over, and of the truth."""
    return {name: _sum(sorted((folder / name).rglob("*.*")), folder) for name in ("bundle", "truth")}


def _sum(paths: list[Path], folder: Path) -> str:
    digest = sha256()
    for path in paths:
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    return digest.hexdigest()


def _tellers(project: RealProject, known: tuple[Habits, ...], seed: int) -> Iterator[Habits]:
    """Who tells of a project; now and then one of them twice."""
    dice = Dice(seed, "tellers", project.id)
    region = project.town.region.code
    able = [one for one in known if not one.regions or region in one.regions]
    weights = tuple(accumulate(one.weight for one in able))
    count, chosen = dice.weighted(_DESCRIPTIONS, _SHARES), set[str]()
    while count:
        habits = dice.weighted(able, weights)
        if habits.name not in chosen or dice.chance(_TWICE):
            chosen.add(habits.name)
            count -= 1
            yield habits


def _handover(folder: Path, habits: Habits) -> Handover:
    place = folder / "bundle" / habits.name
    place.mkdir(parents=True)
    (place / "snapshot.json").write_text(json.dumps({"retrieved": RETRIEVED}) + "\n", encoding="utf-8")
    return Handover(place, habits)


def _truth(folder: Path, name: str) -> TextIO:
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    return (folder / "truth" / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n")


def _write(file: TextIO, line: dict[str, Any]) -> None:
    file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _project(project: RealProject) -> dict[str, Any]:
    return {
        "project": project.id,
        "title": project.title,
        "lead": project.lead.id,
        "partners": [[one.actor.id, one.role, one.since] for one in project.partners],
        "commune": project.town.commune.key,
        "edition_of": project.edition_of,
        "twin_of": project.twin_of,
    }


def _actor(actor: RealActor) -> dict[str, Any]:
    return {
        "actor": actor.id,
        "kind": actor.kind,
        "name": actor.name,
        "others": actor.others,
        "type": actor.type,
        "siren": actor.siren,
        "rna": actor.rna,
        "commune": actor.town.commune.key,
    }
