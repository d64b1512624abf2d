"""Nodes of records by name, the things that reconciliation compares and the ledger gives keys to."""

from collections.abc import Iterable
from sys import intern
from typing import NamedTuple

from cis_graph.model.records import Actor, Event, Kind, Participation, Programme, Project, Record

Thing = Project | Actor | Programme | Participation | Event

KINDS: dict[type[Thing], Kind] = {
    Project: "project",
    Actor: "actor",
    Programme: "programme",
    Participation: "participation",
    Event: "event",
}


class NodeId(NamedTuple):
    """A node of a record, named without any base."""

    contributor: str
    record: str
    node: str

    def __str__(self) -> str:
        return f"{self.contributor}/{self.record}#{self.node}"


def things(record: Record) -> Iterable[tuple[NodeId, Thing]]:
    """The nodes of a record with their ids."""
    for thing in of_record(record):
        yield NodeId(record.contributor, record.key, intern(thing.node)), thing


def of_record(record: Record) -> tuple[Thing, ...]:
    """What a record tells of, in the order of its nodes."""
    return (*record.projects, *record.actors, *record.programmes, *record.participations, *record.events)
