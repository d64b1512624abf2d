"""The words of templates: put in once, when a template is compiled for a language, so that a page looks none up."""

import re
from collections.abc import Callable, MutableMapping
from itertools import chain
from types import CodeType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped_text  # type: ignore[attr-defined]  # to the text, not yet wrapped

from cis_graph.web.facts import Link
from cis_graph.web.languages import Language
from cis_graph.web.texts import Text, number

_VALUE = re.compile(r"(?<!%)%\((\w+)\)s")


class _Escaping(Template):
    """A template that escapes what it prints without wrapping it: it is joined to the rest at once."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - the name of the overridden method
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """A template from what it was compiled to."""
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = _escaped
        return made


def _escaped(value: Any) -> str:  # noqa: ANN401 - a template prints anything
    """What :func:`markupsafe.escape` makes of a value, as a plain text where it can be."""
    kind = type(value)
    if kind is str:
        return escaped_text(value)
    return value if kind is Markup else escape(value)


class _Plain(CodeGenerator):
    """Compiles ``page.title`` to just that, and ``parts.map(…)`` too: pages are of data classes.

    What one lacks is a mistake, and no attribute is a function that wants the context, as Jinja asks at each call.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the name of the visited node
        """An attribute of what stands before the dot."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802, FBT001, FBT002 - as it is overridden
        """A call of an attribute with its values."""
        if forward_caller or node.dyn_args or node.dyn_kwargs or not isinstance(node.node, nodes.Getattr):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for name, value in (*(("", one) for one in node.args), *((pair.key, pair.value) for pair in node.kwargs)):
            self.write(f"{name}=" if name else "")
            self.visit(value, frame)
            self.write(", ")
        self.write(")")


class Worded(Environment):
    """Templates in one language; ``_("…")`` without values is its translation before the page is made."""

    template_class = _Escaping
    code_generator_class = _Plain

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
        return Markup(self._shown(it))  # noqa: S704 - it is escaped

    def _link(self, it: Link) -> Markup:
        """A name that leads to its page, where there is one."""
        shown = self._shown(it.text)
        if not it.path:
            return Markup(shown)  # noqa: S704 - it is escaped
        return Markup(f'<a href="{escaped_text(self._language.path(it.path))}">{shown}</a>')  # noqa: S704 - both are

    def _shown(self, it: Text) -> str:
        value = escaped_text(it.value)
        if not it.language or it.language == self._language.code:
            return value
        return f'<span lang="{escaped_text(it.language)}">{value}</span>'


class _Translating(NodeTransformer):
    """Puts constants where a template asks for the translation of one."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - the name of the visited node
        """Translations that are printed stand among the other text of the template, with their values between."""
        node.nodes = [piece for one in node.nodes for piece in self._pieces(one)]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - the name of the visited node
        """A translation that is handed on."""
        told = self._told(node)
        if told is not None:
            return nodes.MarkSafe(nodes.Const(told), lineno=node.lineno)
        self.generic_visit(node)
        return node

    def _told(self, node: nodes.Node) -> str | None:
        """The translation without values that a node asks for, None where it asks for anything else."""
        message = self._message(node)
        return message % {} if message is not None and isinstance(node, nodes.Call) and not node.kwargs else None

    def _pieces(self, node: nodes.Expr) -> list[nodes.Expr]:
        """What is printed of a translation and of each of its values, the node itself where it is something else."""
        message = self._message(node)
        if message is None or not isinstance(node, nodes.Call):
            return [self.visit(node)]
        values = {pair.key: self.visit(pair.value) for pair in node.kwargs}
        parts = _VALUE.split(message)  # texts at even places, names of values at odd ones
        texts = [nodes.TemplateData(text % {}, lineno=node.lineno) for text in parts[::2]]
        return [texts[0], *chain.from_iterable(zip((values[name] for name in parts[1::2]), texts[1:], strict=True))]

    def _message(self, node: nodes.Node) -> str | None:
        """The translation, with the places of its values, of a constant that a node asks for."""
        if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return None
        if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
            return None
        return self._language.gettext(str(node.args[0].value))
