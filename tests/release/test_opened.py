import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cis_graph import resources
from cis_graph.errors import ReleaseFault
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.releases import ReleaseInformation, SearchQuestion
from cis_graph.model.terms import Iri
from cis_graph.rdf.iris import INSOC, SKOS
from cis_graph.release.information import write_findings, write_information
from cis_graph.release.opened import SEARCH, STORE, Opened
from cis_graph.release.parts import PARTS, PATCHES, Parts
from cis_graph.search.documents import Named
from cis_graph.search.writing import write_index
from cis_graph.store.embedded import make_store

ACTOR = "https://carrefour.example/id/actor/a"
RECORD = "https://carrefour.example/id/record/clairiere/1"
LINES = f"""<{ACTOR}> <{SKOS}prefLabel> "Clairière"@fr .
<{RECORD}> <http://purl.org/dc/terms/identifier> "1" .
<{RECORD}#actor> <{INSOC}describes> <{ACTOR}> .
<{RECORD}#actor> <{SKOS}prefLabel> "La Clairière"@fr <{RECORD}> .
"""
FINDING = Finding(
    contributor="clairiere",
    source="s",
    fate=Fate.ADVICE,
    rule="r",
    message_fr="m",
    message_en="m",
    remedy_fr="r",
    remedy_en="r",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a small release."""
    folder = tmp_path_factory.mktemp("release")
    (folder / "all.nq").write_text(LINES, encoding="utf-8")
    make_store(folder / STORE, [folder / "all.nq"])
    write_index(folder / SEARCH, [Named(kind="actor", key="a", label="Clairière", detail="")])
    write_findings(folder, [FINDING])
    information = ReleaseInformation(
        number=1, created="", software="", ontology="", canonical_hash="", base="", inputs={}, counts={}
    )
    write_information(folder, information)
    return folder


@pytest.fixture
def release(place: Path) -> Opened:
    """The release, open."""
    return Opened(place)


def test_a_thing_is_described_by_merged_values(release: Opened) -> None:
    """In a format without graphs, only what the platform says of it."""
    text = release.description(ACTOR, "nt").decode()

    assert text == f'<{ACTOR}> <{SKOS}prefLabel> "Clairière"@fr .\n'


def test_trig_has_each_statement_in_the_graph_of_who_says_so(release: Opened) -> None:
    """What a record says of a thing stands in that record's graph."""
    text = release.description(ACTOR, "trig").decode()

    assert '"Clairière"@fr' in text.partition(f"<{RECORD}> {{")[0]
    assert '"La Clairière"@fr' in text.partition(f"<{RECORD}> {{")[2]


def test_a_record_is_its_graph_and_its_provenance(release: Opened) -> None:
    """A record comes with what is known of it as a record."""
    text = release.record(RECORD, "nt").decode()

    assert '"La Clairière"@fr' in text
    assert 'identifier> "1"' in text


def test_what_is_not_there_is_empty(release: Opened) -> None:
    """Nobody is described by nothing, and nothing raises."""
    nobody = "https://carrefour.example/id/actor/nobody"

    assert (release.description(nobody, "ttl"), release.description(nobody, "trig")) == (b"", b"")
    assert release.record(nobody, "ttl") == b""
    assert release.findings("nobody") == ()


def test_a_release_that_holds_patches_says_so(copied: Callable[[Path], Path], tmp_path: Path) -> None:
    """Not where there is no part of them, nor where all of them were taken back."""
    folder = copied(tmp_path / "patched")
    parts, patch = Parts(folder / PARTS), '<urn:a> <urn:p> "x" .'
    assert not Opened(folder).is_patched
    parts.folder.mkdir()
    parts.write(PATCHES, [patch])
    assert Opened(folder).is_patched
    parts.write(PATCHES, [])
    assert not Opened(folder).is_patched


def test_names_and_findings_are_those_of_the_release(release: Opened) -> None:
    """Search and reports are part of what is released."""
    assert [hit.key for hit in release.search(SearchQuestion(text="clairiere", page=1, size=10)).hits] == ["a"]
    assert release.findings("clairiere") == (FINDING,)


def test_a_query_is_named_by_its_file(release: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Queries of ours are files; their variables are bound and they are read once."""
    (tmp_path / "name.rq").write_text(f"SELECT ?label {{ ?it <{SKOS}prefLabel> ?label }}", encoding="utf-8")
    (tmp_path / "graph.rq").write_text("CONSTRUCT { ?it ?p ?o } { ?it ?p ?o }", encoding="utf-8")
    monkeypatch.setattr("cis_graph.release.opened.SPARQL", tmp_path)

    assert [str(row["label"]) for row in release.rows("name")] == ["Clairière"]
    assert b"Clairi" in release.graph("graph", "nt", it=Iri(ACTOR))
    (tmp_path / "name.rq").unlink()
    assert len(release.rows("name")) == 1


@pytest.mark.parametrize("name", ["nothing", "", "../README", "/etc/hostname"])
def test_a_query_that_is_no_file_is_said_so(release: Opened, name: str) -> None:
    """A name leads to a query of ours or to an error."""
    with pytest.raises(ReleaseFault, match="There is no query"):
        release.rows(name)


@pytest.mark.parametrize("missing", [STORE, "release.json"])
def test_a_release_with_a_part_missing_is_not_opened(
    tmp_path: Path, missing: str, copied: Callable[[Path], Path]
) -> None:
    """A damaged release is a fault that names what cannot be read."""
    place = copied(tmp_path / "copy")
    (place / missing).rename(place / "elsewhere")

    with pytest.raises(ReleaseFault, match=missing):
        Opened(place)


@pytest.fixture
def copied(place: Path) -> Callable[[Path], Path]:
    """Copies the release."""
    return lambda target: Path(shutil.copytree(place, target))


def test_queries_of_the_project_are_where_releases_look() -> None:
    """The folder that releases take queries from is the project's."""
    assert list(resources.SPARQL.rglob("*.rq"))
