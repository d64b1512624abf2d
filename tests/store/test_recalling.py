from collections.abc import Callable
from pathlib import Path

import pytest

from cis_graph.model.releases import Unrecalled
from cis_graph.model.terms import Iri, Literal
from cis_graph.store.embedded import EmbeddedStore, make_store
from cis_graph.store.reading import ReadableStore
from cis_graph.store.recalling import Recalled, Recalling

RECORD = "https://base.example/id/record/x"
LINES = f"""
<urn:a> <urn:p> "un"@fr .
<urn:a> <urn:p> "deux"@fr .
<urn:a> <urn:q> <urn:b> .
<urn:c> <urn:q> <urn:b> .
<urn:c> <urn:p> "trois" .
<{RECORD}#node> <urn:p> "dit" <{RECORD}> .
<{RECORD}#node> <urn:q> <urn:b> <{RECORD}> .
<{RECORD}#node> <urn:p> "ailleurs" <urn:other> .
"""


@pytest.fixture(params=["embedded", "recalled"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ReadableStore:
    """The same statements, asked for and recalled."""
    (tmp_path / "lines.nq").write_text(LINES, encoding="utf-8")
    make_store(tmp_path / "store", [tmp_path / "lines.nq"])
    opened = EmbeddedStore(tmp_path / "store")
    return Recalling(opened) if request.param == "recalled" else opened


def test_things_are_told_by_their_properties(store: ReadableStore) -> None:
    """All of a thing, or some of its properties; nothing of what nobody speaks of, and nothing of records' graphs."""
    for _ in range(2):
        said = store.about(("urn:a", "urn:c", "urn:nothing", f"{RECORD}#node"))
        assert {Literal("un", LANGUAGE, "fr"), Literal("deux", LANGUAGE, "fr")} == set(said["urn:a"]["urn:p"])
        assert (Iri("urn:b"),) == said["urn:a"]["urn:q"] == said["urn:c"]["urn:q"]
        assert {} == said["urn:nothing"] == said[f"{RECORD}#node"]
        assert {"urn:c": {"urn:q": (Iri("urn:b"),)}} == store.about(("urn:c",), ("urn:q", "urn:none"))
        assert {} == store.about(())


def test_what_points_to_a_thing_is_found_by_property(store: ReadableStore) -> None:
    """Each property that is asked for, those that nothing points by left empty."""
    for _ in range(2):
        found = store.pointing("urn:b", ("urn:q", "urn:none"))
        assert {Iri("urn:a"), Iri("urn:c")} == set(found["urn:q"])
        assert () == found["urn:none"]


def test_a_node_is_told_by_its_record_alone(store: ReadableStore) -> None:
    """What other graphs say of a record's node is not the record's."""
    node = f"{RECORD}#node"
    for _ in range(2):
        assert {node: {"urn:p": (Literal("dit"),), "urn:q": (Iri("urn:b"),)}} == store.told((node,))
    assert {} == store.told(())


LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


class Counting:
    """Says of each thing its own name, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def about(self, subjects: list[str], _: object = ()) -> dict[str, dict[str, tuple[Literal, ...]]]:
        """What there is to say."""
        self.asked += subjects
        return {one: {"urn:name": (Literal(one),)} for one in subjects}


def test_what_was_asked_last_is_recalled_within_a_bound() -> None:
    """Asked again, the store is not; what nobody asks for any more is let go, what somebody does is kept."""
    counting = Counting()
    store = Recalling(counting, most=100)  # type: ignore[arg-type]  # only one of its questions is asked
    for number in range(100):
        said = store.about(("urn:often", f"urn:{number}"))
        assert Literal(f"urn:{number}") == said[f"urn:{number}"]["urn:name"][0]

    assert 1 == counting.asked.count("urn:often")
    assert 101 == len(counting.asked)
    store.about(("urn:99", "urn:0"))
    assert counting.asked[101:] == ["urn:0"]


def test_what_is_recalled_is_told_without_being_looked_up(tmp_path: Path) -> None:
    """Each question is known once the store was asked it; neither another one nor a long one is answered."""
    (tmp_path / "lines.nq").write_text(LINES, encoding="utf-8")
    make_store(tmp_path / "store", [tmp_path / "lines.nq"])
    store = Recalling(EmbeddedStore(tmp_path / "store"))
    memory = Recalled(store)
    questions: tuple[Callable[[Recalling | Recalled], object], ...] = (
        lambda it: it.about(("urn:a", "urn:nothing")),
        lambda it: it.about(("urn:a",), ("urn:q",)),
        lambda it: it.pointing("urn:b", ("urn:q",)),
        lambda it: it.told((f"{RECORD}#node",)),
    )
    for question in questions:
        with pytest.raises(Unrecalled):
            question(memory)
        assert question(store) == question(memory)
    with pytest.raises(Unrecalled):
        memory.about(("urn:a", "urn:c"))
    many = [f"urn:{number}" for number in range(201)]
    store.about(many)
    assert len(memory.about(many[:200])) == 200
    with pytest.raises(Unrecalled):
        memory.about(many)
