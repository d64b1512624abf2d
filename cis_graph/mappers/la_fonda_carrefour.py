"""La Fonda: the page of the Carrefour des innovations sociales, who created it, who carries it and its members."""

import re
from collections.abc import Iterable
from dataclasses import replace

from cis_graph.errors import RecordFault
from cis_graph.mapping import prose
from cis_graph.mapping.names import slug
from cis_graph.mapping.page import HEAD
from cis_graph.mapping.prose import ENDS, FRANCE, MONTH, NAME, YEAR, Lines, Prose, group
from cis_graph.mapping.row import SourceRow, section
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import TextPage
from cis_graph.model.dates import StatedDate
from cis_graph.model.records import NO_LICENCE, Actor, Label, Participation, Project, Record

SOURCE = Source(
    slug="la-fonda-carrefour",
    contributor="la-fonda",
    title="La Fonda",
    homepage="https://www.fonda.asso.fr/",
    licence=NO_LICENCE,
    data=(TextPage(name="carrefour.txt"),),
    at_least=1,
    organisation="la-fonda",
    note_fr="L'adresse de la page n'est pas connue. Elle n'indique aucune licence : des faits, pas de textes.",
    note_en="The page's address is not known. It states no licence: facts, no texts.",
)

FONDA = Actor(
    node="la-fonda",
    label=SOURCE.title,
    actor_type=Label(text="Association", scheme="actor-type"),
    places=(FRANCE,),
    homepage=SOURCE.homepage,
)
STAKE = "L'enjeu du projet : faire de l'innovation sociale un moteur de transformation des politiques publiques"
THEMES = ("politiques publiques", "plateforme web")
AUDIENCES = ("porteurs de projets", "citoyens")
METHODS = ("mutualiser",)
PREPARED = "Association de préfiguration du Carrefour des innovations sociales"
SPELLINGS = {slug(name): name for name in (
    "Avise", "Commissariat général à l'égalité des territoires", "Fédération nationale des Caisses d'Épargne",
    "Fondation La France s'engage", "Le Labo de l'ESS",
)} | {
    "association-de-prefiguration-du-carrefours-des-innovations-sociales": PREPARED,
    "fond-d-experimentation-pour-la-jeunesse": "Fonds d'Expérimentation pour la Jeunesse",
    "my-positiv-impact": "My Positive Impact",
}  # fmt: skip
SLIP = ("Sociétés, Coopératives", "Sociétés Coopératives")  # a comma of the page within one name

_OTHER = NAME.replace("<name>", "<other>")
_TITLE = re.compile(r"\A(?:Les? |La |L')?(?P<title>[^\n.:;!?]{3,150})$", re.MULTILINE)
_CREATED = re.compile(rf"{NAME} (?:a créé|: création) en {YEAR}(?:,? (?:conjointement )?avec {_OTHER}{ENDS})?")
_PREPARED = re.compile(r"\b(?P<name>association de préfiguration [^()\n]{1,80}?) - (?P<acronym>[A-Z]{2,10})\)")
_BETA = re.compile(rf"\bbêta depuis (?:le début )?{YEAR}", re.IGNORECASE)
_UPDATED = re.compile(rf"\bmise à jour (?:fin |début )?{MONTH}", re.IGNORECASE)
_MEMBERS = re.compile(r"\bMembres du collectif[^:\n]{0,80}:\s{0,4}(?P<names>[^\n]+)", re.IGNORECASE)
_SEPARATOR = r";|,(?! (?!etc\b)[a-zà-ÿ])"  # a small letter after a comma goes on with the name
_IN_FRANCE = re.compile(r"\ben France\b")


class Page(SourceRow):
    """One page, under its own headings; why the project is is a text and stays with its author."""

    ignored = frozenset({"Pourquoi ce projet ?"})
    head: Lines = section(HEAD)
    stake: Prose | None = section(STAKE)
    future: Prose | None = section("La suite et les rendez-vous à venir")
    partners: Lines | None = section("Les partenaires du projet")


def to_record(page: Page) -> Record:
    """The project a page tells of, who created it, who carries it and who is a member."""
    title = group(_TITLE, page.head, "title")
    if not slug(title):
        raise RecordFault(
            "no title: give the project's name on the first line",
            french="pas de titre : donnez le nom du projet sur la première ligne",
        )
    project = _project(page, title)
    members, carriers = tuple(_members(page.partners or "")), tuple(_carriers(page.head, project))
    return SOURCE.record(
        slug(title),
        modified=prose.stated(group(_UPDATED, page.partners, "date")),
        projects=(project,),
        actors=prose.each_once((FONDA, *carriers, *members, *_creators(page.head))),
        participations=(
            *(_part(actor, "initiateur", project.started) for actor in _creators(page.head)),
            *(_part(actor, "porteur") for actor in carriers),
            *(_part(actor, "membre") for actor in prose.each_once(members)),
        ),
    )


def _project(page: Page, title: str) -> Project:
    told = f"{page.head} {STAKE if page.stake else ''}"
    beta = group(_BETA, page.future, "year")
    return Project(
        node="project",
        label=title,
        places=(FRANCE,) if _IN_FRANCE.search(page.head) else (),
        started=prose.stated(group(_CREATED, page.head, "year")),
        themes=prose.mentioned(THEMES, told, "theme"),
        audiences=prose.mentioned(AUDIENCES, told, "audience"),
        methods=prose.mentioned(METHODS, told, "method"),
        outcomes=(f"Version bêta en ligne depuis {beta}",) if beta else (),
    )


def _creators(head: str) -> tuple[Actor, ...]:
    match = _CREATED.search(head)
    return tuple(_actor(name) for name in match.group("name", "other") if name) if match else ()


def _carriers(head: str, project: Project) -> Iterable[Actor]:
    """The association that prepares the project, where the project is."""
    if match := _PREPARED.search(head):
        yield replace(_actor(f"A{match['name'][1:]} ({match['acronym']})"), places=project.places)


def _members(partners: str) -> Iterable[Actor]:
    return map(_actor, prose.names(group(_MEMBERS, partners, "names").replace(*SLIP), _SEPARATOR))


def _actor(text: str) -> Actor:
    actor = prose.organisation(*prose.bracketed(text), spellings=SPELLINGS)
    return FONDA if actor.node == FONDA.node else actor


def _part(actor: Actor, key: str, started: StatedDate | None = None) -> Participation:
    return Participation(actor=actor.node, project="project", role=prose.role(key), started=started)


MAPPER = Mapper(SOURCE, (Page,), to_record)
