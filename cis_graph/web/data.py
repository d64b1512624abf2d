"""The data to download: the page of all files, and each file with its checksum as its tag."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from cis_graph.model.releases import DumpFile
from cis_graph.model.terms import Row
from cis_graph.web.answers import answer, dataset_links, digest, framed, page_links, unchanged
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import GRAPHS, HTML, Representation
from cis_graph.web.pages import Page
from cis_graph.web.problems import Problem, not_found
from cis_graph.web.self_description import described
from cis_graph.web.sources import Licence, licence_of
from cis_graph.web.visits import Site, Visit, visit

_TEXT = "text/plain; charset=utf-8"
_TABLE = ".parquet"
_MEDIA_TYPES = {".gz": "application/gzip", _TABLE: "application/vnd.apache.parquet"}
_SUMS = Representation(name="sums", media_type="text/plain", charset=True)
_SOON = "60"  # seconds
_NETWORK = ("network.", "network-nodes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The whole, one contributor's part or the network: its size, licence and files."""

    title: str
    triples: int
    records: int
    licence: Licence | None
    files: tuple[DumpFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage(Page):
    """All there is to download."""

    template: ClassVar[str] = "data.html"
    datasets: tuple[Dataset, ...]


def router(site: Site) -> APIRouter:
    """The routes of dumps."""
    routes = APIRouter(tags=["data"])

    @routes.get("/data", summary="What there is to download; as RDF, VoID and DCAT")
    def data(request: Request) -> Response:
        asked = visit(site, request)
        form = asked.represented((HTML, *GRAPHS))
        if form != HTML:
            return described(asked, form, "description/dataset")
        frame, files = framed(asked), asked.release.dumps()
        html = lambda: asked.site.renderer.html(_page(asked, files), frame, asked.language)  # noqa: E731
        state = " ".join(file.sha256 for file in files)  # they come after the release
        return answer(asked, form, html, headers={"Link": page_links(asked, frame)}, state=state)

    @routes.get("/data/{name}", summary="One file: {dataset}.{nq,trig,ttl}.gz, SHA256SUMS, LICENCES.txt")
    def file(request: Request, name: str) -> Response:
        asked = visit(site, request)
        return _file(asked, name)

    return routes


def _file(asked: Visit, name: str) -> Response:
    files = asked.release.dumps()
    if not files:
        raise _not_yet()
    if name == "SHA256SUMS":
        sums = "".join(f"{file.sha256}  {file.name}\n" for file in files)
        return answer(asked, _SUMS, sums.encode, vary="Accept-Encoding", headers={"Link": dataset_links()}, state=sums)
    found = next((file for file in files if file.name == name), None)
    if found is None:
        raise not_found()
    links = {"Link": dataset_links(), "Vary": "Accept-Encoding", "Repr-Digest": digest(found.sha256)}
    tag = f'"{found.sha256[:40]}"'
    if same := unchanged(asked, tag, links):
        return same
    media_type = _MEDIA_TYPES.get(f".{name.rpartition('.')[2]}", _TEXT)
    return FileResponse(found.path, media_type=media_type, headers={"ETag": tag, "Cache-Control": "no-cache", **links})


def _page(asked: Visit, files: tuple[DumpFile, ...]) -> DataPage:
    rows: dict[str, Row] = {}
    for row in asked.release.rows("description/datasets"):
        rows.setdefault(row["dataset"].value, row)
    datasets = [_dataset(asked, iri, row, files) for iri, row in rows.items()]
    whole = next((one.licence for one in datasets if any(file.name.startswith("all.") for file in one.files)), None)
    for title, kept in (
        (marked("Qui coopère avec qui"), tuple(file for file in files if file.name.startswith(_NETWORK))),
        (
            marked("Tables pour R, pandas et DuckDB (Parquet)"),
            tuple(file for file in files if file.path.suffix == _TABLE),
        ),
    ):
        if kept:
            told = asked.language.gettext(title)
            datasets.append(Dataset(title=told, triples=0, records=0, licence=whole, files=kept))
    return DataPage(title=asked.language.gettext(marked("Données à télécharger")), datasets=tuple(datasets))


def _dataset(asked: Visit, iri: str, row: Row, files: tuple[DumpFile, ...]) -> Dataset:
    name = iri.rpartition("#")[2].removeprefix("contributor-")
    stem = "all" if name == "dataset" else name
    return Dataset(
        title=row["title"].value,
        triples=int(row["triples"].value) if "triples" in row else 0,
        records=int(row["documents"].value) if "documents" in row else 0,
        licence=licence_of(row.get("licence") or row.get("rights"), asked.language),
        files=tuple(file for file in files if file.name.split(".", 1)[0] == stem),
    )


def _not_yet() -> Problem:
    return Problem(
        503,
        "dumps-under-way",
        title=marked("Ces fichiers s'écrivent"),
        detail=marked("Les fichiers d'une version sont écrits après sa publication."),
        remedy=marked("Réessayez dans quelques minutes."),
        headers={"Retry-After": _SOON},
    )
