"""A visit: one request, answered by one release from start to end, in one language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request

from cis_graph.model.citations import Citations
from cis_graph.model.decisions import DecisionDesk
from cis_graph.model.gate import Gate
from cis_graph.model.releases import OpenRelease, QueryRunner, Releases
from cis_graph.model.writing import Writer
from cis_graph.settings import Settings
from cis_graph.territories.outlines import Atlas
from cis_graph.web.addresses import Addresses
from cis_graph.web.admin import Admin
from cis_graph.web.codings import CODINGS
from cis_graph.web.kept import Kept
from cis_graph.web.languages import Language, marked
from cis_graph.web.measured import Measures
from cis_graph.web.naming import Names, read_names
from cis_graph.web.negotiation import IDENTITY, Representation, choose, choose_coding, named
from cis_graph.web.pages import Renderer
from cis_graph.web.problems import Problem, Way, nothing_published
from cis_graph.web.rendered import Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every feature serves from."""

    settings: Settings
    releases: Releases
    queries: QueryRunner
    renderer: Renderer
    addresses: Addresses
    atlas: Atlas
    languages: dict[str, Language]
    admin: Admin
    desk: DecisionDesk | None = None
    names: Kept[Names] = field(default_factory=Kept)
    gate: Gate | None = None
    rendered: Rendered = field(default_factory=Rendered)
    writer: Writer | None = None
    citations: Citations | None = None
    measures: Measures = field(default_factory=Measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request with what answers it."""

    site: Site
    request: Request
    language: Language
    shown: OpenRelease | None

    @property
    def release(self) -> OpenRelease:
        """The release that answers.

        Raises:
            Problem: nothing is published yet.
        """
        if self.shown is None:
            raise nothing_published()
        return self.shown

    @property
    def path(self) -> str:
        """The path without its language, percent-encoded as it came."""
        raw: bytes = self.request.scope["raw_path"]
        return raw.decode("ascii", "replace")

    @property
    def query(self) -> str:
        """The query string as it came."""
        text: bytes = self.request.scope["query_string"]
        return text.decode("ascii", "replace")

    @property
    def origin(self) -> str:
        """Scheme and host of this request; those of the base where the host is not written as one."""
        host = self.request.headers.get("host", "")
        if _HOST.fullmatch(host):
            return f"{self.request.scope['scheme']}://{host}"
        parts = urlsplit(self.site.settings.base)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def accept(self) -> str | None:
        """The Accept header, several of them joined."""
        return ",".join(self.request.headers.getlist("accept")) or None

    @property
    def names(self) -> Names:
        """What concepts and contributors are called in the reader's language."""
        code = self.language.code
        return self.site.names.of(self.release, code, lambda: read_names(self.release, self.addresses, code))

    @property
    def addresses(self) -> Addresses:
        """Where things are found."""
        return self.site.addresses

    def represented(self, available: tuple[Representation, ...], extension: str = "") -> Representation:
        """The form to answer in: the extension's, else that of ``?format=``, else the one ``Accept`` wants most.

        Raises:
            Problem: 406 with a link to each form there is.
        """
        asked = extension or self.request.query_params.get("format", "")
        chosen = named(asked, available) if asked else choose(self.accept, available)
        if chosen is None:
            raise not_acceptable(tuple(Way(self.address_in(it, extension), it.media_type) for it in available))
        return chosen

    def address_in(self, form: Representation, extension: str = "") -> str:
        """The address of what was asked for, under an extension of no use, in another form."""
        return self.addresses_in((form,), extension)[0]

    def addresses_in(self, forms: Sequence[Representation], extension: str = "") -> Sequence[str]:
        """The address of what was asked for in each of some other forms."""
        kept = [(name, value) for name, value in self.request.query_params.multi_items() if name != "format"]
        path = self.path.removesuffix(f".{extension}") if extension else self.path
        start = f"{path}?{urlencode(kept)}&" if kept else f"{path}?"
        return [f"{start}{urlencode({'format': form.name})}" for form in forms]

    @property
    def coding(self) -> str:
        """The content coding to answer in.

        Raises:
            Problem: 406 where the client refuses every coding there is, the plain one included.
        """
        return self.coded_as(CODINGS)

    def coded_as(self, available: tuple[str, ...]) -> str:
        """The content coding to answer in among those there are, and the plain one.

        Raises:
            Problem: 406 where the client refuses them all.
        """
        chosen = choose_coding(self._accept_encoding, available)
        if chosen is None:
            raise _no_such_coding()
        return chosen

    @property
    def takes_plain(self) -> bool:
        """Whether the client takes an answer in no coding."""
        return choose_coding(self._accept_encoding, ()) == IDENTITY

    @property
    def _accept_encoding(self) -> str | None:
        return ",".join(self.request.headers.getlist("accept-encoding")) or None

    def page_number(self) -> int:
        """The ``?page=`` asked for, from 1.

        Raises:
            Problem: it is no number between 1 and 100000.
        """
        text = self.request.query_params.get("page") or "1"
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:7]) <= _LAST_PAGE):
            detail = marked("« page » vaut « %(given)s » : donnez un nombre entre 1 et 100000.")
            raise Problem(400, "page-number", title=marked("Ce numéro de page n'existe pas"), detail=detail,
                          values={"given": text[:40]})  # fmt: skip
        return int(text[:7])


_LAST_PAGE = 100_000
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?")


def visit(site: Site, request: Request) -> Visit:
    """The visit a request makes."""
    state = request.scope["state"]
    return Visit(site=site, request=request, language=site.languages[state["language"]], shown=state["release"])


def not_acceptable(ways: tuple[Way, ...]) -> Problem:
    """None of the forms there are is one the client takes; ``ways`` lead to each, their texts being media types."""
    links = ", ".join(f'<{way.path}>; rel="alternate"; type="{way.text}"' for way in ways)
    return Problem(
        406,
        "not-acceptable",
        title=marked("Cette forme n'existe pas"),
        detail=marked("Rien de ce que demande « Accept » ou « format » n'existe à cette adresse."),
        remedy=marked("Choisissez l'une des formes ci-dessous."),
        headers={"Link": links},
        ways=ways,
    )


def _no_such_coding() -> Problem:
    return Problem(
        406,
        "no-such-coding",
        title=marked("Ce codage n'existe pas"),
        detail=marked("« Accept-Encoding » refuse tout ce qu'il y a ici : %(known)s, et aucun codage."),
        values={"known": ", ".join(CODINGS)},
    )
