"""``/contributors/{slug}/records``: what a contributor pushes with its token, and how that ended."""

import json
from dataclasses import asdict, replace
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cis_graph.errors import GateClosed
from cis_graph.intake.telling import as_json, ended
from cis_graph.model.gate import Choice, Gate, Handed, Pushed
from cis_graph.rdf.iris import Iris
from cis_graph.web.admin import bearer
from cis_graph.web.bodies import body_of
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import JSON
from cis_graph.web.problems import Problem, bad_request, not_found
from cis_graph.web.validate import KINDS, LARGEST, REPORTS, gate_closed, gate_of, report_in, unknown_kind
from cis_graph.web.visits import Site, Visit, visit

_HEADERS = {"Cache-Control": "no-store", "Vary": "Accept, Authorization"}
_AGAIN = "5"  # seconds
_STATUSES = {"published": 200, "unchanged": 200, "under-way": 202, "kept": 202, "refused": 422, "interrupted": 500}


def router(site: Site) -> APIRouter:
    """The routes of pushes."""
    routes = APIRouter(tags=["contributors"])

    @routes.put("/contributors/{slug}/records", summary="All records of a source, in place of those it had")
    async def whole(request: Request, slug: str) -> Response:
        return await _pushed(visit(site, request), gate_of(site), slug, whole=True)

    @routes.post("/contributors/{slug}/records", summary="Records to add, or to put in the place of those known")
    async def more(request: Request, slug: str) -> Response:
        return await _pushed(visit(site, request), gate_of(site), slug, whole=False)

    @routes.get("/contributors/{slug}/pushes/{push}", summary="Where a push stands, and how it ended")
    def stands(request: Request, slug: str, push: str) -> Response:
        return _stands(visit(site, request), gate_of(site), slug, push)

    return routes


def _stands(asked: Visit, gate: Gate, slug: str, push: str) -> Response:
    _check_token(asked.request, gate, slug)
    progress = gate.progress(slug, push)
    if progress is None:
        raise not_found()
    told = {
        **asdict(progress),
        "message": asdict(ended(progress.outcome, progress.release)),
        "report": f"/contributor/{quote(slug, safe='')}/report.json",
    }
    headers = {**_HEADERS, "Vary": "Authorization"}
    if progress.outcome == "under-way":
        headers["Retry-After"] = _AGAIN
    return Response(json.dumps(told, ensure_ascii=False, indent=1), media_type=JSON.content_type, headers=headers)


async def _pushed(asked: Visit, gate: Gate, slug: str, *, whole: bool) -> Response:
    form = asked.represented(REPORTS)
    await run_in_threadpool(_check_token, asked.request, gate, slug)
    source = _source(asked.request, gate, slug)
    kind = asked.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in KINDS:
        raise unknown_kind(kind)
    name = asked.request.query_params.get("file", "")
    body = await body_of(asked.request, LARGEST)
    handed = Handed(source=source.source, files={name: body}, kind=KINDS[kind])
    try:
        done = await run_in_threadpool(gate.push, handed, whole=whole)
    except GateClosed as closed:
        raise gate_closed(closed, asked) from closed
    address = f"/contributors/{quote(slug, safe='')}/pushes/{done.id}"
    data = _told(asked, done, address) if form == JSON else report_in(asked, done.examined, form)
    headers = dict(_HEADERS)
    if done.outcome in {"under-way", "kept"}:
        headers["Location"] = address
    if done.outcome == "under-way":
        headers["Retry-After"] = _AGAIN
    if done.release is not None:
        headers["X-Release"] = str(done.release)
    return Response(data, _STATUSES[done.outcome], media_type=form.content_type, headers=headers)


def _check_token(request: Request, gate: Gate, slug: str) -> None:
    """Lets nobody else in; whether there is such a contributor is not told without a token."""
    token = bearer(request)
    if not token:
        raise Problem(401, "no-token", title=marked("Il faut un jeton"),
                      detail=marked("Donnez votre jeton : « Authorization: Bearer … »."),
                      headers={"WWW-Authenticate": 'Bearer realm="contributors"'})  # fmt: skip
    if gate.holder(token) != slug:
        raise Problem(403, "wrong-token", title=marked("Ce jeton n'ouvre pas ici"),
                      detail=marked("Il n'est celui d'aucun contributeur, ou est celui d'un autre."))  # fmt: skip


def _source(request: Request, gate: Gate, slug: str) -> Choice:
    """The contributor's source that a push is for; ``?source=`` names one of several."""
    mine = [choice for choice in gate.choices() if choice.contributor == slug]
    named = request.query_params.get("source", "")
    found = [choice for choice in mine if not named or choice.source == named]
    if len(found) != 1:
        known = ", ".join(choice.source for choice in mine) or "–"  # noqa: RUF001 - printed
        raise bad_request("which-source", marked("Nommez la source par « ?source= » : %(known)s."), known=known)
    return found[0]


def _told(asked: Visit, done: Pushed, address: str) -> bytes:
    """How the push stands, record by record: what is ``publishable`` is ``published`` once a release has it."""
    iris, examined = Iris(asked.addresses.base), done.examined
    publishable = [
        {"key": key, "label": label, "iri": iris.record(examined.contributor, key), "merged": _merged(done, key, iris)}
        for key, label in examined.published.items()
    ]
    told = {
        "push": done.id,
        "address": address,
        "outcome": done.outcome,
        "message": asdict(ended(done.outcome, done.release)),
        "why": asdict(done.why) if done.why else None,
        "release": done.release,
        "account": asdict(replace(done.account, merged=())) if done.account else None,
        **as_json(examined),
        "publishable": publishable,
        "published": publishable if done.outcome in {"published", "unchanged"} else [],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _merged(done: Pushed, key: str, iris: Iris) -> list[dict[str, object]]:
    """What a record describes together with others, and whose they are."""
    merged = done.account.merged if done.account else ()
    return [
        {
            "entity": iris.entity(*one.entity.split("/", 1)),
            "others": one.others,
            "contributors": one.contributors,
            "records": [iris.record(*name.split("/", 1)) for name in one.records],
        }
        for one in merged
        if one.record == key
    ]
