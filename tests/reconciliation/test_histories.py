"""What must never break: addresses over any history of harvests, changes, withdrawals, returns and decisions."""

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Record
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.reconcile import Reconciled, reconcile
from tests.support.making import actor, contains, part, project, record

HISTORIES = 1000
STEPS = 12
CONTRIBUTORS = "abcd"
NAMES = ("La Ruche", "Le Rucher", "Miel")
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

    def step(self) -> None:
        """Something happens: a record comes or changes, leaves, returns; somebody decides."""
        what = self.dice.choice((self._tell, self._tell, self._withdraw, self._return, self._decide))
        what()

    def build(self) -> Reconciled:
        """A new build; what it publishes is remembered."""
        self.builds += 1
        records = self.dice.sample(list(self.records.values()), len(self.records))
        found = reconcile(records, contains, self.decisions, self.ledger, self.builds)
        self.ledger = found.ledger
        for node, key in found.own.items():
            assert self.published.setdefault(key, node) == node, "a key was given to two nodes"
        return found

    def _tell(self) -> None:
        name, place = self.dice.choice(NAMES), self.dice.choice(PLACES)
        who = self.dice.choice(CONTRIBUTORS)
        self.away.pop(who, None)
        self.records[who] = record(who, "1", project(name, place), actor(name, place), part("actor", "project"))

    def _withdraw(self) -> None:
        if self.records:
            who = self.dice.choice(sorted(self.records))
            self.away[who] = self.records.pop(who)

    def _return(self) -> None:
        if self.away:
            who = self.dice.choice(sorted(self.away))
            self.records[who] = self.away.pop(who)

    def _decide(self) -> None:
        first, second = self.dice.sample(CONTRIBUTORS, 2)
        node = self.dice.choice(("project", "actor"))
        same = self.dice.random() < 0.5
        self.decisions.append(
            Decision(
                first=NodeId(first, "1", node),
                second=NodeId(second, "1", node),
                same=same,
                by="x",
                date="2026",
                why="x",
            )
        )


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
def test_no_address_dies_is_reused_or_minted_again(part_of_ten: int) -> None:
    """Over 1,000 random histories each key ever published is here, leads in one hop to one that is, or is gone."""
    for seed in range(part_of_ten, HISTORIES, 10):
        history = History(random.Random(seed))
        for _ in range(STEPS):
            history.step()
            answers = fates(history.build())
            missing = history.published.keys() - answers.keys()
            targets = {target for target in answers.values() if target not in {"here", "gone"}}

            assert missing == set(), f"dead in history {seed}"
            assert {answers.get(target) for target in targets} <= {"here"}, f"two hops in history {seed}"


def test_a_cluster_keeps_its_address_when_its_oldest_record_leaves() -> None:
    """The canonical key stays while anybody tells of the thing, and is gone with the last who does."""
    ledger = Ledger({})
    both = [record(who, "1", project("Miel", "pays-fr")) for who in "ab"]
    first = reconcile(both[:1], contains, (), ledger, 1)
    second = reconcile(both, contains, (), first.ledger, 2)
    third = reconcile(both[1:], contains, (), second.ledger, 3)
    fourth = reconcile([], contains, (), third.ledger, 4)
    (key,) = (one.key for one in first.clusters)

    assert [key] == [one.key for one in second.clusters]
    assert [key] == [one.key for one in third.clusters]
    assert key in {gone for _, gone in fourth.withdrawn}


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
