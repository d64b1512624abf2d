"""France services: the places with the label on 1 December 2022, fixed, mobile and branches.

Four names of branches were decoded wrongly before they were published. Branches without an address are known by their
name and département alone.
"""

from typing import Annotated

from pydantic import BeforeValidator

from cis_graph.mapping import postal
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import CsvFile
from cis_graph.mapping.values import Degrees, Text, clean
from cis_graph.model.places import Place
from cis_graph.model.records import NO_LICENCE, Actor, Label, Record

SOURCE = Source(
    slug="france-services",
    contributor="france-services",
    title="France services",
    homepage="https://www.france-services.gouv.fr/",
    licence=NO_LICENCE,
    data=(CsvFile(name="liste-fs-20221201.csv"),),
    at_least=2500,
    note_fr="Liste des espaces labellisés au 1er décembre 2022. L'adresse du fichier n'est pas connue : il est déposé "
    "à la main. Sa licence n'est pas dite : seuls les faits sont repris.",
    note_en="List of labelled places as of 1 December 2022. The file's address is not known: it is handed over. Its "
    "licence is not stated: facts only.",
)


def mended(text: str) -> str:
    """A name, read anew where its UTF-8 had been taken for Latin-1."""
    plain = clean(text)
    try:
        return plain.encode("latin-1").decode()
    except UnicodeError:
        return plain


class Row(SourceRow):
    """One place."""

    ignored = frozenset(
        {"mail", "telephone", "commentaire", "groupe", "labellisation"}
        | {f"h_{day}" for day in ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")}
    )

    number: Text = column("id_fs")
    name: Annotated[str, BeforeValidator(mended)] = column("lib_fs")
    departement: Text | None = column("insee_dep")
    street: Text | None = column("adresse")
    complement: Text | None = column("complement_adresse")
    code: Text | None = column("insee_com")
    postcode: postal.Postcode | None = column("code_postal")
    town: Text | None = column("lib_com")
    latitude: Degrees | None = column("latitude")
    longitude: Degrees | None = column("longitude")
    mobile: Text | None = column("itinerance")
    form: Text | None = column("format_fs")


def to_record(row: Row) -> Record:
    """The place, an actor of public service."""
    around = Place(text=row.departement, level="departement") if row.departement else None
    coded = Place(text=row.code, level="commune", otherwise=around) if row.code else around
    street = ", ".join(part for part in (row.complement, row.street) if part)
    structure = Actor(
        node="structure",
        label=row.name,
        actor_type=Label(text="France services", scheme="actor-type"),
        places=postal.places(row.postcode, row.town, departement=row.departement, otherwise=coded),
        coordinates=postal.points(row.latitude, row.longitude),
        address=postal.address(street or None, row.postcode, row.town),
        keywords=tuple(word for word in (row.form, row.mobile == "Oui" and "Itinérance") if word),
    )
    return SOURCE.record(row.number, actors=(structure,))


MAPPER = Mapper(SOURCE, (Row,), to_record)
