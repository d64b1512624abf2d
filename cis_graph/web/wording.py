"""The words of templates: put in once, when a template is compiled for a language, so that a page looks none up."""

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from cis_graph.web.facts import Link
from cis_graph.web.languages import Language
from cis_graph.web.texts import Text, number


class Worded(Environment):
    """Templates in one language; ``_("…")`` without values is its translation before the page is made."""

    def __init__(self, loader: FileSystemLoader, language: Language) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            auto_reload=False,
        )
        self._language = language
        i18n: Any = self  # the extension adds its methods at run time
        i18n.install_gettext_translations(language.translations, newstyle=True)
        self.globals["language"] = language
        self.filters |= {
            "href": language.path,
            "number": lambda value: number(value, language.code),
            "text": self._text,
            "link": self._link,
        }

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        _Translating(self._language).visit(parsed)
        return parsed

    def _text(self, it: Text) -> Markup:
        """A text, marked where it is in another language than the page."""
        if it.language and it.language != self._language.code:
            return Markup('<span lang="%s">%s</span>') % (it.language, it.value)
        return escape(it.value)

    def _link(self, it: Link) -> Markup:
        """A name that leads to its page, where there is one."""
        shown = self._text(it.text)
        if not it.path:
            return shown
        return Markup(f'<a href="{escape(self._language.path(it.path))}">{shown}</a>')  # noqa: S704 - both are escaped


class _Translating(NodeTransformer):
    """Puts constants where a template asks for the translation of one."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - the name of the visited node
        """Translations that are printed stand among the other text of the template."""
        node.nodes = [
            nodes.TemplateData(told, lineno=one.lineno) if (told := self._told(one)) is not None else self.visit(one)
            for one in node.nodes
        ]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - the name of the visited node
        """A translation that is handed on."""
        told = self._told(node)
        if told is not None:
            return nodes.MarkSafe(nodes.Const(told), lineno=node.lineno)
        self.generic_visit(node)
        return node

    def _told(self, node: nodes.Node) -> str | None:
        """The translation a node asks for, None where it asks for anything else."""
        if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return None
        if node.kwargs or len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
            return None
        return self._language.gettext(str(node.args[0].value)) % {}
