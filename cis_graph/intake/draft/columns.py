"""What each column of a sample is: its type by its values, its part in a record by its name and its values."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cis_graph.errors import ValueFault
from cis_graph.mapping.contacts import EMAIL, TELEPHONE
from cis_graph.mapping.names import slug
from cis_graph.mapping.postal import postcode_number
from cis_graph.mapping.tables import Table
from cis_graph.mapping.values import amount, degrees, french_date, listed, site
from cis_graph.model.identifiers import Rna, Siren, Siret
from cis_graph.model.records import Label, Scheme
from cis_graph.resolution.resolve import Resolution

SCHEMES: tuple[Scheme, ...] = ("theme", "audience", "method", "actor-type")
_MOSTLY = 0.8  # of a column's values that must be of its type
_SOME = 0.3  # of a column's labels that must be concepts
_LEAST = 3  # labels that are concepts: one or two may be chance
_MOST_VALUES = 500
_LONG = 80  # characters of a description on average


@dataclass(frozen=True, slots=True)
class Found:
    """A column with a part in the record: the field's name, its type as code, whether every row has it."""

    column: str
    part: str
    type: str
    whole: bool
    scheme: Scheme | None = None


_PARTS: Sequence[tuple[str, str, str]] = (  # part, what its name must be like, type
    ("siret", r"siret", "SiretNumber"),
    ("siren", r"siren", "SirenNumber"),
    ("rna", r"\brna\b|waldec", "RnaNumber"),
    ("modified", r"\bmaj\b|mise-a-jour|modifi|updated|last-update", "FrenchDate"),
    ("key", r"\b(id|identifiant|numero|n|no|ndeg|code|ref|reference|uid|guid)\b|^id-|-id$", "Text"),
    ("started", r"debut|start|lancement|creation|convention|labellisation", "FrenchDate"),
    ("ended", r"\bfin\b|end\b|cloture", "FrenchDate"),
    ("latitude", r"^lat|latitude", "Degrees"),
    ("longitude", r"^lng|^lon|longitude", "Degrees"),
    ("postcode", r"code-?postal|postcode|^cp$|^cp-|zip|\bpostal\b", "postal.PostcodeNumber"),
    ("town", r"commune|ville|town|city|localite|lib-com", "Text"),
    ("street", r"adres|rue|voie|street", "Text"),
    ("site", r"site|web|url|homepage|lien|internet", "Site"),
    ("amount", r"montant|amount|subvention", "Amount"),
    ("description", r"description|presentation|resume|objet|summary", "Text"),
    ("lead", r"porteu|structure|organisme|beneficiaire|organisation|association", "Text"),
    ("title", r"nom|titre|intitule|title|name|libelle|denomination|raison|^lib", "Text"),
)
_NOT = re.compile(r"mail|courriel|tel|phone|contact|facebook|twitter|horaire|^h-|responsable|prenom")
_WEB = re.compile(r"contact-?(?:web|site|url|internet)")
_CHECKS: Mapping[str, Callable[[str], Any]] = {
    "SiretNumber": Siret.parse, "SirenNumber": Siren.parse, "RnaNumber": Rna.parse, "FrenchDate": french_date,
    "Degrees": degrees, "postal.PostcodeNumber": postcode_number, "Site": site, "Amount": amount,
}  # fmt: skip


def parts_of(table: Table, resolution: Resolution) -> tuple[Found, ...]:
    """The columns that have a part in a record; each part is given once, to the fullest column that fits it."""
    values = {name: _values(table, name) for name in table.columns}
    open_columns = [name for name in table.columns if values[name] and not _is_private(name, values[name])]
    found: list[Found] = []
    for part, pattern, kind in _PARTS:
        fit = [name for name in open_columns
               if re.search(pattern, _word(name)) and _fits(part, kind, values[name], table)]  # fmt: skip
        if fit:
            name = max(fit, key=lambda one: len(values[one]))
            found.append(Found(name, part, kind, whole=len(values[name]) == _rows(table)))
            open_columns.remove(name)
    found += _labels(open_columns, values, resolution, table)
    return _with_title(found, open_columns, values, table)


def left_out(table: Table, used: Iterable[Found]) -> Iterator[tuple[str, int, str]]:
    """The other columns: name, rows that have a value, and the first, none of people and none of empty columns."""
    mapped = {one.column for one in used}
    for name in table.columns:
        if name not in mapped:
            values = _values(table, name)
            yield name, len(values), "" if not values or _is_private(name, values) else values[0]


def _word(name: str) -> str:
    """The last part of a column's name, as names are compared."""
    return slug(name.rpartition(".")[2])


def _values(table: Table, name: str) -> list[str]:
    return [cell for row in table.rows if (cell := row.get(name, "").strip())]


def _rows(table: Table) -> int:
    return sum(any(cell.strip() for cell in row.values()) for row in table.rows)


def _is_private(name: str, values: Sequence[str]) -> bool:
    """Whether a column holds what is published of nobody."""
    private = sum(bool(EMAIL.search(value) or TELEPHONE.search(value)) for value in values)
    return bool(_NOT.search(_WEB.sub("", _word(name)))) or private > len(values) / 10


def _fits(part: str, kind: str, values: Sequence[str], table: Table) -> bool:
    if part == "key":
        return len(set(values)) == len(values) == _rows(table)
    if part in {"title", "lead"} and sum(map(_has_letters, values)) < _MOSTLY * len(values):
        return False
    if part == "title":
        return len(values) >= _MOSTLY * _rows(table)
    if part == "description":
        return sum(map(len, values)) / len(values) >= _LONG
    return kind == "Text" or _share(values, _CHECKS[kind]) >= _MOSTLY


def _has_letters(value: str) -> bool:
    return any(map(str.isalpha, value))


def _share(values: Iterable[str], check: Callable[[str], Any]) -> float:
    tried = list(dict.fromkeys(values))[:_MOST_VALUES]
    good = 0
    for value in tried:
        try:
            check(value)
            good += 1
        except ValueFault:
            pass
    return good / len(tried)


def _labels(names: list[str], values: Mapping[str, Sequence[str]], resolution: Resolution, table: Table) -> list[Found]:
    """The columns whose words are concepts, one for each scheme."""
    graded = [(_known(values[name], scheme, resolution), name, scheme) for name in names for scheme in SCHEMES]
    found: dict[str, Found] = {}
    for share, name, scheme in sorted(graded, key=lambda one: -one[0]):
        taken = {one.column for one in found.values()}
        if share >= _SOME and scheme not in found and name not in taken:
            part = {"theme": "themes", "audience": "audiences", "method": "methods"}.get(scheme, "kind")
            kind = "Text" if scheme == "actor-type" else "Listed"
            found[scheme] = Found(name, part, kind, whole=len(values[name]) == _rows(table), scheme=scheme)
    for one in found.values():
        names.remove(one.column)
    return list(found.values())


def _known(values: Iterable[str], scheme: Scheme, resolution: Resolution) -> float:
    words = list(dict.fromkeys(word for value in values for word in listed(value)))[:_MOST_VALUES]
    known = sum(bool(resolution.labels.resolve("", Label(text=word, scheme=scheme))) for word in words)
    return known / len(words) if known >= _LEAST else 0.0


def _with_title(
    found: list[Found], names: list[str], values: Mapping[str, Sequence[str]], table: Table
) -> tuple[Found, ...]:
    """What the record is called: where no column says so, its lead, else the fullest column of words."""
    if any(one.part == "title" for one in found):
        return tuple(found)
    lead = next((one for one in found if one.part == "lead"), None)
    rest = [one for one in found if one is not lead]
    name = lead.column if lead else max(names, key=lambda one: len(set(values[one])), default=table.columns[0])
    return (*(one for one in rest if one.column != name), Found(name, "title", "Text", whole=True))
