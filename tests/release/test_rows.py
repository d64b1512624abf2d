"""Entities as rows: what did not change is had from the release before."""

from pathlib import Path

import pytest

from cis_graph.entities.merge import Entity
from cis_graph.model.nodes import NodeId
from cis_graph.release.rows import BASE, SINCE, entity_of, read_rows, revise_rows, row_of, write_rows
from tests.support.making import project


def entity(key: str, label: str) -> Entity:
    """A project of which two records of one contributor tell, and one of another."""
    members = (NodeId("b", "1", "project"), NodeId("a", "1", "project"), NodeId("a", "2", "project"))
    return Entity(kind="project", key=key, value=project(label), members=members)


def place(folder: Path, name: str) -> Path:
    """The folder of a release."""
    (folder / name).mkdir()
    return folder / name


def labels(folder: Path) -> dict[str, str]:
    """What each project of a release is called, by key."""
    return {one.key: one.value.label for one in map(entity_of, read_rows(folder)) if hasattr(one.value, "label")}


def test_an_entity_comes_back_with_its_contributors(tmp_path: Path) -> None:
    """Its key, what it is, and each contributor that tells of it once."""
    write_rows(tmp_path, [row_of(entity("k", "Ruche"))])
    (back,) = map(entity_of, read_rows(tmp_path))

    assert (back.kind, back.key, back.value) == ("project", "k", project("Ruche"))
    assert [node.contributor for node in back.members] == ["a", "b"]


@pytest.mark.parametrize("count", [3, 1_200])
def test_rows_follow_releases(tmp_path: Path, count: int) -> None:
    """Rows that change, come and go are told from release to release; a small file is enough while they are few."""
    first, second, third = (place(tmp_path, str(number)) for number in range(3))
    said = {f"{number:04}": "Ruche" for number in range(count)}
    write_rows(first, [row_of(entity(key, label)) for key, label in said.items()])
    revise_rows(second, first, {"project/0000", "project/0001", "project/9999"}, [
        row_of(entity("0001", "Jardin")), row_of(entity("9999", "Atelier")),
    ])  # fmt: skip
    revise_rows(third, second, {"project/9999", "project/0000"}, [row_of(entity("0000", "Ruche"))])

    assert labels(first) == said
    assert labels(second) == {key: label for key, label in said.items() if key != "0000"} | {
        "0001": "Jardin",
        "9999": "Atelier",
    }
    assert labels(third) == said | {"0001": "Jardin"}
    assert (third / SINCE).exists() == (count > 3)
    assert third.joinpath(BASE).samefile(first / BASE) == (count > 3)


def test_whole_rows_leave_nothing_of_what_was_beside(tmp_path: Path) -> None:
    """A release whose rows are written anew has them in one file."""
    (tmp_path / SINCE).write_bytes(b"left behind")
    write_rows(tmp_path, [row_of(entity("k", "Ruche"))])

    assert labels(tmp_path) == {"k": "Ruche"}
