import json
from dataclasses import replace
from pathlib import Path

import pytest

from cis_graph import memory
from cis_graph.rdf.examples import Example
from cis_graph.release import trials
from cis_graph.release.information import REPORT
from cis_graph.release.trials import FILE, Trial, read_trials, tried, write_trials
from cis_graph.store.embedded import EmbeddedStore, make_store


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    """A store of one statement."""
    (tmp_path / "all.nq").write_text('<urn:a> <urn:b> "c" .\n', encoding="utf-8")
    make_store(tmp_path / "store", [tmp_path / "all.nq"])
    return EmbeddedStore(tmp_path / "store")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the store is asked, in the order in which they come."""
    texts: list[str] = []
    count = EmbeddedStore.count

    def counted(self: EmbeddedStore, query: str) -> int:
        texts.append(query)
        return count(self, query)

    monkeypatch.setattr(EmbeddedStore, "count", counted)
    return texts


def example(text: str) -> Example:
    """An example with this text."""
    return Example(slug="one", titles={}, shows="", kind="select", text=text)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is tried takes long."""
    monkeypatch.setattr(trials, "_LONG", 0.0)


def test_an_example_that_answers_has_nothing_against_it(store: EmbeddedStore) -> None:
    """It has no fault, and is not empty."""
    (trial,) = tried(store, [example("SELECT * { ?s ?p ?o }")], {}, "2026-11-22")
    assert (trial.fault, trial.empty_since) == ("", "")


def test_a_trial_is_known_by_a_whole_hash(store: EmbeddedStore) -> None:
    """Its name is published, and a part of a hash may look like a telephone number."""
    (trial,) = tried(store, [example("SELECT * { ?s ?p ?o }")], {}, "2026-11-22")
    assert len(trial.of) == 64


@pytest.mark.parametrize("text", ["SELECT * {", "ASK {}", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"])
def test_an_example_that_breaks_has_a_fault(store: EmbeddedStore, text: str) -> None:
    """What cannot be asked, or gives no table, is a fault."""
    (trial,) = tried(store, [example(text)], {}, "2026-11-22")
    assert trial.fault


def test_an_empty_example_keeps_the_day_since_when(store: EmbeddedStore, tmp_path: Path) -> None:
    """The first release that finds it empty gives the day; one that finds rows again forgets it."""
    empty, full = example("SELECT * { <urn:z> ?p ?o }"), example("SELECT * { ?s ?p ?o }")
    (tmp_path / REPORT).mkdir()
    write_trials(tmp_path, tried(store, [empty], {}, "2026-11-20"))
    (later,) = tried(store, [empty], read_trials(tmp_path), "2026-11-22")
    (again,) = tried(store, [full], read_trials(tmp_path), "2026-11-22")
    assert (later.empty_since, again.empty_since) == ("2026-11-20", "")
    assert read_trials(tmp_path / "older") == {}


def test_the_trials_of_an_older_release_are_read(asked: list[str], store: EmbeddedStore, tmp_path: Path) -> None:
    """They say things that are not told any more, and not what they were made of: each is tried again."""
    (tmp_path / REPORT).mkdir()
    told = [{"slug": "one", "rows": 3, "fault": "", "empty_since": "2026-11-01"}]
    (tmp_path / REPORT / FILE).write_text(json.dumps(told), encoding="utf-8")
    before = read_trials(tmp_path)
    (trial,) = tried(store, [example("SELECT * { <urn:z> ?p ?o }")], before, "2026-11-22")

    assert before["one"].empty_since == trial.empty_since == "2026-11-01"
    assert len(asked) == 1


@pytest.mark.usefixtures("slow")
def test_examples_that_take_long_take_turns(asked: list[str], store: EmbeddedStore) -> None:
    """All are tried at first; then each on one release of sixteen, and no two of sixteen on the same."""
    every = [replace(example(f"SELECT * {{ ?s ?p ?o }} # {number}"), slug=str(number)) for number in range(16)]
    before: dict[str, Trial] = {}
    on_release = []
    for _ in range(33):
        asked.clear()
        before = {one.slug: one for one in tried(store, every, before, "2026-11-22")}
        on_release.append(sorted(asked))

    assert len(on_release[0]) == 16
    assert [len(found) for found in on_release[1:]] == [1] * 32
    assert on_release[1:17] == on_release[17:]


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("text", ["SELECT * { <urn:z> ?p ?o }", "SELECT * {"])
def test_an_example_that_is_empty_or_breaks_is_tried_on_every_release(
    asked: list[str], store: EmbeddedStore, text: str
) -> None:
    """However long it takes: what is noted of it must not stay when it answers again."""
    before: dict[str, Trial] = {}
    for _ in range(3):
        before = {one.slug: one for one in tried(store, [example(text)], before, "2026-11-22")}

    assert asked == [text] * 3


@pytest.mark.usefixtures("slow")
def test_another_text_or_other_software_is_tried_at_once(
    asked: list[str], store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last trial speaks for what was asked then alone."""
    texts = ["SELECT * { ?s ?p ?o }", "SELECT * { ?a ?b ?c }", "SELECT * { ?a ?b ?c }"]
    first = (replace(example(""), slug="first"), replace(example(""), slug="second"))
    before: dict[str, Trial] = {}
    for number, text in enumerate(texts):
        version = b"old" if number < 2 else b"new"
        monkeypatch.setattr(memory, "software", lambda version=version: version)
        known = [replace(one, text=text) for one in first]
        before = {one.slug: one for one in tried(store, known, before, "2026-11-22")}

    assert asked == [text for text in texts for _ in first]
