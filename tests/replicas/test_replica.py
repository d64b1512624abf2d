"""Replicas: what they fetch, what they hand on, and what they cannot do."""

import shutil
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from cis_graph import cli, pipeline
from cis_graph.errors import PullFault, ReleaseFault
from cis_graph.release.parts import PARTS, Parts
from cis_graph.release.replica import Pulled
from cis_graph.release.shelf import Shelf
from cis_graph.serving import application
from cis_graph.settings import Settings
from tests.pipeline.conftest import GOOD, Desk
from tests.support.client import Client
from tests.support.publisher import LIST, Publisher, current, pulled
from tests.support.server import served


def test_a_replica_serves_what_its_source_serves(publisher: Publisher, address: str, here: Settings) -> None:
    """The same release, page and data for byte; asked for again, nothing is fetched."""
    first, again = pulled(here, address), len(publisher.asked)
    theirs = current(publisher.desk.settings)
    assert (first.number, first.kept, first.new) == (theirs.information.number, 0, True)
    assert current(here).information == theirs.information
    assert Parts(current(here).place / PARTS).sum().hash == theirs.information.canonical_hash
    one, other = Client(application(here)), Client(application(publisher.desk.settings))
    for path in ("/search?q=ruche&format=json", "/.well-known/void?format=nt", "/network.json", "/contributors"):
        assert one.get(path).content == other.get(path).content, path
    assert not pulled(here, address).new
    assert publisher.asked[again:] == [LIST]


def test_nothing_but_what_is_served_is_fetched(address: str, here: Settings) -> None:
    """No ledger, snapshot, decision, question, lock, log or folder of the source comes along."""
    pulled(here, address)
    assert {path.name for path in here.data.iterdir()} == {"releases", "replica.json", "writing.lock"}
    files = [path for path in current(here).place.rglob("*") if path.is_file()]
    assert not {path.name for path in files} & {"LOG", "LOCK", "questions.ndjson.gz", "totals.json"}
    assert not [path for path in files if b"/data/releases" in path.read_bytes()]


def test_only_what_is_new_is_fetched(publisher: Publisher, address: str, here: Settings) -> None:
    """After a change most bytes are here already; a release gone back to is switched to without any."""
    first = pulled(here, address)
    publisher.patch("more")
    second = pulled(here, address)
    assert second.number > first.number
    assert second.fetched < second.kept
    pipeline.rollback(publisher.desk.settings)
    assert pulled(here, address) == Pulled(number=first.number)
    assert current(here).information.number == first.number
    pipeline.publish(publisher.desk.settings)


def test_an_interrupted_pull_goes_on(publisher: Publisher, address: str, here: Settings) -> None:
    """What came before the server failed is not asked for again."""
    publisher.statuses = {"network.duckdb": 500}
    with pytest.raises(PullFault, match=r"network\.duckdb: status 500; what is served here stays"):
        pulled(here, address)
    assert Shelf(here.data).current() is None
    before = set(publisher.asked)
    publisher.statuses, publisher.asked = {}, []
    pulled(here, address)
    assert not (set(publisher.asked) & before) - {LIST} - {path for path in before if path.endswith("network.duckdb")}
    assert not list((here.data / "releases").glob(".*"))


def test_a_release_that_goes_meanwhile_is_followed_by_the_next(
    publisher: Publisher, address: str, here: Settings
) -> None:
    """A file that is gone makes the pull ask which release is served now; where it never ends, that is said."""
    publisher.statuses = {"network.duckdb": 404}
    with pytest.raises(PullFault, match="faster than they can be fetched"):
        pulled(here, address)
    assert publisher.asked.count(LIST) == 5


def test_a_folder_with_data_of_its_own_is_no_replica(publisher: Publisher, address: str) -> None:
    """Nothing is pulled over what somebody builds."""
    with pytest.raises(ReleaseFault, match="data of its own"):
        pulled(publisher.desk.settings, address)


def test_another_release_of_the_same_number_is_refused(desk: Desk, address: str, here: Settings) -> None:
    """Two servers that number alike are told apart."""
    pulled(here, address)
    desk.hand_over(GOOD | {"Nom": "Essaim"})
    desk.publish()
    while desk.settings and Shelf(desk.settings.data).current_number() != Shelf(here.data).current_number():
        Publisher(desk).patch(str(Shelf(desk.settings.data).current_number()))
    with served(Publisher(desk)) as other, pytest.raises(PullFault, match="publishes another release"):
        pulled(here, other)


def test_a_replica_writes_nothing(address: str, here: Settings) -> None:
    """Stations refuse to run there, and its server has neither writes nor pushes nor citations."""
    settings = replace(here, admin_token="a-long-token")
    pulled(settings, address)
    with pytest.raises(ReleaseFault, match="is a replica and only pulls"):
        pipeline.publish(settings)
    client = Client(application(settings))
    given = {"authorization": "Bearer a-long-token", "content-type": "application/sparql-update"}
    update = client.request("POST", "/sparql/update", headers=given, content=b"CLEAR DEFAULT")
    cited = client.request("POST", "/q", data={"query": "ASK {}"})
    assert update.status_code in {401, 403, 404}
    assert cited.status_code == 404


def test_a_copied_release_is_served_from_a_folder_nobody_writes_to(publisher: Publisher, tmp_path: Path) -> None:
    """The pointer and the folder of the release are all it takes, whoever copied them."""
    theirs, data = current(publisher.desk.settings), tmp_path / "copy"
    shutil.copytree(theirs.place, data / "releases" / theirs.place.name)
    (data / "releases" / "current").write_text(theirs.place.name, encoding="ascii")
    before = sorted(path for path in data.rglob("*") if path.suffix != ".lock")
    with served(application(Settings(data=data)), lifespan="on") as address:
        assert httpx.get(f"{address}/search?q=ruche&format=json").json()["total"] > 0
        for path in ("/network.json", "/sparql?query=ASK{?s%20?p%20?o}"):
            assert httpx.get(f"{address}{path}").status_code == 200, path
    assert sorted(path for path in data.rglob("*") if path.suffix != ".lock") == before


def test_the_command_says_what_it_did(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The address is given once; a fault is told in French and English and ends with 3."""
    monkeypatch.setenv("CIS_DATA", str(tmp_path / "replica"))
    assert cli.main(["pull"]) == 2
    assert cli.main(["pull", "ftp://example"]) == 2
    assert cli.main(["pull", address]) == 0
    assert cli.main(["pull"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert " bytes fetched, 0 were here" in said[0]
    assert said[1].endswith("is served already")
    assert cli.main(["pull", "http://127.0.0.1:9"]) == 3
    assert "ce qui est servi ici ne change pas" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["..%2F..%2Fledger.jsonl", "%2Fetc%2Fpasswd", "report/questions.ndjson.gz", "totals.json",
                                  "store/LOG", "store/../../current", "release.json?sha256=00", ""])  # fmt: skip
def test_no_other_file_is_handed_out(publisher: Publisher, path: str) -> None:
    """Only what stands in the list is to be had."""
    number = Shelf(publisher.desk.settings.data).current_number()
    client = Client(application(publisher.desk.settings))
    assert client.get(f"/releases/{number}/files/{path}").status_code == 404
    assert client.get(f"/releases/{number}/files/release.json").json()["number"] == number
    assert client.get("/releases/99999/files/release.json").status_code == 404


def test_a_file_may_be_kept_for_ever_by_its_checksum(publisher: Publisher) -> None:
    """Asked for by number alone it is asked for again; parts of it are sent; the tag is its checksum."""
    client = Client(application(publisher.desk.settings))
    told = client.get(LIST).json()
    one = next(file for file in told["files"] if file["path"] == "network.duckdb")
    bare = f"/releases/{told['release']}/files/{one['path']}"
    answer = client.get(f"{bare}?sha256={one['sha256']}", range="bytes=0-9")
    assert (answer.status_code, len(answer.content)) == (206, 10)
    assert "immutable" in answer.headers["cache-control"]
    assert client.get(bare).headers["cache-control"] == "no-cache"
    assert client.get(bare, if_none_match=answer.headers["etag"]).status_code == 304
    assert (current(publisher.desk.settings).place / one["path"]).stat().st_size == one["size"]
