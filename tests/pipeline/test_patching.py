"""Curators' updates: accepted whole or not at all, and replayed by each build."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cis_graph import pipeline
from cis_graph.errors import ReleaseFault
from cis_graph.model.releases import SearchQuestion
from cis_graph.release.opened import Opened
from cis_graph.release.parts import PARTS, Parts
from cis_graph.release.replay import PatchRefused
from cis_graph.release.shelf import Shelf
from tests.pipeline.conftest import GOOD, Desk, said_of_things

INSOC = "https://w3id.org/insoc/ontology#"
PREFIXES = f"PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX insoc: <{INSOC}> PREFIX prov: <http://www.w3.org/ns/prov#> "
RENAME = PREFIXES + (
    'DELETE { ?it skos:prefLabel ?l } INSERT { ?it skos:prefLabel "La Ruche de Lyon"@fr ; skos:altLabel ?l } '
    'WHERE { ?it a insoc:Project ; skos:prefLabel ?l FILTER(STR(?l) = "La Ruche") }'
)
UNSOURCED = PREFIXES + "DELETE { ?it prov:wasDerivedFrom ?r } WHERE { ?it a insoc:Project ; prov:wasDerivedFrom ?r }"


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the stamp and the lock."""
    every = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): path.read_bytes() for path in every if path.suffix not in {".sha256", ".lock"}}


def current(desk: Desk) -> Opened:
    """The release that is served."""
    release = Shelf(desk.settings.data).current()
    assert release is not None
    return release


def all_lines(release: Opened) -> set[str]:
    """Everything a release says."""
    return {line.decode() for line in Parts(release.place / PARTS).merged()}


def thing(desk: Desk, kind: str, but: str = "") -> str:
    """The IRI of the one entity of a kind, but for one."""
    iris = {line[1:].split(">")[0] for line in said_of_things(current(desk)) if f"/id/{kind}/" in line.split(" ", 1)[0]}
    (found,) = iris - {but}
    return found


def label(desk: Desk) -> str:
    """What the current release calls the project of the first record."""
    (hit,) = current(desk).search(SearchQuestion(text="La Ruche", kind="project", size=1)).hits
    text = current(desk).description(f"https://carrefour.example/id/project/{hit.key}", "nt").decode()
    return next(line.split('"')[1] for line in text.splitlines() if "/project/" in line and "prefLabel" in line)


def patched(desk: Desk, update: str = RENAME) -> int:
    """The release that a patch makes."""
    return pipeline.patch(desk.settings, update, who="Alix", why="they told us").number


@pytest.fixture
def served(desk: Desk) -> Iterator[Desk]:
    """A desk with one record published."""
    desk.hand_over(GOOD)
    desk.publish()
    yield desk
    left = [path.name for path in (desk.settings.data / "releases").glob(".*")]
    assert left == [], "something is left behind"


def test_a_patch_is_published_and_survives_two_builds_and_a_rollback(served: Desk) -> None:
    """Each build replays it on what the source says by then; what was published before it can be served again."""
    before = current(served).information
    assert patched(served) == 2
    after = current(served).information
    assert label(served) == "La Ruche de Lyon"
    assert (after.counts["quads"], after.canonical_hash == before.canonical_hash) == (before.counts["quads"] + 1, False)

    said = said_of_things(current(served))
    assert said_of_things(served.publish()) == said
    served.hand_over(GOOD | {"Description": "Des ruches partagées sur tous les toits de la ville."})
    served.publish()
    assert label(served) == "La Ruche de Lyon"
    pipeline.rollback(served.settings, 1)
    assert label(served) == "La Ruche"
    assert current(served).information == before
    served.publish()
    assert label(served) == "La Ruche de Lyon"


def test_what_a_contributor_said_stays(served: Desk) -> None:
    """The record's graph is the same before and after a patch of its entity."""
    iri = "https://carrefour.example/id/record/ruches/1"
    before = current(served).record(iri, "trig")
    patched(served)

    assert before == current(served).record(iri, "trig")
    with pytest.raises(PatchRefused, match="what a contributor said"):
        patched(served, f"DELETE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        (UNSOURCED, "breaks shapes.*at least one record"),
        (RENAME.replace('"La Ruche")', '"Nothing")'), "changes nothing"),
        (PREFIXES + "INSERT DATA { [] a insoc:Project }", "breaks shapes"),
        (PREFIXES + "INSERT DATA { <urn:x> <urn:p> _:a GRAPH <urn:g> { _:a <urn:p> 1 } }", "blank node"),
        ("DELETE { ?s ?p [] } WHERE { ?s ?p ?o }", "blank node"),
        ("CLEAR ALL", "holds what a contributor said"),
        ("DROP GRAPH <urn:nowhere>", "is not there"),
        (
            "INSERT DATA { GRAPH <https://carrefour.example/id/record/new/1> { <urn:x> a 1 } }",
            "what a contributor said",
        ),
        (PREFIXES + "INSERT DATA {\n<urn:x> <urn:p> }", "line 2"),
        ("LOAD <http://127.0.0.1/>", "LOAD"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
        ("DELETE WHERE { ?a ?b ?c . " + "{" * 300 + "}" * 300 + "}", "brackets|refused"),
        (PREFIXES + "DELETE { ?t a insoc:Record } WHERE { ?t a insoc:Record }", "breaks shapes"),
        (
            PREFIXES + "DELETE { ?t skos:prefLabel ?l } WHERE { ?t a insoc:Territory ; skos:prefLabel ?l }",
            "breaks shapes",
        ),
        ("\x00", "not taken"),
        ("", "no operation"),
    ],
)
def test_a_refused_patch_leaves_nothing(served: Desk, update: str, reason: str) -> None:
    """Neither a release, nor a file, nor a trace in what is served; the reason is told."""
    before = files(served.settings.data)

    with pytest.raises(PatchRefused, match=f"(?s){reason}") as refused:
        patched(served, update)
    assert files(served.settings.data) == before
    assert refused.value.french
    assert bool(refused.value.results) == ("breaks" in reason)


def test_a_graph_of_a_curator_lives_through_builds(served: Desk) -> None:
    """What is said in it, blank nodes included, is the same after each build, and beside what everybody is told."""
    update = "INSERT DATA { GRAPH <urn:notes> { <urn:x> <urn:p> [ <urn:q> 'y' ] } <urn:x> <urn:in> [] }"
    patched(served, update)
    said = said_of_things(current(served))
    assert len({line for line in said if line.endswith("<urn:notes> .")}) == 2
    assert said_of_things(served.publish()) == said
    again = patched(
        served, "WITH <urn:notes> DELETE { ?s ?p ?o } INSERT { ?s ?p 'z' } WHERE { ?s ?p ?o FILTER(ISBLANK(?s)) }"
    )
    assert again == 4
    assert '"z" <urn:notes> .' in "\n".join(said_of_things(served.publish()))


def test_what_is_derived_follows_a_patch(served: Desk) -> None:
    """Areas, who takes part and who cooperates are those of what the update leaves, and again when it is undone."""
    project, base = thing(served, "project"), "https://carrefour.example/id"
    part, partner = f"{base}/participation/abcdefghjk", f"{base}/actor/bcdefghjkm"
    role = "<https://w3id.org/insoc/concept/role/partenaire>"
    source = next(
        line for line in said_of_things(current(served)) if line.startswith(f"<{project}>") and "wasDerivedFrom" in line
    ).split(" ", 1)[1]
    join = PREFIXES + (
        f'INSERT DATA {{ <{partner}> a insoc:Actor ; skos:prefLabel "Miel"@fr ; insoc:territory <{base}/territory/commune-69387> . <{partner}> {source} '
        f"<{part}> a insoc:Participation ; insoc:actor <{partner}> ; insoc:project <{project}> ; insoc:role {role} . <{part}> {source} }}"
    )
    before = said_of_things(current(served))
    patched(served, join)
    said = said_of_things(current(served))

    lead = thing(served, "actor", but=partner)
    assert f"<{partner}> <{INSOC}inArea> <{base}/territory/departement-69> ." in said
    assert f"<{partner}> <{INSOC}takesPartIn> <{project}> ." in said
    assert {
        f"<{partner}> <{INSOC}cooperatesWith> <{lead}> .",
        f"<{lead}> <{INSOC}cooperatesWith> <{partner}> .",
    } <= said
    assert any(line.startswith(f'<{project}> <{INSOC}cooperatingActorCount> "2"') for line in said)
    assert said_of_things(served.publish()) == said
    patched(served, f"DELETE WHERE {{ <{part}> ?p ?o }} ; DELETE WHERE {{ <{partner}> ?p ?o }}")
    assert said_of_things(current(served)) == before


def test_what_was_emptied_is_empty(served: Desk) -> None:
    """A release made by an update holds what the update leaves; builds describe themselves again."""
    patched(served, "CLEAR DEFAULT")
    assert {line.rpartition("<")[2][:40] for line in all_lines(current(served))} == {
        "https://carrefour.example/id/record/ruch"
    }


def test_who_and_why_are_asked_for(served: Desk) -> None:
    """A change without a name and a reason is none."""
    with pytest.raises(ReleaseFault, match="Say why"):
        pipeline.patch(served.settings, RENAME, who="Alix", why="")


def test_without_a_release_there_is_nothing_to_patch(desk: Desk) -> None:
    """The error says what to do first."""
    with pytest.raises(ReleaseFault, match="build and publish"):
        patched(desk)


def test_a_patch_that_no_longer_applies_is_set_aside_and_told(served: Desk) -> None:
    """The build goes on without it and says which and why; when its subject returns, so does the patch."""
    patched(served)
    served.hand_over(GOOD | {"Nom": "Le Rucher"})
    served.publish()
    (finding,) = current(served).findings("curation")
    assert (finding.record, "changes nothing" in finding.message_en) == ("0001", True)
    assert "ne change rien" in finding.message_fr

    served.hand_over(GOOD)
    served.publish()
    assert current(served).findings("curation") == ()
    assert label(served) == "La Ruche de Lyon"


def test_a_patch_that_breaks_a_shape_by_now_is_set_aside_alone(served: Desk) -> None:
    """What was fine with two sources may not be with one; the patches before and after it stay."""
    ends = PREFIXES + (
        "DELETE { ?it insoc:beginsOn ?d } INSERT { ?it insoc:beginsOn ?d ; insoc:endsOn '2020-01-01'^^<http://www.w3.org/2001/XMLSchema#date> } "
        "WHERE { ?it a insoc:Project ; insoc:beginsOn ?d }"
    )
    for update in (RENAME, ends, PREFIXES + "INSERT DATA { <https://carrefour.example/id/note> skos:note 'x' }"):
        patched(served, update)
    served.hand_over(GOOD | {"Début": "01/02/2021"})
    release = served.publish()

    (finding,) = release.findings("curation")
    assert (finding.record, "breaks shapes" in finding.message_en) == ("0002", True)
    assert label(served) == "La Ruche de Lyon"
    assert release.description("https://carrefour.example/id/note", "nt")
    assert release.information.conforms


def test_a_damaged_patch_is_told_and_the_build_goes_on(served: Desk) -> None:
    """Nobody runs a text that is not as it was accepted."""
    patched(served)
    path = served.settings.data / "curation" / "0001.ru"
    path.write_text(path.read_text(encoding="utf-8").replace("Lyon", "Lille"), encoding="utf-8")
    (finding,) = served.publish().findings("curation")

    assert "not as it was written" in finding.message_en
    assert label(served) == "La Ruche"


def test_a_patch_that_cannot_be_published_is_taken_back(served: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk fails at the last step, no later build brings the change."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Shelf, "publish", fail)
    with pytest.raises(OSError, match="space"):
        patched(served)
    assert list((served.settings.data / "curation").iterdir()) == []
    monkeypatch.undo()
    assert label(served) == "La Ruche"
