"""Generated records with their truth, read as the matcher sees them.

A folder holds ``records/*.jsonl`` (one record a line: id, contributor, title, description, organisation, website,
email, phone, territory, lat, lon, partners, themes, year) and ``truth.jsonl`` (record, project, org).
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cis_graph.errors import ValueFault
from cis_graph.model.identifiers import Siren, Siret
from cis_graph.model.nodes import NodeId
from cis_graph.model.places import Place
from cis_graph.reconciliation.features import (
    NOWHERE,
    Features,
    editions_of,
    mail_host,
    named_after,
    website,
)
from cis_graph.reconciliation.names import name_of, plain_words, telling_words
from cis_graph.reconciliation.reading import Reader
from cis_graph.territories.resolver import Resolver

Told = Mapping[str, Any]
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """The projects and lead actors of a generated set, and which thing each truly is."""

    projects: Mapping[NodeId, Features]
    actors: Mapping[NodeId, Features]
    true_projects: Mapping[NodeId, str]
    true_actors: Mapping[NodeId, str]

    def actors_knowing(self, found: Mapping[NodeId, NodeId]) -> dict[NodeId, Features]:
        """The actors, each with the project that its record shares with others; ``found`` names each one's cluster."""
        common = {(node.contributor, node.record): name for node, name in told_often(found).items()}
        return {
            node: replace(actor, projects=frozenset({common[place]}))
            if (place := (node.contributor, node.record)) in common
            else actor
            for node, actor in self.actors.items()
        }


def told_often(found: Mapping[NodeId, NodeId]) -> dict[NodeId, str]:
    """The projects that several records tell of, each with the name of its cluster."""
    often = Counter(found.values())
    return {node: str(one) for node, one in found.items() if often[one] > 1}


def read_generated(folder: Path, reader: Reader, resolver: Resolver) -> Generated:
    """Everything that a folder holds; a record without a title or a lead has no such node."""
    truth = {told["record"]: told for told in _lines(folder / "truth.jsonl")}
    projects: dict[NodeId, Features] = {}
    actors: dict[NodeId, Features] = {}
    true_projects, true_actors = {}, {}
    territories: dict[str, str | None] = {}
    for file in sorted((folder / "records").glob("*.jsonl")):
        for told in _lines(file):
            text = told["territory"]
            if text not in territories:
                territories[text] = resolver.resolve(Place(text=text)).territory
            project, actor = _features(told, territories[text], reader)
            contributor, _, number = told["id"].partition("/")
            if project:
                node = NodeId(contributor, number, "project")
                projects[node], true_projects[node] = project, truth[told["id"]]["project"]
            if actor:
                node = NodeId(contributor, number, "actor")
                actors[node], true_actors[node] = actor, truth[told["id"]]["org"]
    return Generated(projects=projects, actors=actors, true_projects=true_projects, true_actors=true_actors)


def _lines(file: Path) -> Iterator[Told]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _features(told: Told, territory: str | None, reader: Reader) -> tuple[Features | None, Features | None]:
    lead = told["organisation"].get("name") or ""
    title, leads = name_of(told["title"].rstrip("…"), of_actor=False), reader.actor_name(lead)
    host, page = website(told["website"])
    mail = (told["email"] or "").lower() or None
    common = Features(
        contributor=told["contributor"],
        name=leads,
        names=(leads,),
        where=reader.where([territory]) if territory else NOWHERE,
        rna=told["organisation"].get("rna"),
        siren=_siren(told["organisation"]),
        host=host,
        page=page,
        mail=mail,
        mail_host=mail_host(mail),
        telephone="".join(filter(str.isdigit, told["phone"] or "")) or None,
        point=(told["lat"], told["lon"]) if told["lat"] is not None else None,
        partners=frozenset(reader.actor_name(name).glued for name in told["partners"]),
    )
    project = (
        replace(
            common,
            name=title,
            names=(title,),
            leads=leads if leads.glued else None,
            year=told["year"],
            editions=editions_of(told["title"]),
            themes=frozenset(map(plain_words, told["themes"])),
            telling=telling_words(_TAG.sub(" ", told["description"])),
        )
        if title
        else None
    )
    return project, replace(common, own_host=named_after(host, lead)) if leads.glued else None


def _siren(organisation: Told) -> str | None:
    try:
        if organisation.get("siren"):
            return Siren.parse(organisation["siren"])
        return Siret.parse(organisation["siret"]).siren if organisation.get("siret") else None
    except ValueFault:
        return None  # an invalid number is evidence of nothing
