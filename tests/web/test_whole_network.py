"""The whole network is written once after publication, and given as it would be made on demand."""

import gzip
from pathlib import Path

import pytest

from cis_graph.release.dumps import read_dumps, write_dumps
from cis_graph.release.information import write_information
from cis_graph.release.parts import NAMES, PARTS, Parts
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_network import invented_network
from tests.support.small_release import BASE, INFORMATION, SmallRelease, SmallRunner, SmallShelf, fixture_store


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> SmallRelease:
    """A release whose dumps are written."""
    place = tmp_path_factory.mktemp("data") / "releases" / "7"
    parts = Parts(place / PARTS)
    for name in NAMES:
        parts.write(name, ())
    write_information(place, INFORMATION)
    invented_network().write(place)
    return SmallRelease(fixture_store(0), files=read_dumps(write_dumps(place, BASE)))


@pytest.fixture
def written(dumped: SmallRelease) -> Client:
    """A client of it."""
    return Client(create_app(Settings(), SmallShelf(dumped), SmallRunner(dumped)))


@pytest.mark.parametrize("form", ["json", "csv", "gexf", "graphml", "ttl", "nt"])
def test_what_was_written_is_what_would_be_made(client: Client, written: Client, form: str) -> None:
    """Byte for byte the same, packed or plain, with a tag of its own by which it is not sent twice."""
    made, given = client.get(f"/network.{form}"), written.get(f"/network.{form}")
    packed = written.get(f"/network.{form}", accept_encoding="gzip")

    assert made.content == given.content == packed.content
    assert packed.headers["content-encoding"] == "gzip"
    assert len({answer.headers["etag"] for answer in (made, given, packed)}) == 3
    assert written.get(f"/network.{form}", if_none_match=given.headers["etag"]).status_code == 304
    assert given.headers["content-type"] == made.headers["content-type"]


def test_what_was_written_is_in_the_dumps(dumped: SmallRelease, client: Client) -> None:
    """The files stand among the dumps with their checksums, the nodes too."""
    files: dict[str, Path] = {file.name: file.path for file in dumped.files}

    assert {f"network.{form}.gz" for form in ("json", "csv", "gexf", "graphml", "nt")} <= files.keys()
    assert gzip.decompress(files["network-nodes.csv.gz"].read_bytes()) == client.get("/network/nodes.csv").content


def test_the_page_of_files_lists_the_network(dumped: SmallRelease, written: Client) -> None:
    """Each of the network's files stands on the page of what there is to download."""
    page = written.page("/data")
    names = [file.name for file in dumped.files if file.name.startswith("network")]

    assert len(names) == 6
    assert all(f'href="/data/{name}"' in page for name in names)


def test_a_filter_is_never_answered_with_the_whole(written: Client) -> None:
    """Whatever is asked beyond the bare address is made for it."""
    whole = written.get("/network.csv").content

    assert len(written.get("/network.csv?theme=sante").content) < len(whole)
    assert len(written.get("/network.csv?theme=inconnu").content) < 100
