"""What is cited is answered as it was, however many releases come after it."""

from dataclasses import replace

import httpx

from cis_graph import pipeline
from cis_graph.release.citations import CitationFolder
from cis_graph.release.shelf import Shelf
from cis_graph.serving import application
from tests.pipeline.conftest import GOOD, Desk
from tests.support.server import served

LABELS = "SELECT ?it ?label WHERE { ?it <http://www.w3.org/2004/02/skos/core#altLabel> ?label } ORDER BY ?it ?label"
RENAME = 'PREFIX skos: <http://www.w3.org/2004/02/skos/core#> INSERT { ?it skos:altLabel "Nom %d"@fr } WHERE { ?it a <https://w3id.org/insoc/ontology#Project> }'


def test_a_query_cited_on_a_release_answers_the_same_five_releases_later(desk: Desk) -> None:
    """The release stays though only the newest is kept; one that nobody cited is gone, and says so."""
    desk.settings = replace(desk.settings, keep_releases=1, query_workers=1)
    desk.hand_over(GOOD)
    desk.publish()
    with (
        served(application(desk.settings), lifespan="on") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        answer = client.post("/q", data={"query": LABELS})
        one = CitationFolder(desk.settings.data).cited(answer.headers["location"].rpartition("/")[2])
        assert one is not None
        past, asked = f"/releases/{one.release}/sparql", {"query": one.query, "format": "csv"}
        before = client.get(past, params=asked).content
        for number in range(5):
            pipeline.patch(desk.settings, RENAME % number, who="Alix", why="more names")

        now = client.get("/sparql", params=asked)
        assert client.get(past, params=asked).content == before
        assert (now.headers["x-release"], now.content == before) == ("6", False)
        assert client.get("/releases/3/sparql").status_code == 410
    assert Shelf(desk.settings.data).numbers() == (6, 1)
