"""Servers that lie, break or stand still: a replica serves what it served."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from cis_graph.errors import PullFault
from cis_graph.harvest.transfer import Patience
from cis_graph.release.shelf import Shelf
from cis_graph.settings import Settings
from tests.pipeline.conftest import Desk
from tests.support.publisher import Publisher, current, pulled
from tests.support.server import served

HUGE = 1 << 60
WRONG_LISTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "outside": lambda told: told["files"][0].update(path="../../evil"),
    "root": lambda told: told["files"][0].update(path="/etc/passwd"),
    "inside out": lambda told: told["files"][0].update(path="store/../../evil"),
    "backslash": lambda told: told["files"][0].update(path="store\\..\\evil"),
    "other folder": lambda told: told["files"][0].update(path="curation/x.ru"),
    "twice": lambda told: told["files"].append(told["files"][0]),
    "file in a file": lambda told: told["files"].append(told["files"][0] | {"path": "release.json/x"}),
    "no size": lambda told: told["files"][0].update(size="1"),
    "less than nothing": lambda told: told["files"][0].update(size=-1),
    "more than a disk": lambda told: told["files"][0].update(size=HUGE, sha256="0" * 64),
    "no checksum": lambda told: told["files"][0].update(sha256="../../evil"),
    "another checksum": lambda told: told["files"][0].update(sha256="0" * 64),
    "no store": lambda told: told.update(files=[one for one in told["files"] if not one["path"].startswith("store")]),
    "no manifest": lambda told: told.update(files=[one for one in told["files"] if one["path"] != "release.json"]),
    "another number": lambda told: told.update(release=told["release"] + 1),
    "no number": lambda told: told.update(release=True),
    "another hash": lambda told: told.update(canonical_hash="00"),
    "another base": lambda told: told.update(base="https://other.example/"),
    "nothing": lambda told: told.clear(),
}


@pytest.fixture(scope="module")
def behind(desk_of_publisher: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a replica whose source has published one release more since."""
    here, publisher = Settings(data=tmp_path_factory.mktemp("behind") / "replica"), Publisher(desk_of_publisher)
    with served(publisher) as address:
        pulled(here, address)
    publisher.patch("more")
    return here.data


@pytest.mark.parametrize("wrong", WRONG_LISTS)
def test_a_server_that_lies_changes_nothing(
    publisher: Publisher, address: str, behind: Path, tmp_path: Path, wrong: str
) -> None:
    """What was served is served, nothing is left half made, no file stands outside, in two languages."""
    here = Settings(data=tmp_path / "replica")
    shutil.copytree(behind, here.data)
    before = current(here).information
    publisher.change = WRONG_LISTS[wrong]
    with pytest.raises((PullFault, OSError)) as refused:
        pulled(here, address)
    if isinstance(refused.value, PullFault):
        assert refused.value.french
    assert current(here).information == before
    assert not list((here.data / "releases").glob(".building*"))
    assert not list(tmp_path.rglob("*evil*"))
    publisher.change = lambda told: told
    assert pulled(here, address).number > before.number


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[" * 100_000, b"x" * 9_000_000], ids=len)
def test_a_list_that_is_none_is_refused(publisher: Publisher, address: str, here: Settings, body: bytes) -> None:
    """Whatever comes instead of the list, the pull says so."""
    publisher.bodies = {"files": body}
    with pytest.raises(PullFault):
        pulled(here, address)
    assert not (here.data / "replica.json").exists()


@pytest.mark.parametrize("body", [b"", b"x", b"x" * 5_000_000], ids=len)
def test_a_file_that_is_another_is_refused(publisher: Publisher, address: str, here: Settings, body: bytes) -> None:
    """Shorter, longer or of other bytes than promised: it is not kept."""
    publisher.bodies = {"network.duckdb": body}
    with pytest.raises(PullFault, match=r"not what the list of files promises|more than"):
        pulled(here, address)
    assert Shelf(here.data).current() is None
    publisher.bodies = {}
    assert pulled(here, address).new


def test_a_server_that_stands_still_is_left(publisher: Publisher, address: str, here: Settings) -> None:
    """After a silence the pull ends, and what came is kept for the next one."""
    publisher.pause = 5.0
    with pytest.raises(PullFault, match="timed out"):
        pulled(here, address, Patience(silence=0.5))
    with pytest.raises(PullFault, match=r"[Cc]onnect"):
        pulled(here, "http://127.0.0.1:9")


def test_a_server_that_trickles_is_left(here: Settings) -> None:
    """Bytes that come one by one never make a pull last for ever."""

    async def trickle(scope: Scope, _: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _number in range(40):
            await send({"type": "http.response.body", "body": b" ", "more_body": True})
            await asyncio.sleep(0.05)
        await send({"type": "http.response.body", "body": b""})

    with served(trickle) as address, pytest.raises(PullFault, match="too slow"):
        pulled(here, address, Patience(silence=0.3, slowest=1 << 40))
