"""Blue and green: a release is filled beside the one that is served, and switched to when it is whole."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from cis_graph import pipeline
from cis_graph.errors import ReleaseFault, StoreFault
from cis_graph.model.releases import SearchQuestion
from cis_graph.release.datasets import DATASETS, Datasets
from cis_graph.release.shelf import Shelf
from cis_graph.serving import application
from cis_graph.settings import Settings
from cis_graph.store.endpoint import Endpoint, Server
from tests.pipeline.conftest import GOOD, Desk
from tests.support.server import served
from tests.support.sparql_servers import SERVERS, oxigraph_server

NOTE = "http://www.w3.org/2004/02/skos/core#note"


def with_store(settings: Settings, endpoints: list[Endpoint]) -> Settings:
    """The settings with two datasets."""
    return replace(
        settings,
        store=tuple(one.query for one in endpoints),
        store_update=tuple(one.update for one in endpoints),
        store_default_graph=endpoints[0].default_graph,
    )


@pytest.fixture(params=SERVERS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk with one release in the first of two datasets of each real server."""
    with ExitStack() as running:
        desk = Desk(tmp_path)
        endpoints = [running.enter_context(SERVERS[request.param]()) for _ in range(2)]
        desk.settings = with_store(desk.settings, endpoints)
        desk.hand_over(GOOD)
        desk.publish()
        yield desk


def patch(desk: Desk, note: str) -> int:
    """A release more, which says the note."""
    update = f'INSERT DATA {{ <urn:note> <{NOTE}> "{note}" }}'
    return pipeline.patch(desk.settings, update, who="Alix", why="a note").number


def held(settings: Settings) -> list[int | None]:
    """The number of the release in each dataset."""
    told = json.loads((settings.data / DATASETS).read_text(encoding="utf-8"))
    identities = [told.get(address, "") for address in settings.store]
    return [int(one.split()[0]) if one else None for one in identities]


def test_publications_take_turns(desk: Desk) -> None:
    """Each goes to the dataset that is not served, is answered from there, and leaves the one before queryable."""
    assert held(desk.settings) == [1, None]
    with served(application(desk.settings), lifespan="on") as address, httpx.Client(base_url=address) as client:

        def notes(path: str = "") -> tuple[int, int]:
            asked = {"query": f"SELECT ?o {{ <urn:note> <{NOTE}> ?o }}", "format": "csv"}
            answer = client.get(f"{path}/sparql", params=asked)
            return answer.status_code, len(answer.text.split()) - 1

        assert notes() == (200, 0)
        assert [patch(desk, str(number)) for number in (2, 3)] == [2, 3]
        assert held(desk.settings) == [3, 2]
        assert (notes(), notes("/releases/2")) == ((200, 2), (200, 1))
        gone = client.get("/releases/1/sparql", params={"query": "ASK {}"})
        assert (gone.status_code, gone.json()["type"].rpartition("/")[2]) == (410, "release-not-queryable")
        pipeline.rollback(desk.settings)
        assert (held(desk.settings), notes()) == ([3, 2], (200, 1))
        pipeline.rollback(desk.settings, 1)
        assert (held(desk.settings), notes()) == ([1, 2], (200, 0))


LABELS = "SELECT ?s ?l { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } ORDER BY STR(?s) STR(?l) LANG(?l)"
PATHS = (
    "/", "/search?q=ruche", "/contributors", "/network.json", "/queries/themes-count.csv", "/theme/sante", "/data",
    "/territory/departement-69", "/theme/sante.nt", "/.well-known/void?format=nt", "/methods", "/sitemap-1.xml",
    f"/sparql?format=csv&query={quote(LABELS)}",
)  # fmt: skip


def test_pages_and_data_are_those_of_the_store_in_here(desk: Desk) -> None:
    """The same bytes, whether a server holds the graph or the release's own store.

    No point is among them: Virtuoso makes geometries of its own of them, of single precision.
    """
    within = replace(desk.settings, store=(), store_update=())
    release = Shelf(desk.settings.data).current()
    assert release is not None
    key = release.search(SearchQuestion(text="ruche", kind="project")).hits[0].key
    paths = (*PATHS, f"/project/{key}", f"/project/{key}.ttl", f"/project/{key}.trig", f"/en/project/{key}")
    with served(application(desk.settings), lifespan="on") as remote, served(application(within), lifespan="on") as own:
        for path in paths:
            answers = [httpx.get(f"{one}{path}", headers={"host": "x"}) for one in (remote, own)]
            assert [one.status_code for one in answers] == [200, 200], path
            assert answers[0].content == answers[1].content, path


def test_a_dataset_that_was_cut_short_is_filled_anew(tmp_path: Path) -> None:
    """A publication that fails leaves what is served; the next one counts, finds the difference wrong, and starts anew."""
    with oxigraph_server() as blue, oxigraph_server() as green:
        desk = Desk(tmp_path)
        desk.settings = with_store(desk.settings, [blue, green])
        desk.hand_over(GOOD)
        desk.publish()
        away = replace(desk.settings, store_update=(blue.update, "http://127.0.0.1:9/"))
        desk.settings, given = away, desk.settings
        with pytest.raises(StoreFault):
            patch(desk, "a")
        assert (Shelf(away.data).current_number(), Shelf(away.data).numbers(), held(away)) == (1, (1,), [1, None])
        desk.settings = given
        patch(desk, "b")
        server = Server(seconds=5)
        server.update(blue, "INSERT DATA { <urn:stray> <urn:p> 1 }", seconds=5)
        patch(desk, "c")
        store = Datasets(given, server).store_of(Shelf(given.data).place(3))
        assert held(given) == [3, 2]
        assert store.quads(subject="urn:stray") == []
        assert len(store.quads(subject="urn:note")) == 2
        with pytest.raises(ReleaseFault, match="stands in no dataset"):
            Datasets(given, server).store_of(Shelf(given.data).place(1))
        server.close()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"a": 1}'])
def test_a_damaged_pointer_serves_nothing_wrong(tmp_path: Path, damage: str) -> None:
    """Where it is not known what a dataset holds, nobody is answered from it."""
    desk = Desk(tmp_path)
    desk.hand_over(GOOD)
    desk.publish()
    (desk.settings.data / DATASETS).write_text(damage, encoding="utf-8")
    settings, server = replace(desk.settings, store=("http://a.example/", "http://b.example/")), Server(seconds=1)
    with pytest.raises(ReleaseFault, match="stands in no dataset"):
        Datasets(settings, server).store_of(Shelf(settings.data).place(1))
    server.close()
