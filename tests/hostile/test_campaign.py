import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.attacks import attacks
from tests.hostile.campaign import (
    HOSTILE,
    Campaign,
    children,
    fight,
    listening,
    measure,
    p95,
    resident,
    well_formed,
)
from tests.hostile.served import serving
from tests.support.running import runs

SEED = 2026
EXPECTED = {0, 200, 400, 403, 413, 415, 429, 503}
SPARE = 4  # idle workers that may stay
ROOM = 96  # MiB that the web process may have grown by, for code and caches it had not used before


def wait_for(true: Callable[[], bool], seconds: float) -> bool:
    """Whether something came true in time."""
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


def hold(campaign: Campaign) -> None:
    """Every reply is one of those we mean to give."""
    unmeant = [
        (attack.kind, attack.content[:200], reply.status, reply.body[:500])
        for attack, reply in campaign.replies
        if reply.status not in EXPECTED
    ]
    assert unmeant == []
    broken = [
        attack.kind for attack, reply in campaign.replies if reply.status == 0 and len(attack.content) < 1_000_000
    ]
    assert broken == []  # only who sends megabytes may be cut off while sending
    cut = [
        attack.kind
        for attack, reply in campaign.replies
        if reply.status == 200 and reply.whole and not well_formed(reply)
    ]
    assert cut == []
    silent = [reply.status for _, reply in campaign.replies if reply.status in {429, 503} and not reply.again]
    assert silent == []
    elsewhere = {reply.status for attack, reply in campaign.replies if attack.kind == "elsewhere"}
    assert elsewhere <= {200, 400, 403, 503}  # 200 for FROM, which only names a graph that is not here
    queries, pages = campaign.behaved[::2], campaign.behaved[1::2]
    assert {reply.status for reply in pages} == {200}
    assert {reply.status for reply in queries} <= {
        200,
        503,
    }  # 503: where other tests run too, a worker may come too late


def at_rest(process: int, before: int) -> bool:
    """Whether only idle workers are left, and no more memory is held than before."""
    left = children(process)
    return len(left) <= SPARE and set(left.values()) <= {"S"} and resident(process) <= before + ROOM


@pytest.mark.parametrize(
    ("count", "seconds"), [(200, 0.4), pytest.param(1000, 1, marks=pytest.mark.torture)], ids=["sample", "whole"]
)
def test_a_hostile_campaign_harms_nobody(tmp_path: Path, count: int, seconds: float) -> None:
    """No cut that looks whole, no connection opened, no worker left, memory back to rest, everybody else answered."""
    with (
        listening() as (port_elsewhere, connected),
        serving(tmp_path, {"CIS_QUERY_TIMEOUT": str(seconds), "CIS_QUERY_MEMORY": "512"}) as (port, process),
    ):
        measure(port, 10)
        before = resident(process)
        campaign = fight(port, tuple(attacks(SEED, count, port_elsewhere)))
        hold(campaign)
        assert connected == []
        assert wait_for(lambda: at_rest(process, before), 2), (children(process), before, resident(process))
        left = set(children(process))
    assert wait_for(lambda: not any(map(runs, left)), 2)


@pytest.mark.torture
def test_others_hardly_notice_hostile_clients(tmp_path: Path) -> None:
    """The 95th percentile of a well-behaved client is at most twice the quiet one, or 50 ms more."""
    with serving(tmp_path, {"CIS_QUERY_TIMEOUT": "5", "CIS_QUERY_MEMORY": "512"}) as (port, _):
        measure(port, 10)
        quiet = p95(measure(port, 100))
        heavy = [one for one in attacks(SEED, 200, 9) if one.kind in {"product", "path", "sorting", "gathering"}]
        campaign = fight(port, heavy[: HOSTILE * 6])
    assert {reply.status for reply in campaign.behaved} == {200}
    assert p95(campaign.behaved) <= max(2 * quiet, quiet + 0.05), (quiet, p95(campaign.behaved))
