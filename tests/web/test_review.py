"""The page where a person tells what comparisons cannot."""

import re
from dataclasses import dataclass, field

import httpx
import pytest

from cis_graph.model.decisions import Question, Reason, Side, Verdict
from cis_graph.model.nodes import NodeId
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf

TOKEN = "a-long-random-text"  # noqa: S105 - of this story alone
FORM = {"content-type": "application/x-www-form-urlencoded"}


def side(record: str, node: str, key: str) -> Side:
    """One node of the small release, alone."""
    contributor, _, name = record.partition("/")
    found = NodeId(contributor, name, node)
    return Side(key=key, node=found, members=(found,))


def question(value: float = 2.0) -> Question:
    """Two projects of the small release."""
    return Question(
        kind="project",
        one=side("fondation-lavande/fiche-12", "project", "verger"),
        other=side("reseau-clairiere/le-verger", "project", "jardin-1"),
        score=0.4,
        threshold=1.2,
        value=value,
        reasons=(
            Reason(question="title", level="alike-0.8", weight=2.5),
            Reason(question="rna", level="unknown", weight=0),
        ),
    )


@dataclass
class SmallDesk:
    """A desk that remembers answers."""

    asked: list[Question] = field(default_factory=lambda: [question()])
    kept: list[tuple[str, Verdict, str, str]] = field(default_factory=list)

    def questions(self) -> tuple[Question, ...]:
        """What nobody has answered."""
        answered = {name for name, *_ in self.kept}
        return tuple(one for one in self.asked if one.name not in answered)

    def answer(self, question: Question, verdict: Verdict, *, by: str, why: str) -> None:
        """Remembers."""
        self.kept.append((question.name, verdict, by, why))


@pytest.fixture
def desk() -> SmallDesk:
    """A desk with one question."""
    return SmallDesk()


@pytest.fixture
def curator(release: SmallRelease, desk: SmallDesk) -> Client:
    """A client of an application that has a desk and a token."""
    settings = Settings(admin_token=TOKEN)
    return Client(create_app(settings, SmallShelf(release), SmallRunner(release), desk=desk))


def post(client: Client, path: str, cookie: str = "", **fields: str) -> httpx.Response:
    """A form sent."""
    return client.request("POST", path, headers={**FORM, "cookie": cookie, "accept": "text/html"}, data=fields)


def signed_in(client: Client) -> tuple[str, str]:
    """A session: the cookie as a browser sends it, and the text that its forms carry."""
    answer = post(client, "/review/session", name="Alix", token=TOKEN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    cookie = answer.headers["set-cookie"].split(";")[0]
    page = client.get("/review", "text/html", cookie=cookie).text
    (token,) = set(re.findall(r'name="form_token" value="([^"]+)"', page))
    return cookie, token


def test_without_a_token_or_a_desk_writes_are_closed(client: Client, release: SmallRelease, desk: SmallDesk) -> None:
    """The page says so and nobody can sign in, not even with the empty token."""
    no_token = Client(create_app(Settings(), SmallShelf(release), SmallRunner(release), desk=desk))
    for one in (client, no_token):
        assert "Les écritures sont fermées" in one.page("/review")
        assert post(one, "/review/session", name="Alix", token="").status_code == 403
    assert "Writes are closed" in client.page("/en/review")


def test_who_is_not_signed_in_sees_a_form_and_no_question(curator: Client) -> None:
    """Names and records of open questions are for curators."""
    page = curator.page("/review")

    assert 'type="password"' in page
    assert "Deux projets" not in page


@pytest.mark.parametrize(("name", "token"), [("Alix", "wrong"), ("Alix", ""), ("", TOKEN), ("Alix", "é\x00" * 900)])
def test_a_wrong_token_opens_nothing(curator: Client, name: str, token: str) -> None:
    """The answer says so, and no cookie comes with it."""
    answer = post(curator, "/review/session", name=name, token=token)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "pas le bon" in answer.text


def test_the_cookie_is_out_of_reach(curator: Client) -> None:
    """No script reads it, no other site sends it, and over HTTPS it goes over HTTPS only."""
    said = post(curator, "/review/session", name="Alix", token=TOKEN).headers["set-cookie"].lower()

    assert "httponly" in said
    assert "samesite=strict" in said
    assert TOKEN not in said


@pytest.mark.parametrize("forged", ["", "x.y", "cis_session", "%C3%A9", "eyJuYW1lIjogIngifQ==.00", "." * 5000])
def test_a_forged_cookie_is_no_session(curator: Client, forged: str) -> None:
    """Whatever it is, the form to sign in comes."""
    page = curator.get("/review", "text/html", cookie=f"cis_session={forged}")

    assert page.status_code == 200
    assert 'type="password"' in page.text


def test_a_changed_cookie_is_no_session(curator: Client) -> None:
    """One letter of the name or of the seal, and it is nobody's."""
    cookie, _ = signed_in(curator)
    name, _, value = cookie.partition("=")
    for place in (3, len(value) - 1):
        changed = value[:place] + ("A" if value[place] != "A" else "B") + value[place + 1 :]
        assert 'type="password"' in curator.get("/review", "text/html", cookie=f"{name}={changed}").text


def test_a_session_ends(curator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """After eight hours the cookie opens nothing, and signing out takes it back."""
    cookie, token = signed_in(curator)
    assert 'cis_session=""' in post(curator, "/review/end", cookie, form_token=token).headers["set-cookie"]
    now = __import__("time").time()
    monkeypatch.setattr("cis_graph.web.admin.time.time", lambda: now + 8 * 3600 + 1)

    assert 'type="password"' in curator.get("/review", "text/html", cookie=cookie).text


def test_two_things_stand_side_by_side_with_their_differences(curator: Client) -> None:
    """Both names, who tells, what differs marked in words, the comparisons, the score and three buttons."""
    cookie, _ = signed_in(curator)
    page = curator.get("/review", "text/html", cookie=cookie)

    assert page.headers["cache-control"] == "no-store"
    for shown in (
        "Deux projets, ou un seul",
        "diffère",
        "alike-0.8",
        "Score 0.40",
        "Même chose",
        "Différents",
        "Passer",
    ):
        assert shown in page.text
    assert 'class="differs"' in page.text
    assert "Two projects, or one?" in curator.get("/en/review", "text/html", cookie=cookie).text


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_an_answer_is_kept_with_who_and_why(curator: Client, desk: SmallDesk, verdict: str) -> None:
    """The next question comes, and nothing is asked twice."""
    cookie, token = signed_in(curator)
    sent = {"form_token": token, "question": question().name, "answer": verdict, "at": "0"}
    answer = post(curator, "/review", cookie, **sent, why="vu <b>sur place</b>")

    assert (answer.status_code, answer.headers["location"]) == (303, "/review?at=0&told=1")
    assert [(verdict, "Alix", "vu <b>sur place</b>")] == [kept[1:] for kept in desk.kept]
    assert "Il ne reste rien" in curator.get("/review?told=1", "text/html", cookie=cookie).text
    assert post(curator, "/review", cookie, **sent).status_code == 409


def test_a_question_may_be_skipped(curator: Client, desk: SmallDesk) -> None:
    """Nothing is kept, and the page after the last offers to begin again."""
    cookie, token = signed_in(curator)
    answer = post(curator, "/review", cookie, form_token=token, question=question().name, answer="skip", at="0")

    assert answer.headers["location"] == "/review?at=1"
    assert "Revoir ce qui a été passé" in curator.get("/review?at=1", "text/html", cookie=cookie).text
    assert desk.kept == []


@pytest.mark.parametrize("path", ["/review", "/review/end", "/en/review"])
def test_a_form_of_another_site_is_refused(curator: Client, desk: SmallDesk, path: str) -> None:
    """The cookie alone decides nothing: the form must carry its session's text."""
    cookie, _ = signed_in(curator)
    for token in ("", "0" * 64, "é"):
        answer = post(curator, path, cookie, form_token=token, question=question().name, answer="same")
        assert answer.status_code == 403
    assert desk.kept == []


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"answer": "maybe"}, 400),
        ({}, 400),
        ({"answer": "same", "question": "nothing"}, 409),
        ({"answer": "same", "at": "-1"}, 409),
    ],
)
def test_what_is_no_answer_is_told(curator: Client, desk: SmallDesk, fields: dict[str, str], status: int) -> None:
    """Nothing is kept of it."""
    cookie, token = signed_in(curator)

    assert post(curator, "/review", cookie, form_token=token, **fields).status_code == status
    assert desk.kept == []


def test_a_body_that_is_no_form_is_refused(curator: Client) -> None:
    """Another type, and a body of more than a mebibyte."""
    assert (
        curator.request("POST", "/review", headers={"content-type": "application/json"}, content=b"{}").status_code
        == 415
    )
    assert curator.request("POST", "/review", headers=FORM, content=b"a" * 1_100_000).status_code == 413
    assert curator.request("POST", "/review", headers=FORM, content=b"a=%ff").status_code == 400


def test_a_place_that_is_no_number_is_the_first(curator: Client) -> None:
    """Whatever the address says, a question or the end comes."""
    cookie, _ = signed_in(curator)
    for at in ("-1", "x", "9" * 40, "²"):
        assert curator.get(f"/review?at={at}", "text/html", cookie=cookie).status_code == 200
