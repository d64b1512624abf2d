"""SPARQL results in JSON as a table to read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from cis_graph.territories.outlines import Atlas
from cis_graph.web.addresses import Addresses, is_web_link
from cis_graph.web.paging import Paged, paged
from cis_graph.web.plot import WKT, Place, Plot, plotted
from cis_graph.web.vocabulary import INSOC, shortened

SHOWN = 200  # solutions a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value: its text, where it leads, its language."""

    text: str
    path: str = ""
    outside: bool = False
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The solutions, a page of them at a time."""

    variables: tuple[str, ...]
    rows: Paged[tuple[Cell, ...]]
    plot: Plot | None = None


def table(body: bytes, addresses: Addresses, atlas: Atlas, *, number: int, path: str, query: str) -> Table | bool:
    """One page of the solutions as a table with a map of its places, or the answer of an ASK.

    ``query`` is that of the pages' addresses.
    """
    told: dict[str, Any] = json.loads(body)
    if "boolean" in told:
        return bool(told["boolean"])
    variables = tuple(told["head"]["vars"])
    chosen = paged(told["results"]["bindings"], number=number, path=path, query=query, size=SHOWN)
    rows = tuple(tuple(_cell(solution.get(name), addresses) for name in variables) for solution in chosen.items)
    plot = plotted((place for row in rows for place in _places(row)), atlas)
    return Table(variables=variables, rows=replace(chosen, items=rows), plot=plot)


def _places(row: tuple[Cell, ...]) -> Iterable[Place]:
    """The places of a solution, under its first name, with the first address it leads to."""
    words = [cell.text for cell in row if cell.text and not cell.path and not cell.datatype]
    page = next((cell for cell in row if cell.path), None)
    name = next(iter([*words, *([page.text] if page else [])]), "")
    for cell in row:
        if cell.datatype == WKT:
            yield Place(
                wkt=cell.text,
                name=name or cell.text,
                path=page.path if page else "",
                outside=page.outside if page else False,
            )


def _cell(term: dict[str, Any] | None, addresses: Addresses) -> Cell:
    if term is None:
        return Cell(text="")
    if term["type"] == "uri":
        iri = term["value"]
        if iri.startswith(INSOC):
            return Cell(text=shortened(iri), path=f"/ontology#{iri.removeprefix(INSOC)}")
        path = addresses.path(iri)
        short = shortened(iri.removeprefix(f"{addresses.base}id/") if path else iri)
        return Cell(text=short, path=path or (iri if is_web_link(iri) else ""), outside=path is None)
    if term["type"] == "triple":
        return Cell(text=json.dumps(term["value"], ensure_ascii=False))
    prefix = "_:" if term["type"] == "bnode" else ""
    language, datatype = term.get("xml:lang", ""), term.get("datatype", "")
    return Cell(text=prefix + term["value"], language=language, datatype=datatype)
