"""Writes of those who have the administrator's token: asked for, published, or refused with the reason."""

import json
from dataclasses import asdict

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cis_graph.errors import FolderBusy, ReleaseFault
from cis_graph.model.writing import Writer, WriteRefused
from cis_graph.rdf.broken import broken_report
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import TURTLE, Representation, choose
from cis_graph.web.problems import Problem, bad_request, nothing_published
from cis_graph.web.visits import Visit

NOBODY = "admin"  # who a write is by where the request does not say
_PROBLEM = Representation(
    name="json", media_type="application/problem+json", aliases=("application/json", "application/ld+json")
)
_LONGEST = 500  # characters of who and why
_MOST_TOLD = 100  # rules that a problem names; the report names all


def writer_of(asked: Visit) -> Writer:
    """Who takes the changes of a request.

    Raises:
        Problem: 403 where nobody may write, 401 where the request does not have the token.
    """
    site, request = asked.site, asked.request
    if site.writer is None or not site.admin.is_open:
        raise Problem(
            403,
            "read-only-graphs",
            title=marked("Ces graphes se lisent seulement"),
            detail=marked("Écrire ici demande le jeton d'un administrateur."),
            headers={"Allow": "GET, HEAD, OPTIONS"},
        )
    if not site.admin.bears(request):
        given = "authorization" in request.headers
        wrong = ', error="invalid_token"' if given else ""
        raise Problem(
            401,
            "wrong-token" if given else "no-token",
            title=marked("Ce jeton n'ouvre pas ici") if given else marked("Il faut un jeton"),
            detail=marked("Donnez le jeton de l'administrateur : « Authorization: Bearer … »."),
            headers={"WWW-Authenticate": f'Bearer realm="writes"{wrong}'},
        )
    return site.writer


async def written(asked: Visit, writer: Writer, update: str, what: str) -> int | Response | None:
    """The release that an update makes, None where nothing changes; the SHACL report where the client asks for it.

    Raises:
        Problem: the update is refused, or others write.
    """
    who, why = _told(asked, "x-who") or NOBODY, _told(asked, "x-why") or asked.request.query_params.get("why", "")
    if max(len(who), len(why)) > _LONGEST:
        raise bad_request("who-and-why", marked("Dites qui et pourquoi en 500 caractères au plus."))
    try:
        return await run_in_threadpool(writer.write, update, who=who, why=why.strip() or what)
    except WriteRefused as refused:
        return _refused(asked, refused)
    except FolderBusy as busy:
        raise Problem(
            503,
            "writing",
            title=marked("Une autre écriture est en cours"),
            detail=marked("Réessayez quand elle sera finie."),
            headers={"Retry-After": "10"},
        ) from busy
    except ReleaseFault as fault:
        raise nothing_published() from fault


def outcome(asked: Visit, release: int | None) -> Response:
    """What became of an update."""
    number = release or asked.release.information.number
    told = {"release": number, "changed": release is not None}
    return Response(json.dumps(told), media_type="application/json", headers=published(asked, release))


def published(asked: Visit, release: int | None) -> dict[str, str]:
    """The headers of a write: the release that holds it."""
    number = release or asked.release.information.number
    return {"X-Release": str(number), "Cache-Control": "no-store"}


def _told(asked: Visit, name: str) -> str:
    """A header's text, which clients send as UTF-8."""
    return asked.request.headers.get(name, "").encode("latin-1").decode("utf-8", "replace").strip()


def _refused(asked: Visit, refused: WriteRefused) -> Response:
    """The report in Turtle where the client asks for that.

    Raises:
        Problem: it does not.
    """
    if refused.broken and choose(asked.accept, (_PROBLEM, TURTLE)) == TURTLE:
        report = broken_report(refused.broken, "ttl")
        return Response(report, 422, media_type=TURTLE.content_type, headers={"Vary": "Accept"})
    results = [asdict(one) for one in refused.broken[:_MOST_TOLD]]
    raise Problem(
        422 if refused.broken else 400,
        "shapes" if refused.broken else "update-refused",
        title=marked("La mise à jour est refusée"),
        detail="%(why)s",
        values={"why": refused.french if asked.language.code == "fr" else str(refused)},
        members={"conforms": False, "count": len(refused.broken), "results": results} if results else {},
    )
