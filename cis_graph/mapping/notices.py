"""What a contributor is told when a row, a value or a column is not as declared."""

from cis_graph.errors import RecordFault, ValueFault
from cis_graph.mapping.source import Source
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.records import Record

_LONGEST_VALUE = 200  # characters shown


def unknown_column(source: Source, name: str) -> Finding:
    """A column or section that nobody declared: an alarm, rows go on."""
    return Finding(
        contributor=source.contributor,
        source=source.slug,
        fate=Fate.SOURCE_ALARM,
        rule="colonne-inconnue",
        field=name,
        message_fr=f"La colonne ou rubrique « {name} » n'est pas déclarée : elle n'est pas lue.",
        message_en=f'The column or section "{name}" is not declared: it is not read.',
        remedy_fr="Dites-nous ce qu'elle contient, ou retirez-la ; les autres colonnes sont lues.",
        remedy_en="Tell us what it holds, or drop it; the other columns are read.",
    )


def row_rejected(source: Source, number: int, name: str, value: str) -> Finding:
    """A row without what it needs."""
    return Finding(
        contributor=source.contributor,
        source=source.slug,
        fate=Fate.RECORD_REJECTED,
        rule="valeur-necessaire",
        rows=(number,),
        field=name,
        value=_shown(value),
        message_fr=f"« {name} » est nécessaire et manque, ou ne se lit pas : la ligne {number} est mise de côté.",
        message_en=f'"{name}" is needed and is missing or unreadable: row {number} is set aside.',
        remedy_fr=f"Renseignez « {name} » dans cette ligne ; elle sera publiée à la prochaine moisson.",
        remedy_en=f'Fill in "{name}" in this row; it will be published with the next harvest.',
    )


def value_refused(source: Source, number: int, name: str, value: str, why: ValueFault) -> Finding:
    """A value that fails its check; the row goes on without it."""
    french, english = (reason.replace(value, _shown(value)) for reason in (why.french, str(why)))
    return Finding(
        contributor=source.contributor,
        source=source.slug,
        fate=Fate.VALUE_REFUSED,
        rule="valeur-refusee",
        rows=(number,),
        field=name,
        value=_shown(value),
        message_fr=f"La valeur de « {name} » ne passe pas son contrôle ({french}) : elle n'est pas publiée.",
        message_en=f'The value of "{name}" fails its check ({english}): it is not published.',
        remedy_fr="Corrigez la valeur dans votre source ; le reste de la fiche est publié.",
        remedy_en="Mend the value in your source; the rest of the record is published.",
    )


def record_rejected(source: Source, rows: tuple[int, ...], why: RecordFault) -> Finding:
    """A record that its mapper cannot make."""
    return Finding(
        contributor=source.contributor,
        source=source.slug,
        fate=Fate.RECORD_REJECTED,
        rule="fiche-impossible",
        rows=rows,
        message_fr=f"La fiche ne peut pas être faite : {why.french}",
        message_en=f"The record cannot be made: {why}",
        remedy_fr="Corrigez ces lignes dans votre source.",
        remedy_en="Mend these rows in your source.",
    )


def rows_lost(source: Source, count: int) -> Finding:
    """Rows that the mapper put into no record, or into two."""
    return Finding(
        contributor=source.contributor,
        source=source.slug,
        fate=Fate.SOURCE_ALARM,
        rule="lignes-sans-suite",
        value=str(count),
        message_fr=f"Le compte des lignes n'y est pas : écart de {count} entre les lignes lues et leur suite.",
        message_en=f"Rows do not add up: {count} between those read and those accounted for.",
        remedy_fr="C'est à nous de corriger la lecture de votre source.",
        remedy_en="It is for us to mend how your source is read.",
    )


def key_taken(source: Source, record: Record, first: Record) -> Finding:
    """A second record with a key that another has."""
    rows = ", ".join(map(str, first.rows))
    return Finding(
        contributor=source.contributor,
        source=source.slug,
        fate=Fate.RECORD_REJECTED,
        rule="identifiant-double",
        record=record.key,
        rows=record.rows,
        value=_shown(record.key),
        message_fr=f"L'identifiant « {record.key} » est déjà celui de la ligne {rows} : cette fiche est mise de côté.",
        message_en=f'The identifier "{record.key}" is already that of row {rows}: this record is set aside.',
        remedy_fr="Donnez à chaque fiche un identifiant qui n'est qu'à elle.",
        remedy_en="Give each record an identifier of its own.",
    )


def _shown(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"
