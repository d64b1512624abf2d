"""What curators accepted in a data folder: that a contributor's label means a concept, or no longer does; in SSSOM."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cis_graph.concepts.words import Meanings
from cis_graph.errors import ReleaseFault
from cis_graph.mapping.names import slug
from cis_graph.sssom import DECIDED, NOT, SAID, Table

COLUMNS = (
    "subject_type",
    "subject_source",
    "subject_label",
    "predicate_id",
    "object_id",
    "predicate_modifier",
    "mapping_justification",
    *SAID,
)
_LITERAL = "rdfs literal"
_PREDICATE = "skos:closeMatch"  # one label may mean several concepts, which are not the same
_PREFIX = "concept:"
_HEADER = """# mapping_set_title: What labels of contributors mean, decided here
# curie_map:
#   concept: https://w3id.org/insoc/concept/
# comment: subject_source is the contributor. predicate_modifier Not takes back. Append only; the last line wins.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A contributor's label means a concept, or ``means`` it no longer: who said so, when (ISO date) and why."""

    contributor: str
    text: str
    scheme: str
    concept: str
    means: bool
    by: str
    date: str
    why: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Where its meanings are looked up."""
        return self.contributor, self.scheme, slug(self.text)


class AcceptedLog:
    """The table of what was accepted."""

    def __init__(self, path: Path) -> None:
        self._table = Table(path, COLUMNS, _HEADER)

    def read(self) -> tuple[Accepted, ...]:
        """All that was accepted, oldest first.

        Raises:
            ReleaseFault: the table cannot be read.
        """
        return tuple(self._accepted(row) for row in self._table.rows())

    def record(self, accepted: Iterable[Accepted], tables: Meanings) -> tuple[Accepted, ...]:
        """Appends what is not so already by ``tables`` and what was accepted before; what was appended.

        Raises:
            ReleaseFault: the table cannot be read.
        """
        with self._table.alone():
            before = self.read()
            known = replayed(tables, before)
            fresh = tuple(one for one in accepted if (one.concept in known.get(one.place, ())) != one.means)
            if fresh:
                self._table.replace(list(map(_row, (*before, *fresh))))
        return fresh

    def _accepted(self, row: Mapping[str, str]) -> Accepted:
        scheme, slash, concept = row["object_id"].removeprefix(_PREFIX).partition("/")
        known = (row["subject_type"], row["predicate_id"]) == (_LITERAL, _PREDICATE)
        if not (known and row["predicate_modifier"] in {"", NOT} and row["object_id"].startswith(_PREFIX) and slash):
            raise ReleaseFault(
                f"{self._table.path.name}: {' '.join(row.values())}: a line is {_LITERAL}, contributor, label, "
                f"{_PREDICATE}, {_PREFIX}scheme/key, and {NOT} or nothing"
            )
        return Accepted(
            contributor=row["subject_source"],
            text=row["subject_label"],
            scheme=scheme,
            concept=concept,
            means=row["predicate_modifier"] == "",
            by=row["author_label"],
            date=row["mapping_date"],
            why=row["comment"],
        )


def replayed(tables: Meanings, accepted: Iterable[Accepted]) -> Meanings:
    """What labels mean by the tables, once all that was accepted is heard in its order."""
    known = dict(tables)
    for one in accepted:
        others = tuple(concept for concept in known.get(one.place, ()) if concept != one.concept)
        known[one.place] = (*others, one.concept) if one.means else others
    return {place: concepts for place, concepts in known.items() if concepts}


def _row(one: Accepted) -> Mapping[str, str]:
    modifier = "" if one.means else NOT
    mapped = (_LITERAL, one.contributor, one.text, _PREDICATE, f"{_PREFIX}{one.scheme}/{one.concept}", modifier)
    return dict(zip(COLUMNS, (*mapped, DECIDED, one.by, one.date, one.why), strict=True))
