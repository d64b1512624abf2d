from dataclasses import replace

from cis_graph.model.nodes import NodeId
from cis_graph.rdf.iris import Iris
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.reconcile import Reconciled, reconcile
from cis_graph.reconciliation.statements import match_lines
from tests.support.making import MATCHER, actor, project, record

A, B = NodeId("a", "1", "actor"), NodeId("b", "1", "actor")
RECORDS = [record(who, "1", actor("Le Centsept", "commune-69123")) for who in "ab"]


def decide(*, same: bool, first: NodeId = A, second: NodeId = B) -> Decision:
    """What a person says of two nodes."""
    return Decision(first=first, second=second, same=same, by="Une curatrice", date="2026-11-22", why="Vu sur place")


def canonical(found: Reconciled) -> list[str]:
    """The canonical keys of the two nodes."""
    return [found.canonical[A], found.canonical[B]]


def test_a_decision_wins_over_a_score_and_can_be_taken_back() -> None:
    """Different A B parts what comparisons join, and same A B joins it again under the oldest key."""
    merged = reconcile(RECORDS, MATCHER, (), Ledger({}), 1)
    oldest = min(merged.own.values())
    assert canonical(merged) == [oldest, oldest]

    parted = reconcile(RECORDS, MATCHER, [decide(same=False)], merged.ledger, 2)
    assert canonical(parted) == [merged.own[A], merged.own[B]]

    decisions = [decide(same=False), decide(same=True)]
    again = reconcile(RECORDS, MATCHER, decisions, parted.ledger, 3)
    assert canonical(again) == [oldest, oldest]


def test_a_decision_survives_a_rebuild_from_nothing() -> None:
    """With an empty ledger the same decisions give the same keys."""
    decisions = [decide(same=False)]
    kept = reconcile(RECORDS, MATCHER, decisions, reconcile(RECORDS, MATCHER, (), Ledger({}), 1).ledger, 2)
    anew = reconcile(RECORDS, MATCHER, decisions, Ledger({}), 1)

    assert canonical(kept) == canonical(anew)


def test_the_order_of_records_plays_no_part() -> None:
    """Records in any order give the same clusters and keys."""
    more = [*RECORDS, record("c", "1", actor("Ruche", "commune-69123")), record("d", "1", actor("Ruche"))]

    first, second = (reconcile(some, MATCHER, (), Ledger({}), 1) for some in (more, more[::-1]))
    assert first.canonical == second.canonical


def test_two_projects_of_one_record_stay_two() -> None:
    """Le Centsept and its recherche-action are told apart by the page that names both."""
    both = (project("Le Centsept", "commune-69123"), project("Centsept", "commune-69123", node="recherche-action"))
    found = reconcile([record("a", "1", *both)], MATCHER, (), Ledger({}), 1)

    assert len({found.canonical[NodeId("a", "1", name)] for name in ("project", "recherche-action")}) == 2


def test_a_match_says_what_it_rests_on() -> None:
    """A score comes with its evidence; a decision with who, when and why."""
    iris = Iris("https://carrefour.example/")
    scored = "\n".join(match_lines(reconcile(RECORDS, MATCHER, (), Ledger({}), 1), iris))
    decided = "\n".join(match_lines(reconcile(RECORDS, MATCHER, [decide(same=True)], Ledger({}), 1), iris))

    assert '"name same +' in scored
    assert "#decimal" in scored
    assert '"Vu sur place"' in decided
    assert '"Une curatrice"' in decided


def test_what_a_person_must_judge_is_kept_until_it_is() -> None:
    """A pair that resembles is unsure; once decided it is asked no more."""
    cut = [RECORDS[0], record("b", "1", replace(actor("Le Centsept des jeunes", "commune-69123")))]
    asked = reconcile(cut, MATCHER, (), Ledger({}), 1)
    told = reconcile(cut, MATCHER, [decide(same=False)], Ledger({}), 1)

    assert [(A, B)] == [(link.first, link.second) for link in asked.unsure]
    assert told.unsure == ()
