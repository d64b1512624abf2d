from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cis_graph.errors import CisGraphError
from cis_graph.rdf import quads
from cis_graph.rdf.quads import (
    Blocks,
    Context,
    lines,
    lines_by_graph,
    split_lines,
    turtle_lines,
    write_blocks,
    write_lines,
)
from cis_graph.resources import ONTOLOGY

BASE = "https://carrefour.example/"
CONTEXT = Context()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
LINES = [f'<urn:s{number}> <urn:p> "{number}" .' for number in range(12)]


def test_a_key_the_context_lacks_is_refused() -> None:
    """JSON-LD drops unknown keys in silence; we do not."""
    with pytest.raises(CisGraphError, match=r"context\.jsonld has no colour"):
        list(CONTEXT.quads([{"id": "urn:a", "colour": "red"}], BASE))


def test_a_key_the_context_lacks_is_refused_inside_too() -> None:
    """A node of a named graph is guarded as well."""
    with pytest.raises(CisGraphError, match="has no shape, size"):
        list(CONTEXT.quads([{"id": "urn:a", "@graph": [{"id": "urn:b", "size": 1, "shape": 2}]}], BASE))


@given(TEXTS)
@example('a "b" \\ \n\r\t <script> \u202e \x00 \u2028 \x85 é')
def test_a_text_survives_the_way_to_lines_and_back(value: str) -> None:
    """Markup, quotes, newlines, directions and null characters are kept as they are, one line a statement."""
    found = lines(CONTEXT.quads([{"id": "urn:a", "description": {"fr": value}}], BASE))
    (quad,) = ox.parse(input="\n".join(found), format=ox.RdfFormat.N_QUADS)

    assert len(found) == 1
    assert ox.Literal(value, language="fr") == quad.object


@given(st.dictionaries(st.sampled_from(["urn:a", "urn:b", "urn:c"]), TEXTS))
def test_each_statement_is_in_its_own_graph(told: dict[str, str]) -> None:
    """A text that looks like a graph name moves nothing."""
    documents = [{"id": name, "@graph": [{"id": f"{name}#x", "label": {"fr": text}}]} for name, text in told.items()]
    graphs = lines_by_graph(CONTEXT.quads(documents, BASE))

    assert set(told) == set(graphs)
    for name, found in graphs.items():
        (line,) = found
        (quad,) = ox.parse(input=line, format=ox.RdfFormat.N_QUADS)
        assert (quad.graph_name, quad.object) == (ox.NamedNode(name), ox.Literal(told[name], language="fr"))


def test_statements_of_the_default_graph_are_in_no_graph() -> None:
    """Only named graphs are told apart; an object is never taken for a graph."""
    plain = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o"))

    assert lines_by_graph([plain]) == {}


@pytest.mark.parametrize("number", [0, 1, 499, 500, 501, 1000])
def test_any_number_of_documents_is_read(number: int) -> None:
    """No document is lost where one batch ends and the next begins."""
    documents = ({"id": f"urn:{each}", "type": "Project"} for each in range(number))

    assert number == len(lines(CONTEXT.quads(documents, BASE)))


@pytest.mark.parametrize(
    "text", ["<urn:s> <urn:p> [] .", "<urn:s> <urn:p> _:b .", '_:b <urn:p> "x" .', "<urn:s> <urn:p> (1) ."]
)
def test_a_blank_node_in_our_files_is_refused(tmp_path: Path, text: str) -> None:
    """Blank nodes would make two builds differ."""
    path = tmp_path / "ours.ttl"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CisGraphError, match=r"ours\.ttl holds a blank node"):
        turtle_lines(path)


def test_a_text_about_blank_nodes_is_none(tmp_path: Path) -> None:
    """``_:b`` within a literal is text."""
    path = tmp_path / "ours.ttl"
    path.write_text('<urn:s> <urn:p> "see _:b" .', encoding="utf-8")

    assert turtle_lines(path) == {'<urn:s> <urn:p> "see _:b" .'}


def test_lines_are_written_sorted_and_read_back(tmp_path: Path) -> None:
    """A file of lines is the same whatever order they came in, a line separator inside a literal included."""
    said = {'<urn:b> <urn:p> "x\u2028y\x85z" .', '<urn:a> <urn:p> "é" .'}
    write_lines(tmp_path / "x.nq", said)
    text = (tmp_path / "x.nq").read_text(encoding="utf-8")

    assert text.startswith("<urn:a>")
    assert said == split_lines(text)


def test_more_lines_than_are_held_are_sorted_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that come back after thousands of others are written once, in order, and nothing else is left."""
    monkeypatch.setattr(quads, "_RUN", 7)
    said = [f'<urn:{number % 23}> <urn:p> "é{number % 31}" .' for number in range(200)]
    write_lines(tmp_path / "x.nq", iter(said))

    assert (tmp_path / "x.nq").read_text(encoding="utf-8") == "".join(f"{line}\n" for line in sorted(set(said)))
    assert [path.name for path in tmp_path.iterdir()] == ["x.nq"]


def test_blocks_of_sorted_lines_are_written_as_they_are(tmp_path: Path) -> None:
    """The file is what it would be if every line were sorted; empty blocks leave nothing."""
    lines = [b"<urn:a> <urn:p> <urn:b> .", b"<urn:a> <urn:q> <urn:b> .", '<urn:b> <urn:p> "é" .'.encode()]
    write_blocks(tmp_path / "x.nq", Blocks([b"\n".join(lines[:2]), b"", lines[2]]))
    write_lines(tmp_path / "y.nq", [line.decode() for line in reversed(lines)])

    assert (tmp_path / "x.nq").read_bytes() == (tmp_path / "y.nq").read_bytes()


@pytest.mark.parametrize("late", [b"<urn:a> <urn:p> <urn:b> .", b"<urn:b> <urn:p> <urn:b> ."])
def test_a_block_that_comes_too_late_is_refused(tmp_path: Path, late: bytes) -> None:
    """What stands before the last line, or is it, would not be found again in the file."""
    with pytest.raises(CisGraphError, match="comes too late"):
        write_blocks(tmp_path / "x.nq", Blocks([b"<urn:b> <urn:p> <urn:b> .", late]))


def test_the_context_is_that_of_the_ontology(tmp_path: Path) -> None:
    """What is not in the file is not known."""
    path = tmp_path / "context.jsonld"
    path.write_text('{"@context": {"id": "@id"}}', encoding="utf-8")

    assert "label" in Context(ONTOLOGY / "context.jsonld").keys
    with pytest.raises(CisGraphError, match="label"):
        list(Context(path).quads([{"id": "urn:a", "label": "x"}], BASE))
