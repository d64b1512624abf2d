"""Département de Loire-Atlantique: its grants to associations by year, 2008 to 2018.

No grant has an object, and few have a decision. A key is a hash of year, beneficiary, amount and decision, with a
counter where rows say the same. Rows of guarantees, loans and benefits in kind alone are set aside: they pay no sum.
"""

from cis_graph.mapping import grants, keys
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import CsvFile
from cis_graph.mapping.values import Amount, FrenchDate, SirenNumber, SiretNumber, Text
from cis_graph.model.records import Record

SOURCE = Source(
    slug="departement-de-loire-atlantique",
    contributor="departement-de-loire-atlantique",
    title="Département de Loire-Atlantique",
    homepage="https://www.loire-atlantique.fr/",
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    data=(
        CsvFile(
            name="224400028_subventions-aux-associations-du-departement-de-loire-atlantique.csv",
            delimiter=";",
        ),
    ),
    at_least=17000,
    organisation="departement",
    note_fr="Subventions aux associations, de 2008 à 2018 ; ni objet, ni lieu du bénéficiaire. L'adresse du fichier "
    "n'est pas connue : il est déposé à la main.",
    note_en="Grants to associations, 2008 to 2018; neither object nor place of the beneficiary. The file's address is "
    "not known: it is handed over.",
)
NO_TITLES = ("MADAME SUZIE", "CHEZ LES PIT", "M I S A S", "M AM", "M.I.")  # they look like a person's
OF_PERSONS = "INDIVISION "  # what people own together is called by their family's name


class Row(SourceRow):
    """One grant."""

    ignored = frozenset(
        {"Nom de l'attribuant", "Objet de la subvention", "Nature de la subvention", "Montant du prêt"}
        | {"Conditions de versement de la subvention", "Date ou période de versement", "Montant de la garantie"}
        | {"Identifiant RAE de l\N{RIGHT SINGLE QUOTATION MARK}aide au titre de laquelle la subvention est attribuée"}
        | {"Aide d'Etat notifiée à la Commission Européenne"}
        | {"Pourcentage du montant total de la subvention attribuée au bénéficiaire"}
        | {"Détail des avantages en nature", "Estimation des avantages en nature"}
    )

    giver: SiretNumber | None = column("Identification de l'attribuant")
    year: FrenchDate = column("Date de la convention de subvention")
    decision: Text | None = column("Référence de la décision")
    name: Text = column("Nom du bénéficiaire")
    siren: SirenNumber | None = column("Identification du bénéficiaire")
    amount: Amount | None = column("Montant total de la subvention")


def says(row: Row) -> str:
    """What tells one grant from another."""
    return keys.identity(row.year.text, row.siren or row.name, row.amount, row.decision)


def to_record(told: keys.Keyed) -> Record:
    """The grant, the département that gives it and its beneficiary."""
    row: Row = told.row
    if row.amount is None:
        raise grants.nothing_paid()
    is_of_persons = row.name.startswith(OF_PERSONS)
    name = grants.no_person("" if is_of_persons else grants.without_person(row.name, organisations=NO_TITLES))
    giver = grants.departement(SOURCE, "Loire-Atlantique", siret=row.giver)
    receiver = grants.beneficiary(name, grants.type_of(name), identifier=row.siren)
    grant = grants.Grant(label=f"Subvention {row.year.text} : {name}", date=row.year, amount=row.amount)
    return grants.record(SOURCE, told.key, giver, receiver, (grant,))


MAPPER = Mapper(SOURCE, (Row,), to_record, keys.keyed(says))
