"""``python -m tests.suites.earl`` writes what the W3C tests say to docs/conformance (EARL).

One report is on the endpoint as everybody has it, the other on a deployment with the administrator's token.
"""

import tempfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from tests.suites.sparql11 import (
    Case,
    Stage,
    description_cases,
    graph_store_cases,
    protocol_cases,
    result_cases,
    scratch,
    stage,
)
from tests.suites.test_sparql11 import KNOWN

REPORT = Path(__file__).parents[2] / "docs" / "conformance" / "sparql11.ttl"
WRITING = REPORT.with_name("sparql11-writing.ttl")
_HEAD = """@prefix doap: <http://usefulinc.com/ns/doap#> .
@prefix earl: <http://www.w3.org/ns/earl#> .

<https://w3id.org/insoc/cis-graph> a doap:Project , earl:TestSubject , earl:Software ;
    doap:name "cis-graph" ; doap:programming-language "Python" .
<https://w3id.org/insoc/cis-graph#suites> a earl:Assertor , earl:Software ; doap:name "tests/suites of cis-graph" .
"""
_ASSERTION = """
[] a earl:Assertion ;
    earl:assertedBy <https://w3id.org/insoc/cis-graph#suites> ;
    earl:subject <https://w3id.org/insoc/cis-graph> ;
    earl:test <{test}> ;
    earl:mode earl:automatic ;
    earl:result [ a earl:TestResult ; earl:outcome earl:{outcome}{info} ] .
"""
_REFUSED = "The update is refused with 4xx, as a face that is read only must."


def main() -> None:
    """Judges every case once and writes the report."""
    with tempfile.TemporaryDirectory() as folder, stage(Path(folder)) as endpoint:
        cases = chain(protocol_cases(), description_cases(), result_cases())
        _write(REPORT, [_assertion(case, endpoint) for case in cases])
    with tempfile.TemporaryDirectory() as folder, scratch(Path(folder)) as deployment:
        cases = chain(protocol_cases(writes=True), graph_store_cases())
        _write(WRITING, [_assertion(case, deployment) for case in cases])


def _write(report: Path, told: Iterable[str]) -> None:
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(_HEAD + "".join(told), encoding="utf-8")


def _assertion(case: Case, endpoint: Stage) -> str:
    wrong = case.update and not case.id.startswith("bad_")
    try:
        case.judge(endpoint)
        outcome, info = ("inapplicable", _REFUSED) if wrong else ("passed", "")
    except AssertionError:
        outcome, info = "failed", KNOWN.get(case.id, "")
    told = f' ; earl:info "{info}"@en' if info else ""
    return _ASSERTION.format(test=case.iri, outcome=outcome, info=told)


if __name__ == "__main__":
    main()
