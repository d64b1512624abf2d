import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import SH, Graph, URIRef
from rdflib import Literal as RdfLiteral

from cis_graph.rdf.iris import FOAF, INSOC, PROV, RDF, SKOS, Iris
from cis_graph.release.checks import canonical_violations, write_checks
from cis_graph.release.information import REPORT
from cis_graph.release.parts import NAMES, PARTS, Parts
from cis_graph.validation.judge import judge, stubs_of
from cis_graph.validation.shapes import load_shapes
from cis_graph.validation.validate import in_batches, validate_batches
from tests.conftest import Demonstration

IRIS = Iris("https://carrefour.example/")
ACTOR = IRIS.entity("actor", "abcdefghij")
RECORD = IRIS.record("clairiere", "1")
GOOD = {
    f"<{ACTOR}> <{RDF}type> <{INSOC}Actor> .",
    f'<{ACTOR}> <{SKOS}prefLabel> "Clairière"@fr .',
    f"<{ACTOR}> <{PROV}wasDerivedFrom> <{RECORD}> .",
}
BAD = {line for line in GOOD if "wasDerivedFrom" not in line}
TOLD = {f"<{RECORD}> <{RDF}type> <{INSOC}Record> ."}


def parts(folder: Path, entities: set[str]) -> Parts:
    """Parts with these entities, told by one record."""
    one = Parts(folder)
    for name in NAMES:
        one.write(name, {"entities": entities, "provenance": TOLD}.get(name, ()))
    return one


@pytest.fixture
def none(tmp_path: Path) -> Parts:
    """No release before this one."""
    return Parts(tmp_path / "none")


def paths(now: Parts, before: Parts) -> set[str]:
    """The properties of the actor that break a shape."""
    found = canonical_violations(now, before, 1)
    return {str(one.path) for one in found if one.focus == ACTOR}


def test_an_entity_without_a_source_is_found(tmp_path: Path, none: Parts) -> None:
    """An actor that no record tells of breaks its shape, and one that a record tells of is fine."""
    assert paths(parts(tmp_path / "bad", BAD), none) == {f"{PROV}wasDerivedFrom"}
    assert paths(parts(tmp_path / "good", GOOD), none) == set()


def test_a_match_is_left_to_its_own_test(tmp_path: Path, none: Parts) -> None:
    """Matches without a node are not looked at, from nothing or as a change; the entity beside them is."""
    match = {f"<{ACTOR}#match-0> <{RDF}type> <{INSOC}Match> ."}
    now, before = parts(tmp_path / "now", BAD | match), parts(tmp_path / "before", TOLD)

    for last in (none, before):
        assert {one.focus for one in canonical_violations(now, last, 1)} == {ACTOR}


def test_a_match_that_a_patch_speaks_of_is_looked_at(tmp_path: Path, none: Parts) -> None:
    """Whatever a curator says of a match, it keeps to its shape, from nothing or as a change."""
    match = f"{ACTOR}#match-0"
    now, before = (
        parts(tmp_path / "now", GOOD | {f"<{match}> <{RDF}type> <{INSOC}Match> ."}),
        parts(tmp_path / "b", TOLD),
    )
    now.write("patches", {f'<{match}> <{INSOC}evidence> "x" .'})

    for last in (none, before):
        assert {one.focus for one in canonical_violations(now, last, 1)} == {match}


def test_what_is_left_to_tests_keeps_to_its_shapes(demonstration: Demonstration) -> None:
    """Every match of the demonstration, and every tie; what is cut from one is found."""
    made = Parts(demonstration.release.place / PARTS)
    lines = [line for line in made.merged(["links"]) if b"#match-" in line.split(b" ", 1)[0]]
    ties = [*made.merged(["ties"])]
    types = b"".join(line for line in made.merged(["entities"]) if b"#type> " in line)

    def broken(said: list[bytes]) -> set[str]:
        batch = in_batches([b"".join(said)])
        found = validate_batches(batch, stubs=types, shapes="canonical", processes=1)
        return {str(one.path) for one in found if one.severity == "violation"}

    assert len(lines) > 50_000
    assert ties
    assert broken(lines) == broken(ties) == set()
    first = next(place for place, line in enumerate(lines) if b"#matches>" in line)
    assert broken(lines[:first] + lines[first + 1 :]) == {f"{INSOC}matches"}


def test_what_the_shapes_do_not_name_changes_nothing(demonstration: Demonstration) -> None:
    """Damaged statements break the same rules whether all of them are looked at, or those that shapes name."""
    shapes, damage = load_shapes("canonical"), random.Random(7)
    made = Parts(demonstration.release.place / PARTS)
    entities = [line for line in made.merged(["entities", "derived", "links"]) if b"/id/actor/" in line][:20_000]
    types = stubs_of(b"".join(line for line in made.merged(["entities", "provenance"]) if b"#type> " in line))
    said = [line for line in entities if damage.random() > 0.05]
    values = [line.split(b" ", 2)[2] for line in said]
    said = [
        b" ".join((*line.split(b" ", 2)[:2], damage.choice(values) if damage.random() < 0.02 else value))
        for line, value in zip(said, values, strict=True)
    ]
    assert shapes.predicates is not None
    named = {f"<{one}>".encode() for one in shapes.predicates}
    fewer = [line for line in said if line.split(b" ", 2)[1] in named]
    every, some = (judge(b"".join(lines), stubs=types, shapes=shapes) for lines in (said, fewer))

    assert len(fewer) < len(said)
    assert len({one.rule for one in every}) > 2
    assert every == some


def test_shapes_that_look_at_all_that_is_said_name_no_properties() -> None:
    """A closed shape minds properties that it does not name."""
    shapes = load_shapes("canonical")
    closed = Graph() + shapes.engine
    closed.add((URIRef("https://shape.example/"), SH.closed, RdfLiteral("true")))

    assert replace(shapes, engine=closed).predicates is None


def test_what_did_not_change_is_not_looked_at_again(tmp_path: Path) -> None:
    """A release that says what the last one said passes at once."""
    assert canonical_violations(parts(tmp_path / "now", BAD), parts(tmp_path / "before", BAD), 1) == ()


def test_what_changed_is_looked_at(tmp_path: Path) -> None:
    """One statement more, and the whole subject is checked."""
    now = parts(tmp_path / "now", BAD | {f"<{ACTOR}> <{FOAF}homepage> <https://a.example/> ."})

    assert paths(now, parts(tmp_path / "before", BAD)) == {f"{PROV}wasDerivedFrom"}


def test_what_was_found_is_written_into_the_report(tmp_path: Path, none: Parts) -> None:
    """Whoever wonders why a release is not published can read it."""
    (tmp_path / REPORT).mkdir()
    found = canonical_violations(parts(tmp_path / "bad", BAD), none, 1)
    write_checks(tmp_path, found)
    written = json.loads((tmp_path / REPORT / "checks.json").read_text(encoding="utf-8"))

    assert [one["focus"] for one in written] == [one.focus for one in found]
    assert all(one["message_fr"] and one["message_en"] for one in written)
