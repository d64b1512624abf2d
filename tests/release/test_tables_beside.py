"""What follows from entities, made by processes that are given them."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from cis_graph import processes
from cis_graph.entities.derive import derived_lines
from cis_graph.entities.statements import entity_documents
from cis_graph.entities.ties import tie_lines
from cis_graph.model.network import NetworkFilter
from cis_graph.model.records import Actor
from cis_graph.model.releases import SearchQuestion
from cis_graph.network.opened import Tables
from cis_graph.pipeline import project_house
from cis_graph.release.house import House
from cis_graph.release.network import NETWORK
from cis_graph.release.opened import SEARCH
from cis_graph.release.parts import PARTS, Parts
from cis_graph.release.rows import entity_of, read_rows
from cis_graph.release.tables_beside import tables_beside
from cis_graph.search import writing
from cis_graph.search.index import Index
from tests.support.small_network import BASE, invented_network
from tests.support.worlds import World, later, world


@pytest.mark.parametrize(("may_fork", "is_first"), [(True, False), (False, True)])
def test_entities_that_were_handed_over_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, may_fork: bool, is_first: bool
) -> None:
    """Derived statements and ties are those of the entities themselves; index and tables are there."""
    small = invented_network()
    monkeypatch.setattr(processes, "may_fork", lambda: may_fork)  # the runner of tests may hold threads
    around, iris, parts = small.house.gazetteer.containers, small.house.iris, Parts(tmp_path / "new" / PARTS)
    parts.folder.mkdir(parents=True)
    with tables_beside(small.house, None if is_first else tmp_path, goes_on=False) as made:
        made.begin(tmp_path / "new")
        assert tuple(made.passing(reversed(small.entities), None)) == small.entities[::-1]
        for part in made.parts().values():
            part.wait()
        assert made.counts() == Counter("grant" if one.is_grant else one.kind for one in small.entities)
        made.wait()

    assert parts.lines("derived") == set(derived_lines(small.entities, small.parties, around, iris))
    assert parts.lines("ties") == set(tie_lines(small.parties, around, iris))
    assert parts.lines("ties")
    assert (tmp_path / "new" / SEARCH / "meta.json").exists()
    assert (tmp_path / "new" / NETWORK).exists()


def made_of(place: Path, now: World, before: tuple[Path, World] | None, house: House) -> Path:
    """A release of a world, of which only what changed since another is handed over where there is one."""
    folder, was = before or (None, {})
    changed = {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)} if folder else None
    said = Parts(place / PARTS)
    if folder:
        said.begin(Parts(folder / PARTS))
    said.write("entities", house.context.lines(entity_documents(tuple(now.values()), house.iris), BASE))
    some = [one for name, one in now.items() if changed is None or name in changed]
    with tables_beside(house, folder, goes_on=folder is not None) as made:
        made.begin(place)
        assert [*made.passing(some, changed)] == some
        for part in made.parts().values():
            part.wait()
        assert made.counts()["actor"] == sum(isinstance(one.value, Actor) for one in now.values())
        made.wait()
    return place


def says(place: Path) -> dict[str, object]:
    """What was made, but for positions."""
    found, parts = Index(place / SEARCH), Parts(place / PARTS)
    asked = [SearchQuestion(text=text, kind=kind, sort="name", size=500)
             for text in ("", "acteur", "projet 7") for kind in ("project", "grant", "actor")]  # fmt: skip
    shown = Tables(place / NETWORK).shown(NetworkFilter())
    return {
        "rows": sorted((one.kind, one.key, str(one.value), one.members) for one in map(entity_of, read_rows(place))),
        "parts": [parts.lines(name) for name in ("derived", "ties")],
        "found": [found.search(one) for one in asked],
        "nodes": {replace(node, x=None, y=None) for node in shown.nodes},
        "ties": set(shown.ties),
    }


@pytest.mark.parametrize("seed", range(2))
def test_what_changed_is_enough_where_the_rest_is_there(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over releases of which each is handed what changed since the last: rows, parts, index and tables are whole."""
    monkeypatch.setattr(writing, "_MOST_GONE", 10.0)
    house, dice = project_house(BASE), random.Random(seed)
    now = world(seed)
    last = made_of(tmp_path / "0", now, None, house)
    for number in range(1, 4):
        before, now = (last, now), later(now, dice, 6)
        last = made_of(tmp_path / str(number), now, before, house)

    assert says(last) == says(made_of(tmp_path / "anew", now, None, house))
