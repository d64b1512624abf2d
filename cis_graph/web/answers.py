"""Answers with the manners of HTTP: ETag and 304, Vary, codings, Link, Content-Location."""

import gzip
import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse

import cis_graph
from cis_graph.model.releases import QueryAnswer
from cis_graph.web.clients import Relayed, dropped, nothing
from cis_graph.web.codings import WORTH_CODING, packed
from cis_graph.web.negotiation import GRAPHS, HTML, IDENTITY, Representation
from cis_graph.web.pages import Frame, Page
from cis_graph.web.repeated import LASTING
from cis_graph.web.validators import has, has_any
from cis_graph.web.visits import Visit

OPEN_LICENCE = "https://spdx.org/licenses/etalab-2.0"
SELF_DESCRIPTION = "/.well-known/void"
_VARY = "Accept, Accept-Encoding"
_PIECE = 1 << 18  # bytes unpacked at once
_GRACE = 1.0  # seconds after the deadline for the last bytes to be read


def answer(
    visit: Visit,
    form: Representation,
    make: Callable[[], bytes],
    *,
    vary: str = _VARY,
    headers: Mapping[str, str] | None = None,
    state: str = "",
) -> Response:
    """The body in one form, made only when the client has not got it yet; ``state`` is what else it depends on."""
    if form != HTML and visit.language.prefix:
        return RedirectResponse(_with_query(visit, visit.path), status_code=307)
    coding = visit.coding
    tag = etag(visit, form, coding, state=state)
    visit.request.scope["state"][LASTING] = not state
    known = {"ETag": tag, "Vary": vary, "Cache-Control": "no-cache", **(headers or {})}
    if same := unchanged(visit, tag, known):
        return same
    body = visit.site.rendered.of(tag, make)
    if has_any(visit.request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=known)
    if coding != IDENTITY and (len(body) > WORTH_CODING or not visit.takes_plain):
        known["Content-Encoding"] = coding
        body = visit.site.rendered.of(f"{tag} packed", lambda: packed(body, coding))
    return Response(body, media_type=form.content_type, headers=known)


def dump_answer(visit: Visit, form: Representation, name: str, *, headers: Mapping[str, str]) -> Response | None:
    """A packed file among the release's dumps as the body of another address; None where it is not written yet."""
    path = next((file.path for file in visit.release.dumps() if file.name == name), None) if name else None
    if path is None or visit.language.prefix:
        return None
    coding = visit.coded_as(("gzip",))
    tag = etag(visit, form, coding, state=name)
    known = {"ETag": tag, "Vary": _VARY, "Cache-Control": "no-cache", **headers}
    if same := unchanged(visit, tag, known):
        return same
    if coding != IDENTITY:
        known["Content-Encoding"] = coding
        return FileResponse(path, media_type=form.content_type, headers=known)
    return StreamingResponse(_unpacked(path), media_type=form.content_type, headers=known)


def _unpacked(path: Path) -> Iterator[bytes]:
    with gzip.open(path, "rb") as packed:
        while piece := packed.read(_PIECE):
            yield piece


def shown(visit: Visit, html: bytes, *, release: int, lasting: bool = True, links: str) -> Response:
    """A page made of a runner's answer; a tag only where the visit's own release gave it and it lasts."""
    headers = {"Link": links, "X-Release": str(release)}
    if lasting and release == visit.release.information.number:
        return answer(visit, HTML, lambda: html, headers=headers)
    known = {"Vary": _VARY, "Cache-Control": "no-cache", **headers}
    return Response(html, media_type=HTML.content_type, headers=known)


async def streamed(
    visit: Visit, form: Representation, found: QueryAnswer, *, tag: str | None, headers: Mapping[str, str]
) -> Response:
    """A runner's answer sent as it comes, in the coding the client wants; a cut breaks the connection."""
    coding = visit.coding
    known = {"Vary": _VARY, "Cache-Control": "no-cache", **headers}
    if tag:
        known["ETag"] = tag
    if coding != IDENTITY:
        known["Content-Encoding"] = coding
    if visit.request.scope["state"]["head"]:
        await dropped(found)
        return StreamingResponse(nothing(), media_type=form.content_type, headers=known)
    if found.whole is not None:
        return Response(packed(found.whole, coding), media_type=form.content_type, headers=known)
    seconds = visit.site.settings.query_timeout + _GRACE
    return Relayed(found, known, seconds=seconds, content_type=form.content_type, coding=coding)


def unchanged(visit: Visit, tag: str, headers: Mapping[str, str]) -> Response | None:
    """304 where the client has what the tag names, and its header alone says so."""
    if not has(visit.request.headers.get("if-none-match", ""), tag):
        return None
    return Response(status_code=304, headers={"ETag": tag, "Vary": _VARY, "Cache-Control": "no-cache", **headers})


def page_answer(visit: Visit, make: Callable[[], Page], *, state: str = "", **headers: str) -> Response:
    """A page that has no other form."""
    visit.represented((HTML,))
    frame = framed(visit)
    links = {"Link": page_links(visit, frame), **headers}
    html = lambda: visit.site.renderer.html(make(), frame, visit.language)  # noqa: E731
    return answer(visit, HTML, html, headers=links, state=state)


def framed(visit: Visit, path: str = "", twins: tuple[Representation, ...] = ()) -> Frame:
    """What surrounds a page at this address, or at its canonical ``path``."""
    bare = path or visit.path
    number = visit.shown.information.number if visit.shown else None
    return Frame(path=bare, query=visit.query, release=number, origin=visit.origin,
                 cites=visit.site.citations is not None,
                 twins=tuple((f"{bare}.{form.name}", form.media_type) for form in twins))  # fmt: skip


def page_links(visit: Visit, frame: Frame) -> str:
    """The Link header: canonical, languages, data twins, licence."""
    links = [f'<{visit.language.path(frame.path)}>; rel="canonical"', f'<{OPEN_LICENCE}>; rel="license"']
    links += [
        f'<{language.path(frame.path)}>; rel="alternate"; hreflang="{code}"; type="text/html"'
        for code, language in visit.site.languages.items()
    ]
    links += [f'<{path}>; rel="alternate describedby"; type="{media}"' for path, media in frame.twins]
    return ", ".join(links)


def data_links(path: str, iri: str) -> str:
    """The Link header of a data twin: what it is about, its page, its other forms, its dataset, its licence."""
    links = [f'<{iri}>; rel="canonical"', f'<{path}>; rel="alternate"; type="text/html"']
    links += [f'<{path}.{form.name}>; rel="alternate"; type="{form.media_type}"' for form in GRAPHS]
    return ", ".join([*links, dataset_links()])


def dataset_links() -> str:
    """The part of a Link header that every answer in data has: the description of the dataset and its licence."""
    return f'<{SELF_DESCRIPTION}>; rel="describedby", <{OPEN_LICENCE}>; rel="license"'


def digest(sha256: str) -> str:
    """The value of ``Repr-Digest`` for a checksum, as RFC 9530 writes it."""
    return f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"


def etag(
    visit: Visit,
    form: Representation,
    coding: str,
    *,
    query: str | None = None,
    release: int | None = None,
    state: str = "",
) -> str:
    """A strong tag of release, software, address and host, form, language and coding.

    ``query`` stands for the query string where that is normalised, ``release`` for the release that answers where it
    may not be the visit's.
    """
    if visit.shown is None:
        number, content = 0, ""
    else:
        number, content = visit.shown.information.number, visit.shown.information.canonical_hash
    asked = visit.query if query is None else query
    parts = (content, cis_graph.__version__, visit.site.renderer.version, visit.path, asked, form.name,
             visit.language.code, coding, visit.origin, state)  # fmt: skip
    digest = hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
    return f'"{number if release is None else release}-{digest}"'


def _with_query(visit: Visit, path: str) -> str:
    return f"{path}?{visit.query}" if visit.query else path
