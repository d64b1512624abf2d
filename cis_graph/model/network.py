"""The network of cooperation between its makers and those who ask it: filters, nodes, ties, and the protocol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

TieKind = Literal["cooperation", "funding", "all"]
NetworkLevel = Literal["region", "departement", "epci", "commune"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFilter:
    """Which ties are asked for: values of one field add up, fields all hold; an empty field asks nothing.

    All are keys as in IRIs (``region-84``, ``sante``). ``level`` makes territories of that level the nodes. ``begins``
    and ``ends`` bound the time a tie must touch. ``least`` is in millionths.
    """

    tie: TieKind = "cooperation"
    level: NetworkLevel | None = None
    territories: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    begins: date | None = None
    ends: date | None = None
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkNode:
    """An actor or a territory of the network shown; ``strength`` is in millionths.

    ``x`` and ``y`` are the position of an actor in a square from -1 to 1, longitude and latitude of a territory.
    ``community`` is the key of the actor a community is named after, ``betweenness`` is from 0 to 1, ``region`` is the
    key of the région in which an actor works most.
    """

    key: str
    kind: Literal["actor", "territory"]
    label: str
    type: str = ""
    x: float | None = None
    y: float | None = None
    degree: int = 0
    strength: int = 0
    betweenness: float | None = None
    community: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkTie:
    """A tie of two nodes by key; ``weight`` in millionths, projects and grants counted apart.

    Funding goes from ``source`` to ``target``; otherwise the smaller key comes first.
    """

    source: str
    target: str
    weight: int
    projects: int
    grants: int
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What part of the weight of the actors' ties joins different départements, régions and types; None without any."""

    outside_departement: float | None
    outside_region: float | None
    between_types: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A network as it is shown: nodes and ties in order of key; ``directed`` is that of funding."""

    asked: NetworkFilter
    nodes: tuple[NetworkNode, ...]
    ties: tuple[NetworkTie, ...]

    @property
    def directed(self) -> bool:
        """Whether ties go from source to target."""
        return self.asked.tie == "funding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a page tells of a network of so many ``ties`` and ``nodes``, without the rest of it.

    ``heaviest`` are some ties from the heaviest down, ``between`` is the heaviest that joins two nodes, ``ends`` are
    the nodes of these by key, ``strongest`` those nodes that have most weight.
    """

    asked: NetworkFilter
    ties: int
    nodes: int
    heaviest: tuple[NetworkTie, ...]
    between: NetworkTie | None
    ends: Mapping[str, NetworkNode]
    strongest: tuple[NetworkNode, ...]

    @property
    def directed(self) -> bool:
        """Whether ties go from source to target."""
        return self.asked.tie == "funding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The strongest of ``total`` territories in order of key, and the weights of the ties among them by their places.

    Without a direction each pair stands once, the smaller place first. ``heaviest`` is the weight of the heaviest tie.
    """

    asked: NetworkFilter
    nodes: tuple[NetworkNode, ...]
    weights: Mapping[tuple[int, int], int]
    total: int
    heaviest: int

    @property
    def directed(self) -> bool:
        """Whether ties go from row to column."""
        return self.asked.tie == "funding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One project in a tie: its weight in millionths, its first and its last year, 0 where that is not known."""

    weight: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The heaviest of ``total`` ties: each by the places of its ends among the nodes, with its meetings."""

    asked: NetworkFilter
    nodes: tuple[NetworkNode, ...]
    ties: Mapping[tuple[int, int], tuple[Meeting, ...]]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One project or grant behind a tie, seen from both ends; ``weight`` in millionths.

    ``dated`` and ``placed`` say for source and target what time and territory are of.
    """

    project: str
    label: str
    kind: str
    tie: Literal["cooperation", "funding"]
    weight: int
    source: str
    target: str
    source_roles: tuple[str, ...]
    target_roles: tuple[str, ...]
    participations: tuple[str, ...]
    begins: date | None
    ends: date | None
    dated: tuple[str | None, str | None]
    placed: tuple[str | None, str | None]


class Network(Protocol):
    """The network of one release, open for reading; values of filters are not trusted."""

    def shown(self, asked: NetworkFilter) -> Shown:
        """The ties a filter keeps, and their nodes."""

    def summary(self, asked: NetworkFilter, *, size: int, page: int, strongest: int) -> Summary:
        """One page of so many ties from the heaviest down, pages from 1, and the strongest nodes."""

    def matrix(self, asked: NetworkFilter, most: int) -> Matrix:
        """The strongest territories, at most so many, by territories; régions unless a level is asked for."""

    def drawing(self, asked: NetworkFilter) -> Drawing:
        """The actors and the heaviest ties a filter keeps, for a picture that chooses years itself."""

    def shares(self, asked: NetworkFilter) -> Shares:
        """What part of the weight of the actors' ties reaches beyond territories and types."""

    def evidence(self, source: str, target: str, asked: NetworkFilter) -> tuple[Evidence, ...]:
        """The projects behind the tie of two actors, or of two territories."""

    def path(self, source: str, target: str, asked: NetworkFilter) -> Shown | None:
        """A shortest way from one actor to another over the ties a filter keeps; None where there is none."""

    def labels(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The names of actors and territories by key; unknown ones are left out."""

    def territories(self, level: NetworkLevel) -> tuple[NetworkNode, ...]:
        """The territories of a level that anybody works in, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkActor:
    """An actor as the tables keep it: ``types`` holds its own type and all that are broader."""

    key: str
    label: str
    type: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkProject:
    """A project or grant as the tables keep it; concepts come with all that are broader."""

    key: str
    label: str
    kind: Literal["project", "grant"]
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkTerritory:
    """A territory that parties work in, or that contains one; ``level`` is empty where no network has it as nodes."""

    key: str
    level: str
    label: str
    latitude: float | None
    longitude: float | None
    around: frozenset[str] = field(default_factory=frozenset)  # itself and all that contain it


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkThings:
    """Everything the tables are made of beside the parties; ``roles`` gives each role with all that are broader."""

    actors: tuple[NetworkActor, ...]
    projects: tuple[NetworkProject, ...]
    territories: tuple[NetworkTerritory, ...]
    roles: Mapping[str, tuple[str, ...]]
