"""A page's text cut into sections, whatever their order."""

import re

from cis_graph.mapping.names import slug

HEAD = "(début)"  # what stands before the first section
_LONGEST_HEADING = 80  # characters
_SENTENCE_END = (".", "!", "?", ":", ";", ",", "…")


def sections(text: str, headings: frozenset[str]) -> dict[str, str]:
    """The text under each heading, and under :data:`HEAD` what comes before the first.

    A known heading is a line that reads like it but for case, accents and punctuation. A heading that nobody declared
    is a short line of its own between blank lines, after some content (before the first known heading, where titles
    stand too, after a sentence): it opens a section under its own words, so that it can be noticed and its text does
    not leak into the section before it. A page without known headings is all head. A heading that comes twice
    continues.
    """
    known = {slug(heading): heading for heading in headings}
    lines = [line.strip() for line in text.splitlines()]
    last = max((index for index, line in enumerate(lines) if line), default=-1)
    first = next((index for index, line in enumerate(lines) if slug(line) in known), 0)
    found: dict[str, list[str]] = {HEAD: []}
    current, ends = HEAD, False  # whether a heading that nobody declared may end the current section
    for index, line in enumerate(lines):
        heading = known.get(slug(line)) if line else None
        if heading is None and ends and _may_be_heading(lines, index, last):
            heading = line
        if heading is None:
            found[current].append(line)
            ends = ends or (bool(line) if current != HEAD else index < first and line.endswith(_SENTENCE_END))
        else:
            current = heading
            ends = any(found.setdefault(current, []))
    return {heading: "\n".join(body).strip() for heading, body in found.items()}


def _may_be_heading(lines: list[str], index: int, last: int) -> bool:
    line = lines[index]
    return (
        0 < len(line) <= _LONGEST_HEADING
        and line[0].isupper()
        and not line.endswith(_SENTENCE_END)
        and not re.search(r"[0-9@•\[\]→]|https?:", line)
        and index > 0
        and not lines[index - 1]
        and index < last
        and not lines[index + 1]
    )
