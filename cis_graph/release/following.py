"""What is derived follows an update: areas, who takes part in what, who cooperates with whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.entities.ties import cooperation_lines
from cis_graph.model.terms import Iri, Term
from cis_graph.model.ties import Party
from cis_graph.rdf.iris import INSOC, Iris
from cis_graph.rdf.statements import iri, statement
from cis_graph.resources import SPARQL
from cis_graph.store.embedded import EmbeddedStore

_COOPERATES = f"{INSOC}cooperatesWith"
_QUERIES = {path.stem: path for path in (SPARQL / "curation").glob("*.rq")}


@dataclass(frozen=True, slots=True)
class Derived:
    """What is derived from one state of the graph."""

    store: EmbeddedStore
    iris: Iris

    def areas(self, entities: Iterable[str]) -> set[str]:
        """In which territories these entities are."""
        rows = (row for entity in entities for row in self._rows("areas", entity=entity))
        return {statement(entity, f"{INSOC}inArea", iri(area)) for entity, area in rows}

    def parts(self, **bound: str) -> set[tuple[str, ...]]:
        """The participations, actors and projects that belong together, one of them given."""
        return self._rows("parts", **bound)

    def takes_part(self, actors: Iterable[str]) -> set[str]:
        """What these actors take part in."""
        rows = (row for actor in actors for row in self.parts(actor=actor))
        return {statement(actor, f"{INSOC}takesPartIn", iri(project)) for _, actor, project in rows}

    def cooperation(self, projects: Iterable[str]) -> set[str]:
        """Who cooperates in these projects, and how many."""
        parties = [party for project in sorted(projects) for party in self._parties(project)]
        return set(cooperation_lines(parties, self.iris))

    def _parties(self, project: str) -> list[Party]:
        roles: dict[str, set[str]] = {}
        for _, actor, role in self._rows("partners", project=project):
            roles.setdefault(_key(actor), set()).add(_key(role))
        return [
            Party(
                project=_key(project),
                actor=actor,
                side="cooperates",
                roles=tuple(sorted(held)),
                participations=(),
                contributors=(),
            )
            for actor, held in sorted(roles.items())
        ]

    def _rows(self, query: str, **bound: str) -> set[tuple[str, ...]]:
        text = _QUERIES[query].read_text(encoding="utf-8")
        given: dict[str, Term] = {name: Iri(value) for name, value in bound.items()}
        rows = self.store.rows(text, given)
        return {tuple((given | dict(row))[name].value for name in _VARIABLES[query]) for row in rows}


_VARIABLES = {
    "areas": ("entity", "area"),
    "parts": ("part", "actor", "project"),
    "partners": ("project", "actor", "role"),
}


def followed(before: Derived, now: Derived, subjects: Iterable[str]) -> tuple[set[str], set[str]]:
    """The derived statements that are true now and were not, and those that no longer are.

    ``subjects`` are the IRIs of what an update touched.
    """
    touched = [one for one in subjects if one.startswith(f"{now.iris.base}id/")]
    parts = {row for one in touched for each in (before, now) for row in each.parts(part=one)}
    actors = {actor for _, actor, _ in parts}
    projects = {project for _, _, project in parts} | {one for one in touched if "/id/project/" in one}
    fresh, gone = set[str](), set[str]()
    for was, said in (
        (before.areas(touched), now.areas(touched)),
        (before.takes_part(actors), now.takes_part(actors)),
        (before.cooperation(projects), now.cooperation(projects)),
    ):
        fresh |= said - was
        gone |= was - said
    return fresh, {line for line in gone if not _cooperates_elsewhere(now, line)}


def _cooperates_elsewhere(now: Derived, line: str) -> bool:
    """Whether two actors who do not cooperate in a project any more do so in another."""
    subject, predicate, obj = line.removesuffix(" .").split(" ", 2)
    if predicate != f"<{_COOPERATES}>":
        return False
    one, other = ({project for _, _, project in now.parts(actor=actor[1:-1])} for actor in (subject, obj))
    return line in now.cooperation(one & other)


def _key(name: str) -> str:
    return name.rpartition("/")[2]
