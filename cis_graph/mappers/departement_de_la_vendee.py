"""Département de la Vendée: its grants by convention, September 2017 to July 2019, in eight files.

``referenceDecision`` is a decision of the assembly and common to its grants. A grant's key is a hash of date,
beneficiary, object and amount, with a counter where rows say the same.
"""

from cis_graph.errors import RecordFault
from cis_graph.mapping import grants, keys
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import CsvFile
from cis_graph.mapping.values import Amount, FrenchDate, SiretNumber, Text
from cis_graph.model.records import Record

MONTHS = ("2017", "2018", "201901", "201903", "201904", "201905", "201906", "201907")


def monthly(month: str) -> CsvFile:
    """One of the files. Commas are not quoted; 2018 mixes encodings and was saved once more by semicolons."""
    return CsvFile(
        name=f"{month}_Publication_donnees_Open_data_Subventions_Conventions.csv",
        encoded_by_line=month == "2018",
        saved_within=";" if month == "2018" else None,
        amount="montant",
        prose=frozenset({"nomBeneficiaire", "objet", "conditionsVersement"}),
    )


FILES = tuple(map(monthly, MONTHS))
SOURCE = Source(
    slug="departement-de-la-vendee",
    contributor="departement-de-la-vendee",
    title="Département de la Vendée",
    homepage="https://www.vendee.fr/",
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    data=FILES,
    at_least=200,
    organisation="departement",
    note_fr="Données essentielles des conventions de subvention (2017-2019) ; les objets sont abrégés, les conditions "
    "de versement ne sont pas reprises. Les lignes ne disent pas où sont les bénéficiaires.",
    note_en="Essential data of grant conventions (2017-2019); objects are shortened, conditions of payment are left "
    "out. The rows do not say where beneficiaries are.",
)


class Row(SourceRow):
    """One grant."""

    ignored = frozenset(
        {"nomAttribuant", "referenceDecision", "nature", "conditionsVersement", "datesPeriodeVersement"}
        | {"IdRAE", "notificationUE", "pourcentageSubvention"}
    )
    optional = frozenset({"(colonne 15)"})

    giver: SiretNumber | None = column("idAttribuant")
    date: FrenchDate | None = column("dateConvention")
    siret: SiretNumber | None = column("idBeneficiaire")
    beneficiary: Text = column("nomBeneficiaire")
    what: Text = column("objet")
    amount: Amount | None = column("montant")
    surplus: Text | None = column("(colonne 15)")


def says(row: Row) -> str:
    """What tells one grant from another."""
    return keys.identity(
        row.date and row.date.text, row.siret or row.beneficiary, grants.shortened(row.what), row.amount
    )


def to_record(told: keys.Keyed) -> Record:
    """The grant, the département that gives it and its beneficiary."""
    row: Row = told.row
    if row.surplus:
        raise RecordFault(
            "the row has more cells than columns, so none can be trusted; put quotes around texts with a comma",
            french="la ligne a plus de cellules que de colonnes : mettez entre guillemets les textes à virgule",
        )
    giver = grants.departement(SOURCE, "Vendée", siret=row.giver)
    grant = grants.by_convention(row.what, row.date, row.amount)
    name = grants.no_person(grants.without_person(row.beneficiary))
    receiver = grants.beneficiary(name, grants.type_of(name), identifier=row.siret)
    return grants.record(SOURCE, told.key, giver, receiver, (grant,))


MAPPER = Mapper(SOURCE, (Row,) * len(MONTHS), to_record, keys.keyed(says))
