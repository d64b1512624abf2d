"""The published matrix of negotiation: what real clients send, and what each is to receive."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf

MATRIX = Path(__file__).parent / "matrix.csv"
NO_HEADER = "no header"


@pytest.fixture(scope="module")
def one_client(release: SmallRelease) -> Client:
    """One client for all the cases."""
    return Client(create_app(Settings(), SmallShelf(release), SmallRunner(release)))


def cases() -> list[dict[str, str]]:
    """The rows of the matrix."""
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(case: dict[str, str]) -> str:
    """A case in short."""
    path, _, query = case["path"].partition("?")
    return f"{case['client']}: {path} {query[:20]} {case['accept_encoding']}"


def test_the_matrix_has_at_least_two_hundred_cases() -> None:
    """200 cases at least, none twice, with those clients that the field uses."""
    rows = cases()
    repeated = [case for case, count in Counter(tuple(row.values()) for row in rows).items() if count > 1]
    assert repeated == []
    assert len(rows) >= 200
    names = " ".join(row["client"] for row in rows)
    for client in ("Chrome", "Firefox", "curl", "Comunica", "rdflib", "SPARQLWrapper", "Protégé", "LodLive"):
        assert client in names


@pytest.mark.parametrize("case", cases(), ids=told)
def test_the_matrix_holds(one_client: Client, case: dict[str, str]) -> None:
    """Each client receives the form and coding the matrix says, or 406 with a link to each form there is."""
    headers = {"accept": case["accept"], "accept-encoding": case["accept_encoding"]}
    answer = one_client.request("GET", case["path"], headers=headers)

    assert (int(case["status"]), case["content_type"]) == (
        answer.status_code,
        "" if answer.is_error else answer.headers["content-type"].split(";")[0],
    )
    if case["accept_encoding"] or case["client"] == NO_HEADER:
        assert answer.headers.get("content-encoding", "") == case["content_encoding"]
    assert "Accept-Encoding" in answer.headers["vary"]
    if answer.status_code == 406 and not case["accept_encoding"]:
        assert 'rel="alternate"' in answer.headers["link"]
