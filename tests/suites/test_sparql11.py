"""The W3C tests of SPARQL 1.1 judge the endpoint as it is served: over HTTP, with real workers."""

from collections.abc import Iterator
from itertools import chain

import pytest
from _pytest.mark import ParameterSet  # pytest has no public name for it

from tests.suites.sparql11 import SUITE as W3C
from tests.suites.sparql11 import (
    Case,
    Scratch,
    Stage,
    description_cases,
    graph_store_cases,
    protocol_cases,
    result_cases,
    scratch,
    stage,
)

KNOWN = {
    "csv03": "the store keeps numbers by their value: 1.0e6 comes back as 1000000, which is equal",
    "tsv03": "the same, and a negativeInteger comes back as the integer it is",
}


def parameters() -> Iterator[ParameterSet]:
    """Each case, with the reason where it is known to fail."""
    if not W3C.is_dir():
        yield pytest.param(None, marks=pytest.mark.skip(reason="the W3C suite is not here (../shared/suites/sparql11)"))
        return
    for case in chain(protocol_cases(), description_cases(), result_cases()):
        reason = KNOWN.get(case.id)
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        yield pytest.param(case, id=case.id, marks=marks)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """An endpoint of ours whose store each test fills."""
    with stage(tmp_path_factory.mktemp("w3c")) as found:
        yield found


@pytest.mark.parametrize("case", list(parameters()))
def test_the_w3c_suite(case: Case, endpoint: Stage) -> None:
    """The endpoint does what the W3C test says; what asks for an update is refused with 4xx."""
    case.judge(endpoint)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    """A deployment of its own that the tests write to."""
    with scratch(tmp_path_factory.mktemp("scratch")) as found:
        yield found


def writing() -> Iterator[ParameterSet]:
    """Each case of a deployment that is written to."""
    if not W3C.is_dir():
        yield pytest.param(None, marks=pytest.mark.skip(reason="the W3C suite is not here (../shared/suites/sparql11)"))
        return
    for case in chain(protocol_cases(writes=True), graph_store_cases()):
        yield pytest.param(case, id=case.id)


@pytest.mark.parametrize("case", list(writing()))
def test_the_w3c_suite_on_a_deployment_that_is_written_to(case: Case, deployment: Scratch) -> None:
    """With the administrator's token the endpoint does all that the W3C tests ask for."""
    case.judge(deployment)


@pytest.mark.skipif(not W3C.is_dir(), reason="the W3C suite is not here (../shared/suites/sparql11)")
def test_every_test_of_the_protocol_is_a_case() -> None:
    """20 tests of queries and 14 of updates, 3 of the description, 10 of the formats: none is left out."""
    protocol = list(protocol_cases())
    assert (20, 14) == (sum(not case.update for case in protocol), sum(case.update for case in protocol))
    assert (34, 13) == (len(list(protocol_cases(writes=True))), len(list(graph_store_cases())))
    assert (3, 10) == (len(list(description_cases())), len(list(result_cases())))
