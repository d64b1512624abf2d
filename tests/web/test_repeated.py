"""Answers given again from memory: the same as those given first, and never in the place of another."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from cis_graph.web.repeated import LASTING, Repeated
from tests.support.client import Client
from tests.support.small_gate import SmallGate
from tests.support.small_release import INFORMATION, SmallRelease, SmallRunner, SmallShelf, fixture_store

PAGE = {"host": "testserver", "accept": "text/html", "accept-encoding": "identity"}


@dataclass
class Answers:
    """An application that counts how often it is asked."""

    lasts: bool = True
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"ETag": '"1"', "Link": "<a>"})
    body: bytes = b"page"
    asked: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, and says whether that lasts."""
        self.asked += 1
        scope["state"][LASTING] = self.lasts
        scope["route"] = "here"
        await Response(self.body, self.status, self.headers, media_type="text/html")(scope, receive, send)


RELEASE = SmallRelease(fixture_store(0))


def asked(
    layer: Repeated, release: SmallRelease | None = RELEASE, method: str = "GET", path: str = "/a", **headers: str
) -> tuple[Message, bytes, object]:
    """The start of an answer, its body and its route."""
    sent: list[Message] = []
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: Scope = {"type": "http", "method": method, "scheme": "http", "raw_path": path.encode(), "query_string": b"",
                    "headers": named, "state": {"release": release, "language": "fr"}}  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(layer(scope, receive, send))
    return sent[0], b"".join(message.get("body", b"") for message in sent[1:]), scope.get("route")


def test_an_answer_is_given_again_as_it_was() -> None:
    """The same headers, the same body, under the same route; nothing is asked."""
    answers = Answers()
    layer = Repeated(answers)

    assert asked(layer) == asked(layer)
    assert answers.asked == 1


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', '"0", "1"', "*"])
def test_who_has_it_is_told_so(tag: str) -> None:
    """304 with every header but those of the body."""
    layer = Repeated(Answers())
    asked(layer)
    begun, body, _ = asked(layer, if_none_match=tag)

    assert (begun["status"], body) == (304, b"")
    assert dict(begun["headers"]) == {b"etag": b'"1"', b"link": b"<a>"}
    assert asked(layer, if_none_match='"2"')[0]["status"] == 200


@pytest.mark.parametrize(
    "answers",
    [
        Answers(lasts=False),
        Answers(status=404),
        Answers(status=304),
        Answers(headers={}),
        Answers(body=b"a" * 101),
        Answers(headers={"ETag": '"1"', "Content-Length": "9"}),
    ],
)
def test_what_does_not_last_is_asked_for_again(answers: Answers) -> None:
    """What depends on more than the release, no 200, without a tag, too large, or not whole."""
    layer = Repeated(answers, largest=100)
    asked(layer)
    asked(layer)

    assert answers.asked == 2


def test_each_release_and_each_request_has_its_own() -> None:
    """Another release, path, host, form or coding is another answer; a POST and a place without a release pass."""
    answers = Answers()
    layer = Repeated(answers)
    later = SmallRelease(RELEASE.store, replace(INFORMATION, canonical_hash="00" * 32))
    asked(layer)
    asked(layer, later)
    asked(layer, None)
    asked(layer, method="POST")
    asked(layer, path="/b")
    asked(layer, host="one.example")
    asked(layer, accept="text/turtle")
    asked(layer, accept_encoding="gzip")
    assert answers.asked == 8

    asked(layer, user_agent="somebody", cookie="a=b")
    assert answers.asked == 8


def test_memory_is_bounded() -> None:
    """The longest unused goes first."""
    answers = Answers()
    layer = Repeated(answers, most=5000)
    for path in ("/a", "/b", "/a", "/c", "/a", "/b"):
        asked(layer, path=path)

    assert answers.asked == 4


def test_pages_are_given_again_with_all_their_manners(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page from memory is the page, its headers but the time it took, for GET and HEAD; a new release is another."""
    shelf = SmallShelf(SmallRelease(fixture_store(0)))
    client = Client(create_app(Settings(), shelf, SmallRunner(shelf.release), gate=SmallGate()))
    first = client.get("/project/verger", "text/html")
    monkeypatch.setattr(SmallRelease, "rows", None)
    again, head = client.get("/project/verger", "text/html"), client.request("HEAD", "/project/verger", headers=PAGE)

    def told(headers: dict[str, str]) -> dict[str, str]:
        return {name: value for name, value in headers.items() if name != "server-timing"}

    assert again.content == first.content
    assert told(dict(again.headers)) == told(dict(first.headers)) == told(dict(head.headers))
    assert head.content == b""
    monkeypatch.undo()
    shelf.release = SmallRelease(fixture_store(0), replace(INFORMATION, number=8))
    assert client.get("/project/verger", "text/html").headers["x-release"] == "8"
