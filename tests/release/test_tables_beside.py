"""What follows from entities, made by processes that are given them."""

from pathlib import Path

import pytest

from cis_graph import processes
from cis_graph.entities.derive import derived_lines
from cis_graph.entities.ties import tie_lines
from cis_graph.release.network import NETWORK
from cis_graph.release.opened import SEARCH
from cis_graph.release.parts import PARTS, Parts
from cis_graph.release.tables_beside import tables_beside
from tests.support.small_network import invented_network


@pytest.mark.parametrize(("may_fork", "is_first"), [(True, False), (False, True)])
def test_entities_that_were_handed_over_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, may_fork: bool, is_first: bool
) -> None:
    """Derived statements and ties are those of the entities themselves; index and tables are there."""
    small = invented_network()
    monkeypatch.setattr(processes, "may_fork", lambda: may_fork)  # the runner of tests may hold threads
    around, iris, parts = small.house.gazetteer.containers, small.house.iris, Parts(tmp_path / "new" / PARTS)
    parts.folder.mkdir(parents=True)
    with tables_beside(small.house, None if is_first else tmp_path) as made:
        assert tuple(made.passing(tmp_path / "new", reversed(small.entities))) == small.entities[::-1]
        for part in made.parts(None).values():
            part.wait()
        made.wait()

    assert parts.lines("derived") == set(derived_lines(small.entities, small.parties, around, iris))
    assert parts.lines("ties") == set(tie_lines(small.parties, around, iris))
    assert parts.lines("ties")
    assert (tmp_path / "new" / SEARCH / "meta.json").exists()
    assert (tmp_path / "new" / NETWORK).exists()
