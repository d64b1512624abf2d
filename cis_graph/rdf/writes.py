"""What an operation of a SPARQL Update writes: queries for what it removes and adds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """Triples for graphs.

    ``head`` is a CONSTRUCT whose last group is still open. ``graphs`` is a SELECT whose first variable gives the names
    of the graphs, None for the default graph; where ``variable`` is given, its value in each solution is the graph.
    """

    head: str
    graphs: str | None = None
    variable: str = ""

    def construct(self, graph: str = "") -> str:
        """The CONSTRUCT of what goes to one graph."""
        only = f" FILTER(sameTerm({self.variable}, <{graph}>))" if self.variable else ""
        return f"{self.head}{only} }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What is removed, then added, both asked before either is done.

    ``default_graph`` is a SELECT of the graph that WHERE takes for the default graph. ``needed`` is a SELECT of a graph
    that must be there, ``free`` of one that must not be.
    """

    removed: tuple[Write, ...] = ()
    added: tuple[Write, ...] = ()
    default_graph: str | None = None
    needed: str | None = None
    free: str | None = None
