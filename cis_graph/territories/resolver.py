"""From a contributor's words to a territory, or to the honest answer that it is not certain."""

from functools import lru_cache

from cis_graph.model.places import Coordinates, Level, Place, PlaceAnswer
from cis_graph.territories.approximate import Approximation
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.indexing import build_index
from cis_graph.territories.likely import LikelySearch
from cis_graph.territories.named import NameSearch
from cis_graph.territories.names import normalised
from cis_graph.territories.nearest import DepartementGrid
from cis_graph.territories.outlines import Outlines
from cis_graph.territories.parts import PartsSearch
from cis_graph.territories.postal import PostalSearch
from cis_graph.territories.reading import LONGEST_TEXT, clean, postal, whole_name
from cis_graph.territories.scoring import Finding, Hints, decide, unknown

_REMEMBERED = 1 << 16
_LONGEST_CODE = 4


class Resolver:
    """Find the territories of one gazetteer; answers are remembered by text and hints."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        index = build_index(gazetteer)
        approximation = Approximation(index)
        self._gazetteer = gazetteer
        self._names = NameSearch(index, approximation)
        self._postal = PostalSearch(index, approximation)
        self._parts = PartsSearch(self._names, approximation)
        self._likely = LikelySearch(index, approximation)
        self._grid = DepartementGrid(gazetteer, Outlines.load("departement"))
        self._answer = lru_cache(maxsize=_REMEMBERED)(self._resolve)

    def resolve(self, place: Place) -> PlaceAnswer:
        """The territory a place's text means; ``place.otherwise`` is left to the caller."""
        if len(place.text) > LONGEST_TEXT:
            return unknown("texte trop long")
        return self._answer(clean(place.text), place.level, (place.departement or "").strip()[:_LONGEST_CODE])

    def departement_of(self, point: Coordinates) -> str | None:
        """The code of the département that a point lies in; None abroad, at sea, or too near a border to tell."""
        return self._grid.departement_of(point)

    def _resolve(self, text: str, level: Level | None, departement: str) -> PlaceAnswer:
        if not normalised(text):
            return unknown("texte vide")
        if self._names.is_unplaced(normalised(text)):
            return unknown("ne nomme aucun territoire officiel")
        if self._names.abroad.is_meant(text):
            return unknown("hors de France")
        key = f"departement-{departement.upper().zfill(2)}"
        hints = Hints(level=level, departement=key if key in self._gazetteer.territories else None)
        finding = self._names.by_code(text, hints) or self._names.by_whole_name(whole_name(text), hints)
        if finding is None and (finding := self._by_postcode(text)):
            hints = Hints(level=level)
        finding = finding or self._parts.find(text) or self._likely.find(text, hints)
        return decide(self._gazetteer, finding, hints) if finding else unknown("aucun territoire de ce nom")

    def _by_postcode(self, text: str) -> Finding | None:
        written = postal(text)
        return self._postal.find(written) if written else None
