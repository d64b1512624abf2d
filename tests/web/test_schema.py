from tests.support.client import Client

INSOC = "https://w3id.org/insoc/ontology#"


def test_the_editor_is_told_what_the_release_holds(client: Client) -> None:
    """Classes and properties come with their counts and names, each class with its properties, the most used first."""
    told = client.get("/sparql/schema.json").json()

    assert list(told["classes"]) == [f"{INSOC}Project", f"{INSOC}Actor"]
    assert told["classes"][f"{INSOC}Actor"] == {"entities": 4, "names": {"fr": "acteur", "en": "actor"}}
    assert list(told["properties"])[:2] == ["http://www.w3.org/2004/02/skos/core#prefLabel", f"{INSOC}theme"]
    assert told["propertiesByClass"] == {f"{INSOC}Project": [f"{INSOC}theme"], f"{INSOC}Actor": [f"{INSOC}siren"]}
    assert told["prefixes"]["insoc"] == INSOC


def test_the_schema_is_asked_for_once(client: Client) -> None:
    """While the release stays, a client that has the schema is told so."""
    tag = client.get("/sparql/schema.json").headers["etag"]

    assert client.get("/sparql/schema.json", if_none_match=tag).status_code == 304


def test_before_the_first_release_there_is_no_schema(starting: Client) -> None:
    """Nothing to complete from is a 503, not a failure."""
    assert starting.get("/sparql/schema.json").status_code == 503
