"""Shape results as findings: what is wrong, where it stands in the contributor's data, how to mend it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from sys import intern

from cis_graph.mapping.contacts import cut_contacts
from cis_graph.model.findings import Fate, Finding
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.shapes import Severity

_FATES: Mapping[Severity, Fate] = {
    "violation": Fate.RECORD_REJECTED,
    "warning": Fate.WARNING,
    "info": Fate.ADVICE,
}
_CONTACTS = frozenset({"email-in-text", "phone-in-text"})
_SHOWN = 200  # characters of a value


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a node comes from: ``rows`` and their ``files`` as a finding has them, and the contributor's own key."""

    contributor: str
    source: str
    record: str
    rows: tuple[int, ...]
    files: tuple[str, ...] = ()


def fate(result: ShapeResult) -> Fate:
    """What becomes of a record for which there is such a result."""
    return _FATES[result.severity]


def findings(results: Iterable[ShapeResult], origin_of: Callable[[str], Origin]) -> Iterator[Finding]:
    """One finding for each result; ``origin_of`` gives the origin of a focus node's IRI.

    Their sentences are few: each is held once, however many findings say it.
    """
    for result in results:
        yield _finding(result, origin_of(result.focus))


def _finding(result: ShapeResult, origin: Origin) -> Finding:
    node = _local_name(result.focus)
    return Finding(
        contributor=origin.contributor,
        source=origin.source,
        fate=fate(result),
        rule=result.rule,
        message_fr=intern(f"« {node} » : {result.message_fr}"),
        message_en=intern(f'"{node}": {result.message_en}'),
        remedy_fr=intern(result.remedy_fr),
        remedy_en=intern(result.remedy_en),
        record=origin.record,
        rows=origin.rows,
        files=origin.files,
        field=None if result.path is None else intern(_local_name(result.path)),
        value=None if result.value is None else _shortened(result.value),
        example=_example(result),
        node=result.focus if ":" in result.focus else None,  # a blank node has a label alone
        path=None if result.path is None else intern(result.path),
    )


def _example(result: ShapeResult) -> str | None:
    """The text without what must not stand in it, or what the rule gives as an example."""
    if result.rule in _CONTACTS and result.value is not None:
        return _shortened(cut_contacts(result.value)) or None
    return result.example


def _local_name(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
