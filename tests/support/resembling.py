"""Invented actors and projects that resemble each other."""

import random
from dataclasses import replace

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.records import Record
from cis_graph.reconciliation.blocking import ACTOR_CAP
from tests.support.making import actor, nodes_of, project, record

_TOWNS = ("commune-69123", "commune-59350", "region-84", "pays-fr")
_WORDS = (
    "ruche",
    "atelier",
    "jardin",
    "fabrique",
    "maison",
    "collectif",
    "relais",
    "halle",
    "lien",
    "table",
    "canopée",
)


def invented() -> dict[NodeId, Thing]:
    """The nodes of these records."""
    return nodes_of(*invented_records())


def invented_records() -> list[Record]:
    """Some 300 actors and projects whose names differ by a word, a letter or a town, and a block over its cap."""
    dice = random.Random(7)
    records: list[Record] = []
    for number in range(150):
        words = dice.sample(_WORDS, 2)
        name = f"{words[0]} des {words[1]}s"
        if dice.random() < 0.3:
            name = name.replace(dice.choice(name.replace(" ", "")), "", 1)
        place = dice.choice(_TOWNS)
        who = replace(
            actor(name.upper() if dice.random() < 0.3 else name, place), homepage=f"https://{words[0]}.example/"
        )
        records.append(record(f"contributor-{number % 7}", str(number), who, project(f"{words[1]} {words[0]}", place)))
    crowd = (record("crowd", str(n), actor(f"Ruche numéro {n}", "commune-69123")) for n in range(ACTOR_CAP + 1))
    return [*records, *crowd]
