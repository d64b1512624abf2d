"""The shelf: one directory a release, never changed once published, and the pointer to the current one."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from cis_graph.errors import ReleaseFault
from cis_graph.model.releases import ReleaseInformation
from cis_graph.release.citations import CitationFolder
from cis_graph.release.files import FileSums
from cis_graph.release.information import MANIFEST, read_information
from cis_graph.release.leases import unread
from cis_graph.release.opened import Opened, StoreOf, embedded

POINTER = "current"
_LONGEST = 64  # bytes of the pointer
_BUILDING = ".building-"
_LEAVING = ".leaving-"
_PAST = 3  # releases before the current one that are held open


Stage = Callable[[Path, Path | None], None]
_Found = TypeVar("_Found", Opened, Path)


class Shelf:
    """Releases under ``data/releases``; fulfils :class:`~cis_graph.model.releases.Releases`.

    ``stage`` is given each release before it becomes current, and the one that was.
    """

    def __init__(self, data: Path, store_of: StoreOf = embedded, stage: Stage | None = None) -> None:
        self._store_of, self._stage = store_of, stage
        self._folder = data / "releases"
        self._pointer = str(self._folder / POINTER)
        self._open: Opened | None = None
        self._past: dict[int, Opened] = {}
        self._sums = FileSums()

    def place(self, number: int) -> Path:
        """The directory of a release."""
        return self._folder / str(number)

    def numbers(self) -> tuple[int, ...]:
        """The finished releases, newest first."""
        if not self._folder.is_dir():
            return ()
        found = (int(place.name) for place in self._folder.iterdir() if place.name.isdecimal())
        return tuple(sorted((n for n in found if (self.place(n) / MANIFEST).exists()), reverse=True))

    def new(self) -> tuple[int, Path]:
        """The next number and an empty directory to build it in."""
        number = max((*self.numbers(), self.current_number() or 0), default=0) + 1
        while self.place(number).exists():  # what is left of a release that was half deleted
            number += 1
        return number, self.begin(number)

    def begin(self, number: int) -> Path:
        """An empty directory to build a release in, outside the numbered ones; what died is swept away."""
        self.sweep()
        place = self._folder / f"{_BUILDING}{number}"
        place.mkdir(parents=True)
        return place

    def sweep(self) -> None:
        """Removes what builds and removals that died have left behind."""
        for place in [*self._folder.glob(f"{_BUILDING}*"), *self._folder.glob(f"{_LEAVING}*")]:
            if place.is_dir():
                shutil.rmtree(place, ignore_errors=True)
            else:
                place.unlink(missing_ok=True)

    def rollback(self, number: int | None = None) -> int:
        """Makes an older release current: ``number``, or the one before the current.

        Raises:
            ReleaseFault: there is no such release.
        """
        current = self.current_number()
        fine = [one.number for one in self.published() if one.conforms]
        older = [one for one in fine if current is not None and one < current]
        if number is None and not older:
            raise ReleaseFault(f"There is no release before {current}; there are {list(self.numbers())}")
        chosen = older[0] if number is None else number
        self.publish(chosen)
        return chosen

    def keep(self, count: int) -> tuple[int, ...]:
        """Removes all but the current release, the ``count`` newest and those that are cited; the numbers removed.

        A release that somebody reads stays until a later call; all stay while a citation is damaged.
        """
        try:
            stay = {self.current_number(), *CitationFolder(self._folder.parent).releases()}
        except ReleaseFault:
            return ()  # a citation that cannot be read may speak of any release
        removed: list[int] = []
        for number in self.numbers()[count:]:
            with unread(self.place(number)) as free:
                if free and number not in stay:
                    self.place(number).rename(self._folder / f"{_LEAVING}{number}")
                    removed.append(number)
        self.sweep()
        return tuple(removed)

    def finish(self, number: int, place: Path) -> None:
        """Puts a built release in its place on the shelf."""
        _sync(place / MANIFEST)
        place.rename(self.place(number))

    def drop(self, number: int) -> None:
        """Removes a release that could not be published; the current one stays."""
        if self.place(number).exists() and self.current_number() != number:
            self.place(number).rename(self._folder / f"{_LEAVING}{number}")
        self.sweep()

    def current_number(self) -> int | None:
        """The number that the pointer shows."""
        try:
            return int(_read(self._pointer))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise ReleaseFault(f"{self._folder / POINTER} is damaged; publish a release by its number") from error

    def current_place(self) -> Path | None:
        """The directory of the current release."""
        number = self.current_number()
        return self.place(number) if number is not None else None

    def publish(self, number: int) -> None:
        """Makes a release current by one atomic rename.

        Raises:
            ReleaseFault: no such release, or it did not pass its checks.
        """
        if number not in self.numbers():
            raise ReleaseFault(f"There is no release {number}; there are {list(self.numbers())}")
        if not self._conforms(number):
            raise ReleaseFault(f"Release {number} did not pass its checks: see report/checks.json in its directory")
        if self._stage is not None:
            self._stage(self.place(number), self._place_before())
        pointer = self._folder / POINTER
        fresh = self._folder / f"{_BUILDING}{POINTER}"
        fresh.write_text(f"{number}\n", encoding="ascii")
        _sync(fresh)
        fresh.replace(pointer)

    def _place_before(self) -> Path | None:
        try:
            return self.current_place()
        except ReleaseFault:
            return None  # a damaged pointer is about to be replaced

    def _conforms(self, number: int) -> bool:
        return self.information(number).conforms

    def current(self) -> Opened | None:
        """The published release, opened once.

        Raises:
            ReleaseFault: the pointer leads to what is no release.
        """
        number = self.current_number()
        while number is not None:
            found = self._open
            if found is not None and found.place.name == str(number):
                return found
            try:
                self._open = Opened(self.place(number), self._sums, self._store_of)
            except ReleaseFault:
                if self.current_number() == number:
                    raise  # it has not been replaced and removed in the meantime
            number = self.current_number()
        return None

    def visited(self) -> Opened | None:
        """The published release: a shelf alone knows of no requests."""
        return self.current()

    def at(self, number: int) -> Opened | None:
        """A release on the shelf, opened once while it is among the last few asked for; None where it is not there."""
        current = self._open
        if current is not None and current.place == self.place(number):
            return current
        found = self._past.pop(number, None)
        if found is None or not found.place.exists():
            try:
                found = Opened(self.place(number), self._sums, self._store_of)
            except ReleaseFault:
                return None
        self._past[number] = found
        while len(self._past) > _PAST:
            self._past.pop(next(iter(self._past)))
        return found

    def information(self, number: int) -> ReleaseInformation:
        """What a release says of itself.

        Raises:
            ReleaseFault: it is not there or damaged.
        """
        return read_information(self.place(number))

    def served(self) -> Opened:
        """The current release, to be had.

        Raises:
            ReleaseFault: nothing is published yet.
        """
        return _there(self.current())

    def served_place(self) -> Path:
        """The directory of the current release.

        Raises:
            ReleaseFault: nothing is published yet.
        """
        return _there(self.current_place())

    def published(self) -> tuple[ReleaseInformation, ...]:
        """What each release on the shelf says of itself, newest first; those that cannot be read are left out."""
        return tuple(self._told())

    def _told(self) -> Iterator[ReleaseInformation]:
        for number in self.numbers():
            with suppress(ReleaseFault):
                yield self.information(number)


def _there(found: _Found | None) -> _Found:
    if found is None:
        raise ReleaseFault("Nothing is published yet; build and publish a release first")
    return found


def _read(path: str) -> bytes:
    """What a short file holds; every request asks, so nothing is done that it can do without."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, _LONGEST)
    finally:
        os.close(descriptor)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
