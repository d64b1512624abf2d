"""Answers with the manners of HTTP: ETag and 304, Vary, gzip, Link, Content-Location."""

import gzip
import hashlib
from collections.abc import Callable, Mapping

from starlette.responses import RedirectResponse, Response

import cis_graph
from cis_graph.web.negotiation import GRAPHS, HTML, Representation, prefers_gzip
from cis_graph.web.pages import Frame, Page
from cis_graph.web.visits import Visit

OPEN_LICENCE = "https://spdx.org/licenses/etalab-2.0"
_WORTH_GZIP = 860  # bytes; below, a packet is a packet


def answer(
    visit: Visit,
    form: Representation,
    make: Callable[[], bytes],
    *,
    vary: str = "Accept, Accept-Encoding",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The body in one form, made only when the client has not got it yet."""
    if form != HTML and visit.language.prefix:
        return RedirectResponse(_with_query(visit, visit.path), status_code=307)
    squeezed = prefers_gzip(visit.request.headers.get("accept-encoding"))
    known = {"ETag": etag(visit, form, squeezed=squeezed), "Vary": vary, "Cache-Control": "no-cache"}
    known |= dict(headers or {})
    given = [tag.strip() for tag in visit.request.headers.get("if-none-match", "").split(",")]
    if known["ETag"] in {tag.removeprefix("W/") for tag in given}:
        return Response(status_code=304, headers=known)
    body = make()
    if "*" in given:
        return Response(status_code=304, headers=known)
    if squeezed and len(body) > _WORTH_GZIP:
        known["Content-Encoding"] = "gzip"
        body = gzip.compress(body, compresslevel=5, mtime=0)
    return Response(body, media_type=form.content_type, headers=known)


def page_answer(visit: Visit, make: Callable[[], Page], **headers: str) -> Response:
    """A page that has no other form."""
    visit.represented((HTML,))
    frame = framed(visit)
    links = {"Link": page_links(visit, frame), **headers}
    return answer(visit, HTML, lambda: visit.site.renderer.html(make(), frame, visit.language), headers=links)


def framed(visit: Visit, path: str = "", twins: tuple[Representation, ...] = ()) -> Frame:
    """What surrounds a page at this address, or at its canonical ``path``."""
    bare = path or visit.path
    number = visit.shown.information.number if visit.shown else None
    return Frame(path=bare, query=visit.query, release=number,
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
    """The Link header of a data twin: what it is about, its page, its other forms, its licence."""
    links = [f'<{iri}>; rel="canonical"', f'<{path}>; rel="alternate"; type="text/html"']
    links += [f'<{path}.{form.name}>; rel="alternate"; type="{form.media_type}"' for form in GRAPHS]
    return ", ".join([*links, f'<{OPEN_LICENCE}>; rel="license"'])


def etag(visit: Visit, form: Representation, *, squeezed: bool = False, release: int | None = None) -> str:
    """A strong tag of release, software, address, form, language and coding."""
    if visit.shown is None:
        number, content = 0, ""
    else:
        number, content = visit.shown.information.number, visit.shown.information.canonical_hash
    parts = (content, cis_graph.__version__, visit.site.renderer.version, visit.path, visit.query, form.name,
             visit.language.code, "gzip" if squeezed else "")  # fmt: skip
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
    return f'"{number if release is None else release}-{digest}"'


def _with_query(visit: Visit, path: str) -> str:
    return f"{path}?{visit.query}" if visit.query else path
