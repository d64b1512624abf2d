"""What must never break: addresses over any history of harvests, changes, withdrawals, merges, splits, unmergings."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import pytest

from cis_graph.model.nodes import NodeId, things
from cis_graph.model.records import Record
from cis_graph.reconciliation.clusters import Cluster
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.reconcile import Reconciled, reconcile
from tests.support.making import MATCHER, actor, part, project, record

HISTORIES = 1000
STEPS = 12
CONTRIBUTORS = "abcd"
NAMES = ("La Ruche", "Le Rucher", "Miel")
VERBS = {"_harvest", "_change", "_withdraw", "_return", "_merge", "_split", "_unmerge", "_rebuild", "_die"}
PLACES = ("commune-69123", "commune-59350", "region-82", "region-84", "pays-fr")


@dataclass
class History:
    """One random history of records and decisions, with every key ever published."""

    dice: random.Random
    records: dict[str, Record] = field(default_factory=dict)
    away: dict[str, Record] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    ledger: Ledger = field(default_factory=lambda: Ledger({}))
    published: dict[str, NodeId] = field(default_factory=dict)
    builds: int = 0
    log: Path | None = None
    done: Counter[str] = field(default_factory=Counter)
    last: Reconciled | None = None
    latest: tuple[list[tuple[NodeId, NodeId]], bool] = ([], True)

    def step(self) -> None:
        """A record comes, changes, leaves or returns; somebody decides; a build dies or starts anew."""
        comings = (self._harvest, self._harvest, self._change, self._change, self._return, self._return, self._return)
        decisions = (self._merge, self._merge, self._split, self._unmerge, self._unmerge)
        verbs = (*comings, self._withdraw, self._withdraw, *decisions, self._rebuild, self._die)
        while not (what := self.dice.choice(verbs))():
            pass
        self.done[what.__name__] += 1

    def build(self) -> Reconciled:
        """A new build; what it publishes is remembered."""
        self.builds += 1
        records = self.dice.sample(list(self.records.values()), len(self.records))
        found = reconcile(records, MATCHER, self.decisions, self.ledger, self.builds)
        if self.log is not None:
            found.ledger.append_to(self.log, self.ledger)
        self.ledger = found.ledger
        for node, key in found.own.items():
            assert self.published.setdefault(key, node) == node, "a key was given to two nodes"
        self.last = found
        return found

    def _harvest(self) -> bool:
        """Somebody who is not there hands over a record: the first, or a new one after leaving."""
        who = self.dice.choice(CONTRIBUTORS)
        return who not in self.records and self._tell(who)

    def _change(self) -> bool:
        return bool(self.records) and self._tell(self.dice.choice(sorted(self.records)))

    def _tell(self, who: str) -> bool:
        name, place = self.dice.choice(NAMES), self.dice.choice(PLACES)
        self.away.pop(who, None)
        self.records[who] = record(who, "1", project(name, place), actor(name, place), part("actor", "project"))
        return True

    def _withdraw(self) -> bool:
        if self.records:
            who = self.dice.choice(sorted(self.records))
            self.away[who] = self.records.pop(who)
            return True
        return False

    def _return(self) -> bool:
        if self.away:
            who = self.dice.choice(sorted(self.away))
            self.records[who] = self.away.pop(who)
            return True
        return False

    def _rebuild(self) -> bool:
        """All that is remembered is the log; what is built from it is what would have been built anyhow."""
        if self.log is None or not self.log.exists():
            return False
        read = Ledger.load(self.log)
        assert read == self.ledger, "the log says something else than the ledger"
        self.ledger = read
        return True

    def _die(self) -> bool:
        """A build dies while it writes the log: its last line is torn, and its number is used again."""
        if self.log is None or not self.log.exists():
            return False
        whole = self.log.read_bytes()
        found = reconcile(self.records.values(), MATCHER, self.decisions, self.ledger, self.builds + 1)
        found.ledger.append_to(self.log, self.ledger)
        fresh = self.log.read_bytes()[len(whole) :]
        self.log.write_bytes(whole + fresh[: self.dice.randint(0, len(fresh))])
        self.ledger = Ledger.load(self.log)
        return True

    def _merge(self) -> bool:
        return self._decide([self._pair()], same=True)

    def _split(self) -> bool:
        return self._decide([self._pair()], same=False)

    def _unmerge(self) -> bool:
        """All nodes of a cluster are said to be different, those that are withdrawn too."""
        several = [one for one in self.last.clusters if len(one.members) > 1 and self._can(one)] if self.last else []
        if not several:
            return False
        cluster = self.dice.choice(several)
        return self._decide(list(combinations((*cluster.members, *cluster.gone), 2)), same=False)

    def _can(self, cluster: Cluster) -> bool:
        return cluster.members[0].node in {"project", "actor"}

    def _pair(self) -> tuple[NodeId, NodeId]:
        there = sorted(self.records) if len(self.records) > 1 else CONTRIBUTORS
        first, second = self.dice.sample(there, 2)
        node = self.dice.choice(("project", "actor"))
        return NodeId(first, "1", node), NodeId(second, "1", node)

    def _decide(self, pairs: list[tuple[NodeId, NodeId]], *, same: bool) -> bool:
        self.latest = (pairs, same)
        self.decisions += [Decision(first=a, second=b, same=same, by="x", date="2026", why="x") for a, b in pairs]
        return True


def is_heard(history: History, found: Reconciled) -> bool:
    """Whether the latest decision holds for each of its pairs that is told of."""
    pairs, same = history.latest
    alive = [pair for pair in pairs if found.canonical.keys() >= set(pair)]
    return all((found.canonical[first] == found.canonical[second]) is same for first, second in alive)


def told(records: Iterable[Record]) -> set[NodeId]:
    """Every node that a record tells of."""
    return {node for record in records for node, _ in things(record)}


def fates(found: Reconciled) -> dict[str, str]:
    """What each key answers: ``here``, ``gone``, or the key it leads to."""
    answers = {one.key: "here" for one in found.clusters}
    assert len(answers) == len(found.clusters), "two things have one key"
    for node, key in found.own.items():
        if key != found.canonical[node]:
            assert key not in answers, "a key both is here and leads elsewhere"
            answers[key] = found.canonical[node]
    for _, key, canonical in found.redirects:
        assert key not in answers, "a withdrawn key has two answers"
        answers[key] = canonical
    for _, key in found.withdrawn:
        assert key not in answers, "a withdrawn key has two answers"
        answers[key] = "gone"
    return answers


@pytest.mark.parametrize("part_of_ten", range(10))
def test_no_address_dies_is_reused_or_minted_again(part_of_ten: int, tmp_path: Path) -> None:
    """Over 1,000 random histories each key ever published is here, leads in one hop to one that is, or is gone."""
    done: Counter[str] = Counter()
    for seed in range(part_of_ten, HISTORIES, 10):
        history = History(random.Random(seed), log=tmp_path / f"{seed}.jsonl", done=done)
        for _ in range(STEPS):
            history.step()
            found = history.build()
            answers = fates(found)
            missing = history.published.keys() - answers.keys()
            targets = {target for target in answers.values() if target not in {"here", "gone"}}

            members = [node for one in found.clusters for node in one.members]
            assert sorted(told(history.records.values())) == sorted(members), f"not each told once in history {seed}"
            assert is_heard(history, found), f"the latest decision is not heard in history {seed}"
            assert missing == set(), f"dead in history {seed}"
            assert {answers.get(target) for target in targets} <= {"here"}, f"two hops in history {seed}"
    assert set(done) == VERBS, "a verb never happened"
    assert min(done.values()) > STEPS, "a verb hardly ever happened"


def test_a_cluster_keeps_its_address_when_its_oldest_record_leaves() -> None:
    """The canonical key stays while anybody tells of the thing, and is gone with the last who does."""
    ledger = Ledger({})
    both = [record(who, "1", actor("Miel", "commune-69123")) for who in "ab"]
    first = reconcile(both[:1], MATCHER, (), ledger, 1)
    second = reconcile(both, MATCHER, (), first.ledger, 2)
    third = reconcile(both[1:], MATCHER, (), second.ledger, 3)
    fourth = reconcile([], MATCHER, (), third.ledger, 4)
    (key,) = (one.key for one in first.clusters)

    assert [key] == [one.key for one in second.clusters]
    assert [key] == [one.key for one in third.clusters]
    assert key in {gone for _, gone in fourth.withdrawn}


def test_what_was_unmerged_from_a_record_that_left_has_its_own_address() -> None:
    """The key of a withdrawn record is not kept by those that a person said it is not."""
    both = [record(who, "1", actor("Miel", "commune-69123")) for who in "ab"]
    first = reconcile(both, MATCHER, (), Ledger({}), 1)
    (cluster,) = first.clusters
    gone, left = cluster.members
    parted = [Decision(first=gone, second=left, same=False, by="x", date="2026", why="x")]
    second = reconcile([one for one in both if one.contributor == left.contributor], MATCHER, parted, first.ledger, 2)

    assert second.canonical[left] == first.own[left]
    assert first.own[gone] in {key for _, key in second.withdrawn}


def test_the_ledger_is_rebuilt_from_its_log_after_any_history(tmp_path: Path) -> None:
    """What is appended build after build reads back as the ledger, homes included."""
    for seed in range(50):
        history, log = History(random.Random(seed)), tmp_path / f"{seed}.jsonl"
        for _ in range(STEPS):
            before = history.ledger
            history.step()
            history.build()
            history.ledger.append_to(log, before)

            assert Ledger.load(log) == history.ledger
