"""Département de la Sarthe: what it paid to associations in 2017 and 2018, and its grants by convention of 2018-2019.

The two lists have no identifier, no date and no object. A row's key is a hash of year, name, postcode and town: a
beneficiary stands once a year. The lists cut names, 2018 at 50 characters and 2017 later; they are kept as they are. In
the conventions ``Dossier - Code`` is the département's own number of the grant, and the key.
"""

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from cis_graph.mapping import grants, keys
from cis_graph.mapping.postal import Postcode
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Numbered, Source, Unit
from cis_graph.mapping.tables import XlsFile, XlsxFile
from cis_graph.mapping.values import Amount, FrenchDate, SirenOrSiret, Text
from cis_graph.model.dates import StatedDate
from cis_graph.model.identifiers import Siren
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Record

LISTS = (
    XlsxFile(name="subventions_associations_2017-converti.xlsx", sheet="Table 1", header=2),
    XlsxFile(name="subventions_versees_aux_associations_en_2018-converti.xlsx", sheet="Feuil1"),
)
CONVENTIONS = XlsFile(name="subvention_progos_2018.xls", sheet="Feuil1", header=4)
SOURCE = Source(
    slug="departement-de-la-sarthe",
    contributor="departement-de-la-sarthe",
    title="Département de la Sarthe",
    homepage="https://www.sarthe.fr/",
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    data=(*LISTS, CONVENTIONS),
    at_least=3000,
    organisation="departement",
    note_fr="Sommes versées aux associations en 2017 et 2018, sans objet ni identifiant ; les noms y sont coupés. Une "
    "somme peut aussi figurer parmi les conventions de 2018-2019. Les personnes à qui l'on écrit ne sont pas nommées.",
    note_en="Sums paid to associations in 2017 and 2018, without object or identifier; names are cut there. A sum may "
    "stand among the conventions of 2018-2019 as well. Persons to whom letters go are not named.",
)

DEPARTEMENT = grants.departement(SOURCE, "Sarthe", siren=Siren.parse("227 200 029"))
OTHER_FORMS = re.compile(r"(?:gaec|earl|ehpad)\b", re.IGNORECASE)  # though they are on the lists of associations
OF_THE_SARTHE = re.compile(r"\b(?:sarthe|d[ée]partementale?|72)\b", re.IGNORECASE)
NO_TITLES = ("M CDSMR", "M DE R", "M SPORTS", "MONSIEUR VINCENT", "MR LA FLECHE", "MR YVRE")  # maison de retraite, …
BEFORE_A_PERSON = ("ECOLE DE MUSIQUE FREDERIC CO",)  # names after which a person's stands without a title


class ListRow(SourceRow):
    """One beneficiary of a yearly list."""

    name: Text = column("Nom de l'organisme bénéficiaire")
    operating: Amount | None = column("Montant\nde la subvention de fonctionnement (1)")
    investment: Amount | None = column("Montant\nde la subvention d'investissement (1)")
    guarantee: Text | None = column("Montant de la garantie\n(2)")
    loan: Text | None = column("Montant du prêt\n(3)")
    in_kind: Text | None = column("Avantages en nature\n(4)")


class Row2017(ListRow):
    """A row of the list of 2017, whose header joins the cells of postcode and town."""

    postcode: Postcode | None = column("Adresse de l'organisme")
    town: Text | None = column("(colonne 4)")
    year: ClassVar = StatedDate("2017")  # stands above the header


class Row2018(ListRow):
    """A row of the list of 2018."""

    year: FrenchDate = column("Année")
    postcode: Postcode | None = column("CP")
    town: Text | None = column("Ville")


class ConventionRow(SourceRow):
    """One grant by convention of 23 000 euros or more."""

    ignored = frozenset({"nature"})

    date: FrenchDate | None = column("Date de  décision")
    key: Text = column("Dossier - Code")
    name: Text = column("Bénéficiaire")
    identifier: SirenOrSiret | None = column("Code SIRET")
    what: Text = column("Dossier")
    amount: Amount | None = column("Montant ")


def organisation(name: str) -> str:
    """The organisation's name without the person it is addressed to; empty where it is a person's."""
    whole = next((whole for whole in BEFORE_A_PERSON if name.startswith(whole)), None)
    return whole or grants.without_person(name, organisations=NO_TITLES)


def says(row: Row2017 | Row2018) -> str:
    """What tells one beneficiary of a year from another."""
    return keys.identity(row.year.text, organisation(row.name), row.postcode, row.town)


def gather(tables: tuple[tuple[Numbered, ...], ...]) -> Iterable[Unit]:
    """The rows of both lists by what they say, those of the conventions by their number."""
    *lists, conventions = tables
    yield from keys.keyed(says)(tuple(lists))
    yield from (Unit((each,), keys.Keyed(each.row.key, each.row)) for each in conventions)


def to_record(told: keys.Keyed) -> Record:
    """The grants of a row, the département that gives them and their beneficiary."""
    row, name = told.row, grants.no_person(organisation(told.row.name))
    if isinstance(row, ConventionRow):
        grant = grants.by_convention(row.what, row.date, row.amount)
        return grants.record(SOURCE, told.key, DEPARTEMENT, party(row, name), (grant,))
    return grants.record(SOURCE, told.key, DEPARTEMENT, association(row, name), tuple(sums(row, name)))


def sums(row: Row2017 | Row2018, name: str) -> Iterator[grants.Grant]:
    """A grant each for what keeps the beneficiary going and for what it invests.

    Raises:
        RecordFault: the row tells of no sum paid: a note under the list, a guarantee, a loan, a benefit in kind.
    """
    stated = (("", "project", row.operating), (" d'investissement", "investissement", row.investment))
    found = [each for each in stated if each[2] is not None]
    if not found and (row.town is None or row.guarantee or row.loan or row.in_kind):
        raise grants.nothing_paid()
    for kind, node, amount in found or stated[:1]:
        yield grants.Grant(label=f"Subvention{kind} {row.year.text} : {name}", node=node, date=row.year, amount=amount)


def association(row: Row2017 | Row2018, name: str) -> Actor:
    """A beneficiary of the lists of associations, in the town the row says."""
    actor_type = None if OTHER_FORMS.match(name) else grants.type_of(name, otherwise="Association")
    where = " ".join(part for part in (row.postcode, row.town) if part)
    in_the_sarthe = (row.postcode or "").startswith("72")
    place = Place(text=where, level="commune", otherwise=DEPARTEMENT.places[0] if in_the_sarthe else None)
    return grants.beneficiary(name, actor_type, places=(place,) if where else ())


def party(row: ConventionRow, name: str) -> Actor:
    """A beneficiary of the conventions; its place only where it has no identifier and its name says it."""
    is_local = row.identifier is None and OF_THE_SARTHE.search(name)
    places = DEPARTEMENT.places if is_local else ()
    return grants.beneficiary(name, grants.type_of(name), identifier=row.identifier, places=places)


MAPPER = Mapper(SOURCE, (Row2017, Row2018, ConventionRow), to_record, gather)
