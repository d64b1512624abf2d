import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest

from cis_graph.errors import CisGraphError
from cis_graph.model.places import Coordinates
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.outlines import Atlas, Outlines, outline_file
from cis_graph.territories.resolver import Resolver
from tools.make_outlines import stepped


def square(folder: Path, content: object) -> Outlines:
    """Outlines read from a file of this content."""
    outline_file(folder, "departement").write_bytes(gzip.compress(json.dumps(content).encode()))
    return Outlines.load("departement", folder)


def test_a_point_lies_in_the_outline_that_holds_it(tmp_path: Path) -> None:
    """Inside is inside, a hole is outside, and so is all around."""
    outer = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
    hole = [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 1.0]]
    outlines = square(tmp_path, {"departement-99": [stepped(outer), stepped(hole)]})

    assert "departement-99" == outlines.find(Coordinates(latitude=3.0, longitude=3.0))
    assert outlines.find(Coordinates(latitude=1.5, longitude=1.5)) is None
    assert outlines.find(Coordinates(latitude=5.0, longitude=3.0)) is None


@pytest.mark.parametrize(
    "content", [[], {"99": 3}, {"99": [["a", "b"]]}, {"99": [[1]]}, {"99": [[1.5, 2]]}, {"99": []}]
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: object) -> None:
    """A file of another form is an error that names it, not a wrong département."""
    with pytest.raises(CisGraphError, match="outlines"):
        square(tmp_path, content).find(Coordinates(latitude=1.0, longitude=1.0))


def test_outlines_stand_for_known_territories(gazetteer: Gazetteer) -> None:
    """All have one, of closed rings, but fifteen EPCI and the eight collectivités overseas that are no département."""
    atlas = Atlas()
    levels = ("region", "ancienne-region", "departement", "epci")
    wanted = [one for one in gazetteer.territories.values() if one.level in levels]
    found = {one.key: outline for one in wanted if (outline := atlas.of(one.key))}
    missing = [one for one in wanted if one.key not in found]
    shipped = [key for level in ("region", "departement", "epci") for key in Outlines.load(level).outlines]

    assert sorted(shipped) == sorted(found)
    assert {"epci": 15, "departement": 8, "region": 8} == {
        level: sum(one.level == level for one in missing) for level in {one.level for one in missing}
    }
    assert 11 == sum("epci-200054781" in one.within for one in missing)
    assert all(ring[0] == ring[-1] for outline in found.values() for ring in outline.rings)
    assert not any(a == b for outline in found.values() for ring in outline.rings for a, b in pairwise(ring))


def test_a_former_region_is_its_departements(gazetteer: Gazetteer) -> None:
    """Picardie holds Amiens and Laon, and not Lille, which lies in the région that replaced it."""
    picardie, today = Atlas().of("region-22"), Atlas().of("region-32")
    amiens, laon, lille = (gazetteer.territories[f"commune-{code}"] for code in ("80021", "02408", "59350"))

    assert picardie
    assert today
    held = [[one.holds((it.longitude or 0) * 1000, (it.latitude or 0) * 1000) for it in (amiens, laon, lille)]
            for one in (picardie, today)]  # fmt: skip
    assert [[True, True, False], [True, True, True]] == held


def test_every_commune_lies_in_its_departement_or_nothing_is_said(gazetteer: Gazetteer, resolver: Resolver) -> None:
    """Over one commune in twenty: no point is given a département that is not its own, and 99 % are given theirs."""
    communes = [one for one in gazetteer.territories.values() if one.level == "commune" and one.latitude is not None]
    sample = communes[::20]
    answers = {
        one.key: resolver.departement_of(Coordinates(latitude=one.latitude or 0.0, longitude=one.longitude or 0.0))
        for one in sample
    }

    assert [] == [key for key, code in answers.items() if code not in {None, gazetteer.departement(key)}]
    assert sum(code is not None for code in answers.values()) > 0.99 * len(sample)
