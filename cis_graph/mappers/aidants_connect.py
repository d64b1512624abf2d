"""Aidants Connect: the structures whose staff may act for people online, as exported on 15 March 2021.

``commune`` is always empty: a place is told by its postcode where that is of one commune, by its département else. A
SIRET that several structures give is that of whoever runs them, so it tells none of them; ``1`` stands for none. A
structure whose postcode is of two départements comes twice; the first is kept.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cis_graph.mapping import postal
from cis_graph.mapping.names import starting
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Numbered, Source, Unit
from cis_graph.mapping.tables import JsonFile
from cis_graph.mapping.values import FrenchDate, SirenOrSiret, Text
from cis_graph.model.identifiers import Siren, Siret
from cis_graph.model.places import Place
from cis_graph.model.records import NO_LICENCE, Actor, Label, Record

SOURCE = Source(
    slug="aidants-connect",
    contributor="aidants-connect",
    title="Aidants Connect",
    homepage="https://aidantsconnect.beta.gouv.fr/",
    licence=NO_LICENCE,
    data=(JsonFile(name="aidants-connect.json"),),
    at_least=3000,
    note_fr="Structures habilitées, état du 15 mars 2021. L'adresse du fichier n'est pas connue : il est déposé à la "
    "main. Sa licence n'est pas dite : seuls les faits sont repris.",
    note_en="Authorised structures as of 15 March 2021. The file's address is not known: it is handed over. Its "
    "licence is not stated: facts only.",
)
TYPES = ("CCAS", "CIAS", "Centre communal d'action sociale", "Centre intercommunal d'action sociale", "Association",
         "Communauté de communes", "Communauté d'agglomération", "Mairie", "Conseil départemental")  # fmt: skip


class Row(SourceRow):
    """One structure."""

    ignored = frozenset(
        {"Région", "commune"} | {"Nombre de mandats", "Nombre d'usagers accompagnés", "Nombre d'agents formés"}
    )

    number: Text = column("Data pass ID")
    name: Text = column("Name")
    identifier: SirenOrSiret | None = column("SIRET")
    street: Text | None = column("Adresse")
    postcode: postal.PostcodeNumber | None = column("Code postal")
    departement: Text | None = column("Département")
    modified: FrenchDate | None = column("date_maj")

    missing = frozenset({"1"})


@dataclass(frozen=True, slots=True)
class Structure:
    """A row, and whether no other row gives its identifier."""

    row: Row
    is_alone: bool


def gather(tables: tuple[tuple[Numbered, ...], ...]) -> Iterator[Unit]:
    """Each row with whether its identifier is its own; a row that comes twice under one number counts once."""
    given = Counter(identifier for identifier, _ in {(each.row.identifier, each.row.number) for each in tables[0]})
    for each in tables[0]:
        yield Unit((each,), Structure(each.row, given[each.row.identifier] == 1))


def to_record(told: Structure) -> Record:
    """The structure, an actor."""
    row, type_word = told.row, starting(told.row.name, TYPES)
    identifier = row.identifier if told.is_alone else None
    around = Place(text=row.departement, level="departement") if row.departement else None
    structure = Actor(
        node="structure",
        label=row.name,
        actor_type=Label(text=type_word, scheme="actor-type") if type_word else None,
        places=postal.places(row.postcode, None, otherwise=around),
        address=postal.address(row.street, row.postcode, None),
        siren=identifier if isinstance(identifier, Siren) else None,
        siret=identifier if isinstance(identifier, Siret) else None,
    )
    return SOURCE.record("".join(row.number.split()), modified=row.modified, actors=(structure,))


MAPPER = Mapper(SOURCE, (Row,), to_record, gather)
