"""Errors as RFC 9457 ``application/problem+json``, or a page for a browser: what, where, what to do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from cis_graph.web.languages import Language, marked


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: a link with its text."""

    path: str
    text: str


class Problem(Exception):
    """An answer that is an error; ``title``, ``detail`` and ``remedy`` are messages, filled in with ``values``."""

    def __init__(  # noqa: PLR0913 - RFC 9457 has as many members
        self,
        status: int,
        slug: str,
        *,
        title: str,
        detail: str = "",
        remedy: str = "",
        values: Mapping[str, object] | None = None,
        members: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        ways: tuple[Way, ...] = (),
    ) -> None:
        super().__init__(title)
        self.status, self.slug = status, slug
        self.title, self.detail, self.remedy = title, detail, remedy
        self.values, self.members, self.headers, self.ways = values or {}, members or {}, headers or {}, ways

    def told(self, language: Language) -> "ToldProblem":
        """The problem in one language."""
        title, detail, remedy = (
            language.gettext(text) % self.values if text else "" for text in (self.title, self.detail, self.remedy)
        )
        return ToldProblem(status=self.status, slug=self.slug, title=title, detail=detail, remedy=remedy,
                           members=self.members, ways=self.ways)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldProblem:
    """A problem in the reader's words."""

    status: int
    slug: str
    title: str
    detail: str
    remedy: str
    members: Mapping[str, object] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()

    def json(self, instance: str) -> bytes:
        """The problem as RFC 9457 has it; ``type`` is a tag that leads nowhere, as section 3.1.1 allows."""
        told: dict[str, object] = {
            "type": f"tag:w3id.org,2026:insoc/problem/{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": " ".join(part for part in (self.detail, self.remedy) if part),
            "instance": instance,
            **self.members,
        }
        if self.ways:
            told["links"] = [{"href": way.path, "title": way.text} for way in self.ways]
        return json.dumps(told, ensure_ascii=False, indent=1).encode()


def not_found() -> Problem:
    """Nothing stands at this address."""
    return Problem(
        404,
        "not-found",
        title=marked("Rien ne se trouve à cette adresse"),
        detail=marked("Cette adresse n'est celle d'aucune page ni d'aucune donnée de la version publiée."),
        remedy=marked("Vérifiez l'adresse, ou cherchez par le nom."),
        ways=(Way("/search", "/search"),),
    )


def nothing_published() -> Problem:
    """No release is served yet."""
    return Problem(
        503,
        "nothing-published",
        title=marked("Rien n'est encore publié"),
        detail=marked("Le serveur fonctionne, mais aucune version des données n'est publiée."),
        remedy=marked("Réessayez dans quelques minutes."),
        headers={"Retry-After": "60"},
    )


def bad_request(slug: str, detail: str, **values: object) -> Problem:
    """The request cannot be understood; ``detail`` is a message."""
    return Problem(400, slug, title=marked("La demande n'est pas comprise"), detail=detail, values=values)


def of_status(status: int) -> Problem:
    """A problem we know only the status of."""
    if status == HTTPStatus.NOT_FOUND:
        return not_found()
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return Problem(
            status,
            "method-not-allowed",
            title=marked("Cette méthode n'est pas possible ici"),
            detail=marked("Cette adresse se lit par GET ou HEAD."),
        )
    return Problem(status, "http", title="%(phrase)s", values={"phrase": HTTPStatus(status).phrase})


def unexpected() -> Problem:
    """We made a mistake."""
    return Problem(
        500,
        "unexpected",
        title=marked("Une erreur de notre côté"),
        detail=marked("Le serveur n'a pas su répondre à cette demande."),
        remedy=marked("Réessayez ; si l'erreur revient, signalez-nous l'adresse de cette page."),
    )
