"""Ville d'Angers: the places of its guide of digital services, as of January 2023.

What a place offers stands in a column for each service, whose cell is empty or holds the service's name.
"""

from typing import Annotated

from pydantic import BeforeValidator, InstanceOf

from cis_graph.mapping import postal
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import JsonFile
from cis_graph.mapping.values import Degrees, Site, Text, WebAddress, clean, french_date
from cis_graph.model.dates import StatedDate
from cis_graph.model.records import NO_LICENCE, Actor, Label, Record

SOURCE = Source(
    slug="angers",
    contributor="angers",
    title="Ville d'Angers",
    homepage="https://www.angers.fr/",
    licence=NO_LICENCE,
    data=(JsonFile(name="angers.json"),),
    at_least=50,
    note_fr="Lieux du guide des services numériques, état de janvier 2023. L'adresse du fichier n'est pas connue : il "
    "est déposé à la main. Sa licence n'est pas dite : seuls les faits sont repris.",
    note_en="Places of the guide of digital services as of January 2023. The file's address is not known: it is handed "
    "over. Its licence is not stated: facts only.",
)


def day(text: str) -> StatedDate:
    """The day of ``2022-09-26 19:00:45``."""
    return french_date(clean(text).partition(" ")[0])


class Row(SourceRow):
    """One place."""

    ignored = frozenset(
        {"USER_TYPE", "USER_QUART", "PUBLIC_", "HORAIRE", "TRANSPORT", "TELEPHONE", "MAIL"}
        | {"QUALIF6", "QUALIF7", "QUALIF8"}
    )

    number: Text = column("TYPO_UID")
    name: Text = column("USER_NOM")
    kind: Text | None = column("PICTO")
    street: Text | None = column("USER_ADRES")
    postcode: postal.Postcode | None = column("code_postal")
    town: Text | None = column("commune")
    latitude: Degrees | None = column("LAT")
    longitude: Degrees | None = column("LNG")
    modified: Annotated[InstanceOf[StatedDate], BeforeValidator(day)] | None = column("DATE_MAJ")
    site: Site | None = column("SITE_INTER")
    page: WebAddress | None = column("LIEN")
    computer: Text | None = column("ACCES_ORDI")
    wifi: Text | None = column("WIFI")
    lending: Text | None = column("PRET_MAT")
    repair: Text | None = column("REPAR_MAT")
    online_help: Text | None = column("AIDE_DEMAT")
    training: Text | None = column("FORM_PERF")
    risks: Text | None = column("SENS_INTER")
    advice: Text | None = column("AVIS_NUM")
    beginners: Text | None = column("QUALIF1")
    paperwork: Text | None = column("QUALIF2")
    printer: Text | None = column("QUALIF3")
    scanner: Text | None = column("QUALIF4")


def to_record(row: Row) -> Record:
    """The place, an actor with what it offers."""
    equipment = (row.computer, row.wifi, row.lending, row.repair, row.printer, row.scanner)
    help_given = (row.online_help, row.paperwork, row.beginners, row.training, row.risks, row.advice)
    structure = Actor(
        node="structure",
        label=row.name,
        actor_type=Label(text=row.kind, scheme="actor-type") if row.kind else None,
        places=postal.places(row.postcode, row.town, departement="49"),
        coordinates=postal.points(row.latitude, row.longitude),
        address=postal.address(row.street, row.postcode, row.town),
        homepage=row.site,
        keywords=tuple(word for word in (*equipment, *help_given) if word),
    )
    return SOURCE.record(row.number, page=row.page, modified=row.modified, actors=(structure,))


MAPPER = Mapper(SOURCE, (Row,), to_record)
