"""``kill -9`` at random moments of harvest, build, publication and patch."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from cis_graph.model.releases import SearchQuestion
from cis_graph.rdf.quads import lines
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.release.opened import Opened
from cis_graph.release.parts import NAMES, PARTS, Parts
from cis_graph.release.shelf import Shelf

ROOT = Path(__file__).parents[2]
SEED = 4
KEPT = 5  # releases, the default
QUERIES = (
    "SELECT ?it ?label { ?it a <https://w3id.org/insoc/ontology#Project> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }",
    "SELECT ?it ?text { ?it <http://purl.org/dc/terms/description> ?text }",
    "SELECT ?class (COUNT(*) AS ?n) { ?it a ?class } GROUP BY ?class",
    "SELECT ?g ?s ?o { GRAPH ?g { ?s ?p ?o } }",
)
Answers = list[list[str]]


@dataclass
class Builder:
    """A process that forks a build for each number it is given."""

    process: "subprocess.Popen[str]"

    def start(self, number: int) -> int:
        """Begins a build; the number of its process."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        return int(self._line())

    def ended(self) -> int:
        """How the build ended, as wait(2) says it."""
        return int(self._line())

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@contextmanager
def builder(folder: Path) -> Iterator[Builder]:
    """A builder over a folder, ended afterwards."""
    command = [sys.executable, "-m", "tests.support.builder", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Builder(process)
    finally:
        process.communicate()


def current(data: Path) -> Opened:
    """What a reader that comes now is served."""
    release = Shelf(data).current()
    assert release is not None
    return release


def answers(release: Opened) -> Answers:
    """The rows that a release answers to a fixed set of queries, and what its search finds."""
    rows = [sorted(map(str, release._store.rows(query, {}))) for query in QUERIES]
    return [*rows, sorted(map(str, release.search(SearchQuestion(text="", kind="project", size=50)).hits))]


def is_whole(release: Opened) -> bool:
    """Whether the store says what the parts say, and the release says of itself what it is."""
    parts, told = Parts(release.place / PARTS), release.information
    said = {line for name in NAMES for line in parts.lines(name)}
    return (
        lines(release._store.quads()) == said
        and told.canonical_hash == parts.sum().hash
        and told.counts["quads"] == len(said)
        and told.conforms
    )


def nothing_is_left(data: Path) -> bool:
    """Whether there are only releases, their pointer and stamp, snapshots, patches, ledger and an empty lock."""
    hidden = [path for level in (".*", "*/.*", "snapshots/*/.*") for path in data.glob(level)]
    on_shelf = {path.name for path in (data / "releases").iterdir()} - {"current", "reference.sha256"}
    known = {"cache", "curation", "ledger.jsonl", "releases", "snapshots", "writing.lock"}
    assert hidden == []
    assert len(on_shelf) <= KEPT + 1
    assert all((data / "releases" / name / "release.json").exists() for name in on_shelf)
    assert not list((data / "releases").rglob("scratch")), "a scratch copy is left"
    return {path.name for path in data.iterdir()} <= known and (data / "writing.lock").read_bytes() == b""


def campaign(folder: Path, rounds: int) -> None:
    """Kills so many builds; after each the same is served, the next build succeeds and nothing is left."""
    dice, data = random.Random(SEED), folder / "data"
    with builder(folder) as one:
        for number in range(2):  # the second is as long as those that follow
            begun = time.monotonic()
            one.start(number)
            assert one.ended() == 0
            usual = time.monotonic() - begun
        served: dict[int, Answers] = {}
        killed, keys = 0, Ledger.load(data / "ledger.jsonl")
        for number in range(rounds):
            before = current(data)
            served[before.information.number] = answers(before)
            child = one.start(3 * number)
            time.sleep(dice.uniform(0, 1.1 * usual))
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            killed += one.ended() == signal.SIGKILL
            after = current(data)
            moved = after.information.number != before.information.number
            assert answers(before) == served[before.information.number], "what was open changed"
            assert moved or answers(after) == answers(before), f"round {number}: other answers"
            assert is_whole(after), f"round {number}: half a release"
            del before, after

            one.start(3 * number + 1)
            assert one.ended() == 0, f"round {number}: the next build failed"
            assert nothing_is_left(data), f"round {number}: something is left behind"
            assert is_whole(current(data))
            now = Ledger.load(data / "ledger.jsonl")
            assert keys.entries.items() <= now.entries.items(), "a key was lost"
            keys = now
    assert killed >= rounds // 2, f"only {killed} of {rounds} were killed in time"


def test_six_builds_are_killed_and_nothing_is_lost(tmp_path: Path) -> None:
    """A sample of the campaign below."""
    campaign(tmp_path, 6)


@pytest.mark.torture
def test_a_hundred_builds_are_killed_and_nothing_is_lost(tmp_path: Path) -> None:
    """At 100 random moments of harvest, build, publication and patch: the same answers, and the next build succeeds."""
    campaign(tmp_path, 100)
