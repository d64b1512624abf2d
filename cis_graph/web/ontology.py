"""The ontology and the shapes: readable, and as the Turtle they are."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph import resources
from cis_graph.web.answers import answer, framed, page_links
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import HTML, TURTLE
from cis_graph.web.pages import Page
from cis_graph.web.problems import not_found
from cis_graph.web.turtle import Term, terms, version
from cis_graph.web.visits import Site, Visit, visit

_FORMS = (HTML, TURTLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyPage(Page):
    """A vocabulary file, its terms first."""

    template: ClassVar[str] = "vocabulary.html"
    version: str
    terms: tuple[Term, ...]
    text: str


def router(site: Site) -> APIRouter:
    """The routes of ontology and shapes."""
    routes = APIRouter(tags=["ontology"])

    @routes.get("/ontology", summary="The ontology")
    def ontology(request: Request) -> Response:
        return _answered(visit(site, request), "/ontology", "")

    @routes.get("/ontology.{extension}", summary="The ontology as Turtle")
    def ontology_twin(request: Request, extension: str) -> Response:
        return _answered(visit(site, request), "/ontology", extension)

    @routes.get("/ontology/{number}", summary="One version of the ontology")
    def version_of(request: Request, number: str) -> Response:
        wanted, extension = (number.removesuffix(".ttl"), "ttl") if number.endswith(".ttl") else (number, "")
        if wanted != version(_text((resources.ONTOLOGY / "insoc.ttl",))):
            raise not_found()
        return _answered(visit(site, request), "/ontology", extension)

    @routes.get("/shapes", summary="The shapes that records must have")
    def shapes(request: Request) -> Response:
        return _answered(visit(site, request), "/shapes", "")

    @routes.get("/shapes.{extension}", summary="The shapes as Turtle")
    def shapes_twin(request: Request, extension: str) -> Response:
        return _answered(visit(site, request), "/shapes", extension)

    return routes


def _answered(asked: Visit, path: str, extension: str) -> Response:
    files = (
        (resources.ONTOLOGY / "insoc.ttl",) if path == "/ontology" else tuple(sorted(resources.SHAPES.glob("*.ttl")))
    )
    if not files or not all(file.is_file() for file in files):
        raise not_found()
    form, text = asked.represented(_FORMS, extension), _text(files)
    if form == TURTLE:
        return answer(asked, form, text.encode, headers={"Content-Location": f"{path}.ttl"})
    frame = framed(asked, path, (TURTLE,))
    name = marked("Ontologie") if path == "/ontology" else marked("Formes attendues")
    page = VocabularyPage(
        title=asked.language.gettext(name), version=version(text), terms=terms(text, asked.language.code), text=text
    )
    return answer(
        asked,
        form,
        lambda: asked.site.renderer.html(page, frame, asked.language),
        headers={"Link": page_links(asked, frame)},
    )


def _text(files: tuple[Path, ...]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
