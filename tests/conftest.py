"""What tests of every station share: the demonstration, built once a session."""

import fcntl
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis

from cis_graph import pipeline
from cis_graph.harvest.bundled import is_bundled
from cis_graph.mappers import discovered
from cis_graph.mapping.source import Mapper
from cis_graph.release.opened import Opened
from cis_graph.release.shelf import Shelf
from cis_graph.resources import DEMONSTRATION
from cis_graph.settings import Settings

_SHARED = "CIS_GRAPH_TESTS"  # names the folder of what all processes of a run share, or of several runs

hypothesis.register_profile("any-machine", deadline=None)  # a busy machine is no fault
hypothesis.load_profile("any-machine")


_MINE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts first names a folder for all."""
    if _SHARED not in os.environ:
        config.stash[_MINE] = os.environ[_SHARED] = tempfile.mkdtemp(prefix="cis-graph-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Who named the folder removes it."""
    if mine := config.stash.get(_MINE, None):
        shutil.rmtree(mine, ignore_errors=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """The bundled sources, harvested, built and published: the settings it was made under and its current release."""

    settings: Settings
    release: Opened


def bundled_mappers() -> tuple[Mapper, ...]:
    """The mappers of the demonstration: those whose source's files the project brings along."""
    return tuple(mapper for mapper in discovered() if is_bundled(mapper.source, DEMONSTRATION))


def make_demonstration(folder: Path) -> Demonstration:
    """The demonstration in a folder, made where it is not yet there; about 20 seconds."""
    settings, mappers, said = Settings(data=folder), bundled_mappers(), list[str]()
    if Shelf(settings.data).current_number() is None:
        assert pipeline.harvest(settings, mappers, said.append), said
        pipeline.build(settings, mappers, said.append)
        pipeline.publish(settings)
    release = Shelf(settings.data).current()
    assert release is not None, said
    return Demonstration(settings=settings, release=release)


@pytest.fixture(scope="session")
def demonstration() -> Demonstration:
    """The demonstration, to be read only: all processes of a run share it, and the first that asks makes it."""
    folder = Path(os.environ[_SHARED])
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return make_demonstration(folder / "data")
