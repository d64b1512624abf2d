"""Who may write: a token in a header, or a session in a signed cookie that the token once opened."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from cis_graph.web.languages import marked
from cis_graph.web.problems import Problem

COOKIE = "cis_session"
_LASTS = 8 * 3600  # seconds
_LONGEST_NAME = 100


def bearer(request: Request) -> str:
    """The token that a request bears in its Authorization header, empty where there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is signed in, and the text that forms of theirs must carry."""

    name: str
    form_token: str


class Admin:
    """Checks against one token; where it is empty nobody may write."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._key = hmac.digest(token.encode(), b"cis-graph session", "sha256")

    @property
    def is_open(self) -> bool:
        """Whether anybody may sign in."""
        return bool(self._token)

    def knows(self, token: str) -> bool:
        """Whether this is the token, told in the same time whatever it is."""
        given, known = (hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in (token, self._token))
        return hmac.compare_digest(given, known) and self.is_open

    def bears(self, request: Request) -> bool:
        """Whether a request has the token in its Authorization header."""
        return self.knows(bearer(request))

    def session(self, request: Request) -> Session | None:
        """The session whose cookie a request carries, while it lasts."""
        said, _, seal = request.cookies.get(COOKIE, "").partition(".")
        if not self.is_open or not hmac.compare_digest(self._seal("cookie", said).encode(), seal.encode()):
            return None
        try:
            told = json.loads(base64.urlsafe_b64decode(said.encode()))
        except (binascii.Error, ValueError):
            return None
        if told["until"] < time.time():
            return None
        return Session(name=str(told["name"]), form_token=self._seal("form", said))

    def open_session(self, request: Request, response: Response, name: str) -> None:
        """Gives a cookie that no script reads and no other site sends."""
        told = json.dumps({"name": name[:_LONGEST_NAME], "until": int(time.time()) + _LASTS})
        said = base64.urlsafe_b64encode(told.encode()).decode()
        value, secure = f"{said}.{self._seal('cookie', said)}", request.url.scheme == "https"
        response.set_cookie(COOKIE, value, max_age=_LASTS, httponly=True, samesite="strict", secure=secure)

    def close_session(self, response: Response) -> None:
        """Takes the cookie back."""
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")

    def _seal(self, use: str, text: str) -> str:
        return hmac.new(self._key, f"{use}\x00{text}".encode(), "sha256").hexdigest()


def check_form(session: Session | None, given: str) -> Session:
    """The session that a form belongs to.

    Raises:
        Problem: nobody is signed in, or the form is not one of this session's.
    """
    if session is None or not hmac.compare_digest(session.form_token.encode(), given.encode("utf-8", "replace")):
        raise Problem(
            403,
            "not-signed-in",
            title=marked("Vous n'êtes pas connecté"),
            detail=marked("Ce formulaire n'est plus valable : la session a pris fin, ou elle est celle d'un autre."),
            remedy=marked("Connectez-vous de nouveau et recommencez."),
        )
    return session
