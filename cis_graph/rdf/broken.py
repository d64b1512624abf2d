"""What a change would break, as a SHACL validation report."""

from collections.abc import Iterable

from cis_graph.model.releases import RdfFormat
from cis_graph.model.writing import Broken
from cis_graph.rdf.iris import SH
from cis_graph.rdf.report import REPORT, report, result
from cis_graph.rdf.statements import iri, statement, text


def broken_report(broken: Iterable[Broken], format_: RdfFormat) -> bytes:
    """The report on a change that is refused; ``sh:sourceShape`` is the rule."""
    told = (line for number, one in enumerate(broken, 1) for line in _result(f"{REPORT}:{number}", one))
    return report(told, format_, conforms=False)


def _result(subject: str, one: Broken) -> Iterable[str]:
    focus = iri(one.focus) if ":" in one.focus.lstrip("_:") else f"_:{one.focus}"
    french, english = f"{one.message_fr} {one.remedy_fr}", f"{one.message_en} {one.remedy_en}"
    yield from result(subject, one.rule, focus, "Violation", french=french, english=english)
    if one.path:
        yield statement(subject, f"{SH}resultPath", iri(one.path))
    if one.value:
        yield statement(subject, f"{SH}value", text(one.value))
