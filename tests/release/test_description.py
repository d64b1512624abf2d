from pathlib import Path

import pyoxigraph as ox
import pytest

from cis_graph.rdf.examples import examples
from cis_graph.rdf.iris import DCTERMS, INSOC, RDF, SKOS, VOID, XSD
from cis_graph.release.counting import counted
from cis_graph.release.description import description_lines
from cis_graph.release.parts import NAMES, Parts
from cis_graph.resources import SPARQL
from cis_graph.settings import Settings

BASE = "https://carrefour.example/"
SAID = {
    "entities": {
        f"<{BASE}id/project/1> <{RDF}type> <{INSOC}Project> .",
        f'<{BASE}id/project/1> <{SKOS}prefLabel> "Un verger"@fr .',
        f"<{BASE}id/project/1> <{INSOC}theme> <https://w3id.org/insoc/concept/theme/sante> .",
        f"<{BASE}id/project/2> <{RDF}type> <{INSOC}Project> .",
    },
    "reference": {f"<https://w3id.org/insoc/concept/theme/sante> <{SKOS}exactMatch> <http://www.wikidata.org/entity/Q1> ."},
    "records": {f'<{BASE}id/record/clairiere/1#p> <{SKOS}prefLabel> "Verger"@fr <{BASE}id/record/clairiere/1> .'},
    "provenance": {
        f"<{BASE}id/contributor/clairiere> <{RDF}type> <{INSOC}Contributor> .",
        f'<{BASE}id/contributor/clairiere> <{SKOS}prefLabel> "Clairière"@fr .',
        f"<{BASE}id/contributor/clairiere> <{DCTERMS}license> <https://spdx.org/licenses/etalab-2.0> .",
        f'<{BASE}id/record/clairiere/1> <{VOID}triples> "1"^^<{XSD}integer> .',
    },
}  # fmt: skip
SIB = (  # the check of the Swiss Institute of Bioinformatics
    "ASK { ?s sh:prefix ?p ; sh:namespace ?n }",
    "ASK { ?q a sh:SPARQLExecutable ; rdfs:comment ?c ; sh:select|sh:ask|sh:construct|sh:describe ?t }",
    "ASK { ?d void:classPartition [ void:class ?c ; void:propertyPartition [ void:property ?p ] ] }",
)
PREFIXES = """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX schema: <https://schema.org/>
BASE <https://carrefour.example/> """


def described(folder: Path) -> set[str]:
    """What a small release says of itself."""
    parts = Parts(folder)
    for name in NAMES:
        parts.write(name, SAID.get(name, ()))
    return description_lines(parts, counted(parts, Parts(folder / "none"), None, BASE), Settings(query_timeout=12))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """The small release's description, to be asked."""
    found = ox.Store()
    found.load(
        "\n".join(described(tmp_path_factory.mktemp("parts"))), format=ox.RdfFormat.N_QUADS
    )  # fmt: skip
    return found


@pytest.mark.parametrize("query", SIB)
def test_the_sib_check_passes(store: ox.Store, query: str) -> None:
    """Prefixes, examples and classes with their properties are found as the check asks for them."""
    assert store.query(PREFIXES + query)


@pytest.mark.parametrize(
    "pattern",
    [
        "<data#dataset> void:triples 9 ; void:classes 2 ; void:properties 6 ; void:distinctSubjects 5",
        "?part void:class <https://w3id.org/insoc/ontology#Project> ; void:entities 2",
        "?links a void:Linkset ; void:objectsTarget/dcterms:title 'www.wikidata.org' ; void:triples 1",
        "<data#contributor-clairiere> void:triples 1 ; void:documents 1 ; dcterms:title 'Clairière'@fr",
        "<data#contributor-clairiere> dcterms:license <https://spdx.org/licenses/etalab-2.0>",
        "<data/clairiere.nq.gz> a dcat:Distribution ; dcterms:license <https://spdx.org/licenses/etalab-2.0>",
        "<sparql> schema:additionalProperty [ schema:propertyID 'timeout' ; schema:value 12.0 ]",
        "<sparql> sd:endpoint <sparql> ; sd:defaultDataset/sd:defaultGraph [ void:triples 9 ]",
    ],
)
def test_what_is_said_is_so(store: ox.Store, pattern: str) -> None:
    """Counts, links, licences and limits are those of the release."""
    assert store.query(f"{PREFIXES} ASK {{ {pattern} }}")


def test_the_same_release_says_the_same(tmp_path: Path) -> None:
    """Two descriptions of the same parts are equal, and hold no blank node."""
    once, again = described(tmp_path / "once"), described(tmp_path / "again")
    assert once == again
    assert [line for line in once if line.startswith("_:") or " _:" in line.split('"')[0]] == []


def test_every_function_that_is_promised_is_there(store: ox.Store) -> None:
    """Each extension function gives a value for points or for surfaces."""
    wkt = "^^<http://www.opengis.net/ont/geosparql#wktLiteral>"
    point, surface = f'"POINT(4.8 45.7)"{wkt}', f'"POLYGON((4 45,5 45,5 46,4 46,4 45))"{wkt}'
    tried = (
        point,
        surface,
        f"{point}, {point}",
        f"{point}, {surface}",
        f"{point}, {point}, <http://www.opengis.net/def/uom/OGC/1.0/metre>",
    )
    promised = store.query(f"{PREFIXES} SELECT ?f {{ <sparql> sd:extensionFunction ?f }}")
    assert isinstance(promised, ox.QuerySolutions)
    functions = [row["f"].value for row in promised]
    assert len(functions) > 30
    for function in functions:
        calls = ", ".join(f"<{function}>({arguments})" for arguments in tried)
        assert store.query(f"ASK {{ FILTER(BOUND(?x)) BIND(COALESCE({calls}) AS ?x) }}"), function


def test_every_example_is_described() -> None:
    """An example has a kind, a title in both languages and a word on what it shows."""
    for one in examples(SPARQL / "examples"):
        assert one.kind in {"select", "ask", "construct", "describe"}
        assert {*one.titles} == {"fr", "en"}
        assert one.shows
