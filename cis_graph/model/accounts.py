"""Accounts: where every row and every record of a source ended."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAccount:
    """Rows of a source: ``read`` = ``blank`` + ``in_records`` + ``rejected`` + ``lost``; ``lost`` must be 0."""

    read: int = 0
    blank: int = 0
    in_records: int = 0
    rejected: int = 0

    @property
    def lost(self) -> int:
        """Rows that are in no record and in no finding."""
        return self.read - self.blank - self.in_records - self.rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A record that describes what others describe too: ``entity`` is its kind and key, ``others`` how many there are.

    ``records`` are the first of them, as contributor and key with a slash between, ``contributors`` all of theirs.
    """

    record: str
    entity: str
    others: int
    contributors: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAccount:
    """A source's rows and records: ``records`` = ``alone`` + ``together`` + ``rejected``.

    ``alone`` are published and describe what nobody else describes; ``together`` share a project with another record,
    or an actor where they tell of no project; ``merged`` says with which.
    """

    contributor: str
    source: str
    rows: RowAccount
    records: int
    alone: int
    together: int
    rejected: int
    merged: tuple[Merged, ...] = ()
