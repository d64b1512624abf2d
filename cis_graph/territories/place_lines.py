"""Places in, answers out, one JSON line each."""

import json
from collections.abc import Mapping
from typing import cast, get_args

from cis_graph.errors import ValueFault
from cis_graph.model.places import Level, Place
from cis_graph.territories.resolver import Resolver

_LONGEST_LINE = 10_000
_SHOWN = 200
_LEVELS = get_args(Level)
_NOTHING: Mapping[str, object] = {
    "level": None,
    "code": None,
    "name": None,
    "confidence": 0.0,
    "evidence": "",
    "candidates": [],
}


def answer_line(resolver: Resolver, line: str) -> str:
    """The answer to one line, as one JSON line without its end.

    A line is a JSON object with ``text`` and, if known, ``level`` and ``departement``, or else plain text. A line that
    is neither gives the same keys and ``error``, a sentence in French.
    """
    try:
        place = _place(line.strip())
    except ValueFault as fault:
        return _line({"text": line.strip()[:_SHOWN], **_NOTHING, "error": fault.french})
    answer = resolver.resolve(place)
    return _line(
        {
            "text": place.text,
            "level": answer.level,
            "code": answer.code,
            "name": answer.name,
            "confidence": answer.confidence,
            "evidence": answer.evidence,
            "candidates": answer.candidates,
        }
    )


def _place(line: str) -> Place:
    """The place that a line tells; raises ``ValueFault``."""
    if len(line) > _LONGEST_LINE:
        raise _fault(f"a line of {len(line)} characters", f"ligne de {len(line)} caractères, {_LONGEST_LINE} au plus")
    if not line.startswith("{"):
        return Place(text=line)
    try:
        said: dict[str, object] = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _fault("a line that is not JSON", f"ligne JSON illisible ({error})") from error
    text = _text(said, "text")
    if text is None:
        raise _fault("a line without text", "« text » manque")
    return Place(text=text, level=_level(said), departement=_text(said, "departement"))


def _level(said: Mapping[str, object]) -> Level | None:
    level = _text(said, "level") or None
    if level is not None and level not in _LEVELS:
        levels = ", ".join(_LEVELS)
        raise _fault(f"level {level[:_SHOWN]!r}", f"« level » vaut {level[:_SHOWN]!r}, il peut valoir {levels}")
    return cast("Level | None", level)


def _text(said: Mapping[str, object], key: str) -> str | None:
    value = said.get(key)
    if value is not None and not isinstance(value, str):
        raise _fault(f"{key} is not a text", f"« {key} » n'est pas un texte")
    return value


def _fault(message: str, french: str) -> ValueFault:
    return ValueFault(message, french=french)


def _line(answer: Mapping[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=False).encode(errors="replace").decode()
