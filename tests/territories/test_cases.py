import csv
from collections import Counter
from pathlib import Path

import pytest

from cis_graph.model.places import Level, Place, PlaceAnswer, PlaceStatus
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.resolver import Resolver

CASES = Path(__file__).parents[3] / "shared" / "data" / "territory-cases" / "cases.csv"
ABSENT = not CASES.is_file()
WHY_ABSENT = "the hand-made cases are not part of the project and do not lie beside it"

Case = dict[str, str]


@pytest.fixture(scope="module")
def answered(resolver: Resolver) -> list[tuple[Case, PlaceAnswer]]:
    """Each hand-made case with our answer."""
    with CASES.open(encoding="utf-8", newline="") as file:
        return [(case, answer(resolver, case)) for case in csv.DictReader(file)]


def answer(resolver: Resolver, case: Case) -> PlaceAnswer:
    """What we say of one case with its hints."""
    levels: dict[str, Level] = {"commune": "commune", "epci": "epci", "departement": "departement", "region": "region"}
    hint = case["hint_level"]
    return resolver.resolve(
        Place(text=case["text"], level=levels[hint] if hint else None, departement=case["near_departement"] or None)
    )


def is_right(gazetteer: Gazetteer, case: Case, answer: PlaceAnswer) -> bool:
    """Whether an answer is one of the expected; between equal namesakes, both as only candidates are right too."""
    expected = case["expected"].split(";")
    if answer.status is PlaceStatus.FOUND:
        return f"{answer.level}:{answer.code}:{answer.name}" in expected
    if answer.status is PlaceStatus.UNKNOWN:
        return expected == ["-"]
    candidates = [gazetteer.territories[key] for key in answer.candidates]
    told = {f"{one.level}:{one.code}:{one.name}" for one in candidates}
    return expected == ["*"] or (len(expected) > 1 and told == set(expected))


@pytest.mark.skipif(ABSENT, reason=WHY_ABSENT)
def test_nearly_all_cases(gazetteer: Gazetteer, answered: list[tuple[Case, PlaceAnswer]]) -> None:
    """At least 97 % of the hand-made cases are answered rightly."""
    wrong = [(case["text"], case["expected"], said) for case, said in answered if not is_right(gazetteer, case, said)]
    print("wrong:", wrong)  # noqa: T201 (shown when the test fails, or with -s)
    assert len(wrong) / len(answered) <= 0.03


@pytest.mark.skipif(ABSENT, reason=WHY_ABSENT)
def test_no_kind_is_left_behind(gazetteer: Gazetteer, answered: list[tuple[Case, PlaceAnswer]]) -> None:
    """In no kind of difficulty is more than one case wrong, nor as many as half of them."""
    told = Counter(case["kind"] for case, _ in answered)
    right = Counter(case["kind"] for case, said in answered if is_right(gazetteer, case, said))
    for kind, count in told.items():
        print(f"{kind}: {right[kind]}/{count}")  # noqa: T201 (the results by kind, with -s)
    assert all(right[kind] >= count - 1 and right[kind] * 2 > count for kind, count in told.items())


@pytest.mark.skipif(ABSENT, reason=WHY_ABSENT)
def test_nothing_wrong_is_said_with_confidence(gazetteer: Gazetteer, answered: list[tuple[Case, PlaceAnswer]]) -> None:
    """No wrong territory is given with a confidence above 0.9."""
    bold = [case["text"] for case, said in answered if said.confidence > 0.9 and not is_right(gazetteer, case, said)]
    assert bold == []
