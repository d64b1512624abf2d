"""The store behind a SPARQL server: real ones, and one that does everything wrong."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox
import pytest

from cis_graph.errors import (
    QuerySyntaxFault,
    ReleaseFault,
    StoreFault,
)
from cis_graph.model.releases import Query, QueryAnswer
from cis_graph.model.terms import Iri, Literal
from cis_graph.store.endpoint import Endpoint, Server
from cis_graph.store.filling import Filling
from cis_graph.store.remote import RemoteStore
from cis_graph.store.remote_queries import RemoteQueries, Standing
from tests.support.elsewhere import Reading
from tests.support.sparql_servers import SERVERS

BASE = "https://base.example/"
LINES = (
    b'<urn:a> <urn:p> "un"@fr .\n',
    b'<urn:a> <urn:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    b"<urn:a> <urn:q> <urn:b> .\n",
    b'<urn:a> <urn:p> "d\\"i\\n t\xc3\xa9" <https://base.example/id/record/x> .\n',
)
ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class Filled:
    """A real server that says the lines, and how it is asked."""

    server: Server
    endpoint: Endpoint
    filling: Filling

    @property
    def store(self) -> RemoteStore:
        """Its statements."""
        return RemoteStore(self.server, self.endpoint, lambda: None)


@pytest.fixture(scope="module", params=SERVERS)
def filled(request: pytest.FixtureRequest) -> Iterator[Filled]:
    """Each real server in turn."""
    server = Server(seconds=30)
    with SERVERS[request.param]() as endpoint:
        filling = Filling(server, endpoint, BASE)
        filling.add(LINES)
        yield Filled(server, endpoint, filling)
        server.close()


def test_statements_come_back_as_they_were(filled: Filled) -> None:
    """By subject, predicate, object and graph; texts, languages and types are kept."""
    every = set(ox.parse(input=b"".join(LINES), format=ox.RdfFormat.N_QUADS))
    assert set(filled.store.quads(subject="urn:a")) == every
    assert set(filled.store.quads(graph="")) & every == {
        one for one in every if isinstance(one.graph_name, ox.DefaultGraph)
    }
    assert len(filled.store.quads(graph=f"{BASE}id/record/x")) == 1
    assert [str(one.subject) for one in filled.store.quads(predicate="urn:q", obj="urn:b", graph="")] == ["<urn:a>"]
    assert filled.store.quads(subject="_:b0") == []


def test_things_are_told_by_their_properties(filled: Filled) -> None:
    """Several at once, all of each or some properties; what points to one; what a record's node says in its record."""
    store, node = filled.store, f"{BASE}id/record/x#node"
    filled.filling.add([f'<{node}> <urn:p> "dit" <{BASE}id/record/x> .\n'.encode()])
    said = store.about(("urn:a", "urn:nothing", node))
    assert said["urn:a"].keys() == {"urn:p", "urn:q"}
    assert {term.value for term in said["urn:a"]["urn:p"]} == {"un", "2"}
    assert {} == said["urn:nothing"] == said[node]
    assert {"urn:a": {"urn:q": (Iri("urn:b"),)}} == store.about(("urn:a",), ("urn:q", "urn:none"))
    assert {"urn:q": (Iri("urn:a"),), "urn:none": ()} == store.pointing("urn:b", ("urn:q", "urn:none"))
    assert {node: {"urn:p": (Literal("dit"),)}} == store.told((node,))
    assert {} == store.about(()) == store.told(())
    filled.filling.remove([f'<{node}> <urn:p> "dit" <{BASE}id/record/x> .\n'.encode()])


def test_our_queries_are_answered(filled: Filled) -> None:
    """Rows and graphs, with variables bound; no statement of a named graph stands in the default graph."""
    rows = filled.store.rows("SELECT ?it ?o { ?it <urn:p> ?o } ORDER BY STR(?o)", {"it": Iri("urn:a")})
    assert [row["o"].value for row in rows] == ["2", "un"]
    graph = filled.store.graph("CONSTRUCT { ?it <urn:x> ?o } { ?it <urn:q> ?o }", {"it": Iri("urn:a")}, "nt")
    assert graph == b"<urn:a> <urn:x> <urn:b> .\n"


def test_what_is_written_is_counted(filled: Filled) -> None:
    """As many as were written, or the dataset is not used; statements go and come."""
    filled.filling.check(3, 1)
    more = b'<urn:c> <urn:p> "more" <https://base.example/id/record/y> .\n'
    filled.filling.add([more])
    with pytest.raises(StoreFault, match="CIS_STORE_DEFAULT_GRAPH"):
        filled.filling.check(3, 1)
    filled.filling.remove([more])
    filled.filling.check(3, 1)
    filled.filling.clear()
    filled.filling.check(0, 0)
    filled.filling.add(LINES)
    filled.filling.check(3, 1)


def test_a_standard_server_cannot_do_without_its_default_graph() -> None:
    """Told a default graph, it hides all named ones by the standard: the count says so, and nothing is served from it."""
    server = Server(seconds=30)
    with SERVERS["oxigraph"]() as own:
        filling = Filling(server, replace(own, default_graph="urn:x:default"), BASE)
        filling.add(LINES)
        with pytest.raises(StoreFault, match="3 statements in its default graph and 0 in named ones"):
            filling.check(3, 1)
        server.close()


def test_a_blank_node_stays_one_node(filled: Filled) -> None:
    """Statements about it are written together, however many others there are."""
    blank = [b"<urn:l> <urn:has> _:b .\n", b'_:b <urn:name> "one" .\n', b"_:b <urn:next> _:c .\n"]
    many = [f'<urn:m> <urn:n> "{n}" .\n'.encode() for n in range(2500)]
    filled.filling.add([blank[0], *many, *blank[1:]])
    query = 'ASK { <urn:l> <urn:has> ?b . ?b <urn:name> "one" ; <urn:next> ?c }'
    found = told(filled, Query(text=query))
    filled.filling.clear()
    filled.filling.add(LINES)
    assert b"true" in found


@pytest.mark.parametrize(
    ("query", "form"),
    [
        (ALL, "csv"),
        (f"SELECT * {{ GRAPH <{BASE}id/record/x> {{ ?s ?p ?o }} }}", "csv"),
        (ALL, "json"),
        ("ASK { ?s ?p ?o }", "xml"),
        ("CONSTRUCT WHERE { ?s <urn:q> ?o }", "tsv"),
    ],
)
def test_queries_from_outside_are_answered(filled: Filled, query: str, form: str) -> None:
    """In every form, in our own words."""
    answer = told(filled, Query(text=query), form)
    assert b"urn:a" in answer or b"true" in answer


def test_what_is_no_query_never_leaves(filled: Filled) -> None:
    """An update, a dialect or a mistake is refused here, with its place."""
    for text in (
        "CLEAR ALL",
        "INSERT DATA { <urn:x> <urn:y> <urn:z> }",
        "DEFINE input:x 1 SELECT * { ?s ?p ?o }",
        "SELECT",
    ):
        with pytest.raises(QuerySyntaxFault):
            told(filled, Query(text=text))
    filled.filling.check(3, 1)


def told(filled: Filled, query: Query, form: str = "json") -> bytes:
    """The whole answer."""

    async def ask(queries: RemoteQueries) -> bytes:
        return await body(await queries.run(query, results=form, graph="nt"))  # type: ignore[arg-type]

    return asyncio.run(ask(queries_of(filled.server, filled.endpoint)))


def queries_of(server: Server, endpoint: Endpoint, *, seconds: float = 20, each: int = 8) -> RemoteQueries:
    """Queries from outside on one dataset."""
    standing = Standing(number=1, endpoint=endpoint, check=lambda: None)
    return RemoteQueries(server, Reading(), lambda: standing, seconds=seconds, places=1, each=each)


async def body(answer: QueryAnswer) -> bytes:
    """All its bytes."""
    return b"".join([piece async for piece in answer.body])


def test_a_dataset_that_is_filled_anew_gives_no_answer(filled: Filled) -> None:
    """Where it is given to another release while it answers, the answer is none."""
    left = iter([True])

    def check() -> None:
        if not next(left, False):
            raise ReleaseFault("it holds another")

    with pytest.raises(ReleaseFault):
        RemoteStore(filled.server, filled.endpoint, check).rows(ALL, {})
