"""Findings: what became of a source, a record or a value that is not as it should be."""

from dataclasses import dataclass
from enum import Enum


class Fate(Enum):
    """What a finding means for the data it speaks of."""

    SOURCE_FAILED = "source-failed"  # the source keeps its last good state
    SOURCE_ALARM = "source-alarm"  # rows go on
    RECORD_REJECTED = "record-rejected"  # the record is set aside, the others are published
    VALUE_REFUSED = "value-refused"  # the value is kept here, not published; the record is published
    WARNING = "warning"  # published; could be better
    ADVICE = "advice"  # published; information missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of a contributor's report.

    ``rows`` count from 1 as the source's own rows do (a header is not counted). ``files`` names the file of each row,
    or the one that has such a column; it is empty where the source is one file. ``field`` is the source's own column
    or section, or the RDF property's short name. ``rule`` is a short stable slug. ``message`` and ``remedy`` are for
    the contributor; each has a French and an English text. ``example`` is the value as it could be written instead, or
    one that is right. ``node`` and ``path`` are the IRIs of what breaks a shape, and of the property it is about.
    """

    contributor: str
    source: str
    fate: Fate
    rule: str
    message_fr: str
    message_en: str
    remedy_fr: str
    remedy_en: str
    record: str | None = None
    rows: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    field: str | None = None
    value: str | None = None
    example: str | None = None
    node: str | None = None
    path: str | None = None
