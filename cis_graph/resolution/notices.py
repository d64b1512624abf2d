"""What a contributor is told of words and points that stay unknown."""

from collections.abc import Sequence

from cis_graph.concepts.suggest import Suggestion
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.places import Place, PlaceAnswer, PlaceStatus
from cis_graph.model.records import Label, Record

_SCHEMES = {
    "theme": ("thème", "theme"),
    "audience": ("public", "audience"),
    "method": ("méthode", "method"),
    "role": ("rôle", "role"),
    "actor-type": ("type d'acteur", "actor type"),
    "project-kind": ("sorte de projet", "kind of project"),
}
_SHOWN = 3  # candidates


def unknown_place(record: Record, source: str, place: Place, answer: PlaceAnswer) -> Finding:
    """A place that is unknown, or that may be several."""
    if answer.status is PlaceStatus.AMBIGUOUS:
        candidates = ", ".join(answer.candidates[:_SHOWN])
        return _refused(
            record,
            source,
            rule="lieu-ambigu",
            value=place.text,
            message=(
                f"Plusieurs lieux peuvent être « {place.text} » ({candidates}).",
                f'Several places may be "{place.text}" ({candidates}).',
            ),
            remedy=("Ajoutez le code postal ou le département.", "Add the postcode or the département."),
        )
    return _refused(
        record,
        source,
        rule="lieu-inconnu",
        value=place.text,
        message=(f"Aucun territoire français ne s'appelle « {place.text} ».", f'No French place is "{place.text}".'),
        remedy=(
            "Vérifiez l'orthographe, ou donnez le code postal ; un lieu à l'étranger reste dans vos données.",
            "Check the spelling, or give the postcode; a place abroad stays in your data.",
        ),
    )


def point_outside(record: Record, source: str, point: str) -> Finding:
    """Coordinates that lie in no single département."""
    return _refused(
        record,
        source,
        rule="point-hors-departement",
        value=point,
        message=(
            f"Le point {point} n'est dans aucun département de façon certaine.",
            f"The point {point} lies in no département for certain.",
        ),
        remedy=(
            "Vérifiez la latitude et la longitude (degrés décimaux), ou donnez la commune.",
            "Check latitude and longitude (decimal degrees), or give the commune.",
        ),
    )


def unknown_label(record: Record, source: str, label: Label, near: Sequence[Suggestion] = ()) -> Finding:
    """A label that nobody knows, with concepts ``near`` to it; it stays as a keyword where the record has keywords."""
    french, english = _SCHEMES[label.scheme]
    perhaps = f"Peut-être : {', '.join(one.words.french for one in near)} ? " if near else ""
    maybe = f"Perhaps: {', '.join(one.words.english for one in near)}? " if near else ""
    return _refused(
        record,
        source,
        rule="libelle-inconnu",
        value=label.text,
        field=french,
        message=(
            f"Le libellé « {label.text} » ({french}) n'a pas encore de correspondance : il reste un mot-clé.",
            f'The label "{label.text}" ({english}) has no match yet: it stays a keyword.',
        ),
        remedy=(
            f"{perhaps}Dites-nous à quel concept il correspond ; toutes vos fiches en profiteront.",
            f"{maybe}Tell us which concept it stands for; all your records will profit.",
        ),
    )


def text_left_out(record: Record, source: str) -> Finding:
    """Texts of a record whose contributor states no licence."""
    return Finding(
        contributor=record.contributor,
        source=source,
        fate=Fate.ADVICE,
        rule="texte-sans-licence",
        record=record.key,
        rows=record.rows,
        message_fr="Sans licence déclarée, les textes ne sont pas repris : seuls les faits sont publiés.",
        message_en="Without a stated licence, texts are left out: only facts are published.",
        remedy_fr="Indiquez la licence de vos textes (par exemple Licence Ouverte 2.0).",
        remedy_en="State the licence of your texts (for instance Licence Ouverte 2.0).",
    )


def _refused(
    record: Record,
    source: str,
    *,
    rule: str,
    value: str,
    message: tuple[str, str],
    remedy: tuple[str, str],
    field: str | None = None,
) -> Finding:
    return Finding(
        contributor=record.contributor,
        source=source,
        fate=Fate.VALUE_REFUSED,
        rule=rule,
        record=record.key,
        rows=record.rows,
        field=field,
        value=value,
        message_fr=message[0],
        message_en=message[1],
        remedy_fr=remedy[0],
        remedy_en=remedy[1],
    )
