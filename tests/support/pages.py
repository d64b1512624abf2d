"""Page mappers under test: the page as published, where it is beside this checkout, and our facts in its shape."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.source import Mapper
from cis_graph.mapping.tables import PageText
from cis_graph.model.records import Actor, Participation, Project, Record

PUBLISHED = Path(__file__).parents[2].parent / "shared/data/pages"
HOSTILE = (
    "x" * 1_000_000,
    "a, " * 333_000,
    "(" * 1_000_000,
    '"' * 1_000_000,
    " " * 1_000_000 + "x",
    "nombre de 13 (Avise " * 50_000,
    "La Fonda a créé en 2016, avec " * 33_000,
    "comité de pilotage : A et B. ressources ponctuelles : " * 18_000,
    "Département du Val sociétariat de Coop co-entrepreneur réemploi du matériel " * 13_000,
)


def published(name: str) -> str:
    """The page as published; the test is skipped where it is not beside this checkout."""
    if not (PUBLISHED / name).exists():
        pytest.skip("the page as published is not beside this checkout")
    return (PUBLISHED / name).read_text(encoding="utf-8")


def read(mapper: Mapper, text: str) -> Mapped:
    """The page's record and findings; none where there is no record."""
    return run(replace(mapper, source=replace(mapper.source, at_least=0)), (PageText(text=text),))


def written(*blocks: str) -> str:
    """A page of these blocks."""
    return "\n\n".join(blocks) + "\n"


def blocks(page: str, headings: tuple[str, ...]) -> list[str]:
    """The head, then each section with its heading; headings are patterns."""
    starts = [match.start() for heading in headings for match in re.finditer(rf"(?m)^{heading}\s*$", page)]
    return [page[start:end].strip() for start, end in pairwise([0, *sorted(starts), len(page)])]


def things(record: Record) -> tuple[Any, ...]:
    """Every node of the record."""
    return (*record.projects, *record.actors, *record.programmes, *record.participations, *record.events)


def facts(record: Record) -> set[tuple[str, str, object]]:
    """Each value of each node on its own."""
    return {
        (thing.node, field, value)
        for thing in things(record)
        for field in thing.__slots__
        if (held := getattr(thing, field)) is not None
        for value in (held if isinstance(held, tuple) else (held,))
    }


def project(record: Record, node: str = "project") -> Project:
    """The project of that node."""
    return next(project for project in record.projects if project.node == node)


def actor(record: Record, node: str) -> Actor:
    """The actor of that node."""
    return next(actor for actor in record.actors if actor.node == node)


def parts(record: Record, role: str) -> list[Participation]:
    """The participations in that role."""
    return [part for part in record.participations if part.role.concept == role]


def labels(record: Record, role: str) -> list[str]:
    """The names of the actors in that role."""
    return [actor(record, part.actor).label for part in parts(record, role)]


def links_lead_to_nodes(record: Record) -> bool:
    """No two things have one name, and every link leads to one of them."""
    nodes = [thing.node for thing in things(record)]
    ends = {node for part in record.participations for node in (part.actor, part.project, part.programme)}
    return len(nodes) == len(set(nodes)) and ends - {None} <= set(nodes)


def runs(text: str, record: Record, titles: str) -> set[tuple[str, ...]]:
    """Each eight consecutive words of prose; names cut it, lines that match ``titles`` are headings or lists."""
    names = {name for thing in things(record) for name in _names(thing)}
    cut = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))), re.IGNORECASE)
    found: set[tuple[str, ...]] = set()
    for line in text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").splitlines():
        for stretch in () if re.match(titles, line.strip()) else cut.split(line):
            words = re.findall(r"\w+", stretch.lower())
            found |= {tuple(words[start : start + 8]) for start in range(len(words) - 7)}
    return found


def _names(thing: object) -> tuple[str, ...]:
    listed = (label.text for label in getattr(thing, "audiences", ()))
    named = (getattr(thing, "label", ""), *getattr(thing, "alternative_labels", ()), *listed)
    return tuple(filter(None, (*named, *getattr(thing, "recommendations", ()))))
