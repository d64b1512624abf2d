"""Cells of CSV tables that people open in a spreadsheet."""

_FORMULAS = frozenset("=+-@\t\r\n")


def harmless(text: str) -> str:
    """A text that a spreadsheet shows and does not run: what would begin a formula stands behind an apostrophe."""
    return f"'{text}" if text[:1] in _FORMULAS else text
