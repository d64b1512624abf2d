from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cis_graph.errors import SourceFault
from cis_graph.harvest.client import Client, Manners
from cis_graph.harvest.gather import gathered
from cis_graph.harvest.snapshots import Snapshot, Snapshots
from cis_graph.mapping.origins import Address
from cis_graph.mapping.source import Source
from cis_graph.mapping.tables import CsvFile, DataFile
from tests.support.making import LICENCE
from tests.support.web_server import Elsewhere, elsewhere

QUICK = Manners(pause=0, attempts=2, first_wait=0.01, longest_wait=0.02, silence=1, longest=5)


@pytest.fixture
def site() -> Iterator[Elsewhere]:
    """A contributor's site on loopback."""
    with elsewhere() as site:
        yield site


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    """Where harvests are kept."""
    return Snapshots(tmp_path / "snapshots")


@pytest.fixture
def harvest(
    snapshots: Snapshots, tmp_path: Path, site: Elsewhere
) -> Iterator[Callable[[Source], tuple[Snapshot, bool]]]:
    """Harvests one source."""
    with Client(allowed={site.netloc}, manners=QUICK) as client:
        yield lambda source: gathered(
            source, snapshots, inbox=tmp_path / "inbox", bundle=tmp_path / "bundle", client=lambda: client
        )


Harvest = Callable[[Source], tuple[Snapshot, bool]]


def source(*files: DataFile) -> Source:
    """A source of these files."""
    return Source(
        slug="clairiere-projets",
        contributor="clairiere",
        title="Clairière",
        homepage="https://clairiere.example/",
        licence=LICENCE,
        data=files,
        at_least=1,
    )


def hand_over(tmp_path: Path, name: str, data: bytes) -> None:
    """Puts a file into the inbox."""
    place = tmp_path / "inbox" / "clairiere-projets"
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_bytes(data)


def test_a_declared_address_is_harvested_and_unchanged_is_no_news(harvest: Harvest, site: Elsewhere) -> None:
    """The second harvest brings the same snapshot with the time of the first."""
    one = source(CsvFile(name="a.csv", at=Address(url=site.gives("/a.csv", b"x\n1\n"))))
    first, new = harvest(one)
    again, news = harvest(one)

    assert (dict(first.files), new) == ({"a.csv": b"x\n1\n"}, True)
    assert (again, news) == (first, False)


def test_the_inbox_comes_before_the_address(harvest: Harvest, site: Elsewhere, tmp_path: Path) -> None:
    """A file that a person handed over is what the contributor says today."""
    hand_over(tmp_path, "a.csv", b"x\n2\n")
    one = source(CsvFile(name="a.csv", at=Address(url=site.gives("/a.csv", b"x\n1\n"))))

    assert dict(harvest(one)[0].files) == {"a.csv": b"x\n2\n"}
    assert site.seen == []


def test_an_inbox_that_lacks_a_file_fails_the_source(harvest: Harvest, tmp_path: Path, snapshots: Snapshots) -> None:
    """Half of what is declared is no harvest."""
    hand_over(tmp_path, "a.csv", b"x\n2\n")

    with pytest.raises(SourceFault, match=r"b\.csv"):
        harvest(source(CsvFile(name="a.csv"), CsvFile(name="b.csv")))
    assert snapshots.latest("clairiere-projets") is None


def test_a_source_that_nobody_can_reach_says_where_to_put_its_files(harvest: Harvest) -> None:
    """No address, nothing in the inbox, nothing brought along."""
    with pytest.raises(SourceFault, match=r"put a\.csv into .*inbox.clairiere-projets"):
        harvest(source(CsvFile(name="a.csv")))


@pytest.mark.parametrize("page", ["<!DOCTYPE html><p>Consentement", "\ufeff \n<HTML><body>Erreur"])
def test_a_web_page_where_data_should_be_fails_the_source(harvest: Harvest, site: Elsewhere, page: str) -> None:
    """A server that answers 200 with a page of consent or error lies about the type."""
    one = source(CsvFile(name="a.csv", at=Address(url=site.gives("/a.csv", page, Content_Type="text/csv"))))

    with pytest.raises(SourceFault, match="gives a web page instead of"):
        harvest(one)


def test_a_failed_harvest_is_remembered_until_one_succeeds(
    harvest: Harvest, site: Elsewhere, snapshots: Snapshots
) -> None:
    """The last good snapshot stays the latest, and the trouble is known beside it."""
    one = source(CsvFile(name="a.csv", at=Address(url=site.gives("/a.csv", b"x\n1\n"))))
    good, _ = harvest(one)
    site.gives("/a.csv", b"", 500)

    with pytest.raises(SourceFault):
        harvest(one)
    trouble = snapshots.trouble("clairiere-projets")
    assert snapshots.latest("clairiere-projets") == good
    assert trouble is not None
    assert "500" in str(trouble)
    assert "500" in trouble.french

    site.gives("/a.csv", b"x\n1\n")
    harvest(one)
    assert snapshots.trouble("clairiere-projets") is None


def test_a_name_that_leads_out_of_the_inbox_reads_nothing_else(harvest: Harvest, tmp_path: Path) -> None:
    """A link in the inbox to a folder is no file of the source."""
    hand_over(tmp_path, "b.csv", b"x")
    (tmp_path / "inbox" / "clairiere-projets" / "a.csv").mkdir()

    with pytest.raises(SourceFault, match=r"a\.csv"):
        harvest(source(CsvFile(name="a.csv")))
