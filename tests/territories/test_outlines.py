import gzip
import json
from pathlib import Path

import pytest

from cis_graph.errors import CisGraphError
from cis_graph.model.places import Coordinates
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.outlines import Outlines
from cis_graph.territories.resolver import Resolver


def square(folder: Path, content: object) -> Outlines:
    """Outlines read from a file of this content."""
    (folder / "outlines.json.gz").write_bytes(gzip.compress(json.dumps(content).encode()))
    return Outlines.load(folder)


def test_a_point_lies_in_the_outline_that_holds_it(tmp_path: Path) -> None:
    """Inside is inside, a hole is outside, and so is all around."""
    outer = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
    hole = [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 1.0]]
    outlines = square(tmp_path, {"99": [outer, hole]})

    assert "99" == outlines.find(Coordinates(latitude=3.0, longitude=3.0))
    assert outlines.find(Coordinates(latitude=1.5, longitude=1.5)) is None
    assert outlines.find(Coordinates(latitude=5.0, longitude=3.0)) is None


@pytest.mark.parametrize("content", [[], {"99": 3}, {"99": [[["a", "b"]]]}, {"99": [[[1.0]]]}])
def test_a_damaged_file_is_refused(tmp_path: Path, content: object) -> None:
    """A file of another form is an error that names it, not a wrong département."""
    with pytest.raises(CisGraphError, match="outlines"):
        square(tmp_path, content).find(Coordinates(latitude=1.0, longitude=1.0))


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
