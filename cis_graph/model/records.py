"""A record: what one contributor says of projects and actors, typed, before and after resolving.

Every thing a record speaks of is a node with a ``node`` name that is unique in the record and stable from harvest to
harvest (``project``, ``le-centsept``). Places and labels hold the contributor's own words; the resolve station fills
``Place.territory`` and ``Label.concept``.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from cis_graph.model.dates import StatedDate
from cis_graph.model.identifiers import Rna, Siren, Siret
from cis_graph.model.places import Coordinates, Place

Scheme = Literal["theme", "audience", "method", "role", "actor-type", "project-kind"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
Kind = Literal["project", "actor", "programme", "event", "participation"]

NO_LICENCE = "http://rightsstatements.org/vocab/CNE/1.0/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A contributor's label for a concept; ``concept`` is its key in the scheme (``sante``) once resolved."""

    text: str
    scheme: Scheme
    concept: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address in the source's words."""

    full: str
    street: str | None = None
    postcode: str | None = None
    town: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An organisation: association, company, local authority, public service.

    ``keywords`` are the source's words for what it does. ``coordinates`` are points the source gives: they tell the
    département where no place is known.

    ``edition_of`` names the node of the same record that a newer edition of the source gives for the same actor;
    ``edition`` says which edition this node is from.
    """

    node: str
    label: str
    alternative_labels: tuple[str, ...] = ()
    actor_type: Label | None = None
    places: tuple[Place, ...] = ()
    coordinates: tuple[Coordinates, ...] = ()
    address: Address | None = None
    siren: Siren | None = None
    siret: Siret | None = None
    rna: Rna | None = None
    homepage: str | None = None
    keywords: tuple[str, ...] = ()
    edition: str | None = None
    edition_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """An initiative; dates keep their stated precision, texts are in ``language`` of the record.

    ``part_of`` is the node of the project this one belongs to. ``coordinates`` are points the source gives. ``kind``
    is a concept of scheme ``project-kind`` (``grant``) for what is counted apart from projects.
    """

    node: str
    label: str
    alternative_labels: tuple[str, ...] = ()
    description: str | None = None
    homepage: str | None = None
    places: tuple[Place, ...] = ()
    coordinates: tuple[Coordinates, ...] = ()
    started: StatedDate | None = None
    ended: StatedDate | None = None
    themes: tuple[Label, ...] = ()
    audiences: tuple[Label, ...] = ()
    methods: tuple[Label, ...] = ()
    keywords: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    stated_partner_count: int | None = None
    stated_project_count: int | None = None
    part_of: str | None = None
    kind: Label | None = None
    edition: str | None = None
    edition_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A call for projects, a label, a prize, a policy; ``operator`` is an actor node of the record.

    ``yearly_budget`` and ``yearly_support`` are euros a year: all that it costs, and what goes straight to projects.
    ``stated_project_count`` is how many projects it supported, named or not.
    """

    node: str
    label: str
    alternative_labels: tuple[str, ...] = ()
    operator: str | None = None
    homepage: str | None = None
    started: StatedDate | None = None
    ended: StatedDate | None = None
    audiences: tuple[Label, ...] = ()
    yearly_budget: Decimal | None = None
    yearly_support: Decimal | None = None
    stated_project_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """One actor in one project with one role; ``actor``, ``project`` and ``programme`` are nodes of the record."""

    actor: str
    project: str
    role: Label
    programme: str | None = None
    started: StatedDate | None = None
    ended: StatedDate | None = None
    amount: Decimal | None = None  # euros
    places: tuple[Place, ...] = ()

    @property
    def node(self) -> str:
        """The participation's own node name, made of what it joins."""
        parts = ("part", self.actor, self.project, self.role.concept or self.role.text, self.programme)
        return "-".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated and located gathering; ``actors`` and ``projects`` are nodes of the record.

    ``recommendations`` are what it recommends, in a few words each.
    """

    node: str
    label: str
    started: StatedDate
    ended: StatedDate | None = None
    places: tuple[Place, ...] = ()
    actors: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    themes: tuple[Label, ...] = ()
    methods: tuple[Label, ...] = ()
    outcomes: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One description by one contributor.

    ``key`` is the contributor's own identifier of it, ``rows`` where it stood in the source (from 1), ``files`` the
    file of each row where the source has several. ``licence`` is an IRI; :data:`NO_LICENCE` means that facts may be
    published and texts may not.
    """

    contributor: str
    key: str
    rows: tuple[int, ...]
    licence: str
    files: tuple[str, ...] = ()
    page: str | None = None
    language: str = "fr"
    modified: StatedDate | None = None
    issued: StatedDate | None = None
    projects: tuple[Project, ...] = ()
    actors: tuple[Actor, ...] = ()
    programmes: tuple[Programme, ...] = ()
    participations: tuple[Participation, ...] = ()
    events: tuple[Event, ...] = ()
