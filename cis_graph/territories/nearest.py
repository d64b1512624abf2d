"""The département of a point, from its outline and the communes around."""

import math
from collections import defaultdict
from collections.abc import Iterator

from cis_graph.model.places import Coordinates
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.outlines import Outlines

_CELL = 0.1
"""Side of a cell of the grid, in degrees."""
_KM_PER_DEGREE = 111.2
_WITNESSES = 1
_MOST_RINGS = 8

Cell = tuple[int, int]
Witness = tuple[float, str]
"""A distance in km and the code of the département found there."""


class DepartementGrid:
    """Communes' points in cells of a tenth of a degree; arrondissements stand for the communes they divide."""

    def __init__(self, gazetteer: Gazetteer, outlines: Outlines) -> None:
        self._outlines = outlines
        self._cells: defaultdict[Cell, list[tuple[float, float, str]]] = defaultdict(list)
        for key, one in gazetteer.territories.items():
            if one.level == "commune" and key not in gazetteer.divided:
                departement = gazetteer.departement(key)
                if one.latitude is not None and one.longitude is not None and departement:
                    self._cells[_cell(one.latitude, one.longitude)].append((one.latitude, one.longitude, departement))

    def departement_of(self, point: Coordinates) -> str | None:
        """The code of the département whose outline holds the point, if the nearest commune lies in it too.

        Outlines are simplified to a hundredth of a degree and have lost small enclaves, hence the second witness.
        """
        if not (-90 <= point.latitude <= 90 and -180 <= point.longitude <= 180):  # noqa: PLR2004 (degrees of a globe)
            return None
        key = self._outlines.find(point)
        code = key.removeprefix("departement-") if key else None
        return code if [code] == [witness for _, witness in self._nearest(point)] else None

    def _nearest(self, point: Coordinates) -> list[Witness]:
        """The nearest commune; none when the grid was searched as far as it goes."""
        narrowing = max(math.cos(math.radians(point.latitude)), 0.01)
        sure: list[Witness] = []
        for rings in range(1, _MOST_RINGS + 1):
            sure_km = rings * _CELL * _KM_PER_DEGREE * narrowing
            sure = sorted(witness for witness in self._within(point, rings, narrowing) if witness[0] <= sure_km)
            if len(sure) >= _WITNESSES:
                break
        return sure[:_WITNESSES]

    def _within(self, point: Coordinates, rings: int, narrowing: float) -> Iterator[Witness]:
        row, column = _cell(point.latitude, point.longitude)
        for y in range(row - rings, row + rings + 1):
            for x in range(column - rings, column + rings + 1):
                for latitude, longitude, code in self._cells.get((y, x), ()):
                    north = latitude - point.latitude
                    east = (longitude - point.longitude) * narrowing
                    yield math.hypot(north, east) * _KM_PER_DEGREE, code


def _cell(latitude: float, longitude: float) -> Cell:
    return math.floor(latitude / _CELL), math.floor(longitude / _CELL)
