"""Validators after RFC 9110, section 13: which tags a client already has."""

import re

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def has(if_none_match: str, tag: str) -> bool:
    """Whether a client that sends this header has the tag; weak and strong tags compare alike for reading."""
    return tag in _TAG.findall(if_none_match)


def has_any(if_none_match: str) -> bool:
    """Whether the client has whatever there is."""
    return if_none_match.strip() == "*"
