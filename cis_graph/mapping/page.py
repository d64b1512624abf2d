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
    declared = [known.get(slug(line)) if line else None for line in lines]
    first = next((index for index, heading in enumerate(declared) if heading is not None), 0)
    found: dict[str, list[str]] = {HEAD: []}
    filled: set[str] = set()  # the sections with something in them
    current, ends = HEAD, False  # whether a heading that nobody declared may end the current section
    for index, (line, heading) in enumerate(zip(lines, declared, strict=True)):
        if heading is not None or (ends and _may_be_heading(lines, index, last)):
            current = heading or line
            found.setdefault(current, [])
            ends = current in filled
        else:
            found[current].append(line)
            if line:
                filled.add(current)
            ends = ends or (bool(line) if current != HEAD else index < first and line.endswith(_SENTENCE_END))
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
