"""Région Sud (Provence-Alpes-Côte d'Azur): places of digital inclusion, 2022.

There is no identifier, so a key is made of name, street and town. Postcodes were kept as numbers. Four rows were cut
out of others and have no town. The producer's CSV has the same rows, but lost its accented letters.
"""

from cis_graph.mapping import keys, postal
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import JsonFile
from cis_graph.mapping.values import Degrees, Listed, Site, Text
from cis_graph.model.places import Place
from cis_graph.model.records import NO_LICENCE, Actor, Label, Record

SOURCE = Source(
    slug="region-sud",
    contributor="region-sud",
    title="Région Sud",
    homepage="https://www.maregionsud.fr/",
    licence=NO_LICENCE,
    data=(JsonFile(name="paca.json"),),
    at_least=1000,
    note_fr="Lieux d'inclusion numérique de la région en 2022. L'adresse du fichier n'est pas connue : il est déposé "
    "à la main. Sa licence n'est pas dite : seuls les faits sont repris, pas les services décrits en phrases.",
    note_en="Places of digital inclusion of the region in 2022. The file's address is not known: it is handed over. "
    "Its licence is not stated: facts only, not the services that are told in sentences.",
)


class Row(SourceRow):
    """One place."""

    missing = frozenset({"Autre / Inconnu"})
    ignored = frozenset(
        {"structure_porteuse", "description", "siret", "statut", "adresse_brut", "adresse_region", "en_ligne", "date"}
        | {f"contact_{way}" for way in ("telephone", "telephone_details", "email", "facebook", "twitter")}
        | {"horaires_ouverture_brut", "horaires_ouverture_osm", "horaires_grand_public", "itinerant", "services"}
        | {"public_cible", "modalites_accompagnement", "modalites_acces", "tarifs", "accessibilite"}
        | {"materiels_disponibles"}
    )

    name: Text = column("nom")
    legal_form: Text | None = column("nature_juridique")
    kind: Text | None = column("type_lieu")
    number: Text | None = column("adresse_numero")
    street: Text | None = column("adresse_rue")
    postcode: postal.PostcodeNumber | None = column("adresse_code_postal")
    code: postal.PostcodeNumber | None = column("adresse_code_insee")
    town: Text = column("adresse_commune")
    departement: Text | None = column("adresse_departement")
    latitude: Degrees | None = column("latitude")
    longitude: Degrees | None = column("longitude")
    site: Site | None = column("contact_web")
    labels: Listed | None = column("labels")


def says(row: Row) -> str:
    """What tells one place from another."""
    return keys.identity(row.name, row.number, row.street, row.town)


def to_record(told: keys.Keyed) -> Record:
    """The place, an actor with its legal form; what kind of place it is and its labels are its words."""
    row: Row = told.row
    around = Place(text=row.departement, level="departement") if row.departement else None
    coded = Place(text=row.code, level="commune", otherwise=around) if row.code else around
    street = " ".join(part for part in (row.number, row.street) if part)
    structure = Actor(
        node="structure",
        label=row.name,
        actor_type=Label(text=row.legal_form, scheme="actor-type") if row.legal_form else None,
        places=postal.places(row.postcode, row.town, otherwise=coded),
        coordinates=postal.points(row.latitude, row.longitude),
        address=postal.address(street or None, row.postcode, row.town),
        homepage=row.site,
        keywords=tuple(word for word in (row.kind, *(row.labels or ())) if word),
    )
    return SOURCE.record(told.key, actors=(structure,))


MAPPER = Mapper(SOURCE, (Row,), to_record, keys.keyed(says))
