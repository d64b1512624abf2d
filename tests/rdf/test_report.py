from dataclasses import replace

import pyoxigraph as ox

from cis_graph.model.findings import Fate, Finding
from cis_graph.rdf.iris import SH, Iris
from cis_graph.rdf.report import shacl_report

IRIS = Iris("https://carrefour.example/")


def finding(fate: Fate, record: str | None = "1") -> Finding:
    """A finding with this fate."""
    return Finding(
        contributor="a", source="s", fate=fate, rule="r", record=record, rows=(1, 2), field="Nom", value='x"y\n',
        message_fr="non", message_en="no", remedy_fr="oui", remedy_en="yes",
    )  # fmt: skip


def quads(*found: Finding) -> set[ox.Quad]:
    """The report on some findings."""
    return set(ox.parse(input=shacl_report("a", found, IRIS, "ttl"), format=ox.RdfFormat.TURTLE))


def test_nothing_found_conforms() -> None:
    """A report without a result says that the data conform."""
    assert {"true"} == {
        quad.object.value
        for quad in quads()
        if quad.predicate.value == f"{SH}conforms" and isinstance(quad.object, ox.Literal)
    }


def test_a_result_of_a_shape_names_its_node_and_its_property() -> None:
    """The focus node is the inner node, ``sh:resultPath`` the property; the record and an example stand beside."""
    node, path = "https://carrefour.example/id/record/a/1#projet", "https://schema.org/startDate"
    told = quads(replace(finding(Fate.RECORD_REJECTED), node=node, path=path, example="2019"))
    said = {quad.predicate.value: quad.object.value for quad in told if hasattr(quad.object, "value")}

    assert (node, path) == (said[f"{SH}focusNode"], said[f"{SH}resultPath"])
    assert "https://carrefour.example/id/record/a/1" == said["http://purl.org/dc/terms/isPartOf"]
    assert "2019" == said["http://www.w3.org/2004/02/skos/core#example"]


def test_each_finding_is_a_result() -> None:
    """A rejected record is a violation of its record, an alarm a warning on the contributor."""
    told = quads(finding(Fate.RECORD_REJECTED), finding(Fate.SOURCE_ALARM, None))
    severities = sorted(str(quad.object) for quad in told if quad.predicate.value == f"{SH}resultSeverity")
    focus = sorted(str(quad.object) for quad in told if quad.predicate.value == f"{SH}focusNode")

    assert [f"<{SH}Violation>", f"<{SH}Warning>"] == severities
    assert ["<https://carrefour.example/id/contributor/a>", "<https://carrefour.example/id/record/a/1>"] == focus
    assert {"false"} == {
        quad.object.value
        for quad in told
        if quad.predicate.value == f"{SH}conforms" and isinstance(quad.object, ox.Literal)
    }
