import json
import shutil

import pytest

from tests.comunica.federation import PACKAGE, QUERY, RUN, Run, federated

KEPT = json.loads(RUN.read_text(encoding="utf-8"))
RDF = {"text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "application/trig"}


@pytest.fixture(scope="module")
def run() -> Run:
    """A run of today."""
    if shutil.which("node") is None:
        pytest.skip("Comunica needs Node")
    if not PACKAGE.is_file():
        pytest.skip("Comunica is not installed: make comunica")
    return federated()


def test_comunica_joins_two_endpoints(run: Run) -> None:
    """Given two addresses and nothing else, it finds what only both together know, as it did when that was written."""
    assert run.answers
    assert sorted(map(str, KEPT["answers"])) == sorted(map(str, run.answers))


@pytest.mark.parametrize("endpoint", ["projects", "matches"])
def test_comunica_reads_the_service_description_first(run: Run, endpoint: str) -> None:
    """Its first request names no query and is answered in RDF; every query after it is answered with 200."""
    first, *queries = run.asked[endpoint]

    assert (200, "") == (first.status, first.query)
    assert first.content_type.split(";")[0] in RDF
    assert queries
    assert all(each.query and each.status == 200 for each in queries)


def test_the_run_that_is_kept_is_of_this_query() -> None:
    """What is kept tells versions, query, answers and requests, with no failure among them."""
    assert QUERY == KEPT["query"]
    assert {"@comunica/query-sparql", "node"} == set(KEPT["versions"])
    assert KEPT["answers"]
    assert {200} == {each["status"] for asked in KEPT["asked"].values() for each in asked}
