from dataclasses import replace

from cis_graph.entities.parties import parties
from cis_graph.entities.ties import cooperation_lines, tie_lines
from cis_graph.model.dates import StatedDate
from cis_graph.rdf.iris import INSOC, Iris
from tests.entities.test_parties import COOPERATIVE, entity
from tests.support.making import actor, part, project

IRIS = Iris("https://carrefour.example/")
PARTS = [
    entity(part(name, of), f"{name}{of}") for name, of in (("a", "p"), ("b", "p"), ("a", "q"), ("b", "q"), ("c", "q"))
]


def around(key: str) -> frozenset[str]:
    """A territory and France."""
    return frozenset((key, "pays-fr"))


def told(*things: object) -> dict[str, set[str]]:
    """What is told of the one tie, by property; IRIs shortened."""
    lines = list(tie_lines(parties([*PARTS, *things], COOPERATIVE), around, IRIS))  # type: ignore[list-item]
    found: dict[str, set[str]] = {}
    for line in lines:
        subject, prop, value = line.removesuffix(" .").split(" ", 2)
        assert subject == f"<{IRIS.base}id/tie/a-b>"
        found.setdefault(prop.strip("<>").rpartition("#")[2], set()).add(value.replace(f"{IRIS.base}id/", ""))
    return found


def test_a_pair_of_two_projects_has_a_node() -> None:
    """Its actors, projects, roles, sources and weight: one for a project of two, a half for a project of three."""
    found = told()

    assert found["joins"] == {"<actor/a>", "<actor/b>"}
    assert found["through"] == {"<project/p>", "<project/q>"}
    assert {value.split("^")[0] for value in found["weight"]} == {'"1.5"'}
    assert found["heldRole"] == {"<https://w3id.org/insoc/concept/role/partenaire>"}
    assert found["wasDerivedFrom"] == {f"<participation/{key}>" for key in ("ap", "aq", "bp", "bq")}
    assert not {"territory", "beginsOn", "endsOn"} & found.keys()


def test_a_tie_says_where_its_time_and_places_come_from() -> None:
    """Taken from the project or the actor, these are cited beside the participations."""
    dated = replace(project("P"), started=StatedDate.parse("2017"), ended=StatedDate.parse("2018"))
    found = told(entity(dated, "p"), entity(actor("A", "region-84"), "a"))

    assert {"<project/p>", "<actor/a>"} <= found["wasDerivedFrom"]
    assert "<project/q>" not in found["wasDerivedFrom"]
    assert found["territory"] == {"<territory/region-84>"}
    assert found["inArea"] == {"<territory/region-84>", "<territory/pays-fr>"}
    assert {value.split("^")[0] for value in found["beginsOn"]} == {'"2017-01-01"'}


def test_a_tie_ends_when_its_last_project_has_an_end() -> None:
    """With one project still open, nobody says that the tie ended."""
    ended = {"ended": StatedDate.parse("2018")}
    both = (entity(replace(project(key), **ended), key) for key in "pq")  # type: ignore[arg-type]

    assert "endsOn" not in told(entity(replace(project("P"), **ended), "p"))  # type: ignore[arg-type]
    assert {value.split("^")[0] for value in told(*both)["endsOn"]} == {'"2018-12-31"'}


def test_a_project_says_how_many_cooperate() -> None:
    """The count behind each weight is told of every project in which anybody cooperates."""
    lines = [line for line in cooperation_lines(parties(PARTS, COOPERATIVE), IRIS) if "Count" in line]

    assert [line.split("^")[0] for line in lines] == [
        f'<{IRIS.base}id/project/p> <{INSOC}cooperatingActorCount> "2"',
        f'<{IRIS.base}id/project/q> <{INSOC}cooperatingActorCount> "3"',
    ]
