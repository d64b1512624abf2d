"""A contributor's report says what is wrong, where, and how to mend it."""

from cis_graph.model.findings import Fate, Finding
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.report import Origin, findings

ORIGIN = Origin(contributor="exemple", source="exemple-projets", record="1", rows=(12, 13))


def result(**changes: object) -> ShapeResult:
    """A result of the rule on two start dates."""
    fields = {
        "focus": "https://carrefour.example/id/record/exemple/1#jardin",
        "rule": "start-date-single",
        "severity": "violation",
        "path": "https://schema.org/startDate",
        "value": None,
        "message_fr": "Plusieurs dates de début.",
        "message_en": "Several start dates.",
        "remedy_fr": "Gardez une seule date de début.",
        "remedy_en": "Keep one start date.",
    }
    return ShapeResult(**(fields | changes))  # type: ignore[arg-type] # the fields of the test differ in type


def finding(**changes: object) -> Finding:
    """The finding made of such a result."""
    (made,) = findings([result(**changes)], lambda _: ORIGIN)
    return made


def test_a_finding_names_the_rows_the_node_and_the_property() -> None:
    """Whoever keeps the source finds the place again."""
    expected = Finding(
        contributor="exemple",
        source="exemple-projets",
        fate=Fate.RECORD_REJECTED,
        rule="start-date-single",
        message_fr="« jardin » : Plusieurs dates de début.",
        message_en='"jardin": Several start dates.',
        remedy_fr="Gardez une seule date de début.",
        remedy_en="Keep one start date.",
        record="1",
        rows=(12, 13),
        field="startDate",
        value=None,
        node="https://carrefour.example/id/record/exemple/1#jardin",
        path="https://schema.org/startDate",
    )
    assert expected == finding()


def test_only_a_violation_sets_a_record_aside() -> None:
    """Warnings and advice leave the record published."""
    assert finding(severity="warning").fate is Fate.WARNING
    assert finding(severity="info").fate is Fate.ADVICE


def test_a_long_value_is_shown_by_its_beginning() -> None:
    """A report stays readable whatever a contributor sends."""
    shown = finding(value="a" * 5000).value
    assert shown is not None
    assert len(shown) == 200
    assert shown.endswith("…")


def test_a_record_is_named_by_its_last_part() -> None:
    """A node that is the document itself has no fragment."""
    assert finding(focus="https://carrefour.example/id/record/exemple/1", path=None).message_fr.startswith("« 1 » : ")


def test_a_text_with_a_contact_is_shown_without_it_as_an_example() -> None:
    """What to write instead is the contributor's own text; nothing is shown where nothing is left."""
    said = finding(rule="email-in-text", value="Écrire à qui@ruches.example pour venir")

    assert "Écrire à pour venir" == said.example
    assert finding(rule="email-in-text", value="qui@ruches.example").example is None


def test_a_blank_node_is_no_node_to_name() -> None:
    """Its label means nothing to anybody else."""
    assert finding(focus="n0f3a").node is None
