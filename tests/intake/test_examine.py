"""Data tried through every station up to the shapes, nothing kept."""

import csv
import io
from dataclasses import replace
from functools import cache

import pytest

from cis_graph.concepts.tables import LabelTables
from cis_graph.intake.examine import examined_files
from cis_graph.intake.ground import Ground
from cis_graph.intake.telling import as_json, lines
from cis_graph.mapping.row import column
from cis_graph.mapping.values import Text
from cis_graph.model.findings import Fate
from cis_graph.model.gate import Examined
from cis_graph.resources import CURATION
from tests.pipeline.conftest import GOOD, MAPPER, SOURCE, Row, small_house


@cache
def ground() -> Ground:
    """The words of the project with a few territories."""
    return Ground.of(small_house(), LabelTables(CURATION))


def table(*rows: dict[str, str]) -> bytes:
    """Rows as the source's CSV."""
    out = io.StringIO()
    written = csv.DictWriter(out, tuple(GOOD))
    written.writeheader()
    written.writerows(rows)
    return out.getvalue().encode()


def tried(*rows: dict[str, str]) -> Examined:
    """What becomes of rows."""
    return examined_files(MAPPER, {"ruches.csv": table(*rows)}, ground())


def test_a_good_record_is_published_and_named() -> None:
    """A record that keeps the rules is told with its label, and nothing is set aside."""
    examined = tried(GOOD)

    assert {"1": "La Ruche"} == dict(examined.published)
    assert examined.conforms
    assert (1, 1) == (examined.rows.read, examined.rows.in_records)


def test_a_row_without_what_it_needs_does_not_conform() -> None:
    """Its rows add up, the row and the column are named, and the other record is fit to be published."""
    examined = tried(GOOD, GOOD | {"N°": "2", "Nom": ""})
    (rejected,) = (one for one in examined.findings if one.fate is Fate.RECORD_REJECTED)

    assert not examined.conforms
    assert ("Nom", (2,)) == (rejected.field, rejected.rows)
    assert ["1"] == list(examined.published)
    assert 0 == examined.rows.lost


def test_a_record_that_breaks_a_shape_does_not_conform() -> None:
    """A title of one letter is mapped, and set aside by the rules."""
    examined = tried(GOOD | {"Nom": "A" * 1000})

    assert (1, {}) == (examined.records, dict(examined.published))
    assert not examined.conforms


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"a,b\n1,2\n"])
def test_what_cannot_be_read_is_one_finding(data: bytes) -> None:
    """No file, however wrong, is an error of the program."""
    examined = examined_files(MAPPER, {"ruches.csv": data}, ground())

    assert [Fate.SOURCE_FAILED] == [one.fate for one in examined.findings]
    assert not examined.conforms


def test_a_missing_file_is_named() -> None:
    """A source of which a file is not given cannot be tried."""
    (finding,) = examined_files(MAPPER, {}, ground()).findings

    assert "ruches.csv" in finding.message_fr


def test_an_extract_is_no_failure() -> None:
    """Fewer records than a harvest asks for is an alarm, and the record is tried all the same."""
    examined = examined_files(
        replace(MAPPER, source=replace(SOURCE, at_least=10)), {"ruches.csv": table(GOOD)}, ground()
    )

    assert "source-reduite" in {one.rule for one in examined.findings}
    assert examined.conforms


def test_words_that_lead_nowhere_are_counted() -> None:
    """Unknown labels and places are listed once each, with how often they stand there."""
    told = as_json(
        tried(*(GOOD | {"N°": str(n), "Thèmes": "Apiculture lunaire", "Lieu": "Nulle-Part"} for n in (1, 2)))
    )

    assert [{"scheme": "thème", "label": "Apiculture lunaire", "times": 2}] == told["unmapped"]
    assert [{"text": "Nulle-Part", "times": 2}] == told["places"]


def test_quality_says_what_the_next_tier_asks_for() -> None:
    """A project with a known theme, place and lead is linkable; what makes it comparable is named."""
    quality = tried(GOOD | {"Thèmes": "Santé"}).quality

    assert quality is not None
    assert "B" == quality.tier
    assert {"partners": 1, "actor-types": 1, "second-source": 1} == quality.lacking


@pytest.mark.parametrize(("language", "word"), [("fr", "mises de côté"), ("en", "set aside")])
def test_the_report_reads_in_both_languages(language: str, word: str) -> None:
    """A terminal gets the rows, the reasons, the remedies and the verdict."""
    text = "\n".join(lines(tried(GOOD, GOOD | {"N°": ""}), language))  # type: ignore[arg-type]  # one of the two

    assert word in text
    assert "[valeur-necessaire]" in text
    assert "→" in text


def test_a_column_that_appears_is_an_alarm_and_no_violation() -> None:
    """What nobody declared is said; rows go on."""

    class Shorter(Row):
        extra: Text | None = column("Nulle part")
        optional = frozenset({"Nulle part"})

    data = table(GOOD).replace(b"Th\xc3\xa8mes", b"Th\xc3\xa8mes,Miel", 1)
    examined = examined_files(replace(MAPPER, rows=(Shorter,)), {"ruches.csv": data}, ground())

    assert "colonne-inconnue" in {one.rule for one in examined.findings}
    assert examined.conforms
