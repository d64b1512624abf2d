"""The reference sets: the same bytes every time, as hard as real records, and mapped like them."""

import json
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from benchmarks.reference import dirt
from benchmarks.reference.actors import Actors, RealActor
from benchmarks.reference.dice import Dice
from benchmarks.reference.generate import Arguments, fingerprint, generate
from benchmarks.reference.habits import contributors
from benchmarks.reference.land import Land
from benchmarks.reference.mappers import mappers
from benchmarks.reference.projects import MANY, MOST_PARTNERS, Projects
from benchmarks.reference.rows import actors as actors_cell
from benchmarks.reference.sets import NAMED
from cis_graph.concepts.labels import Labels
from cis_graph.errors import ValueFault
from cis_graph.harvest.bundled import harvest_bundled
from cis_graph.harvest.snapshots import Snapshots
from cis_graph.harvest.state import source_state
from cis_graph.model.records import Record
from cis_graph.rdf.schemes import load_schemes
from cis_graph.resolution.resolve import Resolution
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.resolver import Resolver

SMALL = Arguments(projects=120)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of 120 projects."""
    folder = tmp_path_factory.mktemp("set") / "small"
    generate(SMALL, folder)
    return folder


@pytest.fixture(scope="module")
def thousand() -> tuple[Actors, Projects]:
    """The actors and projects of S."""
    arguments = NAMED["S"].arguments
    land = Land(arguments.seed)
    actors = Actors(land, arguments.seed, 625)
    return actors, Projects(land, actors, arguments.seed)


@pytest.fixture(scope="module")
def records(small: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Record]:
    """The small set's records by contributor and key, harvested and mapped like any other."""
    snapshots, found = Snapshots(tmp_path_factory.mktemp("data")), dict[str, Record]()
    for mapper in mappers(small):
        harvest_bundled(mapper.source, small / "bundle", snapshots)
        for record in source_state(mapper, snapshots, None).records:
            found[f"{record.contributor}/{record.key}"] = record
    return found


def told(folder: Path, name: str) -> list[dict[str, Any]]:
    """The lines of one truth file."""
    lines = (folder / "truth" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_set_s_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Two runs give what the file of hashes says."""
    for name in ("first", "second"):
        generate(NAMED["S"].arguments, tmp_path / name)
        assert NAMED["S"].hashes == fingerprint(tmp_path / name)


@pytest.mark.parametrize("other", [Arguments(projects=120, seed=1), Arguments(projects=120, profile=1)])
def test_another_seed_or_profile_is_another_set(other: Arguments, small: Path, tmp_path: Path) -> None:
    """Nothing that is learnt on one is known of the other."""
    generate(other, tmp_path / "other")

    assert fingerprint(small)["bundle"] != fingerprint(tmp_path / "other")["bundle"]


def test_a_second_harvest_changes_the_share_of_records_asked_for(small: Path, tmp_path: Path) -> None:
    """The truth stays, the records are as many, and about one in five tells more."""
    generate(Arguments(projects=120, changed=0.2), tmp_path / "later")
    files = {path.relative_to(tmp_path / "later") for path in (tmp_path / "later" / "bundle").rglob("*-0*")}
    lines = [
        [line for name in files for line in (folder / name).read_bytes().splitlines()]
        for folder in (small, tmp_path / "later")
    ]

    assert fingerprint(small)["truth"] == fingerprint(tmp_path / "later")["truth"]
    assert 0.1 < sum(a != b for a, b in zip(*lines, strict=True)) / len(told(small, "records")) < 0.3


def test_half_of_projects_have_up_to_three_partners_and_some_have_three_hundred(
    thousand: tuple[Actors, Projects],
) -> None:
    """Partners are as many as those of real projects."""
    counts = [len(thousand[1].get(number).partners) for number in range(MANY)]

    assert 3 == median(counts)
    assert MOST_PARTNERS == max(counts)
    assert sum(count > 30 for count in counts) >= 3


def test_no_two_organisations_have_one_name_in_one_town(thousand: tuple[Actors, Projects]) -> None:
    """Homonyms are in other towns, so that what the truth tells apart can be told apart."""
    everybody = [thousand[0].get(number) for number in range(thousand[0].count)]
    names = Counter(actor.name for actor in everybody)
    places = Counter((actor.name, actor.town.commune.key) for actor in everybody)

    assert max(places.values()) == 1
    assert sum(count > 1 for count in names.values()) >= 10


def test_branches_share_the_siren_of_their_head(thousand: tuple[Actors, Projects]) -> None:
    """A SIREN is not proof: some are of many branches, all others of one organisation."""
    everybody = [thousand[0].get(number) for number in range(thousand[0].count)]
    sirens = Counter(actor.siren for actor in everybody)
    shared: list[RealActor] = [actor for actor in everybody if sirens[actor.siren] > 1]

    assert shared
    assert {"branch"} == {actor.kind for actor in shared}


def test_editions_and_twins_are_other_projects(thousand: tuple[Actors, Projects]) -> None:
    """What could be taken for the project before it says so in the truth, and differs in time or place."""
    projects = {project.id: project for project in map(thousand[1].get, range(200))}
    editions = [project for project in projects.values() if project.edition_of]
    twins = [project for project in projects.values() if project.twin_of]

    assert all(projects[one.edition_of or ""].started < one.started for one in editions)
    assert all(projects[one.twin_of or ""].title == one.title for one in twins)
    assert all(projects[one.twin_of or ""].town != one.town for one in twins)
    assert len(editions) == 8
    assert len(twins) >= 9


def test_every_record_of_the_truth_is_mapped(small: Path, records: dict[str, Record]) -> None:
    """Files of every shape and encoding lose no record, and name as many partners as the truth says."""
    truth = {one["record"]: one for one in told(small, "records")}

    assert truth.keys() == records.keys()
    for name, record in records.items():
        nodes = {actor.node for actor in record.actors}
        assert ("porteur" in nodes) == (truth[name]["lead"] is not None), name
        assert {f"acteur-{n}" for n, _ in enumerate(truth[name]["partners"], 1)} == nodes - {"porteur"}, name


def test_all_shapes_of_files_are_there(small: Path) -> None:
    """CSV by three delimiters in three encodings, workbooks, JSON, and a register in two tables."""
    known = contributors(SMALL.profile)

    assert {";", ",", "\t"} <= {one.delimiter for one in known}
    assert {"utf-8", "utf-8-sig", "cp1252"} <= {one.encoding for one in known}
    assert {".csv", ".xlsx", ".json"} == {path.suffix for path in (small / "bundle").rglob("*-0*")}
    assert len(known) == 20


def test_most_places_and_labels_are_resolved_and_some_are_not(small: Path, records: dict[str, Record]) -> None:
    """The words are those of real records: nearly all are known, and none is certain."""
    schemes = load_schemes()
    labels = Labels.load(small / "curation" / "labels", schemes.keys, words=schemes.words)
    resolution = Resolution(Resolver(Gazetteer.load()), labels)
    truth = {one["record"]: one["territory"] for one in told(small, "records")}
    resolved = {name: resolution.resolve(record, "test")[0].projects[0] for name, record in records.items()}
    places = [(name, {place.territory for place in one.places}) for name, one in resolved.items() if one.places]
    right = sum(truth[name] in found for name, found in places)

    assert 0.9 < right / len(places)
    assert 0.8 < sum(bool(one.themes) for one in resolved.values()) / len(resolved) < 1


@pytest.mark.parametrize("text", ["", "{}", "[1]", "[", '{"nom": "A"}', "null"])
def test_a_cell_that_is_no_list_of_actors_is_refused(text: str) -> None:
    """A portal's cell with anything else loses its value, not its record."""
    with pytest.raises(ValueFault):
        actors_cell(text)


def test_a_word_is_mistyped_in_one_place() -> None:
    """One letter is lost, doubled, exchanged or wrong; short texts stay."""
    dice = Dice("typing")
    found = {dirt.mistyped("Recyclerie", dice) for _ in range(200)}

    assert all(abs(len(one) - len("Recyclerie")) <= 1 for one in found)
    assert len(found) > 20
    assert dirt.mistyped("AMAP", dice) == "AMAP"
