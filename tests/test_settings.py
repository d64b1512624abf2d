import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import Any

import pytest

from cis_graph.errors import SettingsError
from cis_graph.settings import Settings

README = Path(__file__).parents[1] / "README.md"


def test_without_an_environment_everything_has_its_default() -> None:
    """An empty environment, or one of empty values, is the default."""
    names = [f"CIS_{field.name.upper()}" for field in fields(Settings)]

    assert Settings() == Settings.from_environment({})
    assert Settings() == Settings.from_environment(dict.fromkeys(names, ""))


def test_every_setting_is_read_from_its_variable() -> None:
    """CIS_ and the field's name in capitals is where each setting comes from."""
    given = {
        "CIS_DATA": "/srv/cis",
        "CIS_ACCESS_LOG": "on",
        "CIS_ADMIN_TOKEN": "a long random text",
        "CIS_BASE": "http://localhost:8000/",
        "CIS_QUERY_TIMEOUT": "2.5",
        "CIS_QUERY_MEMORY": "4096",
        "CIS_QUERY_WORKERS": "8",
        "CIS_QUERY_PER_CLIENT": "5",
        "CIS_KEEP_RELEASES": "3",
        "CIS_CONTRIBUTOR_TOKENS": "/srv/tokens",
        "CIS_HARVEST_ALLOW": "127.0.0.1:8001 data.example",
        "CIS_SERVICE_ALLOW": "http://127.0.0.1:7878/query https://a.example/sparql",
        "CIS_STORE": "http://a.example/blue http://a.example/green",
        "CIS_STORE_UPDATE": "http://u:p@a.example/1 http://u:p@a.example/2",
        "CIS_STORE_DEFAULT_GRAPH": "urn:default",
        "CIS_SPARK": "spark://127.0.0.1:7077",
        "CIS_LEGAL_PUBLISHER": "Association Exemple",
        "CIS_LEGAL_DIRECTOR": "Sa présidence",
        "CIS_LEGAL_CONTACT": "contact@exemple.org",
        "CIS_LEGAL_HOST": "Hébergeur, 1 rue du Port",
    }
    read = Settings.from_environment(given)

    assert {f"CIS_{field.name.upper()}" for field in fields(Settings)} == set(given)
    assert {name: _shown(getattr(read, name.removeprefix("CIS_").lower())) for name in given} == given


def test_the_process_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a mapping, the settings are those of this process."""
    monkeypatch.setenv("CIS_BASE", "https://data.example/")

    assert Settings.from_environment().base == "https://data.example/"


@pytest.mark.parametrize(
    "base",
    ["carrefour.example/", "ftp://carrefour.example/", "https://", "https:///", "https://carrefour.example", "/"],
)
def test_a_base_that_makes_no_iris_is_refused(base: str) -> None:
    """Every data IRI starts with the base: it is an http(s) address and ends with a slash."""
    with pytest.raises(SettingsError, match="CIS_BASE"):
        Settings.from_environment({"CIS_BASE": base})


@pytest.mark.parametrize(
    "endpoint", ["a.example", "ftp://a.example/", "http://", "https://me:secret@a.example/", "http:///x"]
)
def test_an_endpoint_that_cannot_be_asked_is_refused(endpoint: str) -> None:
    """What SERVICE may ask is an http(s) address that holds no password."""
    with pytest.raises(SettingsError, match="CIS_SERVICE_ALLOW"):
        Settings.from_environment({"CIS_SERVICE_ALLOW": f"https://b.example/sparql {endpoint}"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CIS_QUERY_TIMEOUT", "soon"),
        ("CIS_QUERY_TIMEOUT", "0"),
        ("CIS_QUERY_TIMEOUT", "nan"),
        ("CIS_QUERY_TIMEOUT", "inf"),
        ("CIS_QUERY_MEMORY", "64"),
        ("CIS_QUERY_MEMORY", "inf"),
        ("CIS_QUERY_WORKERS", "0"),
        ("CIS_QUERY_WORKERS", "-1"),
        ("CIS_QUERY_WORKERS", "1e999"),
        ("CIS_QUERY_WORKERS", "0.5"),
        ("CIS_QUERY_WORKERS", "five"),
    ],
)
def test_a_number_that_cannot_be_used_is_refused_by_name(name: str, text: str) -> None:
    """The error names the setting and its value and says what to give."""
    with pytest.raises(SettingsError, match=re.escape(f'{name} is "{text}": give ')):
        Settings.from_environment({name: text})


def test_settings_do_not_change() -> None:
    """What was read once stays."""
    with pytest.raises(FrozenInstanceError):
        Settings().base = "https://elsewhere.example/"  # type: ignore[misc]


def test_the_readme_lists_every_setting_with_its_default() -> None:
    """An operator finds in the README what the code reads, and its default."""
    listed = dict(re.findall(r"^\| `(CIS_\w+)` \| `([^`]*)` \|", README.read_text(encoding="utf-8"), re.MULTILINE))
    known = {f"CIS_{field.name.upper()}": field.default for field in fields(Settings)}

    assert set(known) <= set(listed)
    for name, default in known.items():
        text = listed[name].removeprefix("./")
        assert text == _shown(default), name


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return " ".join(value) or "none"
    if isinstance(value, frozenset):
        return " ".join(sorted(value)) or "none"
    return format(value, "g") if isinstance(value, float) else str(value) or "none"
