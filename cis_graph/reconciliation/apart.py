"""Matching in a process of its own, which hears records while they are told: what it compares weighs on nobody."""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from cis_graph.model.nodes import NodeId, Thing
from cis_graph.model.packing import packed, unpacked
from cis_graph.model.records import Participation
from cis_graph.processes import Fed, fed
from cis_graph.reconciliation.decisions import Decision
from cis_graph.reconciliation.links import Evidence, Link
from cis_graph.reconciliation.matching import Marking, Matched, Matcher, Signs
from cis_graph.reconciliation.names import forget_names
from cis_graph.reconciliation.reading import Told

_Row = tuple[int, int, str, float, float, tuple[Evidence, ...]]  # a link whose nodes are told by their places


@dataclass(frozen=True, slots=True, kw_only=True)
class _Handed:
    """What was found, with the places of nodes in the order in which they were heard; marks of those that are named.

    ``editions`` gives the node of the same record that a node is an edition of.
    """

    links: Sequence[_Row]
    unsure: Sequence[_Row]
    projects: Mapping[int, frozenset[str]]
    editions: Mapping[int, str]
    actors: Mapping[int, Signs]
    against: Mapping[str, float]


class Apart:
    """Matching that goes on elsewhere: it hears what all records tell, then which of them do not count."""

    def __init__(self, process: Fed[_Handed]) -> None:
        self._process = process

    def hear(self, readings: Sequence[bytes]) -> None:
        """Hands over what some records tell: each a packed :class:`~cis_graph.reconciliation.readings.Reading`."""
        self._process.give(packed((readings, ())))

    def begin(self, heard: Mapping[NodeId, type[Thing]], gone: Collection[NodeId]) -> Callable[[], Matched]:
        """Has all matched that it heard but some nodes, which go with those of their record; what it will find.

        ``heard`` are the kinds of all nodes of which it heard, in that order.
        """
        nodes = tuple(node for node, kind in heard.items() if kind is not Participation)
        self._process.give(packed(((), [place for place, node in enumerate(nodes) if node in gone])))
        self._process.end()
        return partial(self._matched, nodes)

    def _matched(self, nodes: Sequence[NodeId]) -> Matched:
        found = self._process.found()
        return Matched(
            links=tuple(_links(found.links, nodes)),
            unsure=tuple(_links(found.unsure, nodes)),
            mark=Marking(
                projects={nodes[place]: numbers for place, numbers in found.projects.items()},
                editions={nodes[place]: nodes[place]._replace(node=of) for place, of in found.editions.items()},
                actors={nodes[place]: signs for place, signs in found.actors.items()},
                against=found.against,
            ),
        )


@contextmanager
def matching_apart(matcher: Matcher, decisions: Sequence[Decision]) -> Iterator[Apart]:
    """A process that matches."""
    with fed("reconcile", partial(_matched, matcher, decisions)) as process:
        yield Apart(process)


def _matched(matcher: Matcher, decisions: Sequence[Decision], messages: Iterable[bytes]) -> Iterator[_Handed]:
    told, heard = _told(matcher, messages)
    forget_names()
    gc.collect()  # what it was told with
    found = matcher.matched(told, decisions)
    places = {node: place for place, node in enumerate(heard)}
    named = {node for link in found.links for node in link[:2]}
    named.update(node for one in decisions for node in (one.first, one.second))
    named &= places.keys()
    mark = found.mark
    yield _Handed(
        links=_rows(found.links, places),
        unsure=_rows(found.unsure, places),
        projects={places[node]: mark.projects[node] for node in named if node in mark.projects},
        editions={places[node]: mark.editions[node].node for node in named if node in mark.editions},
        actors={places[node]: mark.actors[node] for node in named if node in mark.actors},
        against=mark.against,
    )


def _told(matcher: Matcher, messages: Iterable[bytes]) -> tuple[Told, Sequence[NodeId]]:
    """What all records tell but those that do not count, and all nodes that were heard of, in their order."""
    reader, told, heard = matcher.reader(), Told(), list[NodeId]()
    for message in messages:
        readings, gone = unpacked(message)
        for one in readings:
            heard += reader.hear(unpacked(one), told)
        heard = heard if readings else list(dict.fromkeys(heard))
        told.forget(heard[place] for place in gone)
    return told, heard


def _rows(links: Iterable[Link], places: Mapping[NodeId, int]) -> list[_Row]:
    """Links between nodes that there are: a record may name an edition that it does not tell of."""
    known = (one for one in links if one.first in places and one.second in places)
    return [(places[one.first], places[one.second], *one[2:]) for one in known]


def _links(rows: Iterable[_Row], nodes: Sequence[NodeId]) -> Iterator[Link]:
    once: dict[float, float] = {}  # there are few scores, and each is held once
    for first, second, reason, score, least, evidence in rows:
        scores = once.setdefault(score, score), once.setdefault(least, least)
        yield Link(nodes[first], nodes[second], reason, *scores, evidence)
