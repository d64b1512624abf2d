from collections import Counter
from dataclasses import replace

import pyoxigraph as ox
import pytest

from cis_graph.model.releases import SearchAnswer, SearchHit, SearchQuestion
from cis_graph.web.home import chosen
from tests.support.small_release import INFORMATION, SmallRelease


class Numbered(SmallRelease):
    """A release of some projects, in one order whatever its number."""

    def __init__(self, number: int, projects: int) -> None:
        super().__init__(ox.Store(), replace(INFORMATION, number=number))
        self.keys = [str(place) for place in range(projects)]

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """One page of the keys."""
        page = self.keys[(question.page - 1) * question.size :][: question.size]
        hits = tuple(SearchHit(kind="project", key=key, label=key, detail="") for key in page)
        return SearchAnswer(total=len(self.keys), hits=hits, kinds={}, facets={})


@pytest.mark.parametrize(("projects", "releases"), [(41, 2), (80, 2), (100, 3), (395, 10)])
def test_every_project_is_shown_in_its_turn(projects: int, releases: int) -> None:
    """Releases in a row show forty projects each, and all of them before any page comes again."""
    shown = [chosen(Numbered(number, projects)) for number in range(5, 5 + releases)]
    assert {len(set(one)) for one in shown} == {40}
    times = Counter(key for one in shown for key in one)
    assert len(times) == projects
    assert max(times.values()) <= 2


@pytest.mark.parametrize("projects", [0, 1, 40])
def test_few_projects_are_shown_by_every_release(projects: int) -> None:
    """Where there are no more than forty, each release shows each of them once."""
    for number in (1, 2, 3):
        assert len(chosen(Numbered(number, projects))) == projects
