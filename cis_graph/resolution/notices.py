"""What a contributor is told of words and points that stay unknown."""

from collections.abc import Mapping, Sequence

from cis_graph.concepts.suggest import Suggestion
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.notices import Both, Notice
from cis_graph.model.places import Place, PlaceAnswer, PlaceStatus
from cis_graph.model.records import Label, Record, Scheme

_SCHEMES: Mapping[Scheme, tuple[str, str]] = {
    "theme": ("thème", "theme"),
    "audience": ("public", "audience"),
    "method": ("méthode", "method"),
    "role": ("rôle", "role"),
    "actor-type": ("type d'acteur", "actor type"),
    "project-kind": ("sorte de projet", "kind of project"),
}
_SHOWN = 3  # candidates
UNKNOWN_LABEL = "libelle-inconnu"


def unknown_place(record: Record, source: str, place: Place, answer: PlaceAnswer) -> Finding:
    """A place that is unknown, or that may be several."""
    if answer.status is PlaceStatus.AMBIGUOUS:
        candidates = ", ".join(answer.candidates[:_SHOWN])
        return Notice(
            fate=Fate.VALUE_REFUSED,
            rule="lieu-ambigu",
            value=place.text,
            message=Both(
                f"Plusieurs lieux peuvent être « {place.text} » ({candidates}).",
                f'Several places may be "{place.text}" ({candidates}).',
            ),
            remedy=Both("Ajoutez le code postal ou le département.", "Add the postcode or the département."),
        ).of_record(record, source)
    return Notice(
        fate=Fate.VALUE_REFUSED,
        rule="lieu-inconnu",
        value=place.text,
        message=Both(
            f"Aucun territoire français ne s'appelle « {place.text} ».", f'No French place is "{place.text}".'
        ),
        remedy=Both(
            "Vérifiez l'orthographe, ou donnez le code postal ; un lieu à l'étranger reste dans vos données.",
            "Check the spelling, or give the postcode; a place abroad stays in your data.",
        ),
    ).of_record(record, source)


def point_outside(record: Record, source: str, point: str) -> Finding:
    """Coordinates that lie in no single département."""
    return Notice(
        fate=Fate.VALUE_REFUSED,
        rule="point-hors-departement",
        value=point,
        message=Both(
            f"Le point {point} n'est dans aucun département de façon certaine.",
            f"The point {point} lies in no département for certain.",
        ),
        remedy=Both(
            "Vérifiez la latitude et la longitude (degrés décimaux), ou donnez la commune.",
            "Check latitude and longitude (decimal degrees), or give the commune.",
        ),
    ).of_record(record, source)


def unknown_label(record: Record, source: str, label: Label, near: Sequence[Suggestion] = ()) -> Finding:
    """A label that nobody knows, with concepts ``near`` to it; it stays as a keyword where the record has keywords."""
    french, english = _SCHEMES[label.scheme]
    perhaps = f"Peut-être : {', '.join(one.words.french for one in near)} ? " if near else ""
    maybe = f"Perhaps: {', '.join(one.words.english for one in near)}? " if near else ""
    return Notice(
        fate=Fate.VALUE_REFUSED,
        rule=UNKNOWN_LABEL,
        value=label.text,
        field=french,
        message=Both(
            f"Le libellé « {label.text} » ({french}) n'a pas encore de correspondance : il reste un mot-clé.",
            f'The label "{label.text}" ({english}) has no match yet: it stays a keyword.',
        ),
        remedy=Both(
            f"{perhaps}Dites-nous à quel concept il correspond ; toutes vos fiches en profiteront.",
            f"{maybe}Tell us which concept it stands for; all your records will profit.",
        ),
    ).of_record(record, source)


def scheme_called(french: str | None) -> Scheme | None:
    """The scheme that a finding on an unknown label has as its field."""
    return next((scheme for scheme, names in _SCHEMES.items() if names[0] == french), None)


def text_left_out(record: Record, source: str) -> Finding:
    """Texts of a record whose contributor states no licence."""
    notice = Notice(
        fate=Fate.ADVICE,
        rule="texte-sans-licence",
        message=Both(
            "Sans licence déclarée, les textes ne sont pas repris : seuls les faits sont publiés.",
            "Without a stated licence, texts are left out: only facts are published.",
        ),
        remedy=Both(
            "Indiquez la licence de vos textes (par exemple Licence Ouverte 2.0).",
            "State the licence of your texts (for instance Licence Ouverte 2.0).",
        ),
    )
    return notice.of_record(record, source)
