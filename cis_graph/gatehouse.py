"""The gate as it is served: what contributors hand over is tried or pushed in processes of their own."""

from functools import cache
from threading import BoundedSemaphore
from uuid import uuid4

from cis_graph import pipeline
from cis_graph.concepts.tables import LabelTables
from cis_graph.errors import GateClosed
from cis_graph.intake import journal
from cis_graph.intake.apart import Cell, apart, begun
from cis_graph.intake.examine import examined_rdf
from cis_graph.intake.ground import Ground
from cis_graph.intake.tokens import holder
from cis_graph.mappers import discovered
from cis_graph.mapping.source import Mapper
from cis_graph.model.gate import Choice, Examined, Handed, Progress, Pushed
from cis_graph.pushing import Desk, Tell, examined_anyhow
from cis_graph.release.labelling import label_tables
from cis_graph.resources import CURATION
from cis_graph.settings import Settings

TRIAL = Cell(seconds=120, memory=2048)
PATIENCE = 5.0  # seconds that somebody who pushes waits for the release, once what was found is told
WARMED = "cis_graph.warmed"  # what the process holds from which all others here are forked
_AT_ONCE = 2  # trials
_WAITING = 4  # pushes under way, one of them being built


class Gatehouse:
    """Fulfils :class:`~cis_graph.model.gate.Gate`."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._tables = settings, label_tables(settings)
        self._places = BoundedSemaphore(_AT_ONCE)
        self._choices = tuple(sorted(map(_choice, discovered()), key=lambda one: (one.title.casefold(), one.source)))

    def choices(self) -> tuple[Choice, ...]:
        """The sources that data may be tried as, by title."""
        return self._choices

    def examine(self, handed: Handed) -> Examined:
        """What would become of the data; nothing is kept."""
        if not self._places.acquire(blocking=False):
            raise GateClosed(
                "others are trying their data; try again in a minute",
                french="d'autres essaient leurs données : réessayez dans une minute",
            )
        try:
            return apart(try_out, self._settings.base, self._tables, handed, cell=TRIAL, preload=WARMED)
        finally:
            self._places.release()

    def holder(self, token: str) -> str | None:
        """The contributor whose token this is."""
        return holder(self._settings.contributor_tokens, token)

    def push(self, handed: Handed, *, whole: bool) -> Pushed:
        """Keeps the data and publishes them."""
        if journal.how_many(self._settings.data) >= _WAITING:
            raise GateClosed(
                "others are pushing their data; try again in a minute",
                french="d'autres envoient leurs données : réessayez dans une minute",
            )
        push, given = uuid4().hex, (self._settings, handed)
        examined, done = begun(_pushed, *given, whole, push, first=TRIAL.seconds, then=PATIENCE, preload=WARMED)
        return done or Pushed(outcome="under-way", examined=examined, id=push)

    def progress(self, contributor: str, push: str) -> Progress | None:
        """Where a push stands by the journal."""
        return journal.progress(self._settings.data, contributor, push)


def try_out(base: str, tables: LabelTables, handed: Handed) -> Examined:
    """What would become of data handed over, with the project's own words and places.

    Raises:
        GateClosed: there is no such source.
    """
    ground = project_ground(base).labelled(tables)
    if handed.source:
        return examined_anyhow(mapper_of(handed.source), handed, ground)
    return examined_rdf(handed, ground)


def mapper_of(slug: str) -> Mapper:
    """The mapper of a source.

    Raises:
        GateClosed: there is none.
    """
    for mapper in discovered():
        if mapper.source.slug == slug:
            return mapper
    raise GateClosed(f"there is no source {slug}", french=f"il n'y a pas de source {slug}")


def _choice(mapper: Mapper) -> Choice:
    source = mapper.source
    return Choice(
        source=source.slug,
        contributor=source.contributor,
        title=source.title,
        files=tuple(file.name for file in source.data),
    )


@cache
def project_ground(base: str) -> Ground:
    """The project's own words and places, read once a process."""
    return Ground.of(pipeline.project_house(base), LabelTables(CURATION))


def _pushed(settings: Settings, handed: Handed, whole: bool, push: str, tell: Tell) -> Pushed:  # noqa: FBT001 - a process's arguments
    desk = Desk(settings, discovered(), project_ground(settings.base).labelled(label_tables(settings)), CURATION)
    return desk.push(mapper_of(handed.source), handed, whole=whole, push=push, tell=tell)
