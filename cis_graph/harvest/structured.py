"""JSON and YAML documents to rows of text: bounded in size and depth, no key twice, no code, no bomb."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import yaml

from cis_graph.errors import SourceFault
from cis_graph.mapping.tables import JsonFile, JsonLinesFile, Table, YamlFile

LARGEST_JSON = 50 * 1024 * 1024  # bytes
LARGEST_YAML = 10 * 1024 * 1024  # bytes; and characters once its aliases stand for what they repeat
DEEPEST = 32  # objects and lists within each other
MOST_COLUMNS = 2_000
KEY = "(clé)"  # the column of a YAML record's key
VALUE = "(valeur)"  # the column of what is no object where a record should be
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Cell = tuple[str, str]


def json_table(file: JsonFile, data: bytes) -> Table:
    """The list of records of a JSON document, one row each.

    Raises:
        SourceFault: too large or too deep, no JSON, a key twice in one object, NaN, or no list of records.
    """
    text = _decoded(file.name, data, LARGEST_JSON)
    document = _loaded(file.name, text)
    return table_of(file.name, (cells(file.name, "", record) for record in _records(file, document)))


def json_lines_table(file: JsonLinesFile, data: bytes) -> Table:
    """The object of each line, one row each; a blank line is a blank row.

    Raises:
        SourceFault: too large or too deep, or a line is no JSON object, has a key twice, or holds NaN.
    """
    lines = _decoded(file.name, data, LARGEST_JSON).rstrip("\n").split("\n")
    return table_of(file.name, (_line(f"{file.name} line {number}", line) for number, line in enumerate(lines, 1)))


def _line(where: str, line: str) -> Iterable[Cell]:
    if not line.strip():
        return ()
    document = _loaded(where, line)
    if not isinstance(document, dict):
        raise SourceFault(
            f"{where}: no JSON object; give one object a line", french=f"{where} : chaque ligne doit être un objet JSON"
        )
    return cells(where, "", document)


def yaml_table(file: YamlFile, data: bytes) -> Table:
    """The records of a YAML mapping, one row each with its key; scalars stay as they are written.

    Raises:
        SourceFault: too large (aliases written out) or too deep, no YAML, a key twice, or no mapping.
    """
    try:
        document = _Loader(file.name, _decoded(file.name, data, LARGEST_YAML)).get_single_data()
    except (yaml.YAMLError, ValueError) as error:
        raise _unreadable(file.name, "YAML", error) from error
    if not isinstance(document, dict):
        raise SourceFault(
            f"{file.name}: no mapping at the top; give each record under its key",
            french=f"{file.name} : chaque fiche doit être donnée sous sa clé",
        )
    return table_of(file.name, ((((KEY, _text(key)), *cells(file.name, "", value)) for key, value in document.items())))


class _Loader(yaml.BaseLoader):
    """Texts, lists and mappings whatever the tags say; ``01000`` and ``no`` stay as they are written."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self._name = name
        self._depth = 0
        self._weight = 0  # nodes and characters so far, aliases written out
        self._weights: dict[str, int] = {}  # by anchor

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 - untyped in its library
        """A node, where it is neither too deep nor too heavy."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            if event.anchor in self.anchors:
                self._add(self._weights.get(str(event.anchor), LARGEST_YAML + 1))  # within itself it has no end
            return super().compose_node(parent, index)
        if self._depth >= DEEPEST:
            raise _too_deep(self._name)
        before, self._depth = self._weight, self._depth + 1
        self._add(1 + len(getattr(event, "value", "")))
        node = super().compose_node(parent, index)
        self._depth -= 1
        self._weights[event.anchor] = self._weight - before
        return node

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:  # noqa: ANN401 - untyped in its library
        """A mapping, where no key comes twice."""
        node = super().compose_mapping_node(anchor)
        _once(self._name, [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)])
        return node

    def construct_scalar(self, node: Any) -> Any:  # noqa: ANN401 - untyped in its library
        """The text as it is written; None where it is a plain null."""
        return None if node.style is None and node.value in _NULLS else super().construct_scalar(node)

    def _add(self, weight: int) -> None:
        self._weight += weight
        if self._weight > LARGEST_YAML:
            raise _too_large(self._name, LARGEST_YAML)


def _decoded(name: str, data: bytes, largest: int) -> str:
    if len(data) > largest:
        raise _too_large(name, largest)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(name, "UTF-8", error) from error


def _loaded(name: str, text: str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(text, object_pairs_hook=partial(_object, name), parse_constant=_no_number)
    except RecursionError as error:
        raise _too_deep(name) from error
    except ValueError as error:
        raise _unreadable(name, "JSON", error) from error


def _object(name: str, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    _once(name, [key for key, _ in pairs])
    return dict(pairs)


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def _records(file: JsonFile, document: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    for key in file.records:
        document = document.get(key) if isinstance(document, dict) else None
    if not isinstance(document, list):
        where = ".".join(file.records) or "the top"
        raise SourceFault(
            f"{file.name}: no list of records at {where}; see whether the source changed its shape",
            french=f"{file.name} : la liste des fiches ne s'y trouve pas ({where})",
        )
    return document


def table_of(name: str, rows: Iterable[Iterable[Cell]]) -> Table:
    """Rows of cells as a table whose columns come in the order they are first seen.

    Raises:
        SourceFault: a row has a column twice, or there are more columns than any source has.
    """
    columns: dict[str, None] = {}
    made = []
    for number, row in enumerate(rows, 1):
        cells = list(row)
        _once(f"{name} record {number}", [column for column, _ in cells])
        made.append(dict(cells))
        columns.update(dict.fromkeys(made[-1]))
        if len(columns) > MOST_COLUMNS:
            raise SourceFault(f"{name}: more than {MOST_COLUMNS} columns; give records of one shape")
    return Table(columns=tuple(columns), rows=tuple(made))


def cells(name: str, column: str, value: Any, depth: int = 0) -> Iterator[Cell]:  # noqa: ANN401 - any JSON
    """The cells of a value under a column: an object's keys are dotted onto it, plain lists joined by semicolons."""
    if depth > DEEPEST:
        raise _too_deep(name)
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from cells(name, f"{column}.{_text(key)}" if column else _text(key), inner, depth + 1)
    elif isinstance(value, list):
        yield column or VALUE, _list_text(name, value, depth)
    elif column or value is not None:
        yield column or VALUE, _text(value)


def _list_text(name: str, values: list[Any], depth: int) -> str:
    if not any(isinstance(value, dict | list) for value in values):
        return ";".join(map(_text, values))
    _check_depth(name, values, depth)
    return _text(json.dumps(values, ensure_ascii=False))


def _check_depth(name: str, value: Any, depth: int) -> None:  # noqa: ANN401 - any JSON
    if depth > DEEPEST:
        raise _too_deep(name)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_depth(name, inner, depth + 1)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).encode("utf-8", "replace").decode()  # half a surrogate pair is no text


def _once(where: str, names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        twice = next(name for name, count in Counter(names).items() if count > 1)
        raise SourceFault(
            f'{where}: "{_text(twice)}" stands twice in one object; give each key once',
            french=f"{where} : la clé « {_text(twice)} » figure deux fois au même endroit",
        )


def _too_large(name: str, largest: int) -> SourceFault:
    return SourceFault(
        f"{name}: more than {largest} bytes; cut it in parts",
        french=f"{name} est trop grand (plus de {largest} octets) : découpez-le",
    )


def _too_deep(name: str) -> SourceFault:
    return SourceFault(
        f"{name}: more than {DEEPEST} levels within each other; flatten it",
        french=f"{name} a plus de {DEEPEST} niveaux imbriqués",
    )


def _unreadable(name: str, kind: str, error: Exception) -> SourceFault:
    why = " ".join(str(error).split())[:200]
    return SourceFault(
        f"{name}: not readable as {kind}: {why}",
        french=f"{name} n'est pas lisible comme {kind} ({why})",
    )
