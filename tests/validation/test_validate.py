"""Validation in batches: here or over a pool, whatever is handed in."""

import pytest
from rdflib import SH

from cis_graph.errors import SourceFault
from cis_graph.validation.shapes import load_shapes, slug_of
from cis_graph.validation.validate import in_batches, validate_batches

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
INSOC = "https://w3id.org/insoc/ontology#"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
DESCRIPTION = "<http://purl.org/dc/terms/description>"
STUBS = f"<https://w3id.org/insoc/concept/theme/sante> {RDF_TYPE} <{INSOC}Theme> .\n"


def project(number: int, extra: str = "") -> bytes:
    """A project with no theme; every third has no label."""
    node = f"<https://carrefour.example/id/record/x/{number}#project>"
    label = "" if number % 3 == 0 else f'{node} {LABEL} "Projet {number}"@fr .\n'
    return f"{node} {RDF_TYPE} <{INSOC}Project> .\n{label}{extra.replace('NODE', node)}".encode()


def rules_of(extra: str) -> set[str]:
    """The violations of one project with something more."""
    results = validate_batches([project(1, extra)], stubs=STUBS, shapes="records", processes=1)
    return {result.rule for result in results if result.severity == "violation"}


def test_a_pool_finds_what_one_process_finds() -> None:
    """The number of processes changes how long it takes, not what is found nor in which order."""
    batches = list(in_batches((project(number) for number in range(30)), size=7))
    alone = list(validate_batches(batches, stubs=STUBS, shapes="records", processes=1))
    together = list(validate_batches(batches, stubs=STUBS, shapes="records", processes=2))
    assert alone == together
    assert sum(result.rule == "label-missing" for result in alone) == 10


def test_records_are_taken_a_few_at_a_time() -> None:
    """The last batch holds what is left."""
    assert [batch.count(b"Project>") for batch in in_batches(map(project, range(5)), size=2)] == [2, 2, 1]


def test_no_batch_gives_no_result() -> None:
    """A day without changed records is no fault."""
    assert list(validate_batches([], stubs=b"", shapes="records", processes=2)) == []


def test_a_stub_makes_a_concept_known() -> None:
    """What a record cites is looked up in the stubs and nowhere else."""
    theme = f"NODE <{INSOC}theme> <https://w3id.org/insoc/concept/theme/%s> .\n"
    assert rules_of(theme % "sante") == set()
    assert rules_of(theme % "emploi") == {"theme-known"}


@pytest.mark.parametrize(
    "claim",
    [
        f"THEME {RDF_TYPE} <{INSOC}Theme> .\n",
        f"THEME {RDF_TYPE} <a:kind> .\n<a:kind> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{INSOC}Theme> .\n",
        "THEME <http://www.w3.org/2004/02/skos/core#inScheme> <https://w3id.org/insoc/concept/theme> .\n",
    ],
)
def test_a_record_cannot_make_a_concept_known(claim: str) -> None:
    """Whoever sends RDF cannot add a theme by saying that it is one."""
    theme = "<https://w3id.org/insoc/concept/theme/mine>"
    assert rules_of(f"NODE <{INSOC}theme> {theme} .\n{claim.replace('THEME', theme)}") == {"theme-known"}


@pytest.mark.parametrize("processes", [1, 2])
def test_a_class_that_is_handed_over_makes_what_is_cited_known(processes: int) -> None:
    """It says as much as a stub would, with the same batch and no other; of two classes both are heard."""
    record = "https://carrefour.example/id/record/x/1"
    actors = [
        f"""<https://carrefour.example/id/actor/abcdefghi{letter}> {RDF_TYPE} <{INSOC}Actor> .
<https://carrefour.example/id/actor/abcdefghi{letter}> {LABEL} "Clairière"@fr .
<https://carrefour.example/id/actor/abcdefghi{letter}> <http://www.w3.org/ns/prov#wasDerivedFrom> <{record}> .
""".encode()
        for letter in "abcdef"
    ]

    def broken(*classes: str) -> list[str]:
        def cited(_: bytes | str) -> list[tuple[str, str]]:
            return [(record, f"{INSOC}{one}") for one in classes]

        found = validate_batches(actors, stubs=b"", shapes="canonical", processes=processes, cited=cited)
        return [one.focus for one in found if one.severity == "violation"]

    assert broken("Record") == broken("Theme", "Record") == []
    assert len(broken("Theme")) == len(broken()) == 6


def test_what_is_only_cited_is_not_checked() -> None:
    """The other end of a link is another batch's business."""
    one, other = (f"<https://carrefour.example/id/actor/{letter * 10}>" for letter in "ab")
    batch = f"{one} <{INSOC}cooperatesWith> {other} .\n{one} <{INSOC}takesPartIn> <a:project> .\n"
    stubs = f"{other} {RDF_TYPE} <{INSOC}Actor> .\n"
    assert list(validate_batches([batch], stubs=stubs, shapes="canonical", processes=1)) == []


def test_a_result_says_which_property_holds_the_value() -> None:
    """Where a rule reads several properties, the result names the one at fault."""
    extra = f'NODE <{INSOC}lesson> "Écrire à contact@exemple.fr"@fr .\n'
    results = validate_batches([project(1, extra)], stubs=b"", shapes="records", processes=1)
    (result,) = (result for result in results if result.rule == "email-in-text")
    assert result.path == f"{INSOC}lesson"
    assert result.value == "Écrire à contact@exemple.fr"
    assert result.focus == "https://carrefour.example/id/record/x/1#project"


@pytest.mark.parametrize(
    ("rule", "path"),
    [("theme-missing", f"{INSOC}theme"), ("description-short", "http://purl.org/dc/terms/description")],
)
def test_a_result_says_which_property_is_missing(rule: str, path: str) -> None:
    """Where any of several properties would do and none is there, the result names the one that is wanted."""
    results = validate_batches([project(1, "")], stubs=b"", shapes="records", processes=1)
    (result,) = (result for result in results if result.rule == rule)
    assert (result.path, result.value) == (path, None)


def test_a_result_says_which_forbidden_property_is_there() -> None:
    """Where none of several properties may stand, the result names the one that does, not the first of the list."""
    extra = f"NODE <{INSOC}inArea> <https://carrefour.example/id/territory/pays-fr> .\n"
    results = validate_batches([project(1, extra)], stubs=b"", shapes="records", processes=1)
    (result,) = (result for result in results if result.rule == "reserved-property")
    assert result.path == f"{INSOC}inArea"


def test_every_rule_on_properties_names_one() -> None:
    """No rule of records with a path leaves its findings without a field, but those on a path of several steps."""
    shapes = load_shapes("records")
    with_path = {slug_of(str(shape)) for shape in shapes.graph.subjects(SH.path, None)} & shapes.rules.keys()
    assert {slug for slug in with_path if not shapes.rules[slug].paths} == set()


def test_a_huge_text_is_a_violation_and_no_disaster() -> None:
    """Two million characters made to slow down a search for markup, addresses and numbers are read in no time."""
    assert rules_of(f'NODE {DESCRIPTION} "{"<a @a. 06 " * 200_000}"@fr .\n') == {"text-length"}


@pytest.mark.parametrize(
    "text",
    ["حديقة مشتركة", "\\u202Eégatrap nidraJ", "<script>alert(1)</script>", "😀 & \\u0000 ' ; DROP", "{{ 7 * 7 }}"],
)
def test_strange_text_is_text(text: str) -> None:
    """Other scripts, markup and control characters are no reason to set a record aside."""
    assert rules_of(f'NODE {DESCRIPTION} "{text}"@fr .\n') == set()


@pytest.mark.parametrize(
    ("batch", "place"),
    [
        (b'<a:s> <a:p> "\xff\xfe" .', "line 1"),
        (b"<a:s> <a:p> <a:o> .\n<a:s> <a:p> <not an iri> .", "line 2"),
        (b'<a:s> <a:p> "no end .', "line 1"),
        (b"<a:s> <a:p> <<( <a:s> <a:p> <a:o> )>> .", "triple term"),
    ],
)
def test_what_is_no_ntriples_is_refused_with_its_place(batch: bytes, place: str) -> None:
    """Broken UTF-8 and broken syntax give an error that says where."""
    with pytest.raises(SourceFault, match=place):
        list(validate_batches([batch], stubs=b"", shapes="records", processes=1))


def test_a_refusal_in_the_pool_is_the_same_refusal() -> None:
    """An error raised in another process arrives here as itself."""
    with pytest.raises(SourceFault, match="line 1"):
        list(validate_batches([project(1), b"\xff", project(2)], stubs=b"", shapes="records", processes=2))
