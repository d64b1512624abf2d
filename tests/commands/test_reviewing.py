"""Review at the command line."""

import json
from dataclasses import dataclass, field

import pytest

from cis_graph.commands.reviewing import Reviewing
from cis_graph.model.decisions import Question
from cis_graph.rdf.iris import Iris
from tests.support.small_release import BASE, SmallRelease, fixture_store
from tests.web.test_review import SmallDesk, question


@dataclass
class Table:
    """A terminal: what was said, and the desk."""

    desk: SmallDesk = field(default_factory=SmallDesk)
    said: list[str] = field(default_factory=list)

    def reviewing(self) -> Reviewing:
        """The command over the small release."""
        return Reviewing(desk=self.desk, release=SmallRelease(fixture_store(0)), iris=Iris(BASE), say=self.said.append)


def test_questions_are_listed_as_json() -> None:
    """Each with its two names and all that led to it."""
    table = Table()
    table.reviewing().listed(as_json=True)
    (line,) = map(json.loads, table.said)

    assert all(label and "#" not in label for label in line["labels"])
    assert (line["kind"], line["value"], line["name"]) == ("project", 2.0, question().name)


@pytest.mark.parametrize(
    ("answers", "kept"), [("y", ["same"]), ("O", ["same"]), ("n", ["different"]), ("s", []), ("q", [])]
)
def test_a_letter_answers(answers: str, kept: list[str]) -> None:
    """Yes in two languages, no, skip, quit."""
    table = Table()

    assert table.reviewing().ask([answers], by="Alix") == len(kept)
    assert [one[1] for one in table.desk.kept] == kept


def test_another_letter_asks_again_and_the_end_of_input_ends() -> None:
    """Nothing is kept by mistake."""
    other: Question = question(1.0)
    table = Table(SmallDesk(asked=[question(), other]))

    assert table.reviewing().ask(["x", "", "s"], by="Alix") == 0
    assert sum(line.startswith("same?") for line in table.said) == 4
    assert any("≠ " in line for line in table.said)
