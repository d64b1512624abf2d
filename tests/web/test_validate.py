"""``/validate`` and pushes: what is asked of the gate, and how its answers are told."""

import json
from collections.abc import Callable

import httpx
import pytest

from cis_graph.errors import GateClosed
from cis_graph.model.gate import Outcome
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from cis_graph.web.validate import LARGEST
from tests.support.client import Client
from tests.support.small_gate import SmallGate
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf

TOKEN = {"authorization": "Bearer cis_good"}
CSV = {"content-type": "text/csv"}
RECORDS = "/contributors/ruches/records"


@pytest.fixture
def gate() -> SmallGate:
    """A gate."""
    return SmallGate()


@pytest.fixture
def ask(release: SmallRelease, gate: SmallGate) -> Callable[..., httpx.Response]:
    """Sends a request to an application with that gate."""
    return Client(create_app(Settings(), SmallShelf(release), SmallRunner(release), gate=gate)).request


Ask = Callable[..., httpx.Response]


def test_the_form_names_every_source(ask: Ask) -> None:
    """It works without JavaScript, in both languages."""
    french, english = (ask("GET", f"{path}/validate", headers={"accept": "text/html"}).text for path in ("", "/en"))

    assert 'enctype="multipart/form-data"' in french
    assert "Fleurs (2 fichiers)" in french
    assert "a.csv, b.csv" in french
    assert "Try a file" in english


@pytest.mark.parametrize(
    ("files", "status", "word"),
    [
        ({"file": ("x.json", b"[]")}, 400, "Choisissez la source"),
        ({"other": (None, b"x")}, 400, "Choisissez un fichier"),
        ({"file": ("x.ttl", b"x" * (LARGEST + 1))}, 413, "trop longue"),
    ],
)
def test_what_cannot_be_tried_is_told_above_the_form(
    ask: Ask, gate: SmallGate, files: dict[str, tuple[str | None, bytes]], status: int, word: str
) -> None:
    """Whoever gave it has the form at hand to try again."""
    answer = ask("POST", "/validate", headers={"accept": "text/html"}, data={"source": ""}, files=files)

    assert (status, [], "no-store") == (answer.status_code, gate.handed, answer.headers["cache-control"])
    assert 'role="alert"' in answer.text
    assert word in answer.text
    assert 'enctype="multipart/form-data"' in answer.text


def test_a_table_may_be_given_for_a_source_of_another_shape(ask: Ask, gate: SmallGate) -> None:
    """As a push may bring it; what has the ending of the source's own file is read as that."""
    for name in ("x.json", "x.csv"):
        ask("POST", "/validate", data={"source": "ruches"}, files={"file": (name, b"[]")})

    assert [("json", ""), ("", "ruches.csv")] == [(one.kind, *one.files) for one, _ in gate.handed]


def test_a_file_dropped_is_told_on_the_page(ask: Ask, gate: SmallGate) -> None:
    """The file takes the source's own name, whatever its own; the report escapes what it quotes."""
    files = {"file": ("mon export.csv", b"N,Nom\n1,La Ruche\n")}
    answer = ask("POST", "/validate", headers={"accept": "text/html"}, data={"source": "ruches"}, files=files)

    assert (200, "no-store") == (answer.status_code, answer.headers["cache-control"])
    assert "La Ruche" in answer.text
    assert "<script>" not in answer.text
    ((handed, _),) = gate.handed
    assert ("ruches", {"ruches.csv": b"N,Nom\n1,La Ruche\n"}, "") == (handed.source, dict(handed.files), handed.kind)


@pytest.mark.parametrize(
    ("name", "source", "kind"), [("x.ttl", "", "ttl"), ("x.jsonld", "ruches", "jsonld"), ("x.RDF", "", "rdf")]
)
def test_rdf_needs_no_source(ask: Ask, gate: SmallGate, name: str, source: str, kind: str) -> None:
    """RDF in our own words is known by its name's ending."""
    answer = ask("POST", "/validate", data={"source": source}, files={"file": (name, b"x")})

    assert (200, kind) == (answer.status_code, gate.handed[0][0].kind)


@pytest.mark.parametrize(
    ("accept", "media_type", "word"),
    [
        ("application/json", "application/json", '"conforms": false'),
        ("text/turtle", "text/turtle; charset=utf-8", "sh:ValidationReport"),
    ],
)
def test_machines_send_a_body_and_read_json_or_shacl(ask: Ask, accept: str, media_type: str, word: str) -> None:
    """The same report in the form that is asked for."""
    answer = ask("POST", "/validate?source=ruches", headers={**CSV, "accept": accept}, content=b"N\n1\n")

    assert (200, media_type) == (answer.status_code, answer.headers["content-type"])
    assert word in answer.text


@pytest.mark.parametrize(
    ("headers", "query", "body", "status"),
    [
        ({"content-type": "text/plain"}, "?source=ruches", b"x", 415),
        ({}, "", b"x", 415),
        (CSV, "?source=nobody", b"x", 400),
        (CSV, "", b"x", 400),
        (CSV, "?source=ruches", b"x" * (LARGEST + 1), 413),
        ({"content-type": "multipart/form-data"}, "", b"x", 400),
        ({"content-type": "multipart/form-data; boundary=a"}, "", b"", 400),
        ({"content-type": "multipart/form-data; boundary=a"}, "", b"--a--\r\n", 400),
        ({"content-type": "multipart/form-data; boundary=a"}, "", b"--a\r\nno head\r\n--a--\r\n", 400),
        ({"content-type": "multipart/form-data; boundary=a"}, "", b"--a\r\n\r\n\r\n" * 1000 + b"--a--", 400),
        ({"content-type": "multipart/form-data; boundary=a"}, "", b"--a\r\n" + b"x" * 100_000 + b"\r\n--a--", 400),
    ],
)
def test_what_is_no_file_is_refused(
    ask: Ask, gate: SmallGate, headers: dict[str, str], query: str, body: bytes, status: int
) -> None:
    """A hostile upload never reaches the gate."""
    answer = ask("POST", f"/validate{query}", headers={"accept": "application/json", **headers}, content=body)

    assert (status, []) == (answer.status_code, gate.handed)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_gate_that_is_closed_says_when_to_come_back(ask: Ask, gate: SmallGate) -> None:
    """In the reader's language."""
    gate.fault = GateClosed("too long", french="trop long")
    answer = ask("POST", "/validate?source=ruches", headers=CSV, content=b"N\n")

    assert (503, True) == (answer.status_code, "retry-after" in answer.headers)
    assert "trop long" in answer.json()["detail"]


@pytest.mark.parametrize(("method", "whole"), [("PUT", True), ("POST", False)])
def test_a_push_says_what_was_published_and_what_was_not(
    ask: Ask,
    gate: SmallGate,
    method: str,
    whole: bool,  # noqa: FBT001 - of a table
) -> None:
    """Each record with its address and those it is merged with, each that was set aside with its reason."""
    answer = ask(method, RECORDS, headers={**TOKEN, **CSV}, content=b"N,Nom\n1,La Ruche\n")
    told = answer.json()

    assert (200, "published", 8) == (answer.status_code, told["outcome"], told["release"])
    iri = "https://carrefour.example/id/record/ruches/1"
    entity, other = "https://carrefour.example/id/project/abc", "https://carrefour.example/id/record/fleurs/9"
    merged = [{"entity": entity, "others": 1, "contributors": ["fleurs"], "records": [other]}]
    assert [{"key": "1", "label": "La Ruche", "iri": iri, "merged": merged}] == told["published"]
    assert "Publié : version 8." == told["message"]["french"]
    assert ["valeur-necessaire"] == [one["rule"] for one in told["findings"]]
    assert [whole] == [was for _, was in gate.handed]


@pytest.mark.parametrize(
    ("outcome", "status"), [("unchanged", 200), ("under-way", 202), ("kept", 202), ("refused", 422)]
)
def test_each_outcome_has_its_status(ask: Ask, gate: SmallGate, outcome: Outcome, status: int) -> None:
    """What is not published yet is accepted, what is refused is told with why."""
    gate.outcome = outcome

    answer = ask("PUT", RECORDS, headers={**TOKEN, **CSV}, content=b"N\n")
    told = json.loads(answer.text)
    assert (status, outcome) == (answer.status_code, told["outcome"])
    assert (1, outcome == "unchanged") == (len(told["publishable"]), bool(told["published"]))
    assert "/contributors/ruches/pushes/p1" == told["address"]
    assert (status == 202) is ("location" in answer.headers)


def test_what_is_under_way_has_an_address_that_says_how_it_ended(ask: Ask, gate: SmallGate) -> None:
    """The answer names it; the same token reads it, and it says when to look again."""
    gate.outcome = "under-way"
    address = ask("PUT", RECORDS, headers={**TOKEN, **CSV}, content=b"N\n").headers["location"]
    under_way = ask("GET", address, headers=TOKEN)
    gate.outcome = "published"
    ended = ask("GET", address, headers=TOKEN)

    assert "/contributors/ruches/pushes/p1" == address
    assert "en construction" in under_way.json()["message"]["french"]
    assert "/contributor/ruches/report.json" == ended.json()["report"]
    assert ("under-way", "5") == (under_way.json()["outcome"], under_way.headers["retry-after"])
    assert ("published", 8, "no-store") == (
        ended.json()["outcome"], ended.json()["release"], ended.headers["cache-control"]
    )  # fmt: skip
    assert "retry-after" not in ended.headers


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/contributors/ruches/pushes/p1", {}, 401),
        ("/contributors/ruches/pushes/p1", {"authorization": "Bearer cis_bad"}, 403),
        ("/contributors/fleurs/pushes/p1", TOKEN, 403),
        ("/contributors/ruches/pushes/p2", TOKEN, 404),
        ("/contributors/ruches/pushes/..%2f..%2fetc", TOKEN, 404),
    ],
)
def test_nobody_else_learns_of_a_push(ask: Ask, path: str, headers: dict[str, str], status: int) -> None:
    """Only the contributor's own token, and only what was pushed."""
    assert status == ask("GET", path, headers=headers).status_code


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (RECORDS, {}, 401),
        (RECORDS, {"authorization": "Basic x"}, 401),
        (RECORDS, {"authorization": "Bearer "}, 401),
        (RECORDS, {"authorization": "Bearer cis_bad"}, 403),
        ("/contributors/fleurs/records", TOKEN, 403),
        ("/contributors/nobody/records", TOKEN, 403),
        (f"{RECORDS}?source=fleurs", TOKEN, 400),
    ],
)
def test_only_the_contributor_itself_may_push(
    ask: Ask, gate: SmallGate, path: str, headers: dict[str, str], status: int
) -> None:
    """Neither without a token, nor with another's, nor to another's source; the body is not even read."""
    answer = ask("PUT", path, headers={**CSV, **headers}, content=b"N\n")

    assert (status, []) == (answer.status_code, gate.handed)
    assert "cis_bad" not in answer.text


def test_without_a_gate_there_is_nothing_to_try(client: Client) -> None:
    """A server that takes nothing in has no such page."""
    assert [404, 404] == [client.get("/validate").status_code, client.request("PUT", RECORDS).status_code]
