"""A build on top of the last release makes the very release that a build from nothing makes."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cis_graph import memory, pipeline
from cis_graph.model.network import NetworkFilter
from cis_graph.model.releases import SearchQuestion
from cis_graph.network.opened import Tables
from cis_graph.rdf.quads import lines
from cis_graph.reconciliation.decisions import COLUMNS
from cis_graph.release import changes, makings, parts
from cis_graph.release.network import NETWORK
from cis_graph.release.opened import Opened
from cis_graph.release.parts import NAMES, PARTS, Parts
from cis_graph.release.quality import FILE as QUALITY
from cis_graph.release.replay import PatchRefused
from cis_graph.release.shelf import POINTER, Shelf
from cis_graph.release.totals import FILE
from tests.pipeline.conftest import GOOD, Desk

NAMED = ("La Ruche", "La Miellerie", "Le Verger des Abeilles", "Écrire à a@b.fr", "Les Abeilles du 7e")
PATCH = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX insoc: <https://w3id.org/insoc/ontology#>
DELETE { ?it skos:prefLabel ?l } INSERT { ?it skos:prefLabel "Corrigé"@fr ; skos:altLabel ?l }
WHERE { ?it a insoc:Project ; skos:prefLabel ?l FILTER(STR(?l) = "%s") }"""


class History:
    """What happens to a desk, drawn by lot."""

    def __init__(self, desk: Desk, dice: random.Random, patched: pytest.MonkeyPatch) -> None:
        self.desk, self.dice, self.patched = desk, dice, patched
        self.rows: dict[str, dict[str, str]] = {}
        self.happenings: tuple[Callable[[], None], ...] = (
            self.tells, self.tells, self.withdraws, self.labels, self.decides, self.corrects, self.learns, self.returns,
        )  # fmt: skip

    def begins(self) -> None:
        """A few records are there, and published."""
        for _ in range(4):
            self.tells()
        self.desk.hand_over(*self.rows.values())
        self.desk.publish()

    def goes_on(self) -> None:
        """Two things happen, and the source hands over what it has."""
        for happens in self.dice.sample(self.happenings, 2):
            happens()
        self.desk.hand_over(*self.rows.values())

    def tells(self) -> None:
        """A record is new, or says something else; others may stand in other rows."""
        number = str(self.dice.randint(1, 7))
        said = {"Nom": self.dice.choice(NAMED), "Thèmes": self.dice.choice(("Santé", "Abeilles", ""))}
        self.rows = {number: GOOD | said | {"N°": number}} | {k: v for k, v in self.rows.items() if k != number}

    def withdraws(self) -> None:
        """A record is told no more."""
        if len(self.rows) > 1:
            del self.rows[self.dice.choice(sorted(self.rows))]

    def labels(self) -> None:
        """Somebody says what a label means."""
        with (self.desk.curation / "labels" / "ruches.csv").open("a", encoding="utf-8") as table:
            table.write(
                f"Libellé {self.dice.random()},theme,sante,test,2026-01-01,same\nAbeilles,theme,sante,t,2026,x\n"
            )
        self.happenings = tuple(one for one in self.happenings if one != self.labels)

    def decides(self) -> None:
        """Somebody says that two projects are one."""
        one, other = self.dice.sample(sorted(self.rows), 2) if len(self.rows) > 1 else ("1", "2")
        row = (
            f"ruches/{one}#projet",
            "skos:exactMatch",
            f"ruches/{other}#projet",
            "",
            "x",
            "Alix",
            "2026-01-01",
            "why",
        )
        text = "\t".join(COLUMNS) + "\n" + "\t".join(row) + "\n"
        (self.desk.curation / "decisions.sssom.tsv").write_text(text, encoding="utf-8")

    def corrects(self) -> None:
        """A curator's update is published, where it changes anything."""
        try:
            pipeline.patch(self.desk.settings, PATCH % self.dice.choice(NAMED), who="Alix", why="they told us")
        except PatchRefused:
            return

    def learns(self) -> None:
        """The software is another."""
        version = self.dice.randbytes(4)
        self.patched.setattr(memory, "software", lambda: version)

    def returns(self) -> None:
        """An older release is served again."""
        numbers = Shelf(self.desk.settings.data).numbers()
        pipeline.publish(self.desk.settings, self.dice.choice(numbers))


def from_nothing(desk: Desk, folder: Path) -> Opened:
    """The next release of a copy of the desk that knows no release, and remembers nothing."""
    shutil.copytree(desk.folder, folder)
    kept = Shelf(folder / "data").numbers()
    for place in (folder / "data" / "cache", *(folder / "data" / "releases" / str(number) for number in kept)):
        shutil.rmtree(place)
    (folder / "data" / "releases" / POINTER).write_text(f"{max(kept)}\n", encoding="ascii")
    settings = replace(desk.settings, data=folder / "data")
    again = replace_desk(desk, folder, settings.data)
    again.build()
    pipeline.publish(again.settings)
    release = Shelf(settings.data).current()
    assert release is not None
    return release


def replace_desk(desk: Desk, folder: Path, data: Path) -> Desk:
    """The desk in another folder."""
    again = object.__new__(Desk)
    again.folder, again.mapper, again.retrieved = folder, desk.mapper, desk.retrieved
    again.curation, again.settings = folder / "curation", replace(desk.settings, data=data)
    return again


def told(release: Opened) -> dict[str, object]:
    """All that a release says, by whom it is asked, but what tells of the releases before: positions, past quality."""
    found, folder = Parts(release.place / PARTS), release.place / "report"
    shown = Tables(release.place / NETWORK).shown(NetworkFilter())
    questions = [
        SearchQuestion(text=text, size=50, sort=sort) for text in ("", "ruche", "abeilles") for sort in ("", "name")
    ]
    return {
        **{name: found.lines(name) for name in NAMES},
        "store": lines(release._store.quads()),
        "reports": {path.name: path.read_bytes() for path in folder.iterdir() if path.name != QUALITY},
        "totals": (release.place / FILE).read_text(encoding="utf-8") and found.sum(),
        "information": replace(release.information, created=""),
        "search": [release.search(one) for one in questions],
        "nodes": {replace(node, x=None, y=None) for node in shown.nodes},
        "ties": set(shown.ties),
    }


def lives(folder: Path, seed: int, steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A history in which each release is held beside that of a build from nothing."""
    history = History(Desk(folder / "desk"), random.Random(seed), monkeypatch)
    if seed % 2:  # small parts are kept with their changes, and looked into
        monkeypatch.setattr(parts, "_LARGEST_CHANGE", 100.0)
        monkeypatch.setattr(changes, "_SMALL", 0)
        monkeypatch.setattr(makings, "_MOST", 100.0)
    history.begins()
    for step in range(steps):
        history.goes_on()
        expected = told(from_nothing(history.desk, folder / f"nothing-{step}"))

        assert told(history.desk.publish()) == expected


def test_a_record_that_left_is_told_of_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where entities are told again one by one, the nodes of a withdrawn record tell of nothing, as in a build anew."""
    monkeypatch.setattr(makings, "_MOST", 100.0)
    desk.hand_over(GOOD, GOOD | {"N°": "2", "Nom": "La Miellerie"})
    desk.publish()
    desk.hand_over(GOOD)
    found = Parts(desk.publish().place / PARTS)

    assert not [line for name in NAMES for line in found.lines(name) if "/record/ruches/2#" in line]


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_the_release_is_that_of_a_build_from_nothing(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records come, change and go, people decide and correct, software changes: parts, reports and answers are equal."""
    lives(tmp_path, seed, 3, monkeypatch)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(10, 20))
def test_long_histories(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same over ten histories of eight steps."""
    lives(tmp_path, seed, 8, monkeypatch)
