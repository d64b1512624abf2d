"""Every rule of the shapes, shown by a file that keeps it and a file that breaks it.

A folder is one shape. ``conforms-*.ttl`` breaks nothing; ``violates-<rule>.ttl``, or ``violates-<rule>--<case>.ttl``,
breaks that rule and no other of its severity or above.
"""

import re
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH
from rdflib.term import URIRef

from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.shapes import ShapesName, load_shapes, slug_of
from cis_graph.validation.validate import validate_batches

HERE = Path(__file__).parent
EXAMPLES = sorted(HERE.glob("*/*.ttl"))
GRAVITY = {"violation": 2, "warning": 1, "info": 0}


def folder_of(shape: str) -> str:
    """The folder of a shape: ``RecordSnapshot`` is shown in ``record-snapshot``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", shape).lower()


def rules_by_folder(name: ShapesName) -> dict[str, set[str]]:
    """The rules that each shape with a target holds its focus nodes to."""
    graph = load_shapes(name).graph
    folders: dict[str, set[str]] = {}
    for shape in {*graph.subjects(SH.targetClass), *graph.subjects(SH.targetSubjectsOf)}:
        slug = slug_of(str(shape))
        own = {slug} if (shape, SH.severity, None) in graph else set()
        folders[folder_of(slug)] = own | {slug_of(str(rule)) for rule in graph.objects(shape, SH.property)}
    return folders


RULES = {name: rules_by_folder(name) for name in get_args(ShapesName)}
SHAPES_OF = {folder: name for name, folders in RULES.items() for folder in folders}


def turtle_to_ntriples(path: Path) -> bytes:
    """A Turtle file as N-Triples."""
    return ox.serialize(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b""


STUBS = turtle_to_ntriples(HERE / "stubs.ttl")


def results_of(path: Path) -> list[ShapeResult]:
    """What the shapes say of an example."""
    batch = turtle_to_ntriples(path)
    return list(validate_batches([batch], stubs=STUBS, shapes=SHAPES_OF[path.parent.name], processes=1))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_breaks_exactly_the_rule_it_is_named_after(path: Path) -> None:
    """A file that conforms gives no result; one that violates gives its rule and nothing as grave beside it."""
    kind, _, rest = path.stem.partition("-")
    results = results_of(path)
    if kind == "conforms":
        assert results == []
        return
    rule = load_shapes(SHAPES_OF[path.parent.name]).rules[rest.partition("--")[0]]
    grave = {result.rule for result in results if GRAVITY[result.severity] >= GRAVITY[rule.severity]}
    assert grave == {rule.slug}


@pytest.mark.parametrize("folder", sorted(SHAPES_OF))
def test_every_rule_of_a_shape_has_an_example_on_either_side(folder: str) -> None:
    """A shape shows one node that conforms, and for each of its rules one that does not."""
    shown = {path.stem for path in HERE.glob(f"{folder}/*.ttl")}
    broken = {stem.removeprefix("violates-").partition("--")[0] for stem in shown if stem.startswith("violates-")}
    assert broken == RULES[SHAPES_OF[folder]][folder]
    assert any(stem.startswith("conforms-") for stem in shown)


@pytest.mark.parametrize("name", get_args(ShapesName))
def test_every_rule_belongs_to_a_shape_and_says_how_to_mend(name: ShapesName) -> None:
    """No rule is forgotten, and each has its message and its remedy in French and English."""
    shapes = load_shapes(name)
    declared = {
        slug_of(str(iri)) for iri in shapes.graph.subjects(RDF.type, SH.PropertyShape) if isinstance(iri, URIRef)
    }
    node_rules = {
        slug
        for slug in shapes.rules
        if (URIRef(f"https://w3id.org/insoc/shapes#{slug}"), RDF.type, SH.NodeShape) in shapes.graph
    }
    assert set().union(*RULES[name].values()) == declared | node_rules == set(shapes.rules)
    assert all(
        rule.message_fr and rule.message_en and rule.remedy_fr and rule.remedy_en for rule in shapes.rules.values()
    )


def test_shapes_use_shacl_core_only() -> None:
    """Any SHACL engine can run the shapes: nothing of SHACL-SPARQL or of the advanced features is used."""
    beyond = {SH.sparql, SH.select, SH.ask, SH.js, SH.rule, SH.target, SH.expression}
    for name in get_args(ShapesName):
        assert not beyond & set(load_shapes(name).graph.predicates())
