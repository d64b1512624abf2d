from pathlib import Path

import pyoxigraph as ox
import pytest

from cis_graph.errors import ReleaseFault
from cis_graph.model.terms import Iri, Literal
from cis_graph.store import embedded
from cis_graph.store.embedded import EmbeddedStore, holds_blank, make_store, serialised
from cis_graph.store.terms import plain, stored

HOSTILE = 'a"b\\c\n<script>\u202e\u2028é'
LINES = (
    '<urn:s> <urn:p> "y" .\n',
    '<urn:s> <urn:p> "y" .\n<urn:s> <urn:p> "z"@fr .\n<urn:s> <urn:q> <urn:o> <urn:graph> .\n',
)


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    """A store of two parts that share a line."""
    paths = [tmp_path / f"{number}.nq" for number in range(len(LINES))]
    for path, text in zip(paths, LINES, strict=True):
        path.write_text(text, encoding="utf-8")
    make_store(tmp_path / "store", paths)
    return EmbeddedStore(tmp_path / "store")


def test_variables_are_bound_and_not_spelled_into_the_query(store: EmbeddedStore) -> None:
    """A value that looks like SPARQL is a value."""
    query = "SELECT ?s ?o { ?s <urn:p> ?o }"

    assert store.rows(query, {"o": Literal("y")}) == ({"s": Iri("urn:s"), "o": Literal("y")},)
    assert store.rows(query, {"o": Literal('y") . ?s ?p ?o } #')}) == ()


@pytest.mark.parametrize("size", [1, 17, 60, 1_000])
def test_a_part_is_loaded_a_slice_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """However many bytes that is: no line is cut, none is lost, the last one needs no end."""
    said = [f'<urn:s{number}> <urn:p> "{"é" * number}" .' for number in range(40)]
    (tmp_path / "all.nq").write_text("\n".join(said), encoding="utf-8")
    monkeypatch.setattr(embedded, "_SLICE", size)
    make_store(tmp_path / "store", [tmp_path / "all.nq"])
    assert sorted(f"{quad} ." for quad in EmbeddedStore(tmp_path / "store").quads()) == sorted(said)


@pytest.mark.parametrize(
    "lines",
    [b"_:a <urn:p> <urn:o> .\n", b"<urn:s> <urn:p> <urn:o> .\n_:a <urn:p> <urn:o> .\n", b"<urn:s> <urn:p> _:a .\n"],
)
def test_blank_nodes_are_seen_wherever_they_stand(lines: bytes) -> None:
    """As the first subject, a later one, or an object."""
    assert holds_blank(lines)


@pytest.mark.parametrize("size", [1, 50, 1_000])
def test_a_blank_node_is_one_in_all_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """It keeps its label wherever it is named, beside lines that name none."""
    said = ["<urn:s> <urn:p> _:it .", "<urn:s> <urn:p> <urn:o> .", '_:it <urn:p> "_:it" .']
    (tmp_path / "all.nq").write_text("\n".join(said), encoding="utf-8")
    monkeypatch.setattr(embedded, "_SLICE", size)
    make_store(tmp_path / "store", [tmp_path / "all.nq"])

    assert EmbeddedStore(tmp_path / "store").count("SELECT * { <urn:s> <urn:p> ?it . ?it <urn:p> '_:it' }") == 1


def test_what_begins_like_a_blank_node_in_a_literal_is_none() -> None:
    """Its quotation mark stands before it."""
    assert not holds_blank(b'<urn:s> <urn:p> "_:a" .\n')


def test_an_unbound_variable_is_left_out_of_its_row(store: EmbeddedStore) -> None:
    """A row names what it has."""
    rows = store.rows("SELECT ?s ?none { ?s <urn:q> ?o OPTIONAL { ?o <urn:q> ?none } }", {})

    assert rows == ()
    assert store.rows("SELECT ?s ?none { ?s <urn:p> 'y' OPTIONAL { ?s <urn:no> ?none } }", {}) == ({"s": Iri("urn:s")},)


def test_a_query_of_another_form_is_a_programming_error(store: EmbeddedStore) -> None:
    """Rows come from SELECT, a graph from CONSTRUCT."""
    with pytest.raises(TypeError, match="no SELECT"):
        store.rows("ASK { ?s ?p ?o }", {})
    with pytest.raises(TypeError, match="no CONSTRUCT"):
        store.graph("SELECT * { ?s ?p ?o }", {}, "ttl")


def test_a_graph_is_serialised_with_its_bindings(store: EmbeddedStore) -> None:
    """CONSTRUCT with a bound subject gives the triples of that subject."""
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"

    assert store.graph(query, {"s": Iri("urn:s")}, "nt") == b'<urn:s> <urn:p> "y" .\n<urn:s> <urn:p> "z"@fr .\n'
    assert store.graph(query, {"s": Iri("urn:nobody")}, "nt") == b""


def test_quads_are_found_in_all_graphs_or_in_one(store: EmbeddedStore) -> None:
    """No graph means any graph, an empty one the default graph."""
    assert len(store.quads(subject="urn:s")) == 3
    assert {str(quad.predicate) for quad in store.quads(subject="urn:s", graph="")} == {"<urn:p>"}
    assert len(store.quads(predicate="urn:q")) == 1
    assert [quad.graph_name for quad in store.quads(graph="urn:graph")] == [ox.NamedNode("urn:graph")]
    assert store.quads(obj="urn:nobody") == []


def test_graph_names_stay_only_where_the_format_has_them() -> None:
    """TriG keeps the graph, N-Triples tells the same triple once, however many graphs hold it."""
    triple = (ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("y"))
    quads = [ox.Quad(*triple), ox.Quad(*triple, ox.NamedNode("urn:graph")), ox.Quad(*triple)]

    assert serialised(quads, "nt") == b'<urn:s> <urn:p> "y" .\n'
    assert set(ox.parse(input=serialised(quads, "trig"), format=ox.RdfFormat.TRIG)) == set(quads)


def test_no_store_is_said_so(tmp_path: Path) -> None:
    """A folder without a store is a fault of the release that names the folder."""
    with pytest.raises(ReleaseFault, match="nothing-here"):
        EmbeddedStore(tmp_path / "nothing-here")


def test_a_store_is_never_written_to_by_reading(store: EmbeddedStore) -> None:
    """An update through a reader is no query."""
    with pytest.raises(SyntaxError):
        store.rows("DELETE WHERE { ?s ?p ?o }", {})


@pytest.mark.parametrize(
    "term",
    [
        Iri("urn:a"),
        Literal(HOSTILE),
        Literal(HOSTILE, "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", "fr"),
        Literal("2026-01-01", "http://www.w3.org/2001/XMLSchema#date"),
        Literal("not a date", "http://www.w3.org/2001/XMLSchema#date"),
        Literal(""),
    ],
)
def test_terms_survive_the_way_into_the_store_and_back(term: Iri | Literal) -> None:
    """A plain term and the store's term say the same."""
    assert term == plain(stored(term))
