"""The contributors' pages: what each brought, and what became of it."""

import csv
import io
from dataclasses import replace

import pytest

from cis_graph.model.findings import Fate, Finding
from cis_graph.rdf.examples import examples
from cis_graph.resources import LOCALES, SPARQL
from cis_graph.web.languages import load
from cis_graph.web.reports import by_fate, report_table, row_numbers
from cis_graph.web.statements import Claimant, each_once
from cis_graph.web.texts import Text
from tests.support.client import Client


def finding(value: str) -> Finding:
    """A finding about one value."""
    return Finding(
        contributor="a", source="s", fate=Fate.VALUE_REFUSED, rule="r", record="1", rows=(1, 2), field="Nom",
        value=value, message_fr="non", message_en="no", remedy_fr="oui", remedy_en="yes",
    )  # fmt: skip


def test_the_page_accounts_for_every_row_and_record(client: Client) -> None:
    """A contributor reads how many rows and records were published, alone or with others, and set aside."""
    page = client.page("/contributor/reseau-clairiere")

    assert "3 lignes lues" in page
    assert "1 mises de côté" in page


def test_the_page_says_with_whom_each_record_was_merged(client: Client) -> None:
    """Which record, with how many of whom, and the page of what they describe together; JSON names the records."""
    page = client.page("/contributor/reseau-clairiere")
    (account,) = client.get("/contributor/reseau-clairiere/report.json").json()["accounts"]

    assert '<a href="/project/verger">le-verger</a>' in page
    assert "avec 1 autre fiche" in page
    assert [("le-verger", ["fondation-lavande/fiche-12"])] == [
        (one["record"], one["records"]) for one in account["merged"]
    ]


def test_a_finding_gives_an_example_of_what_is_right(client: Client) -> None:
    """On the page in the reader's language, and in the table."""
    pages = [client.page(f"{language}/contributor/fondation-lavande") for language in ("", "/en")]

    assert all("<code>02/2019</code>" in page for page in pages)
    assert "For example" in pages[1]
    assert "02/2019" in client.get("/contributor/fondation-lavande/report.csv").text


def test_findings_that_say_the_same_stand_together() -> None:
    """What is wrong and what to do are read once, then where: the most frequent first, nothing uncounted."""
    nodes = [finding(str(number)) for number in range(8)]
    said = [
        replace(one, fate=Fate.WARNING, message_fr=f"« a{at} » : sans type", node=f"https://x.example/r/{at}#a{at}")
        for at, one in enumerate(nodes)
    ]
    (group,) = by_fate([replace(said[0], rule="other"), *said], load(LOCALES)["fr"], lambda one: f"/{one.node}")
    many, once = group.told

    assert (9, 8, 1, 0) == (group.count, many.count, once.count, group.unseen)
    assert ("sans type", "oui") == (many.message, many.remedy)
    assert ["a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7"] == [one.node for one in (*many.places, *many.others)]
    assert ("1, 2", "Nom", "0") == (many.places[0].rows, many.places[0].field, many.places[0].value)


def test_the_whole_report_can_be_taken_away(client: Client) -> None:
    """The report is also a table with a line a finding."""
    answer = client.get("/contributor/reseau-clairiere/report.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert all(row["rule"] and row["message_fr"] for row in rows)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_spreadsheet_runs_nothing_of_the_report(value: str) -> None:
    """A value that a spreadsheet would take for a formula begins with a quote."""
    (_, row) = csv.reader(io.StringIO(report_table((finding(value),)).decode("utf-8-sig")))

    assert f"'{value}" in row


@pytest.mark.parametrize(
    ("rows", "files", "shown", "table"),
    [
        ((3, 4), (), "3, 4", ["3 4", ""]),
        ((3, 4, 1), ("a.csv", "a.csv", "b.csv"), "a.csv 3, 4 · b.csv 1", ["3 4 1", "a.csv; a.csv; b.csv"]),
        ((), ("b.csv",), "b.csv", ["", "b.csv"]),
        ((), (), "", ["", ""]),
    ],
)
def test_a_row_is_told_with_its_file(
    rows: tuple[int, ...], files: tuple[str, ...], shown: str, table: list[str]
) -> None:
    """In a source of several files a row's number comes with the file's name, on the page and in the table."""
    one = replace(finding("x"), rows=rows, files=files)
    (_, line) = csv.reader(io.StringIO(report_table((one,)).decode("utf-8-sig")))

    assert row_numbers(one) == shown
    assert line[4:6] == table


def test_every_example_has_a_title_in_both_languages() -> None:
    """The list of examples reads in French and in English."""
    assert [] == [one.slug for one in examples(SPARQL / "examples") if {"fr", "en"} - set(one.titles)]


def test_a_contributor_is_named_once_for_a_value() -> None:
    """A contributor who gives one value in many records, or editions, is one claimant a value and edition."""
    claimants = [
        Claimant(contributor=Text("Réseau Clairière"), record=f"/record/{n}", edition=edition)
        for n in range(3)
        for edition in ("", "V0")
    ]

    assert [("/record/0", ""), ("/record/0", "V0")] == [(one.record, one.edition) for one in each_once(claimants)]
