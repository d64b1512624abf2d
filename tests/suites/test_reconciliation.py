"""The Reconciliation Service API's own schemas, 0.2 and the draft of 1.0, over what the service answers."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf, fixture_store

SUITE = Path(__file__).parents[2].parent / "shared" / "suites" / "reconciliation"
pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the schemas are not here (../shared/suites/reconciliation)")

QUERIES = {
    "q0": {"query": "Le Verger des possibles", "type": "project", "limit": 3},
    "q1": {"query": "Clairière", "properties": [{"pid": "territory", "v": "Lyon"}, {"pid": "siren", "v": 552100554}]},
    "q2": {"query": "", "properties": [{"pid": "theme", "v": [{"id": "theme/sante", "name": "Santé"}]}]},
}
DRAFT = {
    "queries": [
        {"type": "actor", "limit": 2, "conditions": [{"matchType": "name", "propertyValue": "Clairière"}]},
        {
            "conditions": [
                {"matchType": "name", "propertyValue": "Verger"},
                {"matchType": "property", "propertyId": "territory", "propertyValue": ["Lyon"], "required": True},
            ]
        },
    ]
}
EXTENSION = {
    "ids": ["project/verger", "nobody/x"],
    "properties": [{"id": "name"}, {"id": "theme"}, {"id": "start"}, {"id": "x"}],
}


@pytest.fixture(scope="module")
def client() -> Client:
    """A client of the small release."""
    release = SmallRelease(fixture_store())
    return Client(create_app(Settings(), SmallShelf(release), SmallRunner(release)))


def conforms(version: str, name: str, found: Any) -> bool:
    """Whether something is as a schema says; raises with the reason where it is not."""
    jsonschema_rs.Draft7Validator(_schema(version, name)).validate(found)
    return True


def _schema(version: str, name: str) -> Any:
    """A schema with those that it points to set in; what lies elsewhere, and itself, may be anything."""
    told = json.loads((SUITE / version / f"{name}.json").read_text(encoding="utf-8"))

    def set_in(part: Any) -> Any:
        if isinstance(part, list):
            return [set_in(one) for one in part]
        if not isinstance(part, dict):
            return part
        reference = part.get("$ref", "")
        if reference.endswith(".json") and not reference.startswith("http"):
            return {} if reference == f"{name}.json" else _schema(version, reference.removesuffix(".json"))
        if reference.startswith("http"):
            return {}
        return {key: set_in(value) for key, value in part.items() if key not in {"$schema", "$id"}}

    return set_in(told)


def post(client: Client, path: str, **form: Any) -> Any:
    """A form sent as OpenRefine sends it; the answer's JSON."""
    answer = client.request("POST", path, data={name: json.dumps(value) for name, value in form.items()})
    assert answer.status_code == 200, answer.text
    return answer.json()


def post_json(client: Client, path: str, body: Any) -> Any:
    """A JSON body sent; the answer's JSON."""
    answer = client.request("POST", path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_queries_of_these_tests_are_such() -> None:
    """What is sent is what the schemas call queries."""
    assert conforms("0.2", "reconciliation-query-batch", QUERIES)
    assert conforms("1.0-draft", "reconciliation-query-batch", DRAFT)
    assert conforms("0.2", "data-extension-query", EXTENSION)
    assert conforms("1.0-draft", "data-extension-query", EXTENSION)


def test_both_manifests_conform(client: Client) -> None:
    """Each version at its own address."""
    assert conforms("0.2", "manifest", client.get("/reconcile").json())
    assert conforms("1.0-draft", "manifest", client.get("/reconcile/1.0-draft").json())


def test_answers_to_batches_conform(client: Client) -> None:
    """By POST and by GET, and in the draft."""
    found = post(client, "/reconcile", queries=QUERIES)

    assert conforms("0.2", "reconciliation-result-batch", found)
    assert found.keys() == QUERIES.keys()
    assert found["q0"]["result"][0]["match"] is True
    assert client.get(f"/reconcile?queries={quote(json.dumps(QUERIES))}").json() == found
    draft = post_json(client, "/reconcile/1.0-draft/match", DRAFT)
    assert conforms("1.0-draft", "reconciliation-result-batch", draft)
    assert len(draft["results"]) == len(DRAFT["queries"])


@pytest.mark.parametrize("version", ["0.2", "1.0-draft"])
@pytest.mark.parametrize(("what", "schema"), [("entity", "entities"), ("property", "properties"), ("type", "types")])
def test_suggestions_conform(client: Client, version: str, what: str, schema: str) -> None:
    """Entities, properties and types that a few letters begin."""
    base = "/reconcile" if version == "0.2" else "/reconcile/1.0-draft"
    found = client.get(f"{base}/suggest/{what}?prefix=t").json()

    assert conforms(version, f"suggest-{schema}-response", found)


def test_extensions_conform(client: Client) -> None:
    """Values of known and unknown entities and properties, and what may be asked for."""
    found = post(client, "/reconcile", extend=EXTENSION)
    draft = post_json(client, "/reconcile/1.0-draft/extend", EXTENSION)

    assert conforms("0.2", "data-extension-response", found)
    assert conforms("1.0-draft", "data-extension-response", draft)
    assert found["rows"]["project/verger"]["name"] == [{"str": "Le Verger des possibles"}]
    assert found["rows"]["nobody/x"] == {"name": [], "theme": [], "start": [], "x": []}
    for version, base in (("0.2", "/reconcile"), ("1.0-draft", "/reconcile/1.0-draft")):
        assert conforms(
            version, "data-extension-property-proposal", client.get(f"{base}/extend/propose?type=actor").json()
        )
