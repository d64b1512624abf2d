"""The comparing of pairs in forked processes, beside the same in this one."""

import threading

import pytest

from cis_graph.reconciliation import forked
from cis_graph.reconciliation.matching import Matcher
from cis_graph.resources import CURATION
from tests.support.making import GEOGRAPHY, MATCHER
from tests.support.resembling import invented


@pytest.fixture
def in_two(monkeypatch: pytest.MonkeyPatch) -> Matcher:
    """The matcher of the other tests, whose pairs two processes compare, few as they are."""
    monkeypatch.setattr(forked, "_FEW", 10)
    return Matcher.load(CURATION, GEOGRAPHY, forked.in_processes(2))


def test_processes_find_what_one_finds(in_two: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same links with the same reasons, the same unsure pairs, the same marks, and none of it found here."""
    nodes = invented()
    here = MATCHER.match(nodes)
    monkeypatch.setattr(forked, "here", None)
    monkeypatch.setattr(forked, "may_fork", lambda: True)  # the runner of tests may hold threads

    assert in_two.match(nodes) == here
    assert here.links
    assert here.unsure


def test_nothing_is_forked_beside_another_thread(in_two: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that the other thread holds would stay locked in the child."""
    nodes, done = invented(), threading.Event()
    other = threading.Thread(target=done.wait)
    monkeypatch.setattr(forked, "forked", None)
    other.start()
    try:
        assert in_two.match(nodes) == MATCHER.match(nodes)
    finally:
        done.set()
        other.join()
