"""A sample's shape, told from the file itself: which reader, which delimiter, which sheet, where the records stand."""

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import PurePath
from typing import Any

from cis_graph.errors import SourceFault
from cis_graph.harvest.reading import read, sheets_of
from cis_graph.harvest.texts import DELIMITERS, delimiter_of
from cis_graph.harvest.trees import tree
from cis_graph.mapping.tables import CsvFile, DataFile, JsonFile, JsonLinesFile, Table, XlsxFile, XmlFile


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample read: how its file is declared, and its rows."""

    file: DataFile
    table: Table

    @property
    def code(self) -> str:
        """The declaration of its file, as a mapper holds it."""
        stated = [(one.name, getattr(self.file, one.name)) for one in fields(self.file)
                  if getattr(self.file, one.name) != one.default]  # fmt: skip
        return f"{type(self.file).__name__}({', '.join(f'{name}={literal(value)}' for name, value in stated)})"


def literal(value: object) -> str:
    """A text or a tuple of texts as Python code, in double quotes."""
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))},)"
    return json.dumps(value, ensure_ascii=False)


def sample_of(name: str, data: bytes) -> Sample:
    """The sample in a file of this name.

    Raises:
        SourceFault: no reader knows it, or it holds no rows.
    """
    file = _declared(name, data)
    content = read(file, data)
    if not isinstance(content, Table) or not content.rows:
        raise SourceFault(f"{name}: no rows; give a sample with a few", french=f"{name} n'a pas de lignes")
    return Sample(file, content)


def _declared(name: str, data: bytes) -> DataFile:
    ending = PurePath(name).suffix.lower()
    if ending == ".xlsx":
        return XlsxFile(name=name, sheet=sheets_of(name, data)[0])
    if ending in {".jsonl", ".ndjson"}:
        return JsonLinesFile(name=name)
    if ending in {".json", ".geojson"}:
        return JsonFile(name=name, records=_path(name, data))
    if ending == ".xml":
        return XmlFile(name=name, record=_element(name, data))
    if ending in {".csv", ".tsv", ".txt"}:
        return _csv(name, data)
    raise SourceFault(
        f"{name}: new-mapper drafts from CSV, XLSX, JSON, GeoJSON, JSON lines and XML; see docs/nouvelle-source.md",
        french=f"{name} : le brouillon se fait d'un CSV, XLSX, JSON, GeoJSON, JSON Lines ou XML",
    )


def _csv(name: str, data: bytes) -> CsvFile:
    """A CSV file as it is, or as it was before it was saved once more under another delimiter."""
    plain = CsvFile(name=name, delimiter=delimiter_of(data))
    for file in (plain, *(replace(plain, saved_within=outer) for outer in DELIMITERS if outer != plain.delimiter)):
        with suppress(SourceFault):
            read(file, data)
            return file
    return plain


def _path(name: str, data: bytes) -> tuple[str, ...]:
    """The keys that lead to the first list of objects."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SourceFault(f"{name}: no JSON ({error})", french=f"{name} n'est pas du JSON") from error
    waiting: list[tuple[tuple[str, ...], Any]] = [((), document)]
    while waiting:
        path, one = waiting.pop(0)
        if isinstance(one, list) and one and isinstance(one[0], dict):
            return path
        if isinstance(one, dict):
            waiting += [((*path, str(key)), inner) for key, inner in one.items()]
    raise SourceFault(f"{name}: no list of objects", french=f"{name} ne contient aucune liste d'objets")


def _element(name: str, data: bytes) -> str:
    """The element that stands most often and holds others."""
    counts = Counter(
        str(element.tag).rpartition("}")[2]
        for element in tree(name, data).iter()
        if isinstance(element.tag, str) and len(element)
    )
    if not counts:
        raise SourceFault(f"{name}: no records", french=f"{name} ne contient aucune fiche")
    return max(counts, key=lambda tag: counts[tag])
