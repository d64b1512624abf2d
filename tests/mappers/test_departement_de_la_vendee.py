import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from cis_graph.mappers.departement_de_la_vendee import FILES, MAPPER, SOURCE, Row
from cis_graph.mapping.run import Mapped, run
from cis_graph.model.findings import Fate
from cis_graph.model.records import Record
from cis_graph.resources import DEMONSTRATION
from tests.support.lists import Lists

FACTS = DEMONSTRATION / SOURCE.slug
SMALL = replace(MAPPER, source=replace(SOURCE, at_least=1))
LISTS = Lists(MAPPER, SMALL)


def mapped_row(**cells: str) -> Mapped:
    """What the mapper makes of the first row of 2017 with some cells written anew."""
    first = LISTS.tables[0]
    rows = ({**first.rows[0], **cells},)
    columns = tuple(dict.fromkeys((*first.columns, *cells)))
    tail = tuple(replace(table, rows=()) for table in LISTS.tables[1:])
    return run(replace(MAPPER, source=replace(SOURCE, at_least=0)), (replace(first, columns=columns, rows=rows), *tail))


def row_of(number: int, row: int) -> Record:
    """The record of a row of one file."""
    return next(each for each in LISTS.alone(number).records if each.rows == (row,))


@pytest.mark.parametrize(
    ("number", "rows", "blank"),
    [(0, 23, 0), (1, 114, 0), (2, 7, 1), (3, 48, 1), (4, 5, 1), (5, 2, 1), (6, 36, 1), (7, 9, 1)],
    ids=[file.name[:6] for file in FILES],
)
def test_every_row_of_every_file_is_a_grant_or_blank(number: int, rows: int, blank: int) -> None:
    """The rows of each file are its records and the blank line at its end; none is rejected."""
    made = LISTS.alone(number)
    assert (made.rows, len(made.records)) == (rows, rows - blank)
    assert sum(not any(row.values()) for row in LISTS.tables[number].rows) == blank
    assert not [each for each in made.findings if each.fate is Fate.RECORD_REJECTED]


def test_every_column_is_mapped_or_ignored_by_name() -> None:
    """No column of any file is unknown, and commas that are not quoted make none."""
    for table in LISTS.tables:
        assert set(table.columns) == (Row.columns() - Row.optional) | Row.ignored


def test_amounts_have_their_cents() -> None:
    """Every grant has its amount, cents after an unquoted comma included; the sum was taken by other means."""
    amounts = [each.participations[0].amount for each in LISTS.mapped.records]
    assert all(amounts)
    assert sum(filter(None, amounts)) == Decimal("30016981.86")
    assert row_of(0, 1).participations[0].amount == Decimal("24975.00")
    assert row_of(0, 23).participations[0].amount == Decimal("29358.34")
    assert row_of(1, 17).participations[0].amount == Decimal("1500000.00")


def test_a_grant_is_a_project_with_who_gives_and_who_receives() -> None:
    """The convention's day, the object's words, the département and the beneficiary."""
    record = row_of(0, 1)
    (project,) = record.projects
    assert project.label == "Subvention 2017 : Travaux réhabilitation EHPAD Union Chrétienne Fontenay-le-Comte"
    assert project.kind is not None
    assert (project.kind.concept, project.started and project.started.text) == ("grant", "2017-09-08")
    assert [(place.text, place.level) for place in project.places] == [("Vendée", "departement")]
    assert [(part.actor, part.role.concept) for part in record.participations] == [
        ("departement", "financeur"),
        ("beneficiaire", "beneficiaire"),
    ]
    assert [actor.label for actor in record.actors] == ["Département de la Vendée", "Association Marie Brisson"]


def test_every_grant_has_the_day_of_its_convention() -> None:
    """Dates are days from September 2017 to July 2019."""
    days = [each.projects[0].started for each in LISTS.mapped.records]
    assert all(day and len(day.text) == 10 for day in days)
    assert (min(filter(None, days)).text, max(filter(None, days)).text) == ("2017-09-08", "2019-07-12")


def test_no_mojibake_is_left() -> None:
    """Lines of two encodings in one file are each read in their own."""
    names = " ".join(actor.label for each in LISTS.mapped.records for actor in each.actors)
    labels = " ".join(each.projects[0].label for each in LISTS.mapped.records)
    assert not set("Ã¿\ufffd") & set(names + labels)
    assert "Comité d'Organisation de la Fête du Chrono des Herbiers" in names
    assert "Étoile Sportive Ornaysienne Football" in names


def test_commas_of_names_and_objects_are_kept() -> None:
    """A name and an object that hold unquoted commas are whole, and their neighbours are in place."""
    fair, bees = row_of(1, 32), row_of(1, 26)
    assert fair.actors[1].label == "Association Autrefois Challans, la Foire..."
    assert fair.participations[0].amount == Decimal("72000.00")
    assert "cadres, lutte contre la varroase, promotion et information, lutte" in bees.projects[0].label
    assert bees.participations[0].amount == Decimal("51000.00")


def test_quotes_that_a_second_saving_added_are_gone() -> None:
    """Rows that were quoted whole are read, with the quotes that are theirs."""
    assert (
        row_of(1, 9).projects[0].label == 'Subvention 2018 : Aide a la réalisation du festival "Globe & Folk" de Cugand'
    )
    assert row_of(1, 5).actors[1].label == "Association des Petites Cités de Caractere de la Vendée"


def test_a_siret_that_fails_its_check_is_refused_and_the_grant_published() -> None:
    """One SIRET of 238 is wrong: it is said, and its grant has a beneficiary without it."""
    assert [(each.rows, each.field, each.value, each.fate) for each in LISTS.mapped.findings] == [
        ((15,), "idBeneficiaire", "78643691500010", Fate.VALUE_REFUSED)
    ]
    assert (row_of(0, 15).actors[1].siret, row_of(0, 15).actors[1].places) == (None, ())


def test_beneficiaries_are_told_by_their_siret() -> None:
    """127 beneficiaries have 126 SIRET; four collèges Saint-Joseph are not one."""
    parties = [each.actors[1] for each in LISTS.mapped.records]
    assert len({party.siret for party in parties if party.siret}) == 126
    assert len({party.siret for party in parties if party.label == "Collège Saint-Joseph"}) == 4
    assert {party.places for party in parties} == {()}


def test_an_association_is_one_that_says_so() -> None:
    """The type is said only by a name that begins with it."""
    types = Counter(each.actors[1].actor_type and each.actors[1].actor_type.text for each in LISTS.mapped.records)
    assert set(types) == {"Association", None}
    by_name = {each.actors[1].label: each.actors[1].actor_type for each in LISTS.mapped.records}
    assert by_name["Maison Départementale des Associations de Vendée"] is None
    assert by_name["ASSOCIATION GEO VENDEE"] is not None


def test_a_key_does_not_depend_on_where_the_row_stands() -> None:
    """Files in reverse order of their rows have the same keys; two identical rows have a key each."""
    turned = run(MAPPER, tuple(replace(table, rows=table.rows[::-1]) for table in LISTS.tables))
    assert {each.key for each in turned.records} == {each.key for each in LISTS.mapped.records}
    again = [each.key for each in LISTS.mapped.records if "-" in each.key]
    assert again == ["d4c3a12a94fc-2"]
    assert len({each.key for each in LISTS.mapped.records}) == 238


def test_a_row_with_too_many_cells_is_rejected() -> None:
    """Where cells do not fit the columns none is trusted."""
    made = mapped_row(**{"(colonne 15)": "1"})
    assert made.records == ()
    assert [each.fate for each in made.findings] == [Fate.RECORD_REJECTED]
    assert "plus de cellules" in made.findings[0].message_fr


@pytest.mark.parametrize("name", ["M. Jean Exemple", "Mme Exemple", "MONSIEUR EXEMPLE JEAN", "Madame Exemple"])
def test_a_person_is_not_published(name: str) -> None:
    """A beneficiary who is a person is set aside with the reason, and nothing says the name."""
    made = mapped_row(nomBeneficiaire=name)
    assert made.records == ()
    assert "personne physique" in made.findings[0].message_fr
    assert "xemple" not in str(made.findings).lower().replace("par exemple", "")


@pytest.mark.parametrize(
    ("amount", "published", "refused"),
    [
        ("0,00", Decimal("0.00"), 0),
        ("-5,00", None, 1),
        ("NaN", None, 1),
        ("1e9", None, 1),
        ("", None, 0),
        ("9" * 40, None, 1),
    ],
)
def test_an_amount_that_fails_is_refused(amount: str, published: Decimal | None, refused: int) -> None:
    """Zero is an amount; below zero and what is no number are said, and the grant is published without."""
    made = mapped_row(montant=amount)
    assert [each.participations[0].amount for each in made.records] == [published]
    assert sum(each.fate is Fate.VALUE_REFUSED for each in made.findings) == refused


@pytest.mark.parametrize("cell", ["x" * 1_000_000, "=cmd|' /C calc'!A0", "<script>1</script>", "a\x00b\x1b[31m\u202ec"])
def test_hostile_cells_harm_nobody(cell: str) -> None:
    """Whatever stands in the cells, labels are short where they are texts, and without control characters."""
    made = mapped_row(nomBeneficiaire=cell, objet=cell, montant=cell, dateConvention=cell, idBeneficiaire=cell)
    (record,) = made.records
    assert len(record.projects[0].label) <= 140
    assert not set("\x00\x1b\u202e") & set(record.projects[0].label + record.actors[1].label)
    assert {each.field for each in made.findings} == {"montant", "dateConvention", "idBeneficiaire"}


def test_the_bundled_files_hold_facts_only() -> None:
    """Conditions and periods of payment are empty, objects short."""
    for table in LISTS.tables:
        assert {row.get("conditionsVersement", "") for row in table.rows} == {""}
        assert {row.get("datesPeriodeVersement", "") for row in table.rows} == {""}
        assert max(len(row.get("objet", "")) for row in table.rows) <= 120
    assert json.loads((FACTS / "snapshot.json").read_text(encoding="utf-8"))["facts_only"] is True
