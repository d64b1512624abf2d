"""What must never break: addresses over any history of harvests, changes, withdrawals, returns and decisions."""

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Record
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.reconcile import Reconciled, reconcile
from tests.support.making import MATCHER, actor, part, project, record

HISTORIES = 1000
STEPS = 12
CONTRIBUTORS = "abcd"
NAMES = ("La Ruche", "Le Rucher", "Miel")
VERBS = {"_harvest", "_change", "_withdraw", "_return", "_decide", "_rebuild", "_die"}
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

    def step(self) -> None:
        """Something happens: a record comes, changes, leaves, returns; somebody decides; a build dies or starts anew."""
        comings = (self._harvest, self._harvest, self._change, self._change, self._return, self._return, self._return)
        what = self.dice.choice((*comings, self._withdraw, self._withdraw, self._decide, self._rebuild, self._die))
        if what():
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

    def _decide(self) -> bool:
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
        return True


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
            answers = fates(history.build())
            missing = history.published.keys() - answers.keys()
            targets = {target for target in answers.values() if target not in {"here", "gone"}}

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
