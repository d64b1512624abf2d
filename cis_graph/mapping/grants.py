"""Lists of grants as French local authorities publish them: beneficiaries, and what a grant becomes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cis_graph.errors import RecordFault
from cis_graph.mapping.source import Source
from cis_graph.model.dates import StatedDate
from cis_graph.model.identifiers import Siren, Siret
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Label, Participation, Project, Record

LONGEST_OBJECT = 120  # characters of a grant's object: its words are facts, a paragraph would be a text

_TYPES = re.compile(r"(?:la )?(?P<word>association|fondation)\b", re.IGNORECASE)
_PERSON = re.compile(
    r"(?<!\S)(?:chez\b|(?:m|mr|mm|mme|mmes|mlle|monsieur|madame|mademoiselle)\b\.?(?=\s+\w))", re.IGNORECASE
)


def shortened(text: str) -> str:
    """The first words of an object, with an ellipsis where it goes on."""
    if len(text) <= LONGEST_OBJECT:
        return text
    return (text[: LONGEST_OBJECT - 1].rpartition(" ")[0] or text[: LONGEST_OBJECT - 1]).rstrip(" ,;:-") + "…"


def without_person(name: str, *, organisations: tuple[str, ...] = ()) -> str:
    """A name without whom it is addressed to (``Judo Club chez M. X``): empty where it is a person's.

    ``organisations`` are words that look like a person's title and are not (``MONSIEUR VINCENT``).
    """
    titles = (match.start() for match in _PERSON.finditer(name))
    at = next((at for at in titles if not name[at:].startswith(organisations or "\0")), len(name))
    return name[:at].rstrip(" -")


def no_person(name: str) -> str:
    """The name of an organisation.

    Raises:
        RecordFault: it is empty, for the beneficiary is a person.
    """
    if name:
        return name
    raise RecordFault(
        "the beneficiary is a person, and persons are not published",
        french="le bénéficiaire est une personne physique, et elles ne sont pas publiées",
    )


def nothing_paid() -> RecordFault:
    """Why a row that tells of no sum paid is set aside."""
    return RecordFault(
        "no sum is paid: a note, or only a guarantee, a loan or a benefit in kind",
        french="aucune somme versée : une note, ou seulement une garantie, un prêt ou un avantage en nature",
    )


def type_of(name: str, *, otherwise: str | None = None) -> Label | None:
    """The type of actor that a name says, ``otherwise`` that of its list."""
    match = _TYPES.match(name)
    word = match["word"].capitalize() if match else otherwise
    return Label(text=word, scheme="actor-type") if word else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One grant, under a label of its own in the record's ``node``."""

    label: str
    node: str = "project"
    date: StatedDate | None
    amount: Decimal | None


def by_convention(what: str, date: StatedDate | None, amount: Decimal | None) -> Grant:
    """A grant with an object and the day of its convention."""
    year = f" {date.text[:4]}" if date else ""
    return Grant(label=f"Subvention{year} : {shortened(what)}", date=date, amount=amount)


def departement(source: Source, name: str, *, siren: Siren | None = None, siret: Siret | None = None) -> Actor:
    """The département that publishes its grants."""
    return Actor(
        node="departement",
        label=source.title,
        actor_type=Label(text="Département", scheme="actor-type"),
        places=(Place(text=name, level="departement"),),
        siren=siren,
        siret=siret,
        homepage=source.homepage,
    )


def beneficiary(
    name: str, actor_type: Label | None, *, identifier: Siren | Siret | None = None, places: tuple[Place, ...] = ()
) -> Actor:
    """Who receives a grant."""
    return Actor(
        node="beneficiaire",
        label=name,
        actor_type=actor_type,
        places=places,
        siren=identifier if isinstance(identifier, Siren) else None,
        siret=identifier if isinstance(identifier, Siret) else None,
    )


def record(source: Source, key: str, giver: Actor, receiver: Actor, grants: tuple[Grant, ...]) -> Record:
    """The grants of a row: each a project of its own kind with who gives and who receives."""
    return source.record(
        key,
        projects=tuple(_project(giver, grant) for grant in grants),
        actors=(giver, receiver),
        participations=tuple(part for grant in grants for part in _participations(giver, receiver, grant)),
    )


def _project(giver: Actor, grant: Grant) -> Project:
    kind = Label(text="Subvention", scheme="project-kind", concept="grant")
    return Project(node=grant.node, label=grant.label, kind=kind, places=giver.places, started=grant.date)


def _participations(giver: Actor, receiver: Actor, grant: Grant) -> Iterator[Participation]:
    gives, receives = (Label(text=role, scheme="role", concept=role) for role in ("financeur", "beneficiaire"))
    yield Participation(actor=giver.node, project=grant.node, role=gives, started=grant.date, amount=grant.amount)
    yield Participation(actor=receiver.node, project=grant.node, role=receives, started=grant.date)
