"""Two datasets of a SPARQL server, blue and green: one is served, the other filled; which holds what is kept here."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from cis_graph.errors import ReleaseFault, StoreFault
from cis_graph.model.releases import ReleaseInformation
from cis_graph.rdf.windows import windows
from cis_graph.release.information import read_information
from cis_graph.release.parts import GRAPHS, PARTS, Parts
from cis_graph.settings import Settings
from cis_graph.store.embedded import holds_blank
from cis_graph.store.endpoint import Endpoint, Server
from cis_graph.store.filling import Filling
from cis_graph.store.remote import RemoteStore
from cis_graph.whole import replace_whole

DATASETS = "datasets.json"  # by the address of a dataset, the identity of the release it holds
_NAMED = ("records", GRAPHS)


class Datasets:
    """The datasets of the settings, and which release each holds; the file is read anew each time, by all processes."""

    def __init__(self, settings: Settings, server: Server) -> None:
        self._settings, self._server = settings, server
        self._file = settings.data / DATASETS
        self._endpoints = tuple(
            Endpoint(query=query, update=update, default_graph=settings.store_default_graph)
            for query, update in zip(settings.store, settings.store_update or settings.store, strict=True)
        )

    def endpoint(self, information: ReleaseInformation) -> Endpoint:
        """Where a release is queried.

        Raises:
            ReleaseFault: it stands in no dataset, or no longer.
        """
        held = self._held()
        for endpoint in self._endpoints:
            if held.get(endpoint.query) == information.identity:
                return endpoint
        raise ReleaseFault(
            f"Release {information.number} stands in no dataset of the SPARQL server; publish it, or one that does"
        )

    def checking(self, information: ReleaseInformation) -> Callable[[], None]:
        """What raises once the release stands in no dataset any more, so that no answer mixes two."""

        def check() -> None:
            self.endpoint(information)

        return check

    def store_of(self, place: Path) -> RemoteStore:
        """The statements of a release.

        Raises:
            ReleaseFault: it stands in no dataset.
        """
        told = read_information(place)
        return RemoteStore(self._server, self.endpoint(told), self.checking(told))

    def stage(self, place: Path, current: Path | None) -> None:
        """Fills the dataset that is not ``current``'s with the release at ``place``, unless one holds it already.

        Raises:
            StoreFault: the server cannot be filled; what is served is as it was.
        """
        told = read_information(place)
        with suppress(ReleaseFault):
            self.endpoint(told)
            return
        served = read_information(current).identity if current is not None and current.exists() else ""
        held = self._held()
        chosen = next(one for one in self._endpoints if not served or held.get(one.query) != served)
        before = self._place_of(held.get(chosen.query, ""), place.parent)
        self._keep(chosen, "")  # from now on nobody reads it
        filling = Filling(self._server, chosen, self._settings.base)
        try:
            self._fill(filling, place, before)
        except StoreFault:
            if before is None:
                raise
            self._fill(filling, place, None)
        self._keep(chosen, told.identity)

    def _fill(self, filling: Filling, place: Path, before: Path | None) -> None:
        """Writes the difference from what the dataset holds, or everything; then counts."""
        now = Parts(place / PARTS)
        found = _difference(now, Parts(before / PARTS)) if before else None
        if found is None:
            filling.clear()
            filling.add(now.merged())
        else:
            added, removed = found
            filling.remove(removed)
            filling.add(added)
        named = sum(1 for _ in now.merged(_NAMED))
        filling.check(sum(1 for _ in now.merged()) - named, named)

    def _place_of(self, identity: str, releases: Path) -> Path | None:
        """The folder of the release that a dataset holds, if it is still here."""
        place = releases / (identity.partition(" ")[0] or "none")
        with suppress(ReleaseFault):
            return place if read_information(place).identity == identity else None
        return None

    def _held(self) -> Mapping[str, str]:
        with suppress(FileNotFoundError, ValueError):
            told = json.loads(self._file.read_text(encoding="utf-8"))
            return told if isinstance(told, dict) else {}
        return {}

    def _keep(self, endpoint: Endpoint, identity: str) -> None:
        replace_whole(self._file, json.dumps({**self._held(), endpoint.query: identity}))


def _difference(now: Parts, before: Parts) -> tuple[set[bytes], set[bytes]] | None:
    """The lines that only one of two releases says, the later first; None where a blank node is among them."""
    added, removed = set[bytes](), set[bytes]()
    for said, was in windows(now.files(), before.files()):
        added.update(set(said).difference(was))
        removed.update(set(was).difference(said))
    return None if any(map(holds_blank, (*added, *removed))) else (added, removed)


def stage(settings: Settings, place: Path, current: Path | None) -> None:
    """Puts a release on the SPARQL server of the settings, where they name one, before it becomes current.

    Raises:
        StoreFault: the server cannot be filled; what is served is as it was.
    """
    if not settings.store:
        return
    server = Server(seconds=settings.query_timeout)
    try:
        Datasets(settings, server).stage(place, current)
    finally:
        server.close()
