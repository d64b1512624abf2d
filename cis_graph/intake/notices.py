"""What somebody is told of data that they try or push, as a whole."""

from cis_graph.errors import SourceFault
from cis_graph.mapping.source import Source
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.notices import Both, Notice


def unreadable(source: Source, fault: SourceFault) -> Finding:
    """Data that cannot be read at all."""
    notice = Notice(
        fate=Fate.SOURCE_FAILED,
        rule="source-illisible",
        message=Both(f"Ces données ne peuvent pas être lues : {fault.french}.", f"The data cannot be read: {fault}."),
        remedy=Both(
            "Corrigez le fichier à cet endroit, ou choisissez une autre source.",
            "Mend the file at that place, or choose another source.",
        ),
    )
    return notice.of_source(source.contributor, source.slug)


def too_few(source: Source, count: int) -> Finding:
    """Fewer records than a harvest of the source would accept."""
    least = source.at_least
    notice = Notice(
        fate=Fate.SOURCE_ALARM,
        rule="source-reduite",
        value=str(count),
        message=Both(
            f"Nombre de fiches : {count} ; une moisson de cette source en attend au moins {least}.",
            f"Number of records: {count}; a harvest of this source expects at least {least}.",
        ),
        remedy=Both(
            "Pour un extrait, c'est normal ; un envoi entier doit être complet.",
            "That is fine for an extract; a whole set must be complete.",
        ),
    )
    return notice.of_source(source.contributor, source.slug)
