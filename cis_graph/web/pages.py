"""From a page, a frozen dataclass that names its template, to HTML in one language."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import FileSystemLoader

from cis_graph.web.languages import Language
from cis_graph.web.wording import Worded


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has; each kind of page adds its own fields and names its template."""

    template: ClassVar[str]
    title: str
    summary: str = ""  # for those who show a link to the page
    structured: Mapping[str, Any] | None = None  # the page in schema.org's words


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds a page: its address without language, its release and its other forms."""

    path: str
    query: str
    release: int | None
    twins: tuple[tuple[str, str], ...] = ()  # path and media type of each data twin
    origin: str = ""  # scheme and host under which the page was asked for
    cites: bool = False  # whether citations are kept here

    @property
    def address(self) -> str:
        """The path with its query."""
        return f"{self.path}?{self.query}" if self.query else self.path


class Renderer:
    """The templates, once for each language; ``version`` changes with any text of ours."""

    def __init__(self, templates: Path, static: Path, languages: Mapping[str, Language]) -> None:
        self._environments = {
            code: Worded(FileSystemLoader(templates), language) for code, language in languages.items()
        }
        for environment in self._environments.values():
            environment.globals["languages"] = tuple(languages.values())
        parts = sorted((*templates.glob("*.html"), *static.rglob("*.*")))
        catalogue = sorted(templates.parent.glob("locales/**/*.po"))
        self.version = hashlib.sha256(b"".join(part.read_bytes() for part in (*parts, *catalogue))).hexdigest()[:12]

    def html(self, page: Page, frame: Frame, language: Language) -> bytes:
        """The page as HTML."""
        template = self._environments[language.code].get_template(page.template)
        return template.render(page=page, frame=frame, version=self.version).encode()
