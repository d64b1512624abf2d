import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Label, Record
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.told import Said, tell
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.links import Link
from cis_graph.reconciliation.reconcile import Reconciled, reconcile
from cis_graph.release.makings import FILE, Makings, changed_makings, makings, read_makings, write_makings
from tests.support.making import MATCHER, SOURCE, actor, part, project, record

IRIS = Iris("https://carrefour.example/")
A, B = (
    record(who, "1", actor("Le Centsept", "commune-69123"), project("Ruche"), part("actor", "project")) for who in "ab"
)
OTHER = record("c", "1", actor("La Miellerie", "commune-59350"))
PAIR = NodeId("a", "1", "actor"), NodeId("b", "1", "actor")


def of(records: Sequence[Record], found: Reconciled) -> Makings:
    """What the entities of some records follow from."""
    said = Said(packed=b"", size=0, state="")
    return makings([tell(one, said, SOURCE, IRIS, "", made_of=repr(one).encode()) for one in records], found)


def matched(*records: Record, decisions: Sequence[Decision] = (), ledger: Ledger | None = None) -> Reconciled:
    """Who is who in some records."""
    return reconcile(records, MATCHER, decisions, ledger or Ledger({}), 1)


def changed(before: Sequence[Record], now: Sequence[Record]) -> set[str]:
    """The kinds of the entities that follow from something else once ``now`` follows ``before``; ``-`` where gone."""
    first = matched(*before)
    then = matched(*now, ledger=first.ledger)
    was, made = of(before, first), of(now, then)
    differ = {name for name in was.keys() | made.keys() if was.get(name) != made.get(name)}
    return {name.partition("/")[0] if made.get(name) else f"-{name.partition('/')[0]}" for name in differ}


def test_what_stays_follows_from_the_same() -> None:
    """Whatever the order of records."""
    assert changed([A, B, OTHER], [OTHER, B, A]) == set()


def test_a_record_that_changed_is_of_all_that_its_entities_follow_from() -> None:
    """Though it says the same in RDF: a label without a concept may take the place of another's that has one."""
    labelled = replace(OTHER, actors=(replace(OTHER.actors[0], actor_type=Label(text="Ruche", scheme="actor-type")),))
    assert changed([A, B, OTHER], [A, B, labelled]) == {"actor"}


def test_what_names_an_entity_that_is_another_now_follows_from_it() -> None:
    """A participation names its actor by the key of its entity: it changes where that does."""
    alone, found = matched(A, B), matched(A, B, decisions=[_decided(same=False)])
    was, made = of([A, B], alone), of([A, B], found)

    assert {name.partition("/")[0] for name in made if was.get(name) != made[name]} >= {"actor", "participation"}


def test_other_evidence_is_told_again() -> None:
    """Two records that stay may resemble each other less: how much a name tells depends on who else bears it."""
    found = matched(A, B)
    weaker = tuple(replace(one, links=tuple(map(_weaker, one.links))) for one in found.clusters)
    was, made = of([A, B], found), of([A, B], replace(found, clusters=weaker))

    assert {name.partition("/")[0] for name in made if was[name] != made[name]} == {"actor"}


def test_another_reason_of_a_decision_is_told_again() -> None:
    """It stands beside the match."""
    said = _decided(same=True)
    first, then = (matched(A, B, decisions=[one]) for one in (said, replace(said, why="Vu ailleurs")))
    assert of([A, B], first) != of([A, B], then)


def test_a_key_of_a_node_that_left_is_known_by_where_it_leads() -> None:
    """To the entity that lives on, or nowhere."""
    both = matched(A, B)
    key = both.canonical[PAIR[0]]
    (stays, _), (_, left) = sorted(zip((A, B), PAIR, strict=True), key=lambda one: both.own[one[1]] != key)
    one, none = of([stays], matched(stays, ledger=both.ledger)), of([OTHER], matched(OTHER, ledger=both.ledger))

    assert one[f"actor/{both.own[left]}"] == key
    assert none[f"actor/{key}"] == ""


def test_what_is_damaged_is_known_by_nobody(tmp_path: Path) -> None:
    """A file that was cut or changed, or is missing, is as good as none."""
    known = of([A, B], matched(A, B))
    sha = write_makings(tmp_path, known)
    assert read_makings(tmp_path, sha) == known

    (tmp_path / FILE).write_text(json.dumps({**known, "actor/abc": "x"}), encoding="utf-8")
    assert read_makings(tmp_path, sha) == {}
    (tmp_path / FILE).unlink()
    assert read_makings(tmp_path, sha) == {}


def test_where_much_changed_all_is_told_anew() -> None:
    """More than an eighth of what there was; nothing was, at first."""
    before = {f"actor/{number}": "a" for number in range(16)}

    assert changed_makings(before | {"actor/1": "b", "actor/17": "a"}, before) == {"actor/1", "actor/17"}
    assert changed_makings(before | {"actor/1": "b", "actor/2": "b", "actor/17": "a"}, before) is None
    assert changed_makings(before, {}) is None


def _weaker(link: Link) -> Link:
    return link._replace(evidence=tuple(one._replace(weight=one.weight - 1) for one in link.evidence))


def _decided(*, same: bool) -> Decision:
    return Decision(first=PAIR[0], second=PAIR[1], same=same, by="Alix", date="2026-11-22", why="Vu sur place")
