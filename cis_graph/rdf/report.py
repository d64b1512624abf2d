"""Findings as a SHACL validation report."""

from collections.abc import Iterable

from cis_graph.model.findings import Fate, Finding
from cis_graph.model.releases import RdfFormat
from cis_graph.rdf.conversion import converted
from cis_graph.rdf.iris import DCTERMS, RDF, SH, SKOS, Iris
from cis_graph.rdf.statements import iri, statement, text, typed

REPORT = "urn:cis-graph:report"
_SHAPES = "https://w3id.org/insoc/shapes#"
_SEVERITIES = {
    Fate.WARNING: "Warning",
    Fate.ADVICE: "Info",
    Fate.SOURCE_ALARM: "Warning",
    Fate.VALUE_REFUSED: "Warning",
}


def shacl_report(contributor: str, findings: Iterable[Finding], iris: Iris, format_: RdfFormat) -> bytes:
    """The report on a contributor's data; each result says its rule, record, field, value and what to do.

    The focus node is what breaks a shape, in the record that ``dcterms:isPartOf`` names; else the record. What stands
    in no record (a column, a row) is a result on the contributor. ``sh:sourceShape`` is the rule, a shape or one of the
    checks before them.
    """
    told = sorted({line for number, one in enumerate(findings) for line in _result(number, one, iris)})
    about = statement(REPORT, f"{DCTERMS}subject", iri(iris.entity("contributor", contributor)))
    return report((about, *told), format_, conforms=not told)


def report(lines: Iterable[str], format_: RdfFormat, *, conforms: bool) -> bytes:
    """A report that says this beside whether anything was found."""
    head = (
        statement(REPORT, f"{RDF}type", iri(f"{SH}ValidationReport")),
        statement(REPORT, f"{SH}conforms", typed("true" if conforms else "false", "boolean")),
    )
    return converted("\n".join((*head, *lines)).encode(), "nt", format_)


def result(subject: str, rule: str, focus: str, severity: str, *, french: str, english: str) -> Iterable[str]:
    """One result; ``focus`` is a term in N-Quads syntax, ``severity`` a local name of SHACL's."""
    yield statement(REPORT, f"{SH}result", iri(subject))
    yield statement(subject, f"{RDF}type", iri(f"{SH}ValidationResult"))
    yield statement(subject, f"{SH}focusNode", focus)
    yield statement(subject, f"{SH}resultSeverity", iri(SH + severity))
    yield statement(subject, f"{SH}sourceShape", iri(_SHAPES + rule))
    yield statement(subject, f"{SH}resultMessage", text(french, "fr"))
    yield statement(subject, f"{SH}resultMessage", text(english, "en"))


def _result(number: int, finding: Finding, iris: Iris) -> Iterable[str]:
    subject = f"{REPORT}:{number + 1}"
    record = iris.record(finding.contributor, finding.record) if finding.record else None
    focus = finding.node or record or iris.entity("contributor", finding.contributor)
    severity = _SEVERITIES.get(finding.fate, "Violation")
    french, english = f"{finding.message_fr} {finding.remedy_fr}", f"{finding.message_en} {finding.remedy_en}"
    yield from result(subject, finding.rule, iri(focus), severity, french=french, english=english)
    yield statement(subject, f"{SH}sourceConstraintComponent", iri(f"{_SHAPES}RuleComponent"))
    if finding.path is not None:
        yield statement(subject, f"{SH}resultPath", iri(finding.path))
    if record is not None and focus != record:
        yield statement(subject, f"{DCTERMS}isPartOf", iri(record))
    if finding.example is not None:
        yield statement(subject, f"{SKOS}example", text(finding.example))
    if finding.value is not None:
        yield statement(subject, f"{SH}value", text(finding.value))
    if finding.field is not None:
        yield statement(subject, f"{DCTERMS}subject", text(finding.field))
    for row in finding.rows:
        yield statement(subject, f"{DCTERMS}identifier", text(str(row)))
