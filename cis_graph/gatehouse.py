"""The gate as it is served: what contributors hand over is tried or pushed in processes of their own."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore

from cis_graph import pipeline
from cis_graph.errors import FolderBusy, GateClosed, ReleaseFault, SourceFault
from cis_graph.harvest.pushed import Files, as_pushed, mapped_push, merged
from cis_graph.harvest.snapshots import Snapshots, fingerprint
from cis_graph.intake.apart import Cell, apart, begun
from cis_graph.intake.bodies import pushed_files
from cis_graph.intake.examine import examined, examined_files, examined_rdf, without_least
from cis_graph.intake.ground import Ground, resolution_of
from cis_graph.intake.journal import note
from cis_graph.intake.tokens import holder
from cis_graph.mappers import discovered
from cis_graph.mapping.source import Mapper
from cis_graph.model.gate import Choice, Examined, Handed, Outcome, Pushed
from cis_graph.model.notices import Both
from cis_graph.release.house import House
from cis_graph.release.information import read_accounts
from cis_graph.release.shelf import Shelf
from cis_graph.release.writing import writing
from cis_graph.resources import CURATION
from cis_graph.settings import Settings

TRIAL = Cell(seconds=120, memory=2048)
PATIENCE = 20.0  # seconds that somebody who pushes waits for the release
_AT_ONCE = 2  # trials

Tell = Callable[[Examined], None]


class Gatehouse:
    """Fulfils :class:`~cis_graph.model.gate.Gate`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
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
            return apart(try_out, self._settings.base, handed, cell=TRIAL)
        finally:
            self._places.release()

    def holder(self, token: str) -> str | None:
        """The contributor whose token this is."""
        return holder(self._settings.contributor_tokens, token)

    def push(self, handed: Handed, *, whole: bool) -> Pushed:
        """Keeps the data and publishes them."""
        examined, done = begun(_pushed, self._settings, handed, whole, first=TRIAL.seconds, then=PATIENCE)
        return done or Pushed(outcome="under-way", examined=examined)


def try_out(base: str, handed: Handed) -> Examined:
    """What would become of data handed over, with the project's own words and places.

    Raises:
        GateClosed: there is no such source.
    """
    ground = _ground(pipeline.project_house(base))
    if handed.source:
        return examined_anyhow(mapper_of(handed.source), handed, ground)
    return examined_rdf(handed, ground)


def examined_anyhow(mapper: Mapper, handed: Handed, ground: Ground) -> Examined:
    """What would become of data in the source's own files, or in a form of a push."""
    if not handed.kind:
        return examined_files(mapper, handed.files, ground)
    anyhow = without_least(mapper)
    return examined(mapper.source, lambda: mapped_push(anyhow, pushed_files(mapper, handed, ground.house.iris)), ground)


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


def _ground(house: House, curation: Path = CURATION) -> Ground:
    return Ground(house, resolution_of(house, curation))


def _pushed(settings: Settings, handed: Handed, whole: bool, tell: Tell) -> Pushed:  # noqa: FBT001 - a process's arguments
    desk = Desk(settings, discovered(), pipeline.project_house(settings.base), CURATION)
    return desk.push(mapper_of(handed.source), handed, whole=whole, tell=tell)


@dataclass(frozen=True)
class Desk:
    """Takes pushes in: one state of a source follows another, or nothing has happened."""

    settings: Settings
    mappers: tuple[Mapper, ...]
    house: House
    curation: Path

    def push(self, mapper: Mapper, handed: Handed, *, whole: bool, tell: Tell = lambda _: None) -> Pushed:
        """Tries, tells what was found, keeps, builds and publishes; the journal says how it ended."""
        examined = examined_anyhow(mapper, handed, _ground(self.house, self.curation))
        tell(examined)
        done = self._published(mapper, handed, examined, whole=whole)
        note(
            self.settings.data,
            contributor=mapper.source.contributor,
            source=mapper.source.slug,
            whole=whole,
            kind=handed.kind,
            sha256=hashlib.sha256(b"".join(handed.files.values())).hexdigest(),
            bytes=sum(map(len, handed.files.values())),
            outcome=done.outcome,
            release=done.release,
            records=examined.records,
            published=len(examined.published),
            why=done.why.english if done.why else None,
        )
        return done

    def _published(self, mapper: Mapper, handed: Handed, examined: Examined, *, whole: bool) -> Pushed:
        if not examined.published:
            why = Both("Aucune fiche n'est publiable.", "No record is fit to be published.")
            return Pushed(outcome="refused", examined=examined, why=why)
        snapshots, slug = Snapshots(self.settings.data / "snapshots"), mapper.source.slug
        try:
            with writing(self.settings.data, "push"):
                before = snapshots.latest(slug)
                state = self._state(mapper, handed, before.files if before else {}, whole=whole)
                unchanged = before is not None and fingerprint(state) == before.sha256
                if not unchanged:
                    snapshots.keep(slug, state, datetime.now(UTC).isoformat(timespec="seconds"))
        except SourceFault as fault:
            return Pushed(outcome="refused", examined=examined, why=Both(fault.french, str(fault)))
        if unchanged and before and self._is_published(slug, before.sha256):
            return self._told("unchanged", mapper, examined)
        return self._built(mapper, examined, before.sha256 if before else None)

    def _state(self, mapper: Mapper, handed: Handed, before: Files, *, whole: bool) -> Files:
        """All of the source once the push is in; it must be as much as a harvest would have to bring."""
        more = pushed_files(mapper, handed, self.house.iris)
        state = more if whole else merged(mapper, as_pushed(mapper, before), more)
        mapped_push(mapper, state)
        return state

    def _built(self, mapper: Mapper, examined: Examined, before: str | None) -> Pushed:
        slug, snapshots = mapper.source.slug, Snapshots(self.settings.data / "snapshots")
        try:
            information = pipeline.build(
                self.settings, self.mappers, lambda _: None, curation=self.curation, house=self.house
            )
            pipeline.publish(self.settings, information.number)
        except FolderBusy as busy:
            why = Both(f"Publié à la prochaine construction : {busy.french}", f"Published with the next build: {busy}")
            return Pushed(outcome="kept", examined=examined, why=why)
        except ReleaseFault as fault:
            if before:
                snapshots.again(slug, before)
            else:
                snapshots.fail(slug, SourceFault(str(fault)), datetime.now(UTC).isoformat(timespec="seconds"))
            why = Both(f"La version faite avec elles ne passe pas ses contrôles ({fault}).", str(fault))
            return Pushed(outcome="refused", examined=examined, why=why)
        return self._told("published", mapper, examined)

    def _is_published(self, slug: str, sha256: str) -> bool:
        shelf = Shelf(self.settings.data)
        number = shelf.current_number()
        return number in shelf.numbers() and shelf.information(number).inputs.get(slug) == sha256

    def _told(self, outcome: Outcome, mapper: Mapper, examined: Examined) -> Pushed:
        shelf = Shelf(self.settings.data)
        number = shelf.current_number()
        accounts = read_accounts(shelf.place(number), mapper.source.contributor) if number is not None else ()
        account = next((one for one in accounts if one.source == mapper.source.slug), None)
        return Pushed(outcome=outcome, examined=examined, release=number, account=account)
