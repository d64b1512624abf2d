"""Writes over HTTP: only with the administrator's token, as updates, and refused with what they break."""

from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from rdflib import SH, Graph

from cis_graph.errors import FolderBusy, ReleaseFault
from cis_graph.model.writing import Broken, WriteRefused
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf

TOKEN = "a-long-random-text"  # noqa: S105 - of this story alone
BEARER = {"authorization": f"Bearer {TOKEN}"}
UPDATE = {"content-type": "application/sparql-update"}
TURTLE = {"content-type": "text/turtle"}
RECORD = "https://carrefour.example/id/record/fondation-lavande/fiche-12"
BROKEN = Broken(
    focus="https://carrefour.example/id/project/verger",
    rule="label",
    path="http://www.w3.org/2004/02/skos/core#prefLabel",
    value=None,
    message_fr="Il n'a pas de nom.",
    message_en="It has no name.",
    remedy_fr="Donnez-en un.",
    remedy_en="Name it.",
)
WRITES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("POST", "/sparql/update", UPDATE),
    ("POST", "/sparql/update?update=DROP%20ALL", {"content-type": "application/x-www-form-urlencoded"}),
    ("PUT", "/graphs?default", TURTLE),
    ("PUT", "/graphs?graph=urn:x", TURTLE),
    ("POST", "/graphs", TURTLE),
    ("POST", "/graphs/notes", TURTLE),
    ("DELETE", "/graphs?default", {}),
    ("DELETE", "/graphs/notes", {}),
)


@dataclass
class SmallWriter:
    """A writer that remembers, or fails."""

    fault: Exception | None = None
    number: int | None = 8
    taken: list[tuple[str, str, str]] = field(default_factory=list)

    def write(self, update: str, *, who: str, why: str) -> int | None:
        """Remembers."""
        if self.fault:
            raise self.fault
        self.taken.append((update, who, why))
        return self.number


@pytest.fixture
def writer() -> SmallWriter:
    """A writer that tests may break."""
    return SmallWriter()


@pytest.fixture
def curator(release: SmallRelease, runner: SmallRunner, writer: SmallWriter) -> Client:
    """A client of an application that may be written to."""
    settings = Settings(admin_token=TOKEN)
    return Client(create_app(settings, SmallShelf(release), runner, writer=writer))


@pytest.mark.parametrize(("method", "path", "headers"), WRITES)
@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer x{TOKEN}", "Bearer é"],
)
def test_without_the_token_nothing_is_written(
    curator: Client, writer: SmallWriter, method: str, path: str, headers: dict[str, str], given: str
) -> None:
    """Every write is 401, whatever it carries, and says what opens it."""
    named = {**headers, **({"authorization": given.encode("latin-1")} if given else {})}
    answer = curator.request(method, path, headers=named, content=b"\xff")  # type: ignore[arg-type]  # bytes are sent as they are

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert writer.taken == []


@pytest.mark.parametrize(("method", "path", "headers"), WRITES)
def test_where_no_token_is_set_nobody_writes(
    release: SmallRelease, runner: SmallRunner, writer: SmallWriter, method: str, path: str, headers: dict[str, str]
) -> None:
    """An empty token opens nothing, least of all to an empty token."""
    closed = Client(create_app(Settings(), SmallShelf(release), runner, writer=writer))
    for given in ({}, {"authorization": "Bearer "}, BEARER):
        assert closed.request(method, path, headers=headers | given, content=b"").status_code == 403
    assert writer.taken == []


def test_an_update_is_written_by_whom_and_why(curator: Client, writer: SmallWriter) -> None:
    """The answer names the release; the protocol's graphs become USING, relative IRIs have a base."""
    told = {"x-who": "Zoé".encode(), "x-why": b"they told us"}
    answer = curator.request("POST", "/sparql/update", headers=BEARER | UPDATE | told, content=b"DROP ALL")  # type: ignore[arg-type]  # bytes are sent as they are
    assert (answer.status_code, answer.json()) == (200, {"release": 8, "changed": True})
    assert answer.headers["x-release"] == "8"

    path = "/sparql/update?using-graph-uri=urn:g&why=because"
    text = "INSERT { <a> ?p ?o } WHERE { ?s ?p ?o }"
    writer.number = None
    form = {"content-type": "application/x-www-form-urlencoded"}
    again = curator.request("POST", path, headers=BEARER | form, content=f"update={quote(text)}".encode())
    assert again.json() == {"release": 7, "changed": False}
    based = "BASE <https://carrefour.example/sparql>\nINSERT { <a> ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }"
    assert writer.taken == [("DROP ALL", "Zoé", "they told us"), (based, "admin", "because")]


@pytest.mark.parametrize(
    ("path", "kind", "body", "status"),
    [
        ("", "application/sparql-update; charset=utf-16", b"DROP ALL", 415),
        ("", "text/plain", b"DROP ALL", 415),
        ("", "", b"update=DROP%20ALL", 415),
        ("", "application/sparql-update", b"\xff", 400),
        ("", "application/sparql-update", b" " * 1_048_577, 413),
        ("", "application/x-www-form-urlencoded", b"", 400),
        ("", "application/x-www-form-urlencoded", b"update=DROP+ALL&update=DROP+ALL", 400),
        ("?query=ASK{}", "application/x-www-form-urlencoded", b"update=DROP+ALL", 400),
        ("?using-graph-uri=nowhere", "application/sparql-update", b"DROP ALL", 400),
        (
            "?using-graph-uri=urn:g",
            "application/sparql-update",
            b"WITH <urn:h> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            400,
        ),
        ("?using-graph-uri=urn:g", "application/sparql-update", b"INSERT DATA {", 400),
        (f"?why={'x' * 501}", "application/sparql-update", b"DROP ALL", 400),
    ],
)
def test_what_is_no_update_is_not_written(
    curator: Client, writer: SmallWriter, path: str, kind: str, body: bytes, status: int
) -> None:
    """The protocol says which requests are none."""
    headers = BEARER | ({"content-type": kind} if kind else {})
    assert curator.request("POST", f"/sparql/update{path}", headers=headers, content=body).status_code == status
    assert curator.get("/sparql/update?update=DROP%20ALL").status_code == 405
    assert writer.taken == []


def test_what_breaks_shapes_is_told(curator: Client, writer: SmallWriter) -> None:
    """As a problem in the reader's language, or as a SHACL report."""
    writer.fault = WriteRefused("It breaks shapes", french="Elle enfreint des règles", broken=(BROKEN,))
    headers = BEARER | UPDATE
    problem = curator.request("POST", "/sparql/update", headers=headers, content=b"DROP ALL")
    report = curator.request("PUT", "/graphs?default", headers=BEARER | TURTLE | {"accept": "text/turtle"}, content=b"")
    english = curator.request("POST", "/en/sparql/update", headers=headers, content=b"DROP ALL")

    assert (problem.status_code, problem.json()["detail"]) == (422, "Elle enfreint des règles")
    assert problem.json()["results"][0]["rule"] == "label"
    assert report.status_code == 422
    assert [str(focus) for focus in Graph().parse(data=report.text).objects(None, SH.focusNode)] == [BROKEN.focus]
    assert "breaks" in english.json()["detail"]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (WriteRefused("no", french="non"), 400),
        (FolderBusy("busy", french="occupé"), 503),
        (ReleaseFault("nothing"), 503),
    ],
)
def test_a_write_that_fails_says_so(curator: Client, writer: SmallWriter, fault: Exception, status: int) -> None:
    """What cannot be written now or at all is no success."""
    writer.fault = fault
    answer = curator.request("POST", "/sparql/update", headers=BEARER | UPDATE, content=b"DROP ALL")
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("request_", "update", "status"),
    [
        (("PUT", "/graphs?default", b"<urn:a> a <b> ."), "CLEAR DEFAULT ;\nINSERT DATA {\n<urn:a> <TYPE> <https://carrefour.example/b> .\n}", 204),
        (("PUT", "/graphs?graph=urn:g", b"<urn:a> a <urn:b> ."), "DROP SILENT GRAPH <urn:g> ;\nINSERT DATA { GRAPH <urn:g> {\n<urn:a> <TYPE> <urn:b> .\n} }", 201),
        (("POST", "/graphs/notes/1", b"<> a 1 ."), 'INSERT DATA { GRAPH <https://carrefour.example/graphs/notes/1> {\n<https://carrefour.example/graphs/notes/1> <TYPE> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n} }', 201),
        (("PUT", "/graphs?graph=urn:g", b""), "DROP SILENT GRAPH <urn:g>", 201),
        (("DELETE", f"/graphs?graph={RECORD}", b""), f"DROP SILENT GRAPH <{RECORD}>", 204),
        (("DELETE", "/graphs?default", b""), "CLEAR DEFAULT", 204),
    ],
)  # fmt: skip
def test_a_graph_is_written_by_an_update(
    curator: Client, writer: SmallWriter, request_: tuple[str, str, bytes], update: str, status: int
) -> None:
    """Each write of a graph is an update that says the same."""
    method, path, body = request_
    answer = curator.request(method, path, headers=BEARER | TURTLE, content=body)
    ((taken, _, why),) = writer.taken

    assert (answer.status_code, why) == (status, method)
    assert taken == update.replace("TYPE", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def test_a_new_graph_is_found_at_its_location(curator: Client, writer: SmallWriter) -> None:
    """Its name is its address under the base of data."""
    answer = curator.request("POST", "/graphs", headers=BEARER | TURTLE, content=b"<urn:a> a <urn:b> .")
    address = answer.headers["location"]

    assert answer.status_code == 201
    assert f"GRAPH <https://carrefour.example/graphs/{address.rpartition('/')[2]}>" in writer.taken[0][0]
    assert (
        curator.get(address.removeprefix("http://testserver"), "text/turtle").status_code == 404
    )  # it is not kept here


def test_files_of_a_form_are_put_together(curator: Client, writer: SmallWriter) -> None:
    """Each is read by its own type, and its blank nodes are its own."""
    files = {
        "one": ("one.ttl", b"_:a <urn:p> 1 .", "text/turtle; charset=utf-8"),
        "two": ("two.nt", b"_:a <urn:p> <urn:o> .\n", "application/n-triples"),
    }
    assert curator.request("POST", "/graphs?graph=urn:g", headers=BEARER, files=files).status_code == 201
    assert writer.taken[0][0].count("INSERT DATA") == 2


def test_a_long_graph_is_several_operations(curator: Client, writer: SmallWriter) -> None:
    """Each is short enough to be asked; with blank nodes it is refused, since they would come apart."""
    body = "".join(f'<urn:s{number}> <urn:p> "{"x" * 1000}\u2028" .\n' for number in range(500)).encode()
    nodes = "".join(f'_:s{number} <urn:p> "{"x" * 1000}" .\n' for number in range(500)).encode()
    assert curator.request("POST", "/graphs?graph=urn:g", headers=BEARER | TURTLE, content=body).status_code == 201
    operations = writer.taken[0][0].split(" ;\n")
    assert len(operations) == 3
    assert all(len(one) < 262_144 for one in operations)
    assert curator.request("POST", "/graphs?graph=urn:g", headers=BEARER | TURTLE, content=nodes).status_code == 413


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/turtle", b"<urn:a> <urn:b>", 400),
        ("text/turtle", b"[" * 100_000, 400),
        ("application/ld+json", b'{"@context": "http://127.0.0.1/", "a": "b"}', 400),
        ("application/rdf+xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", 400),
        ("application/trig", b"<urn:g> { <urn:a> <urn:b> 1 }", 415),
        ("text/turtle; charset=latin-1", b"", 415),
        ("multipart/form-data", b"", 400),
    ],
)
def test_what_is_no_graph_is_not_written(
    curator: Client, writer: SmallWriter, kind: str, body: bytes, status: int
) -> None:
    """A document with a mistake, of a type that is not read or that leads elsewhere is refused."""
    answer = curator.request("PUT", "/graphs?graph=urn:g", headers=BEARER | {"content-type": kind}, content=body)
    assert answer.status_code == status, answer.text
    assert writer.taken == []


def test_a_graph_that_is_not_there_is_not_removed(curator: Client, writer: SmallWriter) -> None:
    """404 tells so."""
    assert curator.request("DELETE", "/graphs?graph=urn:nowhere", headers=BEARER).status_code == 404
    assert writer.taken == []
