import pytest
from babel.messages.extract import extract_from_dir

from cis_graph import resources
from cis_graph.web.languages import load, preferred, split

MESSAGES = extract_from_dir(
    str(resources.TEMPLATES.parent),
    [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")],
    keywords={"_": None, "gettext": None, "ngettext": (1, 2), "marked": None},
)


def test_every_text_has_its_english() -> None:
    """Nothing a reader sees is in French only; each text in the catalogue is in use."""
    catalogue = load(resources.LOCALES)["en"].translations._catalog  # type: ignore[attr-defined]
    known = {key if isinstance(key, str) else key[0] for key in catalogue} - {""}
    used = {message if isinstance(message, str) else message[0] for _, _, message, _, _ in MESSAGES}
    assert sorted(used - known) == []
    assert sorted(known - used) == []


def test_paths_carry_the_language() -> None:
    """French stands at the bare path, English under /en."""
    assert split("/en/project/a") == ("en", "/project/a")
    assert split("/en") == ("en", "/")
    assert split("/english") == ("fr", "/english")
    languages = load(resources.LOCALES)
    assert languages["en"].path("/project/a") == "/en/project/a"
    assert languages["fr"].path("/") == "/"


@pytest.mark.parametrize(
    ("header", "expected"), [(None, "fr"), ("en", "en"), ("en-GB, fr;q=0.9", "en"), ("de", "fr"), ("fr, en", "fr")]
)
def test_preference(header: str | None, expected: str) -> None:
    """French unless English is wanted more."""
    assert preferred(header) == expected


def test_french_is_well_set() -> None:
    """No apostrophe is straight, and no line breaks before a question mark."""
    french = load(resources.LOCALES)["fr"]
    assert french.gettext("l'eau ?") == "l\u2019eau\u202f?"
