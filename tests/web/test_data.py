from pathlib import Path

from cis_graph.model.releases import DumpFile
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import FIXTURE, SmallRelease, SmallRunner, SmallShelf, fixture_store


def test_the_page_lists_the_files(client: Client) -> None:
    """Each dataset stands with its licence and files."""
    page = client.page("/data")
    assert 'href="/data/all.nq.gz"' in page
    assert "Licence Ouverte 2.0" in page
    assert client.get("/data", "text/turtle").headers["content-type"].startswith("text/turtle")


def test_the_page_lists_the_tables() -> None:
    """Parquet tables stand beside the dumps, under a name of their own."""
    files = tuple(
        DumpFile(name=name, size=1000, sha256="ab" * 32, path=Path(name)) for name in ("all.nq.gz", "actors.parquet")
    )
    release = SmallRelease(fixture_store(0), files=files)
    page = Client(create_app(Settings(), SmallShelf(release), SmallRunner(release))).page("/data")
    assert "Tables pour R, pandas et DuckDB (Parquet)" in page
    assert 'href="/data/actors.parquet"' in page


def test_a_file_is_sent_once_with_its_checksum(client: Client) -> None:
    """The tag is the checksum; HEAD tells the length; the digest header holds all of it."""
    first = client.get("/data/all.nq.gz")
    again = client.get("/data/all.nq.gz", if_none_match=first.headers["etag"])
    head = client.request("HEAD", "/data/all.nq.gz")
    assert first.content == FIXTURE.read_bytes()
    assert (first.headers["content-type"], again.status_code) == ("application/gzip", 304)
    assert (head.content, head.headers["content-length"]) == (b"", str(len(first.content)))
    assert "content-encoding" not in first.headers
    assert first.headers["repr-digest"].startswith("sha-256=:")


def test_checksums_are_told(client: Client) -> None:
    """The list is in the form that ``sha256sum --check`` reads."""
    assert client.get("/data/SHA256SUMS").text == f"{'ab' * 32}  all.nq.gz\n"


def test_no_other_file_is_sent(client: Client) -> None:
    """Only files of the list are sent, whatever the name."""
    for name in ("nothing.nq.gz", "..%2Frelease.json", "%2Fetc%2Fpasswd", "all.nq.gz%00"):
        assert client.get(f"/data/{name}").status_code == 404, name


def test_files_that_are_being_written() -> None:
    """Until they are there, the page says so and the files answer 503."""
    release = SmallRelease(fixture_store(0), writing=True)
    client = Client(create_app(Settings(), SmallShelf(release), SmallRunner(release)))
    answer = client.get("/data/all.nq.gz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "en cours d\u2019écriture" in client.page("/data")
