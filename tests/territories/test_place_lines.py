import json

import pytest

from cis_graph.territories.place_lines import answer_line
from cis_graph.territories.resolver import Resolver


def test_object(resolver: Resolver) -> None:
    """A JSON object is answered with level, code, name, confidence, evidence and candidates."""
    line = answer_line(resolver, '{"text": "Vienne", "level": "commune", "departement": "38"}\n')
    answer = json.loads(line)
    expected = ["text", "level", "code", "name", "confidence", "evidence", "candidates"]
    assert expected == list(answer)
    assert list(answer.values())[:4] == ["Vienne", "commune", "38544", "Vienne"]


@pytest.mark.parametrize("line", ["Rhône Alpes", "  Rhône Alpes \n", '{"text": "Rhône Alpes", "level": null}'])
def test_plain_text(resolver: Resolver, line: str) -> None:
    """A plain text is answered as an object with that text is."""
    answer = json.loads(answer_line(resolver, line))
    expected = ("ancienne-region", "82")
    assert expected == (answer["level"], answer["code"])


@pytest.mark.parametrize("line", ["", "Sainte-Marie", "Dakar"])
def test_unsure(resolver: Resolver, line: str) -> None:
    """Where nothing is certain, there is no level, code or name."""
    answer = json.loads(answer_line(resolver, line))
    expected = (None, None, None)
    assert expected == (answer["level"], answer["code"], answer["name"])


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "{}",
        '{"text": 3}',
        '{"text": "Lyon", "level": "canton"}',
        '{"text": "Lyon", "level": []}',
        '{"text": "Lyon", "departement": 69}',
        '{"a":' * 1_500,
        "x" * 100_000,
    ],
)
def test_malformed(resolver: Resolver, line: str) -> None:
    """A line that cannot be read is one line of answer too, with the error and without a code."""
    answered = answer_line(resolver, line)
    answer = json.loads(answered)
    assert answer["error"]
    assert answer["code"] is None
    assert "\n" not in answered


@pytest.mark.parametrize("line", ['{"text": "Ly\\non\\u2028"}', '{"text": "\\ud800"}', "\ud800", "Lyon\x00"])
def test_one_line(resolver: Resolver, line: str) -> None:
    """Whatever stands in the text, the answer is one line that UTF-8 can hold."""
    answered = answer_line(resolver, line)
    assert "\n" not in answered
    assert json.loads(answered.encode())
