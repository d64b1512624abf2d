from dataclasses import replace

import pytest

from cis_graph.model.identifiers import Siret
from cis_graph.model.nodes import NodeId
from cis_graph.model.records import Label, Programme, Record
from cis_graph.reconciliation.clusters import united
from tests.support.making import MATCHER, actor, nodes_of, part, project, record


def reasons(*records: Record) -> dict[tuple[str, str], str]:
    """The first reason of each link, by the contributors it joins: rules come before comparisons."""
    found: dict[tuple[str, str], str] = {}
    for link in MATCHER.match(nodes_of(*records)).links:
        found.setdefault((link.first.contributor, link.second.contributor), link.reason)
    return found


def test_one_name_in_one_commune_is_one() -> None:
    """The same name in the same commune is the same actor, and the comparisons that say so are kept."""
    first, second = (
        record("a", "1", actor("Ruche des Possibles", "commune-69123")),
        record("b", "1", actor("RUCHE DES POSSIBLES", "commune-69123")),
    )
    (link,) = MATCHER.match(nodes_of(first, second)).links
    levels = {one.question: one.level for one in link.evidence}

    assert (link.reason, levels["name"], levels["place"]) == ("model", "same", "commune")
    assert link.score == pytest.approx(MATCHER.actors.prior + sum(one.weight for one in link.evidence), abs=0.001)
    assert link.score >= link.threshold


def test_members_of_a_list_name_one_project() -> None:
    """A contributor that repeats its project in each record tells of one; another's of that name is not it."""
    one = replace(project("Grand collectif", "pays-fr"), homepage="https://collectif.example/")
    records = [record("a", "1", one), record("a", "2", one), record("b", "1", project("Petit collectif"))]

    assert reasons(*records) == {("a", "a"): "meme-titre-meme-site"}


def test_one_name_in_two_towns_stays_two() -> None:
    """Lyon and Lille are apart: the same name is two projects."""
    first, second = (
        record("a", "1", project("La Ruche", "commune-69123")),
        record("b", "1", project("La Ruche", "commune-59350")),
    )

    assert reasons(first, second) == {}


def test_a_wide_territory_does_not_glue_two_towns() -> None:
    """A name known for all of France and in two towns tells nothing: the three stay apart."""
    towns = [record(c, "1", actor("La Ruche", t)) for c, t in (("a", "commune-69123"), ("b", "commune-59350"))]

    assert reasons(*towns, record("c", "1", actor("La Ruche", "pays-fr"))) == {}


def test_one_name_without_a_place_stays_apart() -> None:
    """A CAF without a place is not any CAF with one, nor another without."""
    records = [
        record("a", "1", actor("CAF")),
        record("b", "1", actor("CAF")),
        record("c", "1", actor("CAF", "pays-fr")),
    ]

    assert reasons(*records) == {}


def test_a_project_and_a_structure_of_one_name_are_two() -> None:
    """A project that bears its structure's name is another thing than the structure."""
    one = record("a", "1", project("La Ruche", "pays-fr"), actor("La Ruche", "pays-fr"))

    assert MATCHER.match(nodes_of(one)).links == ()


def test_a_siren_with_a_name_is_one_actor() -> None:
    """The same SIREN and the same name are the same actor wherever it is."""
    one = record("a", "1", actor("La Ruche", "commune-69123", siren="552100554"))
    other = record("b", "1", actor("LA RUCHE", "commune-59350", siren="552100554"))

    assert reasons(one, other) == {("a", "b"): "meme-siren"}


def test_a_shared_siren_alone_is_not_one_actor() -> None:
    """Branches publish the head's SIREN: without name or place in common they stay apart."""
    one = record("a", "1", actor("La Ruche Lyon", "commune-69123", siren="552100554"))
    other = record("b", "1", actor("La Ruche Lille", "commune-59350", siren="552100554"))

    assert reasons(one, other) == {}


def test_two_schools_of_one_siren_stay_two() -> None:
    """Nothing is said of where they are, and their names have nothing in common: that takes a person."""
    one = record("a", "1", actor("Collège Notre-Dame", siren="552100554"))
    other = record("a", "2", actor("Collège Amiral Vignaux", siren="552100554"))

    assert reasons(one, other) == {}


@pytest.mark.parametrize("field", ["rna", "siret"])
def test_a_register_number_is_one_actor(field: str) -> None:
    """The same RNA, or the same SIRET, is the same actor under any name."""
    siret = Siret.parse("55210055400013") if field == "siret" else None
    rna = "W691234567" if field == "rna" else None
    one = record("a", "1", replace(actor("La Ruche", rna=rna), siret=siret))
    other = record("b", "1", replace(actor("Maison des abeilles", rna=rna), siret=siret))

    assert reasons(one, other) == {("a", "b"): f"meme-{field}"}


def test_the_numbers_of_registers_exclude_each_other() -> None:
    """An association is known by its RNA, a legal unit by its SIREN or that of its SIRET."""
    one = record("a", "1", replace(actor("La Ruche", rna="W691234567"), siret=Siret.parse("55210055400013")))
    matched = MATCHER.match(nodes_of(one, record("b", "1", actor("La Ruche"))))

    assert {"rna": "W691234567", "siren": "552100554"} == matched.mark(NodeId("a", "1", "actor")).exclusive
    assert {} == matched.mark(NodeId("b", "1", "actor")).exclusive


def test_programmes_of_one_operator_and_name_are_one() -> None:
    """The same call of the same operator is one programme; that of another operator is not."""
    records = [
        replace(record(c, "1", actor(operator)), programmes=(Programme(node="p", label="Lauréats", operator="actor"),))
        for c, operator in (("a", "Fondation X"), ("b", "FONDATION X"), ("c", "Fondation Y"))
    ]

    assert reasons(*records) == {("a", "b"): "meme-nom-meme-porteur"}


def test_editions_of_one_record_are_one() -> None:
    """What two editions of a source say in one record is of one thing."""
    old = replace(project("Autre nom"), node="project-v0", edition_of="project")
    one = record("a", "1", project("La Ruche"), old)

    (link,) = MATCHER.match(nodes_of(one)).links
    assert (link.first, link.second) == (NodeId("a", "1", "project-v0"), NodeId("a", "1", "project"))


def test_grants_of_one_name_are_as_many_grants() -> None:
    """Two payments of one giver under one title stay two: only a project is known by its name and place."""
    grant = Label(text="grant", scheme="project-kind", concept="grant")
    records = [record(c, "1", replace(project("Subvention 2018", "region-84"), kind=grant)) for c in "ab"]

    assert reasons(*records) == {}


def grouped(*records: Record) -> set[frozenset[str]]:
    """The contributors whose actor or project is taken for one thing."""
    nodes = nodes_of(*records)
    matched = MATCHER.match(nodes)
    kinds = {node: type(thing) for node, thing in nodes.items()}
    return {frozenset(node.contributor for node in who) for who, _ in united(kinds, matched.links, (), matched.mark)}


@pytest.mark.parametrize(
    ("register", "first", "second"), [("siren", "552100554", "356000000"), ("rna", "W691234567", "W691234568")]
)
def test_two_numbers_of_one_register_never_merge(register: str, first: str, second: str) -> None:
    """One name in one commune, but two SIREN or two RNA: two actors, and a third without a number joins them not."""
    names: tuple[dict[str, str], ...] = ({register: first}, {register: second}, {})
    records = [
        record(c, "1", actor("Ruche des Possibles", "commune-69123", **told))
        for c, told in zip("abc", names, strict=True)
    ]

    assert grouped(*records[::2]) == {frozenset("ac")}
    assert grouped(records[0], records[1]) == {frozenset("a"), frozenset("b")}
    assert frozenset("abc") not in grouped(*records)


def test_a_place_and_the_research_on_it_are_two_projects() -> None:
    """Le Centsept and the recherche-action that bears its name have one town and one leader, and stay two."""
    lead, part_of = actor("Le Centsept", "commune-69123"), part("actor", "project", "porteur")
    place, research = (
        replace(record(c, "1", project(title, "commune-69123"), lead), participations=(part_of,))
        for c, title in (("a", "Le Centsept"), ("b", "Recherche-action sur la coopération du Centsept"))
    )
    links = MATCHER.match(nodes_of(place, research)).links

    assert {(link.first.node, link.second.node) for link in links} == {("actor", "actor")}
