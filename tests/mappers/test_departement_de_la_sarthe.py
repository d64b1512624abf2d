import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from cis_graph.mappers.departement_de_la_sarthe import MAPPER, SOURCE, organisation
from cis_graph.mapping.run import Mapped, run
from cis_graph.model.findings import Fate
from cis_graph.model.records import Actor, Record
from cis_graph.resources import DEMONSTRATION
from tests.support.lists import Lists

FACTS = DEMONSTRATION / SOURCE.slug
SMALL = replace(MAPPER, source=replace(SOURCE, at_least=0))
LISTS = Lists(MAPPER, SMALL)
NAME = "Nom de l'organisme bénéficiaire"
OPERATING = "Montant\nde la subvention de fonctionnement (1)"


def mapped_row(number: int, **cells: str) -> Mapped:
    """What the mapper makes of the first row of one file with some cells written anew."""
    alone = [replace(table, rows=()) for table in LISTS.tables]
    alone[number] = replace(LISTS.tables[number], rows=({**LISTS.tables[number].rows[0], **cells},))
    return run(SMALL, tuple(alone))


def of_name(number: int, name: str) -> tuple[Record, ...]:
    """The records of one file whose beneficiary has that name."""
    return tuple(each for each in LISTS.alone(number).records if each.actors[1].label == name)


def convention(key: str) -> Actor:
    """The beneficiary of a convention."""
    return next(each for each in LISTS.mapped.records if each.key == key).actors[1]


@pytest.mark.parametrize(
    ("number", "rows", "records", "grants"), [(0, 1661, 1631, 1659), (1, 1625, 1584, 1610), (2, 24, 24, 24)]
)
def test_every_row_of_every_file_is_a_record_or_rejected(number: int, rows: int, records: int, grants: int) -> None:
    """The rows of each file are its records and those set aside; a record has a grant for each sum paid."""
    made = LISTS.alone(number)
    rejected = [each for each in made.findings if each.fate is Fate.RECORD_REJECTED]
    assert (made.rows, len(made.records), sum(len(each.projects) for each in made.records)) == (rows, records, grants)
    assert rows == records + len(rejected)
    published = [row for record in made.records for row in record.rows]
    set_aside = [row for finding in rejected for row in finding.rows]
    assert sorted(published + set_aside) == list(range(1, rows + 1))


def test_what_is_rejected_tells_of_no_sum_paid() -> None:
    """Notes under the list, an empty row, and rows with only a guarantee, a loan or a benefit in kind."""
    why = Counter((each.rule, each.message_fr) for each in LISTS.mapped.findings if each.fate is Fate.RECORD_REJECTED)
    assert len(why) == 1
    assert sum(why.values()) == 71
    for number in (0, 1):
        for each in LISTS.alone(number).findings:
            if each.fate is Fate.RECORD_REJECTED:
                cells = list(LISTS.tables[number].rows[each.rows[0] - 1].values())
                amounts = cells[-5:-3]
                assert amounts == ["", ""]


def test_every_column_is_mapped_or_ignored_by_name() -> None:
    """No column of any file is unknown."""
    for row_class, table in zip(MAPPER.rows, LISTS.tables, strict=True):
        assert set(table.columns) - row_class.ignored == row_class.columns()


def test_sums_paid_are_those_of_the_lists() -> None:
    """The published amounts add up to the cells of the two columns of sums paid."""
    for number in (0, 1):
        cells = [list(row.values())[-5:-3] for row in LISTS.tables[number].rows]
        stated = sum(
            (Decimal(cell) for pair in cells for cell in pair if cell and not cell.startswith("N ")), Decimal(0)
        )
        parts = [part for each in LISTS.alone(number).records for part in each.participations]
        assert sum(part.amount for part in parts if part.amount) == stated


def test_what_runs_and_what_is_built_are_two_grants() -> None:
    """A beneficiary with both sums has two grants in one record, each with its amount; the guarantee is none."""
    (record,) = of_name(0, "AEP LES MURIERS")
    assert [(project.node, project.label) for project in record.projects] == [
        ("project", "Subvention 2017 : AEP LES MURIERS"),
        ("investissement", "Subvention d'investissement 2017 : AEP LES MURIERS"),
    ]
    assert [part.amount for part in record.participations if part.actor == "departement"] == [5415, 89938]
    assert len({part.node for part in record.participations}) == 4


def test_a_beneficiary_is_in_the_town_its_row_says() -> None:
    """Two associations of one name in two towns stay two; one in the same town is one over the years."""
    places = [each.actors[1].places[0].text for each in of_name(0, "GYMNASTIQUE VOLONTAIRE")]
    assert len(set(places)) == 2
    one, other = of_name(0, "14 JUILLET")[0].actors[1], of_name(1, "14 JUILLET")[0].actors[1]
    assert one == other
    paris = of_name(0, "WIMOOV VOITURE AND CO")[0].actors[1].places[0]
    assert (paris.text, paris.otherwise) == ("75011 PARIS 11EME ARRONDISSEMENT", None)


def test_a_town_that_stays_unknown_has_the_departement_instead() -> None:
    """A postcode of the Sarthe stands in with the département."""
    (place,) = of_name(0, "14 JUILLET")[0].actors[1].places
    assert place.otherwise is not None
    assert (place.otherwise.text, place.otherwise.level) == ("Sarthe", "departement")


def test_letters_that_ran_over_are_refused() -> None:
    """A name's last letter before a postcode or an amount is said; the grant is published without the value."""
    refused = [(each.rows, each.value) for each in LISTS.alone(1).findings if each.fate is Fate.VALUE_REFUSED]
    assert refused == [((435,), "M72000"), ((572,), "H72300"), ((1622,), "N                 82 584,28")]
    (wimoov,) = of_name(1, "WIMOOV VOITURE AND CO")
    assert [part.amount for part in wimoov.participations] == [None, None]


def test_conventions_have_their_own_number_day_and_object() -> None:
    """A convention's number is its record's key."""
    record = next(each for each in LISTS.mapped.records if each.key == "AC004199")
    assert record.projects[0].label == "Subvention 2018 : 2019 - Compagnie l'Eventail"
    assert record.projects[0].started is not None
    assert (record.projects[0].started.text, record.participations[0].amount) == ("2018-12-14", Decimal(46000))


def test_identifiers_of_conventions_are_checked() -> None:
    """A SIREN in the column of SIRET is one; three that fail their check are refused."""
    assert (convention("EC006599").siret, convention("EC006666").siren) == ("39295608200011", "392063145")
    assert convention("AC004204").siret is None
    refused = [each.value for each in LISTS.alone(2).findings]
    assert refused == ["43387838400025", "43387838400025", "8094406540001"]


def test_a_beneficiary_without_identifier_is_placed_only_by_its_name() -> None:
    """What calls itself of the Sarthe is in the Sarthe, a conservatoire of the région is not."""
    assert [place.text for place in convention("AC004221").places] == ["Sarthe"]
    assert [place.text for place in convention("EC006679").places] == ["Sarthe"]
    assert convention("EAD00672").places == ()
    assert convention("EC006599").places == ()


def test_what_is_no_association_is_not_called_one() -> None:
    """A foundation is one, a farm has no type, the others are on a list of associations."""
    types = {each.actors[1].label: each.actors[1].actor_type for each in LISTS.mapped.records}
    words = {name: label.text if label else None for name, label in types.items()}
    assert (words["GAEC PAVEE"], words["FONDATION DU PATRIMOINE"], words["14 JUILLET"]) == (
        None,
        "Fondation",
        "Association",
    )
    assert words["Superforma"] is None


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("JUDO CLUB EXEMPLE CHEZ MME EXEMPLE", "JUDO CLUB EXEMPLE"),
        ("TENNIS CLUB M EXEMPLE JEAN", "TENNIS CLUB"),
        ("FESTIVAL NATIONAL  Mme EXEMPLE", "FESTIVAL NATIONAL"),
        ("ASS MONSIEUR VINCENT M DE R DE BONNIERE", "ASS MONSIEUR VINCENT M DE R DE BONNIERE"),
        ("ACIS FRANCE MR LA FLECHE", "ACIS FRANCE MR LA FLECHE"),
        ("CIV ECOLE DE PILOTAGE CONS M", "CIV ECOLE DE PILOTAGE CONS M"),
        ("ECOLE DE MUSIQUE FREDERIC CO EXEMPLE ANNE", "ECOLE DE MUSIQUE FREDERIC CO"),
        ("MME EXEMPLE", ""),
    ],
)
def test_whom_letters_go_to_is_no_part_of_a_name(name: str, published: str) -> None:
    """Names of persons are cut off those of associations; words that look like a title and are none stay."""
    assert organisation(name) == published


def test_no_person_stands_in_the_bundled_files() -> None:
    """The bundled lists name organisations only, and the workbook does not say who made it."""
    names = [row[NAME] for table in LISTS.tables[:2] for row in table.rows]
    assert [name for name in names if organisation(name) != name.rstrip()] == []
    assert not [name for name in names if " CHEZ M" in name]
    workbook = (FACTS / "subvention_progos_2018.xls").read_bytes()
    assert b"\x5c\x00\x70\x00\x00\x00\x00" + b" " * 109 in workbook
    assert json.loads((FACTS / "snapshot.json").read_text(encoding="utf-8"))["facts_only"] is True


def test_a_person_is_not_published() -> None:
    """A beneficiary who is a person is set aside with the reason."""
    made = mapped_row(0, **{NAME: "M EXEMPLE JEAN"})
    assert made.records == ()
    assert "personne physique" in made.findings[0].message_fr


def test_a_key_does_not_depend_on_where_the_row_stands_nor_on_its_sums() -> None:
    """Rows in reverse order have the same keys, and a corrected amount leaves a key as it was."""
    turned = run(MAPPER, tuple(replace(table, rows=table.rows[::-1]) for table in LISTS.tables))
    assert {each.key for each in turned.records} == {each.key for each in LISTS.mapped.records}
    assert len({each.key for each in LISTS.mapped.records}) == 3239
    one, other = mapped_row(0), mapped_row(0, **{OPERATING: "251"})
    assert [each.key for each in one.records] == [each.key for each in other.records]


@pytest.mark.parametrize("cell", ["x" * 1_000_000, "=cmd|' /C calc'!A0", "<script>1</script>", "a\x00b\x1b[31m\u202ec"])
def test_hostile_cells_harm_nobody(cell: str) -> None:
    """What stands in a row's cells is refused or only text, without control characters."""
    made = mapped_row(1, **{NAME: cell, "CP": cell, "Ville": cell, OPERATING: cell})
    assert {each.field for each in made.findings} == {"CP", OPERATING}
    (record,) = made.records
    assert not set("\x00\x1b\u202e") & set(record.projects[0].label + record.actors[1].label)
