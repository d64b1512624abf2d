"""What the README, the settings, the layout and the words promise."""

import ast
import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from cis_graph import cli
from cis_graph.mappers import discovered
from cis_graph.rdf.iris import PREFIXES
from cis_graph.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REQUIRED = (
    "ontology", "shapes", "cis_graph", "cis_graph/mappers", "sparql", "server.py", "pyproject.toml", "tests", "README.md",
)  # fmt: skip
DRAWERS = {"utils", "helpers", "common", "core", "base", "misc", "manager", "services"}
LONGEST_FUNCTION, LONGEST_FILE = 40, 300  # lines


def sources() -> list[Path]:
    """The package's own Python files."""
    return sorted((ROOT / "cis_graph").rglob("*.py"))


@pytest.mark.parametrize("path", REQUIRED)
def test_the_layout_is_there(path: str) -> None:
    """Everything that others expect at the top level is there."""
    assert (ROOT / path).exists()


def test_every_setting_is_in_the_readme_and_the_reverse() -> None:
    """The README's table of settings is the settings."""
    told = set(re.findall(r"^\| `(CIS_[A-Z_]+)`", README, re.MULTILINE))

    assert {f"CIS_{field.name.upper()}" for field in fields(Settings)} == told


def test_every_command_is_in_the_readme() -> None:
    """The README's table of commands is the command line."""
    told = set(re.findall(r"^\| `cis-graph ([a-z-]+)", README, re.MULTILINE))
    usage = cli._parser().format_help()

    assert set(re.findall(r"^    ([a-z-]+)(?: |$)", usage, re.MULTILINE)) == told


def test_every_make_target_says_what_it_does() -> None:
    """`make` lists each target with a line."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)

    assert set(phony.split()) == set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


def test_no_file_is_a_drawer() -> None:
    """No module is called after what it does not say."""
    assert [path for path in sources() if DRAWERS & {path.stem, path.parent.name}] == []


def test_files_and_functions_stay_short() -> None:
    """No file is over 300 lines and no function over 40."""
    long_files = [path for path in sources() if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE]
    functions = [
        (path.name, node.name)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    assert [] == long_files
    assert [] == functions


def test_every_query_uses_the_prefixes_as_they_are_declared() -> None:
    """A prefix stands for one namespace in every query of ours."""
    known = PREFIXES | {"c": "https://w3id.org/insoc/concept/"}
    for path in (ROOT / "sparql").rglob("*.rq"):
        for prefix, namespace in re.findall(r"PREFIX (\w+): <([^>]+)>", path.read_text(encoding="utf-8")):
            if prefix in known:
                assert known[prefix] == namespace, path


def test_every_source_says_its_licence_and_its_least() -> None:
    """A source declares who, under which licence, and how many records at least."""
    for mapper in discovered():
        source = mapper.source
        assert source.licence.startswith("http"), source.slug
        assert source.at_least >= 1, source.slug
        assert (source.note_fr is None) == (source.note_en is None), source.slug


def test_decisions_are_short_and_numbered() -> None:
    """Each decision record has at most 40 lines, and its number, which its title starts with, comes next."""
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    assert [path.name for path in records if not path.read_text("utf-8").startswith(f"# {int(path.name[:4])}. ")] == []
    assert [] == [path.name for path in records if len(path.read_text(encoding="utf-8").splitlines()) > 40]


def test_nothing_names_the_machine_it_was_made_on() -> None:
    """No committed text holds a path of a machine or the address of a package registry."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of committed files")
    wrong = re.compile(rb"/(?:work|root|home)/[a-z]|(?:py" + rb"pi|registry\.npm" + rb"js)\.org")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    guilty = [name for name in names if (ROOT / name).is_file() and wrong.search((ROOT / name).read_bytes())]

    assert [] == guilty
