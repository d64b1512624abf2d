import gzip
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from cis_graph import pipeline
from cis_graph.entities.merge import Entity
from cis_graph.errors import ReleaseFault
from cis_graph.model.releases import SearchQuestion
from cis_graph.release import assemble, merging, tables_beside
from cis_graph.release.parts import PARTS, Parts
from cis_graph.release.shelf import Shelf
from cis_graph.validation import validate
from cis_graph.validation.judge import ShapeResult
from tests.pipeline.conftest import GOOD, MAPPER, Desk, small_house

OTHER = GOOD | {"N°": "2", "Nom": "La Miellerie", "Description": "Du miel pour tout le quartier."}


def test_two_builds_of_one_harvest_say_the_same(tmp_path: Path) -> None:
    """The same inputs in two folders give the same canonical hash, whatever was built there before."""
    first, second = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    first.hand_over(GOOD, OTHER)
    second.hand_over(GOOD, OTHER)
    second.publish()

    assert first.build().canonical_hash == second.build().canonical_hash


def test_a_source_that_was_never_harvested_is_left_out_and_said(desk: Desk) -> None:
    """A mapper that waits for its first harvest adds nothing to a release, not even a failure."""
    desk.hand_over(GOOD)
    waiting = replace(MAPPER, source=replace(MAPPER.source, slug="ruches-2030"))
    said: list[str] = []
    information = pipeline.build(
        desk.settings, (desk.mapper, waiting), said.append, curation=desk.curation, house=small_house()
    )

    assert "ruches-2030: never harvested, left out" in said
    assert information.canonical_hash == desk.build().canonical_hash


def test_a_build_says_the_same_with_and_without_what_it_remembers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records are judged once; when the cache is deleted they are judged again, and release and report are the same."""
    desk.hand_over(GOOD, GOOD | {"N°": "2", "Thèmes": "", "Description": "Écrire à a@b.fr"})
    first = desk.build()
    reports = [desk.settings.data / "releases" / str(number) / "report" / "ruches.jsonl.gz" for number in (1, 2, 3)]
    with monkeypatch.context() as unjudged:
        unjudged.setattr(validate, "judge", lambda *_, **__: pytest.fail("judged again"))
        unjudged.setattr(assemble, "canonical_violations", lambda *_: ())
        second = desk.build()
    shutil.rmtree(desk.settings.data / "cache")
    third = desk.build()

    assert first.canonical_hash == second.canonical_hash == third.canonical_hash
    assert len({path.read_bytes() for path in reports}) == 1
    assert b"email-in-text" in gzip.decompress(reports[0].read_bytes())


def test_any_change_gives_another_hash(desk: Desk) -> None:
    """A release that says something else has another canonical hash."""
    desk.hand_over(GOOD)
    before = desk.build().canonical_hash
    desk.hand_over(GOOD | {"Nom": "La Ruchette"})

    assert desk.build().canonical_hash != before


def test_a_build_is_not_served_until_it_is_published(desk: Desk) -> None:
    """Building leaves the current release as it is; publishing changes it; an older one can be published again."""
    desk.hand_over(GOOD)
    assert desk.publish().information.number == 1
    desk.build()
    shelf = Shelf(desk.settings.data)

    assert shelf.current_number() == 1
    assert pipeline.publish(desk.settings) == 2
    assert pipeline.publish(desk.settings, 1) == 1
    assert shelf.current_number() == 1


def test_a_release_that_breaks_its_shapes_is_not_published(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release whose entities do not conform stays on the shelf with its report, and the current one is served on."""
    desk.hand_over(GOOD)
    desk.publish()
    wrong = ShapeResult(
        focus="https://carrefour.example/id/project/aaaaaaaaaa",
        rule="entity-period",
        severity="violation",
        path=None,
        value=None,
        message_fr="Le début suit la fin.",
        message_en="The start comes after the end.",
        remedy_fr="Vérifiez les dates.",
        remedy_en="Check the dates.",
    )
    monkeypatch.setattr(assemble, "canonical_violations", lambda *_: (wrong,))
    information = desk.build()

    assert not information.conforms
    with pytest.raises(ReleaseFault, match="checks"):
        pipeline.publish(desk.settings)
    assert Shelf(desk.settings.data).current_number() == 1
    report = Shelf(desk.settings.data).place(information.number) / "report" / "checks.json"
    assert "entity-period" in report.read_text(encoding="utf-8")


def test_what_changed_is_held_to_the_shapes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken derived link is found by the real shapes where a record is another than it was."""

    def broken(entities: Iterable[Entity], *_: object) -> list[str]:
        actors = [f"<https://carrefour.example/id/actor/{one.key}>" for one in entities if one.kind == "actor"]
        return [f"{actor} <https://w3id.org/insoc/ontology#cooperatesWith> {actor} ." for actor in actors]

    desk.hand_over(GOOD)
    desk.publish()
    desk.hand_over(GOOD | {"Nom": "La Grande Miellerie"})
    monkeypatch.setattr("cis_graph.release.derivations.derived_lines", broken)

    assert not desk.build().conforms


def test_a_change_touches_the_record_that_changed_alone(desk: Desk) -> None:
    """A later harvest in which one record is another leaves all that is said of the other one, its time included."""
    desk.hand_over(GOOD, OTHER)
    first = desk.publish().place
    desk.retrieved = "2026-02-01T00:00:00Z"
    desk.hand_over(GOOD, OTHER | {"Nom": "La Grande Miellerie"})
    second = desk.publish().place
    names = ("records", "provenance")
    before, now = ({line for name in names for line in Parts(place / PARTS).lines(name)} for place in (first, second))
    untouched = {line for line in before if line.startswith("<https://carrefour.example/id/record/ruches/1")}

    assert len([line for line in untouched if "generatedAtTime" in line]) == 1
    assert untouched <= now
    assert any("generatedAtTime" in line and "2026-02-01" in line for line in now - before)


def test_keys_stay_when_records_come_and_go(desk: Desk) -> None:
    """An address is the same after a rebuild, after another record left, and after its own record came back."""
    find: Callable[[], set[str]] = lambda: {  # noqa: E731 - asked three times
        hit.key for hit in desk.publish().search(SearchQuestion(text="La Ruche", kind="project", page=1, size=5)).hits
    }
    desk.hand_over(GOOD, OTHER)
    first = find()
    desk.hand_over(OTHER)
    assert find() == set()
    desk.hand_over(OTHER, GOOD)

    assert find() == first


def test_what_is_withdrawn_stays_known(desk: Desk) -> None:
    """The address of a project that no record tells of any more is said to be withdrawn."""
    desk.hand_over(GOOD, OTHER)
    (hit,) = desk.publish().search(SearchQuestion(text="Miellerie", kind="project", page=1, size=5)).hits
    desk.hand_over(GOOD)
    description = desk.publish().description(f"https://carrefour.example/id/project/{hit.key}", "nt").decode()

    assert "owl#deprecated" in description
    assert "Miellerie" not in description


@pytest.mark.parametrize(
    ("where", "step"), [(assemble, "write_information"), (tables_beside, "revise_index"), (merging, "write_questions")]
)
def test_a_build_that_dies_leaves_the_current_release(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, where: ModuleType, step: str
) -> None:
    """A build that fails, at its last step or beside the others, leaves what is served, and the next one succeeds."""
    desk.hand_over(GOOD)
    desk.publish()
    with monkeypatch.context() as broken:
        broken.setattr(where, step, lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            desk.build()

    assert Shelf(desk.settings.data).numbers() == (1,)
    assert desk.publish().information.number == 2
