from collections.abc import Mapping
from itertools import combinations

import pytest

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.reconciliation.corpus import corpus_of
from cis_graph.reconciliation.features import Features
from cis_graph.reconciliation.reading import Told
from cis_graph.reconciliation.scale import ACTORS, PROJECTS, Manner, Scale
from cis_graph.reconciliation.weights import Answer, Weights
from tests.support.making import MATCHER, actor, nodes_of, part, project, record
from tests.support.resembling import invented


@pytest.fixture(scope="module")
def told() -> Told:
    """What actors and projects that resemble each other tell."""
    return MATCHER.reader().told((invented(),))


def scale_of(things: Mapping[NodeId, Features], manner: Manner, weights: Weights) -> Scale:
    """A scale over some things."""
    return Scale(manner=manner, weights=weights, corpus=corpus_of(things.values()))


@pytest.mark.parametrize("kind", ["actors", "projects"])
def test_a_pair_is_left_only_where_nothing_could_still_tell(told: Told, kind: str) -> None:
    """Asking the costly questions of some pairs alone finds what asking all questions of all pairs does."""
    things, manner, weights = {
        "actors": (told.actors, ACTORS, MATCHER.actors),
        "projects": (told.projects, PROJECTS, MATCHER.projects),
    }[kind]
    scale, values = scale_of(things, manner, weights), list(things.values())
    every = [(a, b, values[a], values[b]) for a, b in combinations(range(len(values)), 2)]
    whole = [(a, b, scale.levels(one, other)) for a, b, one, other in every]

    expected = [pair for pair in whole if scale.verdict(pair[2]).answer is not Answer.DIFFERENT]
    assert expected
    assert list(scale.telling(every)) == expected


@pytest.mark.parametrize("manner", [ACTORS, PROJECTS])
def test_the_stages_ask_every_question_once(manner: Manner) -> None:
    """Whatever is asked first, the answers come in the order of the questions."""
    asked = tuple(question for stage in manner.stages for question in stage.questions)

    assert sorted(asked) == sorted(manner.questions)
    assert manner.ordered(asked) == tuple(manner.questions)


def test_records_read_one_by_one_tell_what_they_tell_together(told: Told) -> None:
    """No record is needed to read another."""
    records: dict[tuple[str, str], dict[NodeId, Thing]] = {}
    for node, thing in invented().items():
        records.setdefault((node.contributor, node.record), {})[node] = thing

    assert MATCHER.reader().told(records.values()) == told


def test_a_leader_knows_its_projects_where_there_is_one_leader() -> None:
    """A project that several records tell of is a sign of who leads it, unless two do."""
    one = record("a", "1", actor("Ruche"), project("P"), part("actor", "project", "porteur"))
    two = record(
        "b", "1", actor("Ruche"), actor("Halle", node="other"), project("P"),
        part("actor", "project", "porteur"), part("other", "project", "porteur"),
    )  # fmt: skip
    told = MATCHER.reader().told((nodes_of(one), nodes_of(two)))
    known = told.actors_knowing(dict.fromkeys(told.projects, "p"))

    assert {node.contributor: thing.projects for node, thing in known.items() if thing.projects} == {"a": {"p"}}
