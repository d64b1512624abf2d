"""E-mail addresses and telephone numbers, which are nobody's business but their owner's."""

import re

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
TELEPHONE = re.compile(r"(?<![\d.])(?:\+\d{2,3}[\s.-]?\d|0[1-9])(?:[\s.-]?\d\d){4}(?!\d)")


def without_contacts(text: str) -> str:
    """The text with what it was in place of each address and number."""
    return TELEPHONE.sub("(téléphone)", EMAIL.sub("(courriel)", text))


def cut_contacts(text: str) -> str:
    """The text without addresses and numbers."""
    return " ".join(TELEPHONE.sub("", EMAIL.sub("", text)).split())
