from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.errors import RecordFault, SourceFault
from cis_graph.mapping.row import SourceRow, column, section
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.source import Mapper, Source, Unit
from cis_graph.mapping.tables import CsvFile, PageText, Table, TextPage
from cis_graph.mapping.values import FrenchDate, Listed, Text, WebAddress
from cis_graph.model.findings import Fate
from cis_graph.model.records import Project, Record

SOURCE = Source(
    slug="exemple",
    contributor="exemple",
    title="Exemple",
    homepage="https://exemple.org/",
    licence="https://exemple.org/licence",
    data=(CsvFile(name="projets.csv"),),
    at_least=0,
)


class Row(SourceRow):
    """A row with each kind of field."""

    ignored = frozenset({"Note "})
    missing = frozenset({"NR"})
    optional = frozenset({"Site"})

    number: Text = column("N°")
    title: Text = column("Nom ")
    started: FrenchDate | None = column("Début")
    site: WebAddress | None = column("Site")


def to_record(row: Row) -> Record:
    """A record of one project."""
    if row.title == "impossible":
        raise RecordFault("it is impossible", french="elle est impossible")
    return SOURCE.record(row.number, projects=(Project(node="project", label=row.title, started=row.started),))


MAPPER = Mapper(SOURCE, (Row,), to_record)
COLUMNS = ("N°", "Nom ", "Début", "Site", "Note ")


def mapped(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Mapped:
    """What becomes of rows whose cells are blank where they are not given."""
    filled = tuple(dict.fromkeys(columns, "") | row for row in rows)
    return run(MAPPER, (Table(columns=columns, rows=filled),))


CELLS = (
    st.sampled_from(
        ["", " ", "NR", "\u200b", "1", "2", "impossible", "2020", "31/02/2020", "https://exemple.org/", "x"]
    )
    | st.text()
)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)), max_size=8))
def test_every_row_is_in_a_record_or_a_finding(rows: list[dict[str, str]]) -> None:
    """Whatever the cells, each row that is not blank is part of a record or set aside with a reason."""
    made = mapped(*rows)
    published = {number for record in made.records for number in record.rows}
    aside = {number for finding in made.findings if finding.fate is Fate.RECORD_REJECTED for number in finding.rows}
    written = {number for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row.values())}
    assert published | aside == written
    assert not published & aside
    assert made.rows == len(rows)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)), max_size=8))
def test_keys_are_unique_and_labels_are_said(rows: list[dict[str, str]]) -> None:
    """No two records have one key, and none has a blank label."""
    records = mapped(*rows).records
    assert len({record.key for record in records}) == len(records)
    assert all(project.label for record in records for project in record.projects)


@pytest.mark.parametrize("cell", ["", "  ", "NR", "\u200b", "&nbsp;", "\x00"])
def test_a_row_without_what_it_needs_is_set_aside(cell: str) -> None:
    """A blank, a word for nothing or invisible characters are no name; the other rows go on."""
    made = mapped({"N°": "1", "Nom ": cell}, {"N°": "2", "Nom ": "Deux"})
    assert [record.key for record in made.records] == ["2"]
    (finding,) = made.findings
    assert (finding.fate, finding.rule, finding.rows, finding.field) == (
        Fate.RECORD_REJECTED,
        "valeur-necessaire",
        (1,),
        "Nom ",
    )


def test_a_value_that_fails_its_check_is_refused_alone() -> None:
    """The row goes on without the value, which the report keeps."""
    made = mapped({"N°": "1", "Nom ": "Un", "Début": "31/02/2020", "Site": "exemple"})
    assert [(record.key, record.projects[0].started) for record in made.records] == [("1", None)]
    assert [(one.fate, one.field, one.value) for one in made.findings] == [
        (Fate.VALUE_REFUSED, "Début", "31/02/2020"),
        (Fate.VALUE_REFUSED, "Site", "exemple"),
    ]


def test_a_second_key_is_set_aside() -> None:
    """The first record keeps the key, and the second is told whose it is."""
    made = mapped({"N°": "1", "Nom ": "Un"}, {"N°": "1", "Nom ": "Deux"})
    assert [record.projects[0].label for record in made.records] == ["Un"]
    assert [(one.rule, one.record, one.rows) for one in made.findings] == [("identifiant-double", "1", (2,))]


def test_a_finding_names_the_file_of_its_row_where_a_source_has_several() -> None:
    """Two lists both have a row 1: a contributor is told which one is meant, and in a source of one file nothing."""
    source = replace(SOURCE, data=(CsvFile(name="liste-2017.csv"), CsvFile(name="liste-2018.csv")))
    every = lambda tables: (Unit((one,), one.row) for table in tables for one in table)  # noqa: E731
    mapper = Mapper(source, (Row, Row), to_record, every)
    rows: tuple[dict[str, str], ...] = ({"N°": "1", "Nom ": "Un"}, {"N°": "2"}, {"N°": "3", "Nom ": "impossible"})
    table = Table(columns=COLUMNS, rows=tuple(dict.fromkeys(COLUMNS, "") | row for row in rows))
    made = run(mapper, (table, replace(table, columns=(*COLUMNS, "Budget"))))

    assert {(one.rule, one.rows, one.files) for one in made.findings} == {
        ("valeur-necessaire", (2,), ("liste-2017.csv",)),
        ("valeur-necessaire", (2,), ("liste-2018.csv",)),
        ("fiche-impossible", (3,), ("liste-2017.csv",)),
        ("fiche-impossible", (3,), ("liste-2018.csv",)),
        ("identifiant-double", (1,), ("liste-2018.csv",)),
        ("colonne-inconnue", (), ("liste-2018.csv",)),
    }
    (twice,) = (one for one in made.findings if one.rule == "identifiant-double")
    assert "la ligne 1 (liste-2017.csv)" in twice.message_fr
    assert {one.files for one in mapped(*rows).findings} == {()}


def test_an_impossible_record_is_set_aside() -> None:
    """What a mapper cannot make is said in its own words."""
    (finding,) = mapped({"N°": "1", "Nom ": "impossible"}).findings
    assert (finding.rule, finding.rows) == ("fiche-impossible", (1,))
    assert "elle est impossible" in finding.message_fr


def test_blank_rows_keep_the_numbers() -> None:
    """A blank row is no record and no finding, and the rows after it keep their number."""
    made = mapped({}, {"N°": "1", "Nom ": "Un"})
    assert (made.records[0].rows, made.findings, made.rows) == ((2,), (), 2)


def test_columns_are_mapped_ignored_or_noticed() -> None:
    """An unknown column is an alarm, an ignored or optional one may be absent, a mapped one may not."""
    made = mapped({"N°": "1", "Nom ": "Un"}, columns=("N°", "Nom ", "Début", "Budget"))
    assert [(one.fate, one.field) for one in made.findings] == [(Fate.SOURCE_ALARM, "Budget")]
    assert len(made.records) == 1
    with pytest.raises(SourceFault, match="declared column gone: Nom "):
        mapped({"N°": "1"}, columns=("N°", "Nom", "Début"))


def test_characters_that_the_source_lost_are_noticed() -> None:
    """One alarm a file, with how many cells and the first; what is not read does not count."""
    rows = [{"N°": "1", "Nom ": "M\ufffddia"}, {"N°": "2", "Nom ": "\ufffdcole", "Note ": "\ufffd"}]
    (finding,) = mapped(*rows, columns=("N°", "Nom ", "Début", "Note ")).findings

    assert (Fate.SOURCE_ALARM, "caracteres-perdus", "Nom ", "2") == (
        finding.fate, finding.rule, finding.field, finding.value
    )  # fmt: skip
    assert "ligne 1" in finding.message_fr


def test_long_values_are_cut_in_reports() -> None:
    """A megabyte in a cell is not a megabyte in the report."""
    (finding,) = mapped({"N°": "1", "Nom ": "Un", "Site": "x" * 1_000_000}).findings
    assert len(finding.value or "") == 201
    assert len(finding.message_fr) < 500


class Page(SourceRow):
    """A page of two sections."""

    context: Text = section("Contexte")
    partners: Listed | None = section("Partenaires")


def test_a_page_is_one_row() -> None:
    """A page's sections are its columns; one that is missing is empty and one that is unknown is an alarm."""
    source = Source(
        slug="page",
        contributor="exemple",
        title="Page",
        homepage="https://exemple.org/",
        licence="https://exemple.org/licence",
        data=(TextPage(name="page.txt"),),
        at_least=1,
    )
    mapper = Mapper(source, (Page,), lambda row: source.record(row.context))
    made = run(mapper, (PageText(text="Contexte\nUn texte.\n\nBudget\n\nUn autre."),))
    headed = run(mapper, (PageText(text="Un chapeau.\n\nContexte\nUn texte."),))
    assert [one.field for one in headed.findings] == ["(début)"]
    assert [(record.key, record.rows) for record in made.records] == [("Un texte.", (1,))]
    assert [one.field for one in made.findings] == ["Budget"]
    assert made.rows == 1
