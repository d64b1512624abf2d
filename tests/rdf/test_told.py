from dataclasses import replace

from cis_graph.model.records import Record
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.provenance import snapshot_iri
from cis_graph.rdf.quads import Context
from cis_graph.rdf.told import Told, say, seen, tell
from tests.support.making import SOURCE, project, record

IRIS = Iris("https://carrefour.example/")


def told_of(records: list[Record], at: str) -> list[Told]:
    """Records as they are told at a time."""
    return [tell(one, said, SOURCE, IRIS, at) for one, said in zip(records, say(records, Context(), IRIS), strict=True)]


def test_each_record_is_told_by_its_own_statements() -> None:
    """Statements stand in the graph of the record that makes them, whatever they say; order is kept."""
    records = [
        record("a", "1", project("x> <urn:elsewhere")),
        record("a", "b/é #2", project("y\u2028z")),
        record("a", "empty"),
    ]
    told = told_of(records, "2026-01-01T00:00:00Z")

    assert records == [one.record for one in told]
    assert [one.iri for one in told] == [IRIS.record("a", one.key) for one in records]
    assert [len(one.statements) for one in told] == [2, 2, 0]
    for one in told:
        assert all(line.endswith(f" <{one.iri}> .") for line in one.statements)
        assert all(line.startswith((f"<{one.iri}> ", f"<{one.iri}/v/")) for line in one.provenance)


def test_a_record_that_stays_as_it_was_keeps_its_snapshot() -> None:
    """A state is known by all that is said in it, and keeps the time of the first harvest that had it."""
    before = [record("a", "1", project("x")), record("a", "2", project("y")), record("a", "3", project("z"))]
    now = [before[0], record("a", "2", project("other")), replace(before[2], page="https://a.example/3")]
    first, second = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
    known = {snapshot_iri(one.iri, one.seen.sha256): one.seen.at for one in told_of(before, first)}

    told = told_of(now, second)

    assert [first, second, second] == [seen(one.iri, one.seen.sha256, second, known.get).at for one in told]
