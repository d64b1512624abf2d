"""What a contributor is told when a row, a value or a column is not as declared."""

from collections.abc import Sequence

from cis_graph.errors import RecordFault, ValueFault
from cis_graph.mapping.contacts import without_contacts
from cis_graph.mapping.source import Numbered, Source, Unit
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.notices import Both, Notice
from cis_graph.model.records import Record

_LONGEST_VALUE = 200  # characters shown


def unknown_column(source: Source, file: str, name: str) -> Finding:
    """A column or section that nobody declared: an alarm, rows go on."""
    notice = Notice(
        fate=Fate.SOURCE_ALARM,
        rule="colonne-inconnue",
        field=name,
        message=Both(
            f"La colonne ou rubrique « {name} » n'est pas déclarée : elle n'est pas lue.",
            f'The column or section "{name}" is not declared: it is not read.',
        ),
        remedy=Both(
            "Dites-nous ce qu'elle contient, ou retirez-la ; les autres colonnes sont lues.",
            "Tell us what it holds, or drop it; the other columns are read.",
        ),
    )
    return notice.of_source(source.contributor, source.slug, files=(file,) if file else ())


def row_rejected(source: Source, row: Numbered, name: str, value: str, why: ValueFault | None = None) -> Finding:
    """A row without what it needs, or (``why``) where that fails its check."""
    number = row.number
    notice = Notice(
        fate=Fate.RECORD_REJECTED,
        rule="valeur-necessaire",
        field=name,
        value=_shown(value),
        message=Both(
            f"« {name} » est nécessaire et manque, ou ne se lit pas : la ligne {number} est mise de côté.",
            f'"{name}" is needed and is missing or unreadable: row {number} is set aside.',
        ),
        remedy=Both(
            f"Renseignez « {name} » dans cette ligne ; elle sera publiée à la prochaine moisson ou au prochain envoi.",
            f'Fill in "{name}" in this row; the next harvest or push will publish it.',
        ),
        example=why.example if why else None,
    )
    return _of_rows(source, notice, Unit((row,), None))


def value_refused(source: Source, row: Numbered, name: str, value: str, why: ValueFault) -> Finding:
    """A value that fails its check; the row goes on without it."""
    french, english = (reason.replace(value, _shown(value)) for reason in (why.french, str(why)))
    notice = Notice(
        fate=Fate.VALUE_REFUSED,
        rule="valeur-refusee",
        field=name,
        value=_shown(value),
        message=Both(
            f"La valeur de « {name} » ne passe pas son contrôle ({french}) : elle n'est pas publiée.",
            f'The value of "{name}" fails its check ({english}): it is not published.',
        ),
        remedy=Both(
            "Corrigez la valeur dans votre source ; le reste de la fiche est publié.",
            "Mend the value in your source; the rest of the record is published.",
        ),
        example=why.example,
    )
    return _of_rows(source, notice, Unit((row,), None))


def record_rejected(source: Source, unit: Unit, why: RecordFault) -> Finding:
    """A record that its mapper cannot make."""
    notice = Notice(
        fate=Fate.RECORD_REJECTED,
        rule="fiche-impossible",
        message=Both(f"La fiche ne peut pas être faite : {why.french}", f"The record cannot be made: {why}"),
        remedy=Both("Corrigez ces lignes dans votre source.", "Mend these rows in your source."),
    )
    return _of_rows(source, notice, unit)


def rows_lost(source: Source, count: int) -> Finding:
    """Rows that the mapper put into no record, or into two."""
    notice = Notice(
        fate=Fate.SOURCE_ALARM,
        rule="lignes-sans-suite",
        value=str(count),
        message=Both(
            f"Le compte des lignes n'y est pas : écart de {count} entre les lignes lues et leur suite.",
            f"Rows do not add up: {count} between those read and those accounted for.",
        ),
        remedy=Both(
            "C'est à nous de corriger la lecture de votre source.", "It is for us to mend how your source is read."
        ),
    )
    return notice.of_source(source.contributor, source.slug)


def characters_lost(source: Source, file: str, cells: Sequence[tuple[int, str]]) -> Finding:
    """Cells (row, column) in which somebody before us put a mark in the place of a character they could not read."""
    row, column = cells[0]
    where, place = f" ({file})" if file else "", f"« {column} »"
    notice = Notice(
        fate=Fate.SOURCE_ALARM,
        rule="caracteres-perdus",
        field=column,
        value=str(len(cells)),
        message=Both(
            f"Des caractères sont perdus (\ufffd) dans {len(cells)} cellules, d'abord ligne {row}, {place}{where}.",
            f'Characters are lost (\ufffd) in {len(cells)} cells, first in row {row}, "{column}"{where}.',
        ),
        remedy=Both(
            "Exportez de nouveau le fichier, en UTF-8 : ces lettres ne sont plus dans celui-ci.",
            "Export the file anew, in UTF-8: this one has those letters no more.",
        ),
    )
    return notice.of_source(source.contributor, source.slug)


def key_taken(source: Source, record: Record, first: Record) -> Finding:
    """A second record with a key that another has."""
    rows = ", ".join(map(str, first.rows))
    files = ", ".join(dict.fromkeys(first.files))
    where = f"{rows} ({files})" if files else rows
    notice = Notice(
        fate=Fate.RECORD_REJECTED,
        rule="identifiant-double",
        value=_shown(record.key),
        message=Both(
            f"L'identifiant « {record.key} » est déjà celui de la ligne {where} : cette fiche est mise de côté.",
            f'The identifier "{record.key}" is already that of row {where}: this record is set aside.',
        ),
        remedy=Both(
            "Donnez à chaque fiche un identifiant qui n'est qu'à elle.", "Give each record an identifier of its own."
        ),
    )
    return notice.of_record(record, source.slug)


def _of_rows(source: Source, notice: Notice, unit: Unit) -> Finding:
    return notice.of_source(source.contributor, source.slug, unit.rows, unit.files)


def _shown(value: str) -> str:
    shown = without_contacts(value)
    return shown if len(shown) <= _LONGEST_VALUE else shown[:_LONGEST_VALUE] + "…"
