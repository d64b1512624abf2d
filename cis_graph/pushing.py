"""Pushes: what a contributor hands over by itself becomes the state of its source, and a release."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from cis_graph import pipeline
from cis_graph.errors import FolderBusy, ReleaseFault, SourceFault
from cis_graph.harvest.pushed import Files, as_pushed, mapped_push, merged
from cis_graph.harvest.snapshots import Snapshots, fingerprint
from cis_graph.intake import journal
from cis_graph.intake.bodies import pushed_files
from cis_graph.intake.examine import examined, examined_files, without_least
from cis_graph.intake.ground import Ground
from cis_graph.mapping.source import Mapper
from cis_graph.model.gate import Examined, Handed, Outcome, Pushed
from cis_graph.model.notices import Both
from cis_graph.model.releases import ReleaseInformation
from cis_graph.release.information import read_accounts
from cis_graph.release.shelf import Shelf
from cis_graph.release.writing import LOCK, patiently, queued
from cis_graph.settings import Settings

_PATIENCE = 600.0  # seconds that a push waits for others that write
_QUEUE = "pushing.lock"  # one push after the other, from its first byte kept to its release

Tell = Callable[[Examined], None]


def examined_anyhow(mapper: Mapper, handed: Handed, ground: Ground) -> Examined:
    """What would become of data in the source's own files, or in a form of a push."""
    if not handed.kind:
        return examined_files(mapper, handed.files, ground)
    anyhow = without_least(mapper)
    return examined(mapper.source, lambda: mapped_push(anyhow, pushed_files(mapper, handed, ground.house.iris)), ground)


@dataclass(frozen=True)
class Desk:
    """Takes pushes in: one state of a source follows another, or nothing has happened."""

    settings: Settings
    mappers: tuple[Mapper, ...]
    ground: Ground
    curation: Path
    patience: float = _PATIENCE

    def push(
        self, mapper: Mapper, handed: Handed, *, whole: bool, push: str = "", tell: Tell = lambda _: None
    ) -> Pushed:
        """Tries, tells what was found, keeps, builds and publishes; the journal says so and how it ended."""
        push = push or uuid4().hex
        with journal.under_way(self.settings.data, push):
            examined = examined_anyhow(mapper, handed, self.ground)
            done = Pushed(outcome="under-way", examined=examined, id=push)
            self._note(mapper, handed, done, whole=whole)
            tell(examined)
            try:
                with queued(self.settings.data, "push", _QUEUE, self.patience):
                    done = replace(self._published(mapper, handed, examined, whole=whole), id=push)
            except FolderBusy as busy:
                why = Both(f"Il n'y a pas eu de place pour elles : {busy.french}", f"There was no room: {busy}")
                done = Pushed(outcome="refused", examined=examined, id=push, why=why)
            self._note(mapper, handed, done, whole=whole)
        return done

    def _note(self, mapper: Mapper, handed: Handed, done: Pushed, *, whole: bool) -> None:
        journal.note(
            self.settings.data,
            push=done.id,
            contributor=mapper.source.contributor,
            source=mapper.source.slug,
            whole=whole,
            kind=handed.kind,
            sha256=hashlib.sha256(b"".join(handed.files.values())).hexdigest(),
            bytes=sum(map(len, handed.files.values())),
            outcome=done.outcome,
            release=done.release,
            records=done.examined.records,
            published=len(done.examined.published),
            why=asdict(done.why) if done.why else None,
        )

    def _published(self, mapper: Mapper, handed: Handed, examined: Examined, *, whole: bool) -> Pushed:
        if not examined.published:
            why = Both("Aucune fiche n'est publiable.", "No record is fit to be published.")
            return Pushed(outcome="refused", examined=examined, why=why)
        snapshots, slug = Snapshots(self.settings.data / "snapshots"), mapper.source.slug
        try:
            with queued(self.settings.data, "push", LOCK, self.patience):
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
        more = pushed_files(mapper, handed, self.ground.house.iris)
        state = more if whole else merged(mapper, as_pushed(mapper, before), more)
        mapped_push(mapper, state)
        return state

    def _built(self, mapper: Mapper, examined: Examined, before: str | None) -> Pushed:
        slug, snapshots = mapper.source.slug, Snapshots(self.settings.data / "snapshots")
        try:
            number = patiently(self._build, self.patience).number
            patiently(lambda: pipeline.publish(self.settings, number), self.patience)
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

    def _build(self) -> ReleaseInformation:
        return pipeline.build(
            self.settings, self.mappers, lambda _: None, curation=self.curation, house=self.ground.house
        )

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
