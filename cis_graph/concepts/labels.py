"""A contributor's labels to concepts: by their own table, or by the concepts' names."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from cis_graph.concepts.words import Meanings, WordsByConcept
from cis_graph.errors import SourceFault
from cis_graph.mapping.names import slug
from cis_graph.model.records import SCHEMES, Label

How = Literal["given", "table", "name"]
OneMeaning = Mapping[tuple[str, str], tuple[str, ...]]  # concept keys by scheme and slug of the label

LISTS = frozenset({"data-inclusion"})  # code lists: whoever uses their words means what they mean
_REMEMBERED = 1 << 16  # labels
_COLUMNS = ["label", "scheme", "concept", "by", "date", "why"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLabel:
    """A label with its concept, and how it was found.

    ``given``: the mapper knew it; ``table``: its contributor's own table; ``name``: it is a preferred or alternative
    label of one concept, or a word of a code list. What others mean by a label is suggested, not taken: it is right too
    seldom.
    """

    label: Label
    how: How


@dataclass(frozen=True, slots=True)
class Labels:
    """What each (contributor, scheme, label) means: one or more concept keys, in the table's order."""

    known: Meanings
    names: OneMeaning = field(default_factory=dict)
    _found: dict[tuple[str, Label], tuple[FoundLabel, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def load(
        cls,
        folder: Path,
        concepts: Mapping[str, frozenset[str]],
        *,
        words: WordsByConcept | None = None,
        elsewhere: Path | None = None,
    ) -> Self:
        """The tables of ``folder``, one file a contributor; ``concepts`` gives the keys of each scheme.

        ``words`` are the concepts' names. ``elsewhere`` is a table of labels of contributors who have no file; as with
        the folder, no table knows nothing.

        Raises:
            SourceFault: a table has other columns, names no scheme or no concept of it.
        """
        known: Meanings = {}
        for path in sorted(folder.glob("*.csv")):
            known = {**known, **_meanings(path, concepts, _COLUMNS, path.stem)}
        others = _meanings(elsewhere, concepts, ["contributor", *_COLUMNS]) if elsewhere and elsewhere.exists() else {}
        return cls.of({**others, **known}, words or {})

    @classmethod
    def of(cls, known: Meanings, words: WordsByConcept) -> Self:
        """The labels of contributors, with the names of concepts, the words of code lists among them."""
        listed = {(scheme, text): concepts for (whose, scheme, text), concepts in known.items() if whose in LISTS}
        return cls(known, {**listed, **_names(words)})

    def resolve(self, contributor: str, label: Label) -> tuple[Label, ...]:
        """The label with each concept it means; empty where nobody knows it."""
        return tuple(found.label for found in self.find(contributor, label))

    def find(self, contributor: str, label: Label) -> tuple[FoundLabel, ...]:
        """As :meth:`resolve`, with how each was found: the first way that finds anything."""
        if label.concept is not None:
            return (FoundLabel(label=label, how="given"),)
        if (known := self._found.get((contributor, label))) is None:
            if len(self._found) == _REMEMBERED:
                self._found.clear()
            known = self._found[contributor, label] = self._looked_up(contributor, label)
        return known

    def _looked_up(self, contributor: str, label: Label) -> tuple[FoundLabel, ...]:
        text = slug(label.text)
        how: How = "table"
        concepts = self.known.get((contributor, label.scheme, text))
        if not concepts:
            how, concepts = "name", self.names.get((label.scheme, text), ())
        return tuple(
            FoundLabel(label=Label(text=label.text, scheme=label.scheme, concept=concept), how=how)
            for concept in concepts
        )


def _names(words: WordsByConcept) -> OneMeaning:
    """The concept that a name stands for, where it is one only."""
    named: dict[tuple[str, str], set[str]] = {}
    for (scheme, key), found in words.items():
        for name in found.every:
            named.setdefault((scheme, slug(name)), set()).add(key)
    return {name: tuple(keys) for name, keys in named.items() if len(keys) == 1}


def _meanings(
    path: Path, concepts: Mapping[str, frozenset[str]], columns: list[str], contributor: str | None = None
) -> Meanings:
    meanings: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for row in _rows(path, concepts, columns):
        place = (contributor or row["contributor"], row["scheme"], slug(row["label"]))
        meanings[place] = tuple(dict.fromkeys((*meanings.get(place, ()), row["concept"])))
    return meanings


def _rows(path: Path, concepts: Mapping[str, frozenset[str]], columns: list[str]) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != columns:
            raise SourceFault(f"{path.name}: columns are {reader.fieldnames}; they must be {columns}")
        for row in reader:
            _check(path, reader.line_num, row, concepts)
            yield row


def _check(path: Path, line: int, row: Mapping[str, str], concepts: Mapping[str, frozenset[str]]) -> None:
    if row["scheme"] not in SCHEMES:
        raise SourceFault(f'{path.name} line {line}: "{row["scheme"]}" is no scheme; take one of {SCHEMES}')
    if row["concept"] not in concepts.get(row["scheme"], frozenset()):
        raise SourceFault(f'{path.name} line {line}: "{row["concept"]}" is no concept of scheme {row["scheme"]}')
