"""The demonstration as a network: how large it is, and that nothing on the way to it was lost."""

import pytest

from tests.conftest import Demonstration, bundled_mappers
from tests.sparql.expected import Asked

CONTRIBUTORS = sorted({mapper.source.contributor for mapper in bundled_mappers()})


def test_the_network_is_real(demonstration: Demonstration) -> None:
    """At least 1,500 actors, 1,500 projects or grants and 2,500 participations."""
    counts = demonstration.release.information.counts

    assert counts["actor"] >= 1500
    assert counts["project"] + counts["grant"] >= 1500
    assert counts["participation"] >= 2500


def test_the_network_spans_departements(asked: Asked) -> None:
    """Its projects lie in at least ten départements."""
    ((count,),) = asked.rows(
        "(COUNT(DISTINCT ?area) AS ?n) { ?project a insoc:Project ; insoc:inArea ?area . ?area a igeo:Departement }"
    )

    assert int(count) >= 10


def test_the_carrefour_is_one_project_told_by_many(asked: Asked) -> None:
    """The Carrefour des innovations sociales is one project, told by at least three contributors."""
    told = asked.rows(
        '?project ?who { ?project a insoc:Project ; skos:prefLabel "Carrefour des innovations sociales"@fr ; '
        "prov:wasDerivedFrom/prov:wasAttributedTo/skos:prefLabel ?who }"
    )

    assert len({project for project, _ in told}) == 1
    assert len({who for _, who in told}) >= 3


@pytest.mark.parametrize("contributor", CONTRIBUTORS)
def test_every_row_and_record_of_every_source_is_accounted_for(demonstration: Demonstration, contributor: str) -> None:
    """Each row is blank, in a record or set aside; each record is published, alone or with others, or set aside."""
    accounts = demonstration.release.accounts(contributor)

    assert accounts
    for one in accounts:
        assert one.rows.lost == 0, one.source
        assert one.records == one.alone + one.together + one.rejected, one.source
