"""What tests of every station share: the demonstration, built once a session."""

import tempfile
from collections.abc import Iterator
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

hypothesis.register_profile("any-machine", deadline=None)  # a busy machine is no fault
hypothesis.load_profile("any-machine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """The bundled sources, harvested, built and published: the settings it was made under and its current release."""

    settings: Settings
    release: Opened


def bundled_mappers() -> tuple[Mapper, ...]:
    """The mappers of the demonstration: those whose source's files the project brings along."""
    return tuple(mapper for mapper in discovered() if is_bundled(mapper.source, DEMONSTRATION))


def make_demonstration(folder: Path) -> Demonstration:
    """The demonstration in an empty folder; about 20 seconds."""
    settings, mappers, said = Settings(data=folder), bundled_mappers(), list[str]()
    assert pipeline.harvest(settings, mappers, said.append), said
    pipeline.build(settings, mappers, said.append)
    pipeline.publish(settings)
    release = Shelf(settings.data).current()
    assert release is not None, said
    return Demonstration(settings=settings, release=release)


@pytest.fixture(scope="session")
def demonstration() -> Iterator[Demonstration]:
    """The demonstration in a folder of its own, removed after the session."""
    with tempfile.TemporaryDirectory(prefix="cis-graph-") as folder:
        yield make_demonstration(Path(folder))
