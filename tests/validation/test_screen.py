"""The screen never clears what the judge would reject, whatever is done to a record."""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest
from rdflib import Graph

from cis_graph.rdf.iris import DCTERMS, RDF, RDFS, SKOS, XSD
from cis_graph.validation.judge import ShapeResult, judge, stubs_of
from cis_graph.validation.screen import Screen
from cis_graph.validation.shapes import ShapesName, load_shapes

SHAPES_EXAMPLES = Path(__file__).parents[1] / "shapes"
REDUCED, WHOLE = 150, 4_000  # mutants of each file of shapes
HEAD = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix a: <https://a.example/> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
)
STUBS = (
    ox.serialize(
        ox.parse(path=str(SHAPES_EXAMPLES / "stubs.ttl"), format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES
    )
    or b""
)
STRANGE: tuple[ox.NamedNode | ox.BlankNode | ox.Literal, ...] = (
    ox.Literal(""),
    ox.Literal("06 09 00 00 00"),
    ox.Literal("x@y.fr", language="fr"),
    ox.Literal("<b>gras</b>", language="fr-FR"),
    ox.Literal("a" * 301, language="en"),
    ox.Literal("2019-02-30", datatype=ox.NamedNode(f"{XSD}date")),
    ox.Literal("2019-02-03", datatype=ox.NamedNode(f"{XSD}date")),
    ox.Literal("2019-02-03Z", datatype=ox.NamedNode(f"{XSD}date")),
    ox.Literal("20x8", datatype=ox.NamedNode(f"{XSD}gYear")),
    ox.Literal("-5", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("101", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("7.0", datatype=ox.NamedNode(f"{XSD}decimal")),
    ox.Literal("7", datatype=ox.NamedNode(f"{XSD}nonNegativeInteger")),
    ox.NamedNode("javascript:alert(1)"),
    ox.NamedNode("https://w3id.org/insoc/concept/theme/nonsense"),
    ox.BlankNode("b"),
)


@cache
def examples() -> tuple[tuple[ox.Triple, ...], ...]:
    """The triples of every example of the shapes, good and bad."""
    paths = sorted(SHAPES_EXAMPLES.glob("*/*.ttl"))
    return tuple(tuple(q.triple for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)) for path in paths)


def mutant(chance: random.Random) -> bytes:
    """Two examples in one, with one to four triples lost, changed, or told of something else."""
    one, other = chance.sample(examples(), 2)
    triples = [*one, *other]
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(triples))
        triples[place : place + 1] = chance.choice(CHANGES)(triples[place], chance.choice(triples), chance)
        if not triples:
            return b""
    quads = (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES) or b""


def _strange(triple: ox.Triple, _: ox.Triple, chance: random.Random) -> list[ox.Triple]:
    return [ox.Triple(triple.subject, triple.predicate, chance.choice(STRANGE))]


def _claim(triple: ox.Triple, other: ox.Triple, chance: random.Random) -> list[ox.Triple]:
    claim = ox.NamedNode(
        chance.choice((f"{RDFS}subClassOf", f"{SKOS}inScheme", f"{RDF}type", f"{DCTERMS}isReplacedBy"))
    )
    return [triple, ox.Triple(other.subject, claim, triple.object)]


CHANGES: tuple[Callable[[ox.Triple, ox.Triple, random.Random], list[ox.Triple]], ...] = (
    lambda *_: [],
    lambda triple, *_: [triple, triple],
    lambda triple, other, _: [ox.Triple(triple.subject, triple.predicate, other.object)],
    lambda triple, other, _: [triple, ox.Triple(triple.subject, triple.predicate, other.object)],
    lambda triple, other, _: [ox.Triple(triple.subject, other.predicate, triple.object)],
    lambda triple, other, _: [ox.Triple(other.subject, triple.predicate, triple.object)],
    _strange,
    _claim,
)


def verdicts(name: ShapesName, batch: bytes) -> tuple[tuple[ShapeResult, ...], tuple[ShapeResult, ...]]:
    """What is found with the screen, and by the judge alone."""
    shapes, stubs = load_shapes(name), stubs_of(STUBS)
    return judge(batch, stubs=stubs, shapes=shapes), judge(batch, stubs=stubs, shapes=replace(shapes, screen=None))


def differ(count: int, name: ShapesName) -> list[bytes]:
    """The mutants, of ``count``, on which the two do not agree."""
    chance = random.Random(f"{name} {count}")
    mutants = [mutant(chance) for _ in range(count)]
    return [batch for batch in mutants if len(set(verdicts(name, batch))) > 1]


@pytest.mark.parametrize("name", get_args(ShapesName))
def test_the_screen_knows_all_that_our_shapes_say(name: ShapesName) -> None:
    """A constraint added to the shapes is added to the screen, or every record goes to the judge and builds are slow."""
    assert load_shapes(name).screen is not None


@pytest.mark.parametrize("name", get_args(ShapesName))
def test_the_judge_finds_with_the_screen_what_it_finds_alone(name: ShapesName) -> None:
    """On broken records of every kind the results are the same, word for word."""
    assert differ(REDUCED, name) == []


@pytest.mark.torture
@pytest.mark.parametrize("name", get_args(ShapesName))
def test_the_judge_finds_with_the_screen_what_it_finds_alone_on_thousands(name: ShapesName) -> None:
    """The same, over many more."""
    assert differ(WHOLE, name) == []


def test_a_record_that_keeps_every_rule_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the screen clears costs nothing more."""
    monkeypatch.setattr("pyshacl.validate", lambda *_, **__: pytest.fail("the judge was asked"))
    path = SHAPES_EXAMPLES / "project" / "conforms-complete.ttl"
    batch = ox.serialize(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b""

    assert judge(batch, stubs=stubs_of(STUBS), shapes=load_shapes("records")) == ()


@pytest.mark.parametrize(
    "shape",
    [
        "a:s sh:closed true",
        "a:s sh:path a:p ; sh:maxExclusive 3",
        "a:s sh:path a:p ; sh:minCount 'three'",
        "a:s sh:path a:p ; sh:datatype xsd:byte",
        "a:s sh:path a:p ; sh:hasValue 'text'",
        "a:s sh:path a:p ; sh:nodeKind sh:Literal",
        "a:s sh:path a:p ; sh:pattern 'x' ; sh:flags 'm'",
        "a:s sh:path [ sh:zeroOrMorePath a:p ] ; sh:minCount 1",
        "a:s sh:path a:p ; sh:node a:s",
        "a:s sh:path a:p ; sh:or ( [ sh:xone ( a:t a:u ) ] )",
        "a:s sh:sparql [ sh:select 'SELECT $this {}' ]",
        "a:s sh:targetNode a:x",
        "a:s sh:targetObjectsOf a:p",
        "a:s sh:path a:p ; sh:minCount 1 ; sh:deactivated true",
        "a:s a:unheard-of true",
    ],
)
def test_what_the_screen_does_not_know_is_left_to_the_judge(shape: str) -> None:
    """One unknown constraint, path, target or value, and there is no screen at all."""
    known = Graph().parse(data=f"{HEAD} a:s sh:targetClass a:C ; sh:severity sh:Violation .", format="turtle")
    asked = Graph().parse(data=f"{HEAD} a:s sh:targetClass a:C . {shape} .", format="turtle")

    assert Screen.of(known) is not None
    assert Screen.of(asked) is None
