"""Rows with more cells than the header names, where a source declares which of its commas are not quoted."""

import re
from collections.abc import Sequence

from cis_graph.mapping.tables import CsvFile

_WHOLE = re.compile(r"[0-9]{1,3}(?:\s?[0-9]{3})*")
_CENTS = re.compile(r"[0-9]{2}")

Cells = Sequence[str]


def mended(file: CsvFile, rows: Sequence[Cells]) -> Sequence[Cells]:
    """The rows, those with too many cells put together where they fit the header in one way."""
    if not rows or not (file.amount or file.prose):
        return rows
    header = rows[0]
    return [header, *(row if len(row) <= len(header) else _mended(file, header, row) for row in rows[1:])]


def _mended(file: CsvFile, header: Cells, cells: Cells) -> Cells:
    """One row; as it was where nothing fits, or more than one thing."""
    at = header.index(file.amount) if file.amount in header else 0
    pairs = [i for i in range(at, len(cells) - 1) if _is_amount(cells[i], cells[i + 1])] if file.amount else []
    if not pairs:
        return _fitted(file, header, cells) or cells
    ways = [(_fitted(file, header[:at], cells[:i]), i, _fitted(file, header[at + 1 :], cells[i + 2 :])) for i in pairs]
    fits = [(before, i, after) for before, i, after in ways if before is not None and after is not None]
    if len(fits) != 1:
        return cells
    ((before, i, after),) = fits
    return [*before, f"{cells[i]},{cells[i + 1]}", *after]


def _is_amount(whole: str, cents: str) -> bool:
    return bool(_WHOLE.fullmatch(whole.strip()) and _CENTS.fullmatch(cents.strip()))


def _fitted(file: CsvFile, names: Cells, cells: Cells) -> Cells | None:
    """The cells under these names, None where they do not fit.

    A single prose column takes all that is too much. Several take the cells after theirs that begin with a blank.
    """
    surplus = len(cells) - len(names)
    prose = [place for place, name in enumerate(names) if name in file.prose]
    if surplus < 0 or (surplus and not prose):
        return None
    if not surplus:
        return cells
    if len(prose) == 1:
        end = prose[0] + surplus + 1
        return [*cells[: prose[0]], file.delimiter.join(cells[prose[0] : end]), *cells[end:]]
    return _by_blanks(file, names, cells)


def _by_blanks(file: CsvFile, names: Cells, cells: Cells) -> Cells | None:
    made: list[str] = []
    for cell in cells:
        if made and cell[:1].isspace() and len(made) <= len(names) and names[len(made) - 1] in file.prose:
            made[-1] += file.delimiter + cell
        else:
            made.append(cell)
    return made if len(made) == len(names) else None
