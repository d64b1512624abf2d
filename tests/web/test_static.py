import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from cis_graph import resources
from tests.support.client import Client

ROOT = Path(__file__).parents[2]
VENDOR = resources.STATIC / "vendor"
MANIFEST: dict[str, Any] = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))
OPEN = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0"}


def test_every_file_of_others_is_the_one_that_was_bundled() -> None:
    """Each file beside the manifest is named there with its hash, so that nobody edits it by hand."""
    scripts = {path.name for path in VENDOR.glob("*.js")}

    assert scripts == set(MANIFEST)
    for name, told in MANIFEST.items():
        assert told["sha256"] == hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()


def test_every_bundled_package_is_open_and_comes_with_its_licence() -> None:
    """The notices beside a bundle have the text of each package in it."""
    for name, told in MANIFEST.items():
        notices = (VENDOR / name).with_suffix(".licences.txt").read_text(encoding="utf-8")
        for package in told["packages"]:
            assert package["licence"] in OPEN
            assert f"{package['name']} {package['version']} ({package['licence']})\n\n" in notices
        assert notices.count("Permission is hereby granted") >= len(told["packages"])


def test_the_bundle_is_made_of_locked_packages() -> None:
    """The lock names each package with the version that was bundled and a hash, and no address to fetch it from."""
    lock = json.loads((ROOT / "editor" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for told in MANIFEST.values():
        for package in told["packages"]:
            assert lock[f"node_modules/{package['name']}"]["version"] == package["version"]
    assert [name for name, each in lock.items() if name and not each.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, each in lock.items() if "resolved" in each] == []


def test_our_scripts_ask_for_nothing_but_each_other() -> None:
    """Each import of a module of ours is a file of ours beside it."""
    for script in resources.STATIC.glob("sparql/*.js"):
        for target in re.findall(r'from "([^"]+)"', script.read_text(encoding="utf-8")):
            assert target.startswith(("./", "../")), script
            assert (script.parent / target).is_file(), script


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/static/site.css", "text/css"),
        ("/static/icon.svg", "image/svg+xml"),
        ("/static/sparql/page.js", "text/javascript"),
        ("/static/vendor/codemirror.js", "text/javascript"),
        ("/static/vendor/codemirror.licences.txt", "text/plain"),
    ],
)
def test_static_files_have_their_type(client: Client, path: str, media_type: str) -> None:
    """A browser runs and shows what it is told the type of."""
    answer = client.get(path)

    assert (200, media_type) == (answer.status_code, answer.headers["content-type"].split(";")[0])
    assert client.get(path, if_none_match=answer.headers["etag"]).status_code == 304


@pytest.mark.parametrize("path", ["/static/", "/static/sparql", "/static/../app.py", "/static/sparql/..%2f..%2fapp.py"])
def test_nothing_else_is_served(client: Client, path: str) -> None:
    """A folder or a path that leads out of ours is not there."""
    assert client.get(path).status_code == 404
