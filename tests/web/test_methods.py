import re
from pathlib import Path

import pytest

from cis_graph.model.releases import SearchAnswer, SearchQuestion
from cis_graph.search.documents import Named
from cis_graph.search.index import Index
from cis_graph.search.writing import write_index
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf, fixture_store


class Indexed(SmallRelease):
    """The small release with a real text index of three projects and an actor."""

    index: Index

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """What the index finds."""
        return self.index.search(question)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """Two projects co-construct for agriculture, one of them with youth; a third has no method."""

    def named(kind: str, key: str, **filters: str) -> Named:
        kept = {name: frozenset(keys.split()) for name, keys in filters.items()}
        return Named(kind=kind, key=key, label=key.title(), detail="", filters=kept)

    write_index(tmp_path / "search", (
        named("project", "one", theme="agriculture lien-social", audience="jeunesse", method="co-construction"),
        named("project", "two", theme="agriculture", method="co-construction"),
        named("project", "three", theme="lien-social"),
        named("grant", "four", theme="agriculture", method="co-construction"),
        named("actor", "clairiere", method="co-construction"),
    ))  # fmt: skip
    release = Indexed(fixture_store())
    release.index = Index(tmp_path / "search")
    return Client(create_app(Settings(), SmallShelf(release), SmallRunner(release)))


def counts(page: str) -> dict[str, int]:
    """The counts of a page's bars by name."""
    found = re.findall(r"<li><span><a href=[^>]+>([^<]+)</a></span> <a[^>]*>(\d+) ", page)
    return {name: int(number) for name, number in found}


def test_methods_are_counted_for_a_need(client: Client) -> None:
    """A theme, or a theme and an audience, give the methods of their projects with the number of these."""
    assert list(counts(client.page("/methods?theme=agriculture")).values()) == [2]
    assert list(counts(client.page("/methods?theme=agriculture&audience=jeunesse")).values()) == [1]


def test_an_unknown_need_is_no_need(client: Client) -> None:
    """A theme there is not counts as none, and is not repeated in the page."""
    page = client.page("/methods?theme=%3Cscript%3E")

    assert counts(page) == counts(client.page("/methods"))
    assert "<script>" not in page.replace('<script type="application/ld+json">', "")


def test_a_method_says_who_uses_it_for_what(client: Client) -> None:
    """Its page names the actors, the themes and audiences with counts that grants do not enter, and lessons told."""
    page = client.page("/method/co-construction")

    assert {1, 2} == set(counts(page).values())
    assert '<a href="/actor/clairiere">Clairiere</a>' in page
    assert "Prendre le temps d&#39;une saison" in page
    assert "/search?kind=project&amp;method=co-construction&amp;theme=agriculture" in page
