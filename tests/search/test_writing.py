"""A text index that goes on from the last one finds what an index made anew finds."""

import random
from pathlib import Path

import pytest

from cis_graph.model.releases import SearchAnswer, SearchQuestion
from cis_graph.search import alphabet, writing
from cis_graph.search.alphabet import FILE, Alphabet, Spelled
from cis_graph.search.documents import Named
from cis_graph.search.index import Index
from cis_graph.search.writing import revise_index, write_index

WORDS = ("jardin", "Jardin", "ruche", "école", "été", "zone", "atelier", "bois")
SOME = 40


def named(key: str, label: str, theme: str = "sante") -> Named:
    """A project with a theme."""
    return Named(kind="project", key=key, label=label, detail="", filters={"theme": frozenset({theme})})


def drawn(dice: random.Random, key: str) -> Named:
    """A project of a few words."""
    return named(key, " ".join(dice.choices(WORDS, k=3)), dice.choice(("sante", "climat")))


def answers(folder: Path) -> list[SearchAnswer]:
    """What an index finds by name, by theme and by words."""
    found = Index(folder)
    asked = [SearchQuestion(text=text, sort="name", size=500) for text in ("", "jardin", "ecole zone")]
    asked += [SearchQuestion(text="", filters={"theme": frozenset({"climat"})}, size=500)]
    return [found.search(one) for one in asked]


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """The alphabet has room for few between two."""
    monkeypatch.setattr(alphabet, "_ROOM", 4)


@pytest.mark.parametrize("seed", range(4))
def test_an_index_that_goes_on_answers_as_one_made_anew(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over several releases in which projects come, go and are called otherwise; in order of the alphabet too."""
    monkeypatch.setattr(writing, "_MOST_GONE", 10.0)
    dice = random.Random(seed)
    known = {str(number): drawn(dice, str(number)) for number in range(SOME)}
    write_index(tmp_path / "0", known.values())
    for release in range(1, 12):
        changed = {str(dice.randrange(SOME + release)) for _ in range(5)}
        fresh = {key: drawn(dice, key) for key in sorted(changed) if dice.random() < 0.7}
        known = {key: one for key, one in known.items() if key not in changed} | fresh
        before, names = tmp_path / str(release - 1), {("project", key) for key in changed}
        assert revise_index(tmp_path / str(release), before, names, fresh.values())
        write_index(tmp_path / f"{release}-anew", known.values())

        assert answers(tmp_path / str(release)) == answers(tmp_path / f"{release}-anew")


def test_an_index_that_goes_on_leaves_the_last_one_as_it_was(tmp_path: Path) -> None:
    """Both are there, and what did not change is on the disk once."""
    write_index(tmp_path / "before", [named(str(number), "Jardin") for number in range(100)])
    told = {path.name: path.read_bytes() for path in (tmp_path / "before").iterdir()}
    assert revise_index(tmp_path / "now", tmp_path / "before", {("project", "7")}, [named("7", "Ruche")])

    assert told == {path.name: path.read_bytes() for path in (tmp_path / "before").iterdir()}
    shared = [path for path in (tmp_path / "before").glob("*.store") if path.samefile(tmp_path / "now" / path.name)]
    assert shared
    assert [Index(tmp_path / name).search(SearchQuestion(text="jardin")).total for name in ("before", "now")] == [
        100,
        99,
    ]


def test_an_index_of_which_too_much_would_be_gone_is_made_anew(tmp_path: Path) -> None:
    """What is gone still counts in how rare words are: of 100 documents six may, over releases too."""
    write_index(tmp_path / "0", [named(str(number), "Jardin") for number in range(100)])
    names = [{("project", str(number)) for number in range(first, first + 3)} for first in (0, 3, 6)]
    fresh = [[named(key, "Ruche") for _, key in some] for some in names]

    assert revise_index(tmp_path / "1", tmp_path / "0", names[0], fresh[0])
    assert revise_index(tmp_path / "2", tmp_path / "1", names[1], fresh[1])
    assert not revise_index(tmp_path / "3", tmp_path / "2", names[2], fresh[2])
    assert not (tmp_path / "3").exists()


def test_an_index_without_an_alphabet_is_made_anew(tmp_path: Path) -> None:
    """That of an older release has none."""
    write_index(tmp_path / "0", [named("1", "Jardin")])
    (tmp_path / "0" / FILE).unlink()

    assert not revise_index(tmp_path / "1", tmp_path / "0", set(), [])


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize(("count", "fits"), [(3, True), (4, False)])
def test_an_alphabet_without_room_is_made_anew(*, count: int, fits: bool) -> None:
    """Between two neighbours there is room for three where four numbers lie between them."""
    known = Alphabet.of([("a", "project", "1"), ("b", "project", "2")])
    fresh: list[Spelled] = [("a a", "project", str(number)) for number in range(count)]
    revised = known.revised(set(), fresh)

    assert (revised is not None) == fits
    assert not revised or sorted(revised.places) == sorted(revised.places, key=revised.places.__getitem__)


@pytest.mark.usefixtures("little_room")
def test_there_is_always_room_at_the_end_of_the_alphabet() -> None:
    """Numbers go on there."""
    known: Alphabet | None = Alphabet.of([("a", "project", "1")])
    for number in range(30):
        assert known is not None
        known = known.revised(set(), [("z", "project", f"{number:02}-{turn}") for turn in range(9)])

    assert known is not None
    assert sorted(known.places) == sorted(known.places, key=known.places.__getitem__)
