"""A label from the report of one release to the theme of the next."""

from cis_graph.release.labelling import LabelDesk
from tests.pipeline.conftest import GOOD, Desk, Report

THEME = "<https://w3id.org/insoc/concept/theme/environnement>"
RECORD = "https://carrefour.example/id/record/ruches/1"


def test_what_a_curator_accepts_is_believed_by_the_next_build(desk: Desk, report: Report) -> None:
    """The label leaves the report and becomes a theme; taken back, it waits again, and the first hash comes back."""
    desk.hand_over(GOOD | {"Thèmes": "Apiculture"})
    before = desk.publish()
    labels = LabelDesk(desk.settings, curation=desk.curation)
    assert [one.label.text for one in labels.unknown(("ruches",))] == ["Apiculture"]
    assert THEME not in before.record(RECORD, "nt").decode()

    labels.accept("ruches", "apiculture", ["theme/environnement"], by="Alix", why="bees")
    assert labels.unknown(("ruches",)) == ()
    after = desk.publish()
    assert "libelle-inconnu" not in report(after)
    assert THEME in after.record(RECORD, "nt").decode()

    labels.take_back("ruches", "Apiculture", ["theme/environnement"], by="Alix", why="or not")
    assert desk.publish().information.canonical_hash == before.information.canonical_hash
