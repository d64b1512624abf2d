"""What a change would break, as a SHACL validation report."""

from collections.abc import Iterable

from cis_graph.model.releases import RdfFormat
from cis_graph.model.writing import Broken
from cis_graph.rdf.conversion import converted
from cis_graph.rdf.iris import RDF, SH
from cis_graph.rdf.report import SHAPES
from cis_graph.rdf.statements import iri, statement, text, typed

_REPORT = "urn:cis-graph:report"


def broken_report(broken: Iterable[Broken], format_: RdfFormat) -> bytes:
    """The report on a change that is refused; ``sh:sourceShape`` is the rule."""
    told = [line for number, one in enumerate(broken, 1) for line in _result(f"{_REPORT}:{number}", one)]
    head = (
        statement(_REPORT, f"{RDF}type", iri(f"{SH}ValidationReport")),
        statement(_REPORT, f"{SH}conforms", typed("false", "boolean")),
    )
    return converted("\n".join((*head, *told)).encode(), "nt", format_)


def _result(subject: str, one: Broken) -> Iterable[str]:
    yield statement(_REPORT, f"{SH}result", iri(subject))
    yield statement(subject, f"{RDF}type", iri(f"{SH}ValidationResult"))
    yield statement(subject, f"{SH}focusNode", iri(one.focus) if ":" in one.focus.lstrip("_:") else f"_:{one.focus}")
    yield statement(subject, f"{SH}resultSeverity", iri(f"{SH}Violation"))
    yield statement(subject, f"{SH}sourceShape", iri(SHAPES + one.rule))
    yield statement(subject, f"{SH}resultMessage", text(f"{one.message_fr} {one.remedy_fr}", "fr"))
    yield statement(subject, f"{SH}resultMessage", text(f"{one.message_en} {one.remedy_en}", "en"))
    if one.path:
        yield statement(subject, f"{SH}resultPath", iri(one.path))
    if one.value:
        yield statement(subject, f"{SH}value", text(one.value))
