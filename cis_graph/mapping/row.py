"""Strict rows: each column of a source is mapped, ignored by name, or noticed."""

from functools import cache
from typing import Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, Field


class SourceRow(BaseModel):
    """One row of a source, under the source's own column names.

    A field whose type admits None is soft: a value that fails its check is refused and the row goes on without it.
    Any other field is needed: without it there is no record. ``ignored`` are columns left out by name; ``missing``
    are the source's words for an empty cell; ``optional`` are columns that an edition may lack.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    ignored: ClassVar[frozenset[str]] = frozenset()
    missing: ClassVar[frozenset[str]] = frozenset()
    optional: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    @cache
    def columns(cls) -> frozenset[str]:
        """The source's columns that are mapped."""
        return frozenset(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    @cache
    def soft(cls) -> frozenset[str]:
        """The columns whose value may be refused without losing the row."""
        return frozenset(
            field.alias or name for name, field in cls.model_fields.items() if type(None) in get_args(field.annotation)
        )


def column(name: str) -> Any:  # noqa: ANN401 - stands where a field's default stands
    """A field read from the source's column ``name``, spelled as the source spells it."""
    return Field(alias=name)


section = column
