from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader, TemplateSyntaxError
from markupsafe import Markup

from cis_graph import resources
from cis_graph.web.facts import Link
from cis_graph.web.languages import load
from cis_graph.web.texts import Text
from cis_graph.web.wording import Worded

LANGUAGES = load(resources.LOCALES)


def shown(folder: Path, template: str, language: str = "en", **values: Any) -> str:
    """What a template says in a language."""
    (folder / "it.html").write_text(template, encoding="utf-8")
    return Worded(FileSystemLoader(folder), LANGUAGES[language]).get_template("it.html").render(**values)


@pytest.mark.parametrize(("language", "word"), [("fr", "Méthodes"), ("en", "Methods")])
def test_words_stand_in_a_compiled_template(tmp_path: Path, language: str, word: str) -> None:
    """Printed, handed on or chosen, a word is its translation without being looked up."""
    template = (
        '{{ _("Méthodes") }}|{{ _("Méthodes")|upper }}|{{ it or _("Méthodes") }}|{% set a = _("Méthodes") %}{{ a }}'
    )
    worded = Worded(FileSystemLoader(tmp_path), LANGUAGES[language])
    assert shown(tmp_path, template, language, it="") == f"{word}|{word.upper()}|{word}|{word}"
    assert "gettext" not in worded.compile(template, raw=True)


def test_what_has_values_is_translated_when_it_is_shown(tmp_path: Path) -> None:
    """Values stand where the message wants them, escaped; so do messages that are known only then."""
    template = (
        '{{ _("Carte : %(name)s", name=it) }}|{{ _(word) }}|{{ ngettext("%(n)s résultat", "%(n)s résultats", 2, n=2) }}'
    )
    assert shown(tmp_path, template, it="<b>", word="Méthodes") == "Map: &lt;b&gt;|Methods|2 results"


def test_texts_and_links_are_escaped_and_marked(tmp_path: Path) -> None:
    """Whatever a source says is text; another language is told, and what has no page is no link."""
    hostile = Text('<script>"&', "fr")
    values: dict[str, Any] = {
        "text": hostile,
        "link": Link(text=hostile, path='/project/"<'),
        "bare": Link(text=hostile, path=""),
    }
    marked = '<span lang="fr">&lt;script&gt;&#34;&amp;</span>'
    expected = f'{marked}|<a href="/en/project/&#34;&lt;">{marked}</a>|{marked}'

    assert shown(tmp_path, "{{ text|text }}|{{ link|link }}|{{ bare|link }}", **values) == expected
    assert shown(tmp_path, "{{ bare|link }}", "fr", **values) == str(Markup.escape(hostile.value))


class Shy:
    """What is no text until somebody prints it."""

    def __str__(self) -> str:
        return "<i>'"


def test_what_is_printed_is_escaped_once_wherever_it_stands(tmp_path: Path) -> None:
    """In a macro, in a block and in what was set aside, a text is escaped once and markup is left as it is."""
    template = (
        "{% macro told(it) %}<b>{{ it }}</b>{% endmacro %}{% set kept %}{{ it }}{% endset %}"
        "{{ told(it) }}|{{ kept }}|{% block one %}{{ it }}{% endblock %}|{{ it|upper }}|{{ it ~ told(it) }}"
    )
    assert (
        shown(tmp_path, template, it="<&") == "<b>&lt;&amp;</b>|&lt;&amp;|&lt;&amp;|&lt;&amp;|&lt;&amp;<b>&lt;&amp;</b>"
    )
    assert shown(tmp_path, "{{ it }}", it=Shy()) == "&lt;i&gt;&#39;"
    assert shown(tmp_path, "{{ it }}{{ 7 }}", it=Markup("<br>")) == "<br>7"


def test_a_template_that_is_none_is_told(tmp_path: Path) -> None:
    """A mistake is found when the template is compiled."""
    with pytest.raises(TemplateSyntaxError):
        shown(tmp_path, '{{ _("Méthodes" }}')


def test_a_value_stands_wherever_its_translation_wants_it(tmp_path: Path) -> None:
    """A value is printed as often as the translation has its place, and percent signs are themselves."""
    message = '{{ _("%(a)s de %(b)s, %(a)s et 100 %%", a=one, b=two|upper) }}'
    assert shown(tmp_path, message, "fr", one="<i>", two="x") == "&lt;i&gt; de X, &lt;i&gt; et 100 %"


def test_what_a_page_lacks_is_a_mistake(tmp_path: Path) -> None:
    """A template that asks for what a page has not is not shown as if it were empty."""
    with pytest.raises(AttributeError, match="nothing"):
        shown(tmp_path, "{{ it.nothing }}", it=Text("x"))
