from collections.abc import Collection, Iterable, Mapping

import pytest

from cis_graph.model.terms import Statements
from cis_graph.web.rendered import Rendered
from tests.support.client import Client
from tests.support.small_release import SmallRelease


def never() -> bytes:
    """A body that must not be made."""
    pytest.fail("made anew")


def test_a_body_is_made_once() -> None:
    """What was asked for before is not made again; another tag is."""
    bodies = Rendered()

    assert b"a" == bodies.of("1", lambda: b"a") == bodies.of("1", never)
    assert b"b" == bodies.of("2", lambda: b"b")


def test_memory_is_bounded() -> None:
    """The longest unused goes first, and what is too large is never kept."""
    bodies = Rendered(largest=4, most=8)
    for tag in ("1", "2"):
        bodies.of(tag, lambda: b"aaaa")
    bodies.of("1", never)
    bodies.of("3", lambda: b"aaaa")
    bodies.of("large", lambda: b"aaaaa")

    assert b"aaaa" == bodies.of("1", never) == bodies.of("3", never)
    assert b"new" == bodies.of("2", lambda: b"new")
    assert b"again" == bodies.of("large", lambda: b"again")


def test_what_does_not_get_made_is_not_kept() -> None:
    """An error passes, and the body is made when it is asked for again."""
    bodies = Rendered()
    with pytest.raises(ZeroDivisionError):
        bodies.of("1", lambda: bytes([1 // 0]))

    assert b"a" == bodies.of("1", lambda: b"a")


def test_a_host_does_not_see_the_page_of_another(client: Client) -> None:
    """Pages name their own address; one host's page is never another's."""
    for host in ("one.example", "two.example"):
        page = client.request("GET", "/about", headers={"host": host, "accept": "text/html"}).text
        assert f'content="http://{host}/about"' in page


def test_a_page_asks_the_release_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for again, a page is the same and nothing is looked up for it; one who wants no HTML is told its fate."""
    first = client.page("/project/verger?again")
    asked: list[str] = []
    about = SmallRelease.about

    def noted(
        self: SmallRelease, subjects: Iterable[str], predicates: Collection[str] = ()
    ) -> Mapping[str, Statements]:
        asked.extend(subjects := list(subjects))
        return about(self, subjects, predicates)

    monkeypatch.setattr(SmallRelease, "about", noted)

    assert first == client.page("/project/verger?again")
    assert asked == []
    client.get("/project/verger.ttl?again")
    assert asked == ["https://carrefour.example/id/project/verger"]
