"""A network of invented entities, as RDF and as tables: enough of everything for any filter to find something."""

import random
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from cis_graph.entities.derive import derived_lines
from cis_graph.entities.merge import Entity
from cis_graph.entities.parties import parties
from cis_graph.entities.statements import Led, entity_documents, source_lines
from cis_graph.entities.ties import tie_lines
from cis_graph.model.dates import StatedDate
from cis_graph.model.network import NetworkFilter
from cis_graph.model.nodes import KINDS, NodeId, Thing
from cis_graph.model.records import Label, Scheme
from cis_graph.model.ties import Party, weight
from cis_graph.network.opened import Tables
from cis_graph.pipeline import project_house
from cis_graph.rdf.iris import PROV
from cis_graph.rdf.quads import lines
from cis_graph.rdf.reference import containment_lines, territory_lines, vocabulary_lines
from cis_graph.rdf.statements import iri, statement
from cis_graph.release.house import House
from cis_graph.release.network import NETWORK, write_network
from cis_graph.territories.gazetteer import Gazetteer
from tests.support.making import actor, part, place, project

BASE = "https://carrefour.example/"
PLACES = (
    "commune-69123", "commune-69387", "commune-44109", "commune-72181", "commune-85191", "departement-72",
    "departement-69", "epci-200046977", "region-52", "region-84", "region-82", "pays-fr",
)  # fmt: skip
TYPES = ("association", "entreprise", "scic", "commune", "departement", "fondation")
ROLES = ("porteur", "co-porteur", "partenaire", "membre", "financeur", "beneficiaire", "laureat", "observateur")
THEMES = ("sante", "emploi", "mobilite", "lien-social")
AUDIENCES = ("jeunesse", "seniors", "handicap")
METHODS = ("design-thinking", "personae", "laboratoire-thematique")
CONTRIBUTORS = ("alpha", "beta", "gamma")
YEARS = ("2015", "2016-04", "2017", "2018-09-30", "2019", "2021")
FILTERS = {
    "territories": "territory", "themes": "theme", "audiences": "audience", "methods": "method", "roles": "role",
    "types": "type", "actors": "actor", "contributors": "contributor", "kinds": "kind",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """Chance with a seed, in the shapes entities need."""

    chance: random.Random

    def concept(self, scheme: Scheme, keys: tuple[str, ...]) -> Label:
        """A label with one of these concepts."""
        key = self.chance.choice(keys)
        return Label(text=key, scheme=scheme, concept=key)

    def concepts(self, scheme: Scheme, keys: tuple[str, ...]) -> tuple[Label, ...]:
        """None, one or two of them."""
        return tuple(
            Label(text=key, scheme=scheme, concept=key) for key in self.chance.sample(keys, self.chance.randint(0, 2))
        )

    def places(self, least: int = 0) -> tuple[str, ...]:
        """Up to two territories."""
        return tuple(self.chance.sample(PLACES, self.chance.randint(least, 2)))

    def date(self, likely: float) -> StatedDate | None:
        """A date, or none."""
        return StatedDate.parse(self.chance.choice(YEARS)) if self.chance.random() < likely else None


def invented(seed: int = 9, actors: int = 45, projects: int = 60, crowd: int = 104) -> tuple[Entity, ...]:
    """Actors, projects, grants and participations; one project is a crowd."""
    drawn = Drawn(random.Random(seed))
    found = [_entity(_actor(drawn, number), f"a{number:03}") for number in range(actors)]
    for number in range(projects):
        found.append(_entity(_project(drawn, number, grant=number % 5 == 0), key := f"p{number:03}"))
        found += [
            _part(drawn, key, f"a{drawn.chance.randrange(actors):03}", drawn.chance.choice(ROLES), turn)
            for turn in range(drawn.chance.choice((1, 2, 2, 3, 4, 6)))
        ]
    found.append(_entity(_project(drawn, projects, grant=False), "crowd"))
    for number in range(crowd):
        if number >= actors:
            found.append(_entity(_actor(drawn, number), f"a{number:03}"))
        found.append(_part(drawn, "crowd", f"a{number:03}", "porteur" if number < 2 else "membre", 0))
    return tuple(sorted(found, key=lambda entity: (entity.kind, entity.key)))


def _actor(drawn: Drawn, number: int) -> Thing:
    plain = actor(f"Acteur {number}", *drawn.places())
    return replace(plain, actor_type=drawn.concept("actor-type", TYPES) if number % 7 else None)


def _project(drawn: Drawn, number: int, *, grant: bool) -> Thing:
    started, ended = drawn.date(0.6), drawn.date(0.3)
    if started and ended and ended.last_day() < started.first_day():
        ended = None
    return replace(
        project(f"Projet {number}", *drawn.places()),
        started=started,
        ended=ended,
        themes=drawn.concepts("theme", THEMES),
        audiences=drawn.concepts("audience", AUDIENCES),
        methods=drawn.concepts("method", METHODS),
        kind=Label(text="grant", scheme="project-kind", concept="grant") if grant else None,
    )


def _part(drawn: Drawn, of: str, who: str, role: str, turn: int) -> Entity:
    places = tuple(map(place, drawn.places())) if drawn.chance.random() < 0.2 else ()
    value = replace(part(who, of, role), started=drawn.date(0.3), places=places)
    return _entity(value, f"{of}-{who}-{role}-{turn}", drawn.chance.choice(CONTRIBUTORS))


def _entity(value: Thing, key: str, contributor: str = "alpha") -> Entity:
    return Entity(kind=KINDS[type(value)], key=key, value=value, members=(NodeId(contributor, "1", key),))


@dataclass(slots=False)
class SmallNetwork:
    """The invented entities of one seed in a folder: tables, and what the release says of them in RDF."""

    folder: Path
    entities: tuple[Entity, ...]
    house: House

    @cached_property
    def tables(self) -> Tables:
        """The tables, open."""
        self.write(self.folder)
        return Tables(self.folder / NETWORK)

    def write(self, folder: Path, before: Path | None = None) -> None:
        """Writes the tables into a folder."""
        write_network(folder, self.entities, self.parties, self.house, before=before)

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """Who takes part in what."""
        return parties(self.entities, self.house.schemes.cooperative_roles)

    @cached_property
    def store(self) -> ox.Store:
        """Entities, derived statements and concepts in the default graph."""
        house = self.house
        said = {
            *vocabulary_lines(),
            *_of_places(containment_lines(house.gazetteer, house.iris)),
            *_of_places(territory_lines(house.gazetteer, house.iris)),
            *lines(house.context.quads(entity_documents(self.entities, house.iris), BASE)),
            *source_lines((Led(one.kind, one.key, one.members) for one in self.entities), house.iris),
            *derived_lines(self.entities, self.parties, house.gazetteer.containers, house.iris),
            *tie_lines(self.parties, house.gazetteer.containers, house.iris),
            *(
                statement(
                    house.iris.record(who, "1"), f"{PROV}wasAttributedTo", iri(house.iris.entity("contributor", who))
                )
                for who in CONTRIBUTORS
            ),
        }
        store = ox.Store()
        store.bulk_load(input="\n".join(said).encode(), format=ox.RdfFormat.N_QUADS)
        return store


def _of_places(said: Iterable[str]) -> Iterable[str]:
    """The statements about a few territories and what contains them; there are 40,000."""
    gazetteer = Gazetteer.load()
    near = {f"<{BASE}id/territory/{area}>" for key in PLACES for area in gazetteer.containers(key)}
    return (line for line in said if line.split(" ", 1)[0] in near)


def small_network(folder: Path, seed: int = 9, crowd: int = 104) -> SmallNetwork:
    """The network of a seed."""
    return SmallNetwork(folder, invented(seed, crowd=crowd), project_house(BASE))


@cache
def invented_network() -> SmallNetwork:
    """The invented network without its crowd, for releases that live in memory."""
    return small_network(Path(tempfile.mkdtemp(prefix="cis-graph-")), crowd=0)


def random_filters(count: int, seed: int = 2026) -> tuple[NetworkFilter, ...]:
    """So many filters; every field is used by some, and most use two or three."""
    chance = random.Random(seed)
    return tuple(_filter(chance) for _ in range(count))


def _filter(chance: random.Random) -> NetworkFilter:
    def some(keys: tuple[str, ...], most: int = 2) -> tuple[str, ...]:
        return tuple(sorted(chance.sample(keys, chance.randint(1, most))))

    drawn: dict[str, Callable[[], object]] = {
        "territories": lambda: some(("region-52", "region-84", "departement-69", "commune-44109", "region-1")),
        "themes": lambda: some((*THEMES, "inconnu")),
        "audiences": lambda: some(AUDIENCES),
        "methods": lambda: some(METHODS),
        "roles": lambda: some(ROLES),
        "types": lambda: some(("association", "entreprise", "collectivite", "fondation")),
        "actors": lambda: some(tuple(f"a{number:03}" for number in range(12)), 3),
        "contributors": lambda: some(CONTRIBUTORS),
        "kinds": lambda: some(("project", "grant"), 1),
        "begins": lambda: StatedDate.parse(chance.choice(("2016", "2018-03"))).first_day(),
        "ends": lambda: StatedDate.parse(chance.choice(("2018", "2020-06"))).last_day(),
        "least": lambda: chance.choice((200_000, 500_000, 1_000_001)),
    }
    chosen = chance.sample(sorted(drawn), chance.randint(0, 3))
    given = {name: drawn[name]() for name in chosen}
    tie = chance.choice(("cooperation", "cooperation", "funding", "all"))
    level = chance.choice((None, None, "region", "departement", "epci", "commune"))
    return NetworkFilter(tie=tie, level=level, **given)  # type: ignore[arg-type]


def address(asked: NetworkFilter) -> str:
    """The query string of a filter."""
    pairs: list[tuple[str, str]] = [("tie", asked.tie), ("level", asked.level or "")]
    pairs += [(name, value) for field, name in FILTERS.items() for value in getattr(asked, field)]
    pairs += [("from", str(asked.begins or "")), ("to", str(asked.ends or "")), ("min", weight(asked.least))]
    return urlencode([(name, value) for name, value in pairs if value not in {"", "0.0"}])
