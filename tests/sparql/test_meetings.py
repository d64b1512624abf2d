import pytest

from cis_graph.model.meetings import NEAR, Meeting
from tests.conftest import Demonstration
from tests.sparql.expected import EXAMPLES, Asked

_STATED = """?p ?value {{
  {{ <{iri}> ?p ?value }} UNION {{
    ?part insoc:actor <{iri}> ; insoc:role ?role ; insoc:project ?project . ?project ?p ?value
    FILTER(?role NOT IN (role:financeur, role:labellisateur))
  }} FILTER(?p IN (insoc:theme, insoc:audience, insoc:method))
}}"""
_AREAS = "?p ?value {{ <{iri}> ?p ?value FILTER(?p = insoc:inArea) }}"
_PROJECTS = """?value {{
  {{ BIND(<{iri}> AS ?value) }} UNION {{ <{iri}> insoc:takesPartIn/dcterms:isPartOf* ?value }}
  UNION {{ <{iri}> dcterms:isPartOf* ?value }} UNION {{ ?value dcterms:isPartOf* <{iri}> }}
  UNION {{ ?part insoc:project <{iri}> ; insoc:actor ?value ; insoc:role ?role . role:cooperative skos:member ?role }}
}}"""


@pytest.fixture(scope="module")
def meetings(demonstration: Demonstration, asked: Asked) -> tuple[Meeting, ...]:
    """Whom every project might meet, and every actor that leads one."""
    known = asked.rows("?x { { ?x a insoc:Project FILTER NOT EXISTS { ?x insoc:kind ?k } } UNION "
                       "{ ?part insoc:role role:porteur ; insoc:actor ?x } }")  # fmt: skip
    ends = (entity.split("/")[-2:] for (entity,) in known)
    return tuple(one for kind, key in ends for one in demonstration.release.matchmaker.of(kind, key, most=6))


def test_no_pair_shares_a_project(meetings: tuple[Meeting, ...], demonstration: Demonstration, asked: Asked) -> None:
    """Asked of the graph, two who might meet have no project, no family of projects and no partner in common."""
    base = demonstration.settings.base

    def circle(kind: str, key: str) -> set[tuple[str, ...]]:
        return set(asked.rows(_PROJECTS.format(iri=f"{base}id/{kind}/{key}")))

    assert len(meetings) > 100
    for one in meetings:
        assert not circle(one.one.kind, one.one.key) & circle(one.other.kind, one.other.key), one


def test_each_reason_is_recomputed_by_a_query(
    meetings: tuple[Meeting, ...], demonstration: Demonstration, asked: Asked
) -> None:
    """The graph gives the same common themes, audiences, methods and areas as the page does, no more and no fewer."""
    base = demonstration.settings.base

    def common(pattern: str, one: Meeting) -> set[tuple[str, ...]]:
        first, second = (
            set(asked.rows(pattern.format(iri=f"{base}id/{end.kind}/{end.key}"))) for end in (one.one, one.other)
        )
        return first & second

    for one in meetings[::3]:
        told = {("insoc:theme", f"theme:{key}") for key in one.themes}
        told |= {("insoc:audience", f"audience:{key}") for key in one.audiences}
        told |= {("insoc:method", f"method:{key}") for key in one.methods}
        assert common(_STATED, one) == told, one
        areas = {value.removeprefix("id/territory/") for _, value in common(_AREAS, one)}
        assert set(one.areas) <= areas, one
        assert one.kilometres is None or one.kilometres <= NEAR


def test_le_centsept_and_the_val_de_marne_have_at_least_five(demonstration: Demonstration, asked: Asked) -> None:
    """The example query answers for Le Centsept what its page shows; the Val-de-Marne has five meetings or more."""
    ((centsept,),) = asked.rows('?x { ?x a insoc:Actor ; skos:prefLabel "Le Centsept"@fr }')
    matchmaker = demonstration.release.matchmaker
    shown = matchmaker.of("actor", centsept.rpartition("/")[2], most=40)
    header, *rows = asked.table((EXAMPLES["susceptible-to-meet"]).read_text(encoding="utf-8"))

    assert "actor" == header[0]
    assert {row[0] for row in rows} == {one.other.label for one in shown if one.agreements - one.is_near >= 2}
    assert len(shown) >= 5
    assert len(matchmaker.within("departement-94", most=12)) >= 5
