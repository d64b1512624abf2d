from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cis_graph.release.changes import changes
from cis_graph.release.parts import NAMES, Parts
from cis_graph.store.embedded import EmbeddedStore, change_store, make_store

LINES = st.sets(st.integers(0, 30).map(lambda n: f'<urn:s:{n}> <urn:p> "{n}\\u2028é" .'), max_size=12)


def parts(folder: Path, one: set[str], other: set[str]) -> Parts:
    """Parts with statements in two files, some of them perhaps in both."""
    made = Parts(folder)
    for name in NAMES:
        made.write(name, {"entities": one, "derived": other}.get(name, set()))
    return made


@given(LINES, LINES, LINES, LINES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_changes_are_the_difference_of_two_releases(
    tmp_path: Path, one: set[str], other: set[str], was: set[str], also: set[str]
) -> None:
    """Each statement that only one of two releases makes is told once, in whatever part it stands."""
    found = list(changes(parts(tmp_path / "now", one, other), parts(tmp_path / "before", was, also)))
    now, before = one | other, was | also

    assert sorted(now - before) == [line.decode().rstrip("\n") for added, line in found if added]
    assert sorted(before - now) == [line.decode().rstrip("\n") for added, line in found if not added]


def test_a_changed_copy_of_a_store_equals_a_new_one(tmp_path: Path) -> None:
    """A store copied and changed says what a store made anew says; the store it was copied from stays as it was."""
    before = parts(tmp_path / "1", {f'<urn:s:{n}> <urn:p> "{n}" .' for n in range(50)}, set())
    now = parts(tmp_path / "2", {f'<urn:s:{n}> <urn:p> "{n}" <urn:g> .' for n in range(45, 60)}, set())
    make_store(tmp_path / "old", [one.path for one in before.files()])

    change_store(tmp_path / "new", tmp_path / "old", changes(now, before))
    make_store(tmp_path / "fresh", [one.path for one in now.files()])
    assert set(EmbeddedStore(tmp_path / "fresh").quads()) == set(EmbeddedStore(tmp_path / "new").quads())
    assert len(EmbeddedStore(tmp_path / "new").quads()) == 15
    assert len(EmbeddedStore(tmp_path / "old").quads()) == 50
