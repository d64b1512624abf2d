"""Findings made in one way: what they say in French and in English, and of which record."""

from dataclasses import dataclass

from cis_graph.model.findings import Fate, Finding
from cis_graph.model.records import Record


@dataclass(frozen=True, slots=True)
class Both:
    """One text in both languages."""

    french: str
    english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a finding says, whatever it says it of; ``field``, ``value`` and ``example`` as a finding has them."""

    fate: Fate
    rule: str
    message: Both
    remedy: Both
    field: str | None = None
    value: str | None = None
    example: str | None = None

    def of_source(
        self, contributor: str, source: str, rows: tuple[int, ...] = (), files: tuple[str, ...] = ()
    ) -> Finding:
        """Said of a source, or of some of its rows."""
        return self._finding(contributor, source, None, rows, files)

    def of_record(self, record: Record, source: str) -> Finding:
        """Said of a record of a source."""
        return self._finding(record.contributor, source, record.key, record.rows, record.files)

    def _finding(
        self, contributor: str, source: str, record: str | None, rows: tuple[int, ...], files: tuple[str, ...]
    ) -> Finding:
        return Finding(
            contributor=contributor,
            source=source,
            fate=self.fate,
            rule=self.rule,
            message_fr=self.message.french,
            message_en=self.message.english,
            remedy_fr=self.remedy.french,
            remedy_en=self.remedy.english,
            record=record,
            rows=rows,
            files=files,
            field=self.field,
            value=self.value,
            example=self.example,
        )
