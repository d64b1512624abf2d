"""Ultra-Num: places of digital mediation in La Réunion, as of April 2023.

What a place offers stands in forty-eight columns of tags. All rows are said to be of an association, employment offices
and town services too, so that is not told. The points come from a geocoder that looked all over France: one outside La
Réunion is not told. There is no identifier, so a key is made of name, street and town.
"""

from pydantic import create_model

from cis_graph.mapping import keys, postal
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import JsonFile
from cis_graph.mapping.values import Degrees, Site, Text
from cis_graph.model.places import Place
from cis_graph.model.records import NO_LICENCE, Actor, Record

SOURCE = Source(
    slug="ultra-num",
    contributor="ultra-num",
    title="Ultra-Num (La Réunion)",
    homepage="https://github.com/anct-cartographie-nationale/mednum-cli",
    licence=NO_LICENCE,
    data=(JsonFile(name="ultra-num.json"),),
    at_least=120,
    note_fr="Médiation numérique à La Réunion, état d'avril 2023 ; le site est celui qui republie le fichier. "
    "L'adresse d'origine n'est pas connue : il est déposé à la main. Sa licence n'est pas dite : faits seuls.",
    note_en="Digital mediation in La Réunion as of April 2023; the site is where the file is republished. Its "
    "own address is not known: it is handed over. Its licence is not stated: facts only.",
)
ISLAND = Place(text="La Réunion", level="departement")
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
HOURS = ("Ouverture matin (ou journée continue)", "Fermeture matin", "Fermeture après-midi",
         "Ouverture après-midi (sauf si une seule tranche horaire)")  # fmt: skip
GEOCODED = ("label", "score", "score_next", "type", "id", "housenumber", "name", "street", "postcode", "city",
            "citycode", "oldcitycode", "oldcity", "district", "status")  # fmt: skip


class Untagged(SourceRow):
    """One place, its tags apart."""

    ignored = frozenset(
        {"Type (Association, Groupe informel, Entreprise ou Service public)", "Code pays", "Tag 1", "Tag 2", "Tag 3"}
        | {"Description courte", "Description longue", "Latitude", "Longitude", "null/0", "null/1"}
        | {"Email", "Fixe", "Mobile", *(f"Contact : {what}" for what in ("nom", "email", "téléphone", "rôle"))}
        | {f"{hour} {day}" for hour in HOURS for day in DAYS}
        | {day.capitalize() for day in DAYS}
        | {f"result_{name}" for name in GEOCODED}
    )

    name: Text = column("Nom de l'organisation")
    kind: Text | None = column("Type de lieu")
    street: Text | None = column("Rue")
    postcode: postal.Postcode | None = column("Code postal")
    town: Text | None = column("Ville")
    site: Site | None = column("Site web")
    latitude: Degrees | None = column("latitude")
    longitude: Degrees | None = column("longitude")
    context: Text | None = column("result_context")


TAGS = {f"tag_{number}": (Text | None, column(f"Tag {number}")) for number in range(4, 52)}
Row: type[Untagged] = create_model("Row", __base__=Untagged, **TAGS)  # type: ignore[call-overload]


def says(row: Untagged) -> str:
    """What tells one place from another."""
    return keys.identity(row.name, row.street, row.town)


def to_record(told: keys.Keyed) -> Record:
    """The place, an actor with what it offers."""
    row: Untagged = told.row
    tags = (value for name, value in row if name in TAGS)
    is_there = (row.context or "").startswith("974")
    structure = Actor(
        node="structure",
        label=row.name,
        places=postal.places(row.postcode, row.town, departement="974", otherwise=ISLAND),
        coordinates=postal.points(row.latitude, row.longitude) if is_there else (),
        address=postal.address(row.street, row.postcode, row.town),
        homepage=row.site,
        keywords=tuple(dict.fromkeys(word for word in (row.kind, *tags) if word)),
    )
    return SOURCE.record(told.key, actors=(structure,))


MAPPER = Mapper(SOURCE, (Row,), to_record, keys.keyed(says))
