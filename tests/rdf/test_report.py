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
