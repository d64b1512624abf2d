"""The ontology and the shapes: readable, and as the Turtle they are."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph import resources
from cis_graph.rdf.conversion import converted
from cis_graph.web.answers import answer, dataset_links, framed, page_links
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import GRAPHS, HTML, TURTLE, Representation, graph_format, split_extension
from cis_graph.web.pages import Page
from cis_graph.web.problems import not_found
from cis_graph.web.turtle import Term, terms, version
from cis_graph.web.visits import Site, Visit, visit

_FORMS = {"/ontology": (HTML, *GRAPHS), "/shapes": (HTML, TURTLE)}  # shapes hold blank nodes: no stable conversion


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

    @routes.get("/ontology.{extension}", summary="The ontology as .ttl .nt .jsonld .rdf .trig")
    def ontology_twin(request: Request, extension: str) -> Response:
        return _answered(visit(site, request), "/ontology", extension)

    @routes.get("/ontology/{number}", summary="One version of the ontology")
    def version_of(request: Request, number: str) -> Response:
        wanted, extension = split_extension(number, _FORMS["/ontology"])
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
    forms = _FORMS[path]
    form, text = asked.represented(forms, extension), _text(files)
    if form != HTML:
        headers = {"Content-Location": f"{path}.{form.name}", "Link": dataset_links()}
        return answer(asked, form, lambda: _data(text, form), headers=headers)
    frame = framed(asked, path, forms[1:])
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


def _data(text: str, form: Representation) -> bytes:
    """The file as it is, or the same triples in another form."""
    return text.encode() if form == TURTLE else converted(text.encode(), "ttl", graph_format(form))


def _text(files: tuple[Path, ...]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
