"""What operators see of a server: counts and times, and nothing of what people ask."""

import json
import logging

import pytest

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf


def test_requests_are_counted_by_route(client: Client) -> None:
    """The routes are the application's own, so that no address fills the memory."""
    for path in ("/project/jardin-1", "/project/jardin-2", "/nowhere/at/all", "/sparql?query=secret"):
        client.get(path)
    answer = client.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "cis_release 7\n" in answer.text
    assert 'cis_requests_total{method="GET",route="none",status="404"} 1\n' in answer.text
    assert 'cis_request_seconds_count{route="/sparql"} 1\n' in answer.text
    assert "jardin" not in answer.text
    assert "secret" not in answer.text
    assert "cis_requests_under_way 1\n" in answer.text


def test_each_answer_tells_its_time(client: Client) -> None:
    """In the header that browsers show."""
    assert client.get("/healthz").headers["server-timing"].startswith("total;dur=")


def test_the_log_holds_no_secret(release: SmallRelease, runner: SmallRunner, caplog: pytest.LogCaptureFixture) -> None:
    """A line of JSON a request, without its query, its headers or its address."""
    client = Client(create_app(Settings(access_log=True), SmallShelf(release), runner))
    with caplog.at_level(logging.INFO, "cis_graph.access"):
        client.request("POST", "/sparql/update?update=hidden", headers={"authorization": "Bearer hidden"})
    (line,) = [record.getMessage() for record in caplog.records if record.name == "cis_graph.access"]

    assert "hidden" not in line
    assert {"method": "POST", "route": "/sparql/update", "status": 403, "release": 7}.items() <= json.loads(
        line
    ).items()
