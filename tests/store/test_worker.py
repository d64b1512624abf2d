import pytest

from cis_graph.store.worker import _readable


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (r"expected one of Prefix not found, ['%'], ['-' | '0' ..= '9' | '\u{00B7}'], [':']", "Prefix not found"),
        ('expected one of "$", "(", PREFIX, [_]', 'expected one of "$", "(", PREFIX'),
        ("expected one of BASE, [_]", "expected BASE"),
        ("expected [_]", "expected a query"),
        ("expected IRI parsing failed", "IRI parsing failed"),
        ("", "expected a query"),
    ],
)
def test_a_syntax_error_is_told_in_words(reason: str, told: str) -> None:
    """What the parser expected is told without its classes of characters, and in words where it has words."""
    assert told == _readable(reason)
