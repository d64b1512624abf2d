"""Entities: ``/id/…`` leads to the page or the data, ``/{kind}/{key}`` is the page and its twins."""

from collections.abc import Callable, Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.convertors import register_url_convertor
from starlette.responses import RedirectResponse, Response

from cis_graph.model.terms import Term
from cis_graph.web import actors, concepts, contributors, participations, projects, territories
from cis_graph.web import vocabulary as v
from cis_graph.web.addresses import ENTITIES, SCHEMES, KindConvertor
from cis_graph.web.answers import answer, data_links, framed, page_links
from cis_graph.web.entity import EntityPage, View
from cis_graph.web.facts import facts_of
from cis_graph.web.languages import marked, preferred
from cis_graph.web.negotiation import GRAPHS, HTML, Representation, graph_format, split_extension
from cis_graph.web.plain import Plain
from cis_graph.web.problems import Problem, not_found
from cis_graph.web.surroundings import Surroundings
from cis_graph.web.visits import Site, Visit, visit

FORMS = (HTML, *GRAPHS)
register_url_convertor("kind", KindConvertor())
_PAGES: Mapping[str, Callable[[View], EntityPage]] = {
    "project": projects.page,
    "actor": actors.page,
    "programme": participations.programme_page,
    "event": participations.event_page,
    "participation": participations.page,
    "contributor": contributors.page,
    "territory": territories.page,
    **dict.fromkeys(SCHEMES, concepts.page),
}


def router(site: Site) -> APIRouter:
    """The routes of entities, which match no path but of the kinds there are."""
    routes = APIRouter(tags=["entities"], route_class=Plain)

    @routes.get("/{kind:kind}/{key}", summary="The page of an entity, and with .ttl .nt .jsonld .rdf .trig its data")
    def described(request: Request, kind: str, key: str) -> Response:
        asked = visit(site, request)
        name, extension = split_extension(key, FORMS)
        iri, around = _living(asked, kind, name, "", f".{extension}" if extension else "")
        return _described(asked, iri, around, kind, name, asked.represented(FORMS, extension))

    @routes.get("/id/{kind:kind}/{key}", summary="303 to the page or the data of an entity")
    def identified(request: Request, kind: str, key: str) -> Response:
        asked = visit(site, request)
        _living(asked, kind, key, "/id")
        return _seen_elsewhere(asked, f"/{kind}/{key}", asked.represented(FORMS))

    @routes.get("/concept/{scheme}/{key}", summary="303 to the page of a concept")
    def concept(request: Request, scheme: str, key: str) -> Response:
        asked = visit(site, request)
        if scheme not in SCHEMES:
            raise not_found()
        _living(asked, scheme, key, "")
        return _seen_elsewhere(asked, f"/{scheme}/{key}", asked.represented(FORMS))

    return routes


def _described(asked: Visit, iri: str, around: Surroundings, kind: str, key: str, form: Representation) -> Response:
    path = f"/{kind}/{key}"
    if form != HTML:
        headers = {"Link": data_links(path, iri), "Content-Location": f"{path}.{form.name}"}
        return answer(asked, form, lambda: asked.release.description(iri, graph_format(form)), headers=headers)
    frame = framed(asked, path, GRAPHS)
    headers = {"Link": page_links(asked, frame), "Content-Location": asked.language.path(f"{path}.html")}
    page_number = asked.page_number()

    def made() -> bytes:
        facts = facts_of(around.own, asked.release, iri, asked.language.code, asked.addresses)
        view = View(release=asked.release, iri=iri, kind=kind, key=key, language=asked.language,
                    addresses=asked.addresses, atlas=asked.site.atlas, facts=facts, around=around, names=asked.names,
                    origin=asked.origin, page=page_number)  # fmt: skip
        return asked.site.renderer.html(_PAGES[kind](view), frame, asked.language)

    return answer(asked, form, made, headers=headers)


def _living(asked: Visit, kind: str, key: str, before: str, after: str = "") -> tuple[str, Surroundings]:
    """The IRI of an entity that the release describes, and what stands around it.

    Raises:
        Problem: 404 where it does not, 410 where it was withdrawn.
        Moved: where it was merged into another.
    """
    iri = asked.addresses.entity(kind, key)
    if iri is None:
        raise not_found()
    around = Surroundings(asked.release, iri, kind)
    if v.REPLACED_BY in around.own and kind in ENTITIES and kind != "territory":
        target = asked.addresses.path(around.own[v.REPLACED_BY][-1].value)
        if target and target != f"/{kind}/{key}":
            raise Moved(asked.language.path(f"{before}{target}{after}"))
    if v.DEPRECATED in around.own:
        raise _withdrawn(around.own.get(v.COMMENT, ()))
    if v.TYPE not in around.own:
        raise not_found()
    return iri, around


class Moved(Problem):
    """The entity was merged into another: 301 to it."""

    def __init__(self, location: str) -> None:
        super().__init__(
            301,
            "merged",
            title=marked("Cette description a été réunie à une autre"),
            headers={"Location": location},
        )


def _withdrawn(reasons: Sequence[Term]) -> Problem:
    return Problem(
        410,
        "withdrawn",
        title=marked("Cette description a été retirée"),
        detail=marked("Son adresse reste la sienne et ne servira à rien d'autre. %(reason)s"),
        values={"reason": reasons[-1].value if reasons else ""},
    )


def _seen_elsewhere(asked: Visit, path: str, form: Representation) -> Response:
    """303 to the page, in the language the client prefers, or to the twin."""
    if form != HTML:
        target = f"{path}.{form.name}"
    elif asked.language.prefix or preferred(asked.request.headers.get("accept-language")) == "en":
        target = asked.site.languages["en"].path(path)
    else:
        target = path
    return RedirectResponse(target, status_code=303, headers={"Vary": "Accept, Accept-Language"})
