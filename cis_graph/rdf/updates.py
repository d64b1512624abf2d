"""SPARQL Updates as queries, which can be run where nothing can be written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cis_graph.errors import QueryForbidden
from cis_graph.rdf.update_text import Piece, Segment, Span, blank, pieces, segments
from cis_graph.rdf.whole_graphs import WHOLE, whole_graphs
from cis_graph.rdf.writes import Operation, Write

_LABEL = re.compile(r"_:[\w.-]+")
_WITH = re.compile(r"WITH < ")
_USING = re.compile(r"(?:USING (?:NAMED )?< )+(?=WHERE \{ $)")
_FORM = re.compile(
    r"(?:INSERT|DELETE) DATA \{ |DELETE WHERE \{ |(?:DELETE \{ |INSERT \{ |DELETE \{ INSERT \{ )WHERE \{ "
)
_WRITE = "INSERT DATA, DELETE DATA, DELETE WHERE, DELETE/INSERT … WHERE, CLEAR, DROP, CREATE, COPY, MOVE or ADD"


def operations(update: str) -> tuple[Operation, ...]:
    """The operations of an update, in order.

    Raises:
        QueryForbidden: it holds LOAD or what is no operation, or its braces do not close.
    """
    found = tuple(_operation(update, *each) for each in _sequences(update))
    if not found:
        raise QueryForbidden(f"The update holds no operation; write {_WRITE}.")
    return found


def with_using(update: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """The update with these graphs in USING clauses of each operation that has a WHERE.

    Raises:
        QueryForbidden: an operation has WITH or USING itself, or the update cannot be read.
    """
    clauses = "".join(
        [f"USING <{graph}> " for graph in default_graphs] + [f"USING NAMED <{graph}> " for graph in named_graphs]
    )
    places: list[int] = []
    for _, found in _sequences(update) if clauses else ():
        words = [piece.word for piece in found]
        if {"WITH", "USING"} & set(words):
            raise QueryForbidden("Graphs are named beside the update, which has WITH or USING itself: one of both.")
        if words[:2] == ["DELETE", "WHERE"]:
            raise QueryForbidden("DELETE WHERE takes no graphs named beside it; write DELETE { … } WHERE { … }.")
        places += [piece.span[0] for piece in found if piece.word == "WHERE"]
    for place in reversed(places):
        update = f"{update[:place]}{clauses}{update[place:]}"
    return update


def _sequences(update: str) -> Iterator[tuple[tuple[Span, ...], list[Piece]]]:
    """The pieces of each operation, with the prologue so far."""
    prologue: list[Span] = []
    found: list[Piece] = []
    for piece in (*pieces(update), Piece(";", (len(update), len(update)))):
        if piece.word == "prologue" and not found:
            prologue.append(piece.span)
        elif piece.word == ";":
            if found:
                yield tuple(prologue), found
            found = []
        else:
            found.append(piece)


def _operation(update: str, prologue: tuple[Span, ...], found: list[Piece]) -> Operation:
    text = _Text(update, prologue)
    words = [piece.word for piece in found]
    if words[0] in WHOLE:
        return whole_graphs(words, text.kept(), [text.of(piece.span) for piece in found])
    form = "".join(f"{word} " for word in words)
    with_, using = _WITH.match(form), _USING.search(form)
    bare = _WITH.sub("", _USING.sub("", form), count=1)
    short = bare.startswith(("INSERT DATA", "DELETE DATA", "DELETE WHERE"))
    if not _FORM.fullmatch(bare) or ((with_ or using) and short):
        raise QueryForbidden(f"{form[:60].rstrip()} is not taken here: write {_WRITE}.")
    first = 2 if with_ else 0
    count = using.group().count(" ") if using else 0
    modify = _Modify(
        text=text,
        where=None if " DATA " in bare else found[-1],
        using=tuple(found[len(found) - 2 - count : len(found) - 2]),
        with_=text.of(found[1].span) if with_ else None,
    )
    ends = len(found) - 2 - count
    if short:
        writes = {found[first].word: modify.writes(found[first], found[-1])}
    else:
        pairs = zip(found[first:ends:2], found[first + 1 : ends : 2], strict=True)
        writes = {keyword.word: modify.writes(keyword, template) for keyword, template in pairs}
    return Operation(
        removed=writes.get("DELETE", ()),
        added=writes.get("INSERT", ()),
        default_graph=text.named(modify.with_) if modify.with_ and not using else None,
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """An update, and where its prologue stands."""

    update: str
    prologue: tuple[Span, ...]

    def of(self, span: Span) -> str:
        """What stands there."""
        return self.update[slice(*span)]

    def kept(self, *parts: tuple[Span, str | None]) -> str:
        """The prologue and some parts, or what stands for them; all between is blank, and keeps its lines."""
        made: list[str] = []
        at = 0
        for (start, end), instead in sorted([*((span, None) for span in self.prologue), *parts]):
            made += [blank(self.update[at:start]), self.update[start:end] if instead is None else instead]
            at = end
        return "".join(made)

    def named(self, graph: str) -> str:
        """A SELECT of the graph with this name, as it is written."""
        return f"{self.kept()} SELECT ?graph {{ VALUES ?graph {{ {graph} }} }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Modify:
    """An operation with templates; ``where`` is its pattern, None where it has none."""

    text: _Text
    where: Piece | None
    using: tuple[Piece, ...]
    with_: str | None

    def writes(self, keyword: Piece, template: Piece) -> tuple[Write, ...]:
        """What the template after a keyword gives, graph by graph.

        Raises:
            QueryForbidden: a blank node stands in two graphs of it.
        """
        found = tuple(segments(self.text.update, template.span))
        labels = [set(_LABEL.findall(self.text.of(one.span))) for one in found]
        if sum(map(len, labels)) > len(set[str]().union(*labels)):
            raise QueryForbidden("A blank node stands in two graphs of one template; give it an IRI.")
        return tuple(self._write(keyword, template, one) for one in found)

    def _write(self, keyword: Piece, template: Piece, segment: Segment) -> Write:
        text, graph = self.text, segment.graph or self.with_
        triples = f"{{{text.of(segment.span)}}}"
        if self.where is None:
            head = text.kept((keyword.span, "CONSTRUCT"), (segment.span, triples)) + " WHERE {"
        elif self.where is template:
            head = text.kept((keyword.span, "CONSTRUCT"), (segment.span, triples))
            head = f"{head} WHERE {{ {text.of(template.span)}"
        else:
            head = text.kept((keyword.span, "CONSTRUCT"), (segment.span, triples), *self._asked(self.where))
        if graph is None:
            return Write(head=head)
        if not segment.is_variable or self.where is None:
            return Write(head=head, graphs=text.named(graph))
        select = (keyword.span, f"SELECT DISTINCT {graph}")
        return Write(head=head, graphs=text.kept(select, *self._asked(self.where)) + " }", variable=graph)

    def _asked(self, where: Piece) -> tuple[tuple[Span, str | None], ...]:
        """The graphs that are asked, and the pattern, whose group stays open."""
        words = {"USING": "FROM", "NAMED": "NAMED", "<": None}
        return (
            *((one.span, words[one.word]) for one in self.using),
            (where.span, f"WHERE {{ {self.text.of(where.span)}"),
        )
