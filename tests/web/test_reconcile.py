"""The reconciliation service as clients use and abuse it."""

import json
from urllib.parse import quote

import pytest

from tests.support.client import Client

BATCH = {"content-type": "application/x-www-form-urlencoded"}


def test_a_browser_is_told_how_to_use_it(client: Client) -> None:
    """In French and English, with the address to give; a machine gets the manifest."""
    assert "http://testserver/reconcile" in client.page("/reconcile")
    assert "Match a list" in client.page("/en/reconcile")
    assert client.get("/reconcile", "application/json").json()["versions"] == ["0.2"]
    assert client.get("/reconcile").headers["access-control-allow-origin"] == "*"


def test_there_is_no_jsonp(client: Client) -> None:
    """A callback is let be: the answer is JSON for a page that may read it."""
    answer = client.get("/reconcile?callback=evil")

    assert answer.headers["content-type"].startswith("application/json")
    assert answer.text.startswith("{")


@pytest.mark.parametrize(
    "queries",
    [
        "", "{", "[]", "null", "1", '{"q0": 1}', '{"q0": {"query": 1}}', '{"q0": {"query": "x", "limit": 0}}',
        '{"q0": {"query": "x", "limit": "many"}}', '{"q0": {"query": "x", "properties": [{"pid": "siren"}]}}',
        '{"q0": {"query": "x", "properties": [{"pid": "siren", "v": {"name": "no id"}}]}}',
        json.dumps({"q0": {"query": "x" * 501}}), json.dumps({str(n): {"query": "x"} for n in range(201)}), "[" * 50_000,
    ],
)  # fmt: skip
def test_what_is_no_batch_is_told_as_a_problem(client: Client, queries: str) -> None:
    """Whatever is sent, the answer says what is wrong with it."""
    answer = client.request("POST", "/reconcile", headers=BATCH, data={"queries": queries})

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/reconcile/1.0-draft/match", b"{", 400), ("/reconcile/1.0-draft/match", b'{"queries": [{"conditions": []}]}', 400),
        ("/reconcile/1.0-draft/match", b'{"queries": [{"conditions": [{"matchType": "x", "propertyValue": ""}]}]}', 400),
        ("/reconcile/1.0-draft/match", b"\xff", 400), ("/reconcile/1.0-draft/match", b" " * 1_100_000, 413),
        ("/reconcile/1.0-draft/extend", b'{"ids": "x", "properties": []}', 400), ("/reconcile", b"", 400),
    ],
)  # fmt: skip
def test_a_body_that_is_none_is_told_as_a_problem(client: Client, path: str, body: bytes, status: int) -> None:
    """Broken JSON, broken text, too much of it, or nothing."""
    answer = client.request("POST", path, headers={"content-type": "application/json"}, content=body)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_json_must_be_called_so(client: Client) -> None:
    """A form is not read as JSON, so that no other site's form can send one."""
    assert (
        client.request("POST", "/reconcile/1.0-draft/match", headers=BATCH, content=b'{"queries": []}').status_code
        == 415
    )


def test_a_draft_feature_has_a_name(client: Client) -> None:
    """A score comes with what it is made of, in words."""
    condition = {"matchType": "name", "propertyValue": "Le Verger des possibles"}
    answer = client.request("POST", "/reconcile/1.0-draft/match", json={"queries": [{"conditions": [condition]}]})
    (found,) = answer.json()["results"]

    assert found["candidates"][0]["features"] == [{"id": "name", "value": 1.0, "name": "Nom"}]


def test_a_preview_may_be_shown_in_another_page(client: Client) -> None:
    """And nowhere else does a page of ours allow it."""
    answer = client.get("/reconcile/preview?id=project/verger", "text/html")

    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "Le Verger des possibles" in answer.text
    assert "frame-ancestors 'none'" in client.get("/project/verger", "text/html").headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["project/verger", "project%2Fverger", quote("https://carrefour.example/id/project/verger", safe="")]
)
def test_an_identifier_leads_to_its_page(client: Client, name: str) -> None:
    """Also as OpenRefine writes it, and as an IRI."""
    answer = client.get(f"/reconcile/view?id={name}")

    assert (answer.status_code, answer.headers["location"]) == (303, "/project/verger")


@pytest.mark.parametrize(
    "name", ["", "x", "../etc", "project/", "project/a b", "http://elsewhere.example/x", "project/%00"]
)
@pytest.mark.parametrize("path", ["view", "preview"])
def test_an_unknown_identifier_is_not_found(client: Client, path: str, name: str) -> None:
    """It leads nowhere, and to no other site."""
    assert client.get(f"/reconcile/{path}?id={quote(name, safe='')}").status_code == 404


def test_an_unknown_list_is_not_found(client: Client) -> None:
    """Only entities, types and properties are suggested."""
    assert client.get("/reconcile/suggest/x").status_code == 404
