"""What happens to a bad value: each case of the table, from the source to the report."""

import pytest

from cis_graph.model.findings import Fate, Finding
from cis_graph.release.opened import Opened
from tests.pipeline.conftest import GOOD, Desk, Report

RECORD = "https://carrefour.example/id/record/ruches/"


def is_published(release: Opened, key: str) -> bool:
    """Whether a record is there."""
    return release.record(RECORD + key, "nt") != b""


def says_all(finding: Finding) -> bool:
    """Whether a finding says who, where, what is wrong, by which rule and what to do, in both languages."""
    texts = (finding.message_fr, finding.message_en, finding.remedy_fr, finding.remedy_en)
    return bool(finding.contributor and finding.source and finding.rule and all(texts))


@pytest.mark.parametrize(
    ("change", "rule", "field", "value"),
    [
        ({"Début": "31/02/2019"}, "valeur-refusee", "Début", "31/02/2019"),
        ({"Début": "bientôt"}, "valeur-refusee", "Début", "bientôt"),
        ({"SIRET": "552 100 554 00014"}, "valeur-refusee", "SIRET", "552 100 554 00014"),
        ({"Latitude": "45,7N"}, "valeur-refusee", "Latitude", "45,7N"),
        ({"Latitude": "14.69", "Longitude": "-17.45"}, "point-hors-departement", None, "14.69, -17.45"),
        ({"Lieu": "Dakar"}, "lieu-inconnu", None, "Dakar"),
        ({"Lieu": "Sainte-Colombe"}, "lieu-ambigu", None, "Sainte-Colombe"),
        ({"Thèmes": "Apiculture"}, "libelle-inconnu", "thème", "Apiculture"),
    ],
)
def test_a_bad_value_is_kept_in_the_report_and_its_record_is_published(
    desk: Desk, report: Report, change: dict[str, str], rule: str, field: str | None, value: str
) -> None:
    """A value that fails its check stands in the report with its place and its remedy; the record goes out without it."""
    desk.hand_over(GOOD | change)
    release = desk.publish()
    finding = report(release)[rule]

    assert (finding.fate, finding.rows, finding.field, finding.value) == (Fate.VALUE_REFUSED, (1,), field, value)
    assert says_all(finding)
    assert is_published(release, "1")
    assert value not in release.description(f"{RECORD}1#projet", "nt").decode()


def test_an_unknown_label_stays_a_keyword(desk: Desk) -> None:
    """A label that no table knows is not dropped: it is the contributor's keyword."""
    desk.hand_over(GOOD | {"Thèmes": "Apiculture"})

    assert "Apiculture" in desk.publish().record(RECORD + "1", "nt").decode()


@pytest.mark.parametrize("column", ["N°", "Nom"])
def test_a_row_without_key_or_label_is_set_aside_and_the_others_go_out(desk: Desk, report: Report, column: str) -> None:
    """Without its key or its name a row cannot be published, and says so; the row beside it is."""
    desk.hand_over(GOOD | {"N°": "2", column: " "}, GOOD)
    release = desk.publish()
    finding = report(release)["valeur-necessaire"]

    assert (finding.fate, finding.rows, finding.field) == (Fate.RECORD_REJECTED, (1,), column)
    assert says_all(finding)
    assert is_published(release, "1")
    assert not is_published(release, "2")


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ({"Description": "Écrivez à une.personne@ruches.example pour venir."}, "une.personne@ruches.example"),
        ({"Description": "Appelez le 01 23 45 67 89 pour venir."}, "01 23 45 67 89"),
    ],
)
def test_personal_data_in_a_text_sets_the_record_aside(
    desk: Desk, report: Report, change: dict[str, str], value: str
) -> None:
    """An address or a phone number of a person keeps its record from being published; the others are."""
    desk.hand_over(GOOD, GOOD | {"N°": "2"} | change)
    release = desk.publish()
    (finding,) = (one for one in report(release).values() if one.fate is Fate.RECORD_REJECTED)

    assert (finding.record, finding.rows) == ("2", (2,))
    assert value not in repr(finding)
    assert "(courriel)" in (finding.value or "") or "(téléphone)" in (finding.value or "")
    assert finding.example
    assert says_all(finding)
    assert is_published(release, "1")
    assert not is_published(release, "2")


def test_a_shape_that_is_broken_sets_the_record_aside(desk: Desk, report: Report) -> None:
    """A name of 400 characters breaks its shape: the record is set aside with the rule and what to do."""
    desk.hand_over(GOOD, GOOD | {"N°": "2", "Nom": "x" * 400})
    release = desk.publish()
    (finding,) = (one for one in report(release).values() if one.fate is Fate.RECORD_REJECTED)

    assert (finding.record, finding.rows, finding.field) == ("2", (2,), "prefLabel")
    assert says_all(finding)
    assert not is_published(release, "2")


def test_two_rows_with_one_key_are_not_one_record(desk: Desk, report: Report) -> None:
    """The second row with a key is set aside; the first is published as it is."""
    desk.hand_over(GOOD, GOOD | {"Nom": "Le Rucher"})
    release = desk.publish()

    assert report(release)["identifiant-double"].rows == (2,)
    assert "Le Rucher" not in release.record(RECORD + "1", "nt").decode()


def test_a_column_nobody_declared_raises_an_alarm_and_rows_go_on(desk: Desk, report: Report) -> None:
    """A new column is noticed by its name; every row is read as before."""
    desk.hand_over(GOOD | {"Budget": "3"}, columns=(*GOOD, "Budget"))
    release = desk.publish()
    finding = report(release)["colonne-inconnue"]

    assert (finding.fate, finding.field) == (Fate.SOURCE_ALARM, "Budget")
    assert says_all(finding)
    assert is_published(release, "1")


def test_a_declared_column_that_is_gone_keeps_the_last_good_state(desk: Desk, report: Report) -> None:
    """A source that loses a column stays published as it last was, and the report says which column."""
    desk.hand_over(GOOD)
    desk.publish()
    desk.hand_over(GOOD | {"Nom": "Autre"}, columns=tuple(name for name in GOOD if name != "Lieu"))
    release = desk.publish()
    finding = report(release)["source-illisible"]

    assert finding.fate is Fate.SOURCE_FAILED
    assert "Lieu" in finding.message_fr
    assert says_all(finding)
    assert "La Ruche" in release.record(RECORD + "1", "nt").decode()


def test_a_source_that_shrinks_below_its_least_keeps_the_last_good_state(desk: Desk, report: Report) -> None:
    """Fewer records than expected withdraw nothing."""
    desk.expect(2)
    desk.hand_over(GOOD, GOOD | {"N°": "2"})
    desk.publish()
    desk.hand_over(GOOD)
    release = desk.publish()

    assert report(release)["source-illisible"].fate is Fate.SOURCE_FAILED
    assert is_published(release, "2")


@pytest.mark.parametrize("data", [b'N\xc2\xb0,Nom\n"1,La Ruche\n', b"", b"\x00\xff\xfe" * 50])
def test_an_unreadable_file_keeps_the_last_good_state(desk: Desk, report: Report, data: bytes) -> None:
    """A broken, an empty and a binary file are said to be unreadable, and withdraw nothing."""
    desk.hand_over(GOOD)
    desk.publish()
    desk.hand_over_bytes(data)
    release = desk.publish()

    assert report(release)["source-illisible"].fate is Fate.SOURCE_FAILED
    assert is_published(release, "1")


def test_the_last_good_state_stays_after_two_failures(desk: Desk) -> None:
    """A source that stays broken for two builds is still published as it last was."""
    desk.hand_over(GOOD)
    desk.publish()
    for data in (b"", b"x"):
        desk.hand_over_bytes(data)
        release = desk.publish()

    assert is_published(release, "1")


def test_hostile_values_stay_text(desk: Desk) -> None:
    """Markup, quotes, newlines, backslashes and direction marks in a name are text and nothing else."""
    name = '<script>alert(1)</script> " \\ > <a> \u202e { } ; DROP GRAPH'
    desk.hand_over(GOOD | {"Nom": name, "N°": "../../etc/passwd#<x>"})
    release = desk.publish()
    nothing = "https://carrefour.example/none"

    assert release.about((nothing,)) == {nothing: {}}
    assert release.information.counts["record"] == 1
