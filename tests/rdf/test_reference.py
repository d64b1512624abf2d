import pyoxigraph as ox

from cis_graph.rdf.iris import DCTERMS, GEO, IGEO, INSOC, RDF, SCHEMA, SKOS, XSD, Iris
from cis_graph.rdf.reference import containment_lines, stub_lines, territory_lines, vocabulary_lines
from cis_graph.territories.gazetteer import Gazetteer, Territory

IRIS = Iris("https://carrefour.example/")


def territory(key: str, *within: str, **more: object) -> Territory:
    """A territory with invented values."""
    level, _, code = key.rpartition("-")
    values: dict[str, object] = {
        "key": key,
        "level": level,
        "code": code,
        "name": key.title(),
        "within": within,
        "ended": None,
        "replaced_by": None,
        "latitude": None,
        "longitude": None,
        "population": None,
        "postcodes": (),
    }
    return Territory(**values | more)  # type: ignore[arg-type]


GAZETTEER = Gazetteer(
    {
        one.key: one
        for one in (
            territory("pays-fr", code=None),
            territory("region-84", "pays-fr"),
            territory("ancienne-region-82", "region-84", ended="2015-12-31", replaced_by="region-84"),
            territory("commune-69123", "region-84", latitude=45.75, longitude=-0.00001, name='L"yon\\'),
        )
    },
    (),
    "",
)


def about(key: str, lines: list[str]) -> set[tuple[str, str]]:
    """The predicates and objects of a territory."""
    quads = ox.parse(input="\n".join(lines), format=ox.RdfFormat.N_QUADS)
    found = [quad for quad in quads if isinstance(quad.subject, ox.NamedNode)]
    return {(q.predicate.value, str(q.object)) for q in found if q.subject == ox.NamedNode(iri(key))}


def iri(key: str) -> str:
    """The IRI of a territory."""
    return IRIS.entity("territory", key)


def test_a_territory_is_told_with_its_class_code_name_and_point() -> None:
    """INSEE's words and ours; decimals have no exponent."""
    assert about("commune-69123", list(territory_lines(GAZETTEER, IRIS))) == {
        (f"{RDF}type", f"<{INSOC}Territory>"),
        (f"{RDF}type", f"<{IGEO}Commune>"),
        (f"{SKOS}prefLabel", '"L\\"yon\\\\"@fr'),
        (f"{IGEO}codeINSEE", '"69123"'),
        (f"{INSOC}within", f"<{iri('region-84')}>"),
        (f"{GEO}hasGeometry", f"<{iri('commune-69123')}#point>"),
        (f"{SCHEMA}latitude", f'"45.75"^^<{XSD}decimal>'),
        (f"{SCHEMA}longitude", f'"-0.00001"^^<{XSD}decimal>'),
    }


def test_a_former_region_says_until_when_and_what_came_after() -> None:
    """An old territory stays, with its last day and its successor."""
    said = about("ancienne-region-82", list(territory_lines(GAZETTEER, IRIS)))

    assert (f"{SCHEMA}endDate", f'"2015-12-31"^^<{XSD}date>') in said
    assert (f"{DCTERMS}isReplacedBy", f"<{iri('region-84')}>") in said


def test_a_territory_without_code_has_none() -> None:
    """Nothing is made up for a country."""
    assert f"{IGEO}codeINSEE" not in {name for name, _ in about("pays-fr", list(territory_lines(GAZETTEER, IRIS)))}


def test_containment_closes_what_the_reference_says_directly() -> None:
    """Direct links and derived ones together are the reflexive, transitive closure, and none is said twice."""
    direct = [line for line in territory_lines(GAZETTEER, IRIS) if f"{INSOC}within" in line]
    derived = list(containment_lines(GAZETTEER, IRIS))
    said = {
        (key, outer) for key in GAZETTEER.territories for outer in GAZETTEER.territories
        if f"<{iri(key)}> <{INSOC}within> <{iri(outer)}> ." in {*direct, *derived}
    }  # fmt: skip

    assert said == {(key, outer) for key in GAZETTEER.territories for outer in GAZETTEER.containers(key)}
    assert set(direct).isdisjoint(derived)
    assert len(derived) == len(set(derived))


def test_stubs_name_the_type_of_all_that_records_cite() -> None:
    """Concepts keep their type and scheme, territories and contributors get their class; no label goes along."""
    vocabulary = [
        f"<urn:c> <{RDF}type> <{SKOS}Concept> .",
        f"<urn:c> <{SKOS}inScheme> <urn:scheme> .",
        f'<urn:c> <{SKOS}prefLabel> "C"@fr .',
    ]
    stubs = stub_lines(vocabulary, ["pays-fr"], ["la-fonda"], IRIS).decode()

    assert set(stubs.split("\n")) == {
        *vocabulary[:2],
        f"<{iri('pays-fr')}> <{RDF}type> <{INSOC}Territory> .",
        f"<{IRIS.entity('contributor', 'la-fonda')}> <{RDF}type> <{INSOC}Contributor> .",
    }


def test_the_vocabulary_is_one_set_of_statements() -> None:
    """Ontology, alignments and schemes parse together and hold no blank node."""
    lines = vocabulary_lines()

    assert len(set(ox.parse(input="\n".join(lines), format=ox.RdfFormat.N_QUADS))) == len(lines)
    assert any(line.startswith(f"<{INSOC}cooperatesWith>") for line in lines)
