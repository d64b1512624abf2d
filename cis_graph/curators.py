"""Curators' changes as they are served: each becomes a patch, one after the other."""

import time
from dataclasses import dataclass

from cis_graph import pipeline
from cis_graph.errors import FolderBusy
from cis_graph.model.writing import Broken, WriteRefused
from cis_graph.release.replay import NothingChanges, PatchRefused
from cis_graph.settings import Settings
from cis_graph.validation.judge import ShapeResult

PATIENCE = 20.0  # seconds that a change waits for another to end
_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class Curators:
    """Fulfils :class:`~cis_graph.model.writing.Writer`."""

    settings: Settings

    def write(self, update: str, *, who: str, why: str) -> int | None:
        """Publishes a SPARQL Update as a release."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return pipeline.patch(self.settings, update, who=who, why=why).number
            except NothingChanges:
                return None
            except PatchRefused as refused:
                broken = tuple(map(_broken, refused.results))
                raise WriteRefused(str(refused), french=refused.french, broken=broken) from refused
            except FolderBusy:
                if time.monotonic() > until:
                    raise
                time.sleep(_PAUSE)


def _broken(result: ShapeResult) -> Broken:
    return Broken(
        focus=result.focus,
        rule=result.rule,
        path=result.path,
        value=result.value,
        message_fr=result.message_fr,
        message_en=result.message_en,
        remedy_fr=result.remedy_fr,
        remedy_en=result.remedy_en,
    )
