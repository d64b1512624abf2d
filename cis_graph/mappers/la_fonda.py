"""La Fonda: the page of a *Projet en coopération*, its partners by kind and what its prose states."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cis_graph.errors import RecordFault
from cis_graph.mapping import prose
from cis_graph.mapping.names import slug
from cis_graph.mapping.page import HEAD
from cis_graph.mapping.prose import ENDS, MONTH, NAME, NUMBER, YEAR, Lines, Prose, group
from cis_graph.mapping.row import SourceRow, section
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import TextPage
from cis_graph.mapping.values import Listed, WebAddress
from cis_graph.model.dates import StatedDate
from cis_graph.model.places import Level, Place
from cis_graph.model.records import NO_LICENCE, Actor, Label, Participation, Programme, Project, Record

SOURCE = Source(
    slug="la-fonda",
    contributor="la-fonda",
    title="La Fonda",
    homepage="https://www.fonda.asso.fr/",
    licence=NO_LICENCE,
    data=(TextPage(name="le-centsept.txt"),),
    at_least=1,
    organisation="la-fonda",
    note_fr="L'adresse de la page n'est pas connue. Elle n'indique aucune licence : des faits, pas de textes.",
    note_en="The page's address is not known. It states no licence: facts, no texts.",
)

FRANCE = Place(text="France", level="pays")
FONDA = Actor(
    node="la-fonda",
    label=SOURCE.title,
    actor_type=Label(text="Association", scheme="actor-type"),
    places=(FRANCE,),
    homepage=SOURCE.homepage,
)
METHODS = ("labos thématiques", "design thinking", "intelligence collective")
SPELLINGS = {slug(name): name for name in (
    "AG2R La Mondiale", "CAF", "Caisse d'Épargne", "Croix-Rouge", "EDF", "Les Petits Frères des Pauvres",
    "Léo Lagrange", "Malakoff Médéric Humanis", "Pôle emploi", "Saint-Priest",
)} | {"decines": "Décines-Charpieu", "fonda": SOURCE.title}  # fmt: skip
DEPARTEMENTS = {"metropole-de-lyon": "69"}  # where communes are looked for that are listed beside one of these
LEVELS: dict[str, Level] = {
    "Métropole": "epci", "Communauté": "epci", "Ville": "commune", "Commune": "commune",
    "Département": "departement", "Région": "region",
}  # fmt: skip

_TITLE = re.compile(r"^Projet en coopération ?[:-] ?(?P<title>\S.{0,150}?) ?(?:\[[^\[\]]*\])?$", re.MULTILINE)
_ISSUED = re.compile(rf"^Tribune Fonda\b.{{0,200}}- {MONTH}$", re.MULTILINE | re.IGNORECASE)
_SINCE = re.compile(rf"\b[Dd]epuis {YEAR}")
_IN = re.compile(rf"\b[Ee]n {YEAR}")
_ASKED = re.compile(rf"\b(?:[Ss]ouhait|[Dd]emande|[Ii]nitiative)\b[^.,;:]{{0,30}}?\b(?:par|de) {NAME} en {YEAR}")
_LABS = re.compile(rf"{NUMBER} labos thématiques[^()]{{0,120}}\((?P<themes>[^()]{{1,600}})\)", re.IGNORECASE)
_NEW_LABS = re.compile(rf"{NUMBER} nouveaux labos\b(?P<rest>[^.]{{1,400}})", re.IGNORECASE)
_NEW_LAB = re.compile(rf'"(?P<theme>[^"]{{1,100}})"(?: - avec {NAME}(?= -|{ENDS}))?')
_LABELLED = re.compile(rf"\b[Dd]epuis {MONTH},? [^.]{{0,60}}?\blabellisée? {NAME}{ENDS}")
_AWARD = re.compile(
    rf"\b[Ee]n {YEAR},? [^.]{{0,60}}?\blauréate?\b[^.]{{0,8}}?\bappel à projets?"
    rf"(?P<call>\b[^.:;,]{{0,40}}? de {NAME}){ENDS}"
)
_FUNDED = re.compile(rf"\bfinanc[a-zé]{{1,10}} [^.]{{0,30}}?{NUMBER} ans\b")
_SUPPORT = re.compile(rf"\b[Ss]outien de {NAME}{ENDS}")
_TELLING = re.compile(rf"(?P<word>{'|'.join(LEVELS)}|Fondation|ADEME|CAF|CPAM)\b")
_TOWN = re.compile(r"^(?:Ville|Commune) (?:de |d')")


class Page(SourceRow):
    """One page, under its own headings; the lessons are a text and stay with their author."""

    ignored = frozenset({
        "Enseignement ou problématique à caractère stratégique relatif à la mise en place de la coopération",
        "→ Découvrez d'autres projets en coopération",
    })  # fmt: skip
    head: Lines = section(HEAD)
    presentation: Prose | None = section("Présentation")
    partners: Lines | None = section("Parties prenantes")
    zones: Listed | None = section("Zone géographique")
    results: Prose | None = section("Résultats")
    prospects: Prose | None = section("Perspectives")
    site: WebAddress | None = section("Site")

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the project works."""
        return tuple(Place(text=zone) for zone in self.zones or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """A *labo*: its theme and, where the page says so, when it starts and with whom."""

    theme: str
    started: StatedDate | None = None
    partner: Actor | None = None

    @property
    def node(self) -> str:
        """The lab's name in the record."""
        return f"labo-{slug(self.theme)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An actor's part in the record, within a programme and its operator where there is one."""

    actor: Actor
    role: str
    project: str = "project"
    programme: Programme | None = None
    operator: Actor | None = None
    started: StatedDate | None = None
    ended: StatedDate | None = None

    def participation(self) -> Participation:
        """The link between the nodes."""
        return Participation(
            actor=self.actor.node,
            project=self.project,
            role=prose.role(self.role),
            programme=self.programme.node if self.programme else None,
            started=self.started,
            ended=self.ended,
        )


def to_record(page: Page) -> Record:
    """The project a page tells of, its labs, and who takes part in them."""
    title = _title(page.head)
    labs = tuple(_labs(page.results or ""))
    lead = Actor(node=_node(title), label=title, places=page.places, homepage=page.site)
    parts = (
        Part(actor=lead, role="porteur"),
        *(Part(actor=lead, role="porteur", project=lab.node) for lab in labs),
        *_partners(page.partners or ""),
        *_initiator(page.presentation or ""),
        *_labelled(lead, page.results or ""),
        *_award(lead, page.results or ""),
        *_supporter(page.prospects or ""),
        *_lab_partners(labs),
    )
    actors = (actor for part in parts for actor in (part.actor, part.operator) if actor)
    return SOURCE.record(
        slug(title),
        issued=prose.stated(group(_ISSUED, page.head, "date")),
        projects=(_project(page, title, labs), *(_lab_project(page, lab) for lab in labs)),
        actors=prose.each_once((lead, FONDA, *actors)),
        programmes=tuple(dict.fromkeys(part.programme for part in parts if part.programme)),
        participations=tuple(part.participation() for part in parts),
    )


def _title(head: str) -> str:
    title = group(_TITLE, head, "title")
    if not slug(title):
        raise RecordFault(
            'no title: give a line "Projet en coopération - name"',
            french="pas de titre : donnez une ligne « Projet en coopération - nom »",
        )
    return title[0].upper() + title[1:]


def _node(label: str) -> str:
    key = slug(label)
    return f"acteur-{key}" if re.match("project$|labo-|programme-|part-", key) else key


def _labs(results: str) -> Iterable[Lab]:
    launched = prose.names(group(_LABS, results, "themes"))
    yield from (Lab(theme=theme) for theme in launched)
    rest = group(_NEW_LABS, results, "rest")
    started = prose.stated(group(_IN, rest, "year"))
    told = {"", *map(slug, launched)}
    for new in _NEW_LAB.finditer(rest):
        if (key := slug(new["theme"])) not in told:
            told.add(key)
            yield Lab(theme=new["theme"], started=started, partner=_actor(new["name"]) if new["name"] else None)


def _project(page: Page, title: str, labs: tuple[Lab, ...]) -> Project:
    themes = tuple(lab.theme for lab in labs)
    return Project(
        node="project",
        label=title,
        homepage=page.site,
        places=page.places,
        started=prose.stated(group(_SINCE, page.partners, "year") or group(_SINCE, page.results, "year")),
        themes=tuple(Label(text=theme, scheme="theme") for theme in themes),
        audiences=prose.mentioned(prose.PEOPLE, " / ".join(themes), "audience"),
        methods=prose.mentioned(METHODS, f"{page.presentation} {page.results}", "method"),
        keywords=themes,
        outcomes=tuple(_outcomes(page.results or "", labs)),
        stated_partner_count=prose.more_than(page.partners or "") or prose.more_than(page.results or ""),
    )


def _outcomes(results: str, labs: tuple[Lab, ...]) -> Iterable[str]:
    """In our own words what the page counts."""
    if launched := prose.number(group(_LABS, results, "number")):
        since = group(_SINCE, results, "year")
        yield f"{launched} labos thématiques lancés{since and f' depuis {since}'}"
    if new := prose.number(group(_NEW_LABS, results, "number")):
        year = group(_IN, group(_NEW_LABS, results, "rest"), "year")
        partners = "".join(f", dont un avec {lab.partner.label}" for lab in labs if lab.partner)
        yield f"{new} nouveaux labos{year and f' en {year}'}{partners}"


def _lab_project(page: Page, lab: Lab) -> Project:
    return Project(
        node=lab.node,
        label=f"Labo {lab.theme}",
        places=page.places,
        started=lab.started,
        themes=(Label(text=lab.theme, scheme="theme"),),
        audiences=prose.mentioned(prose.PEOPLE, lab.theme, "audience"),
        methods=(Label(text="labos thématiques", scheme="method"),),
        part_of="project",
    )


def _actor(name: str, kind: str = "", departement: str | None = None) -> Actor:
    label = SPELLINGS.get(slug(name), name)
    word = _type(label, kind)
    level = LEVELS.get(word)
    hint = departement if level == "commune" else None
    return Actor(
        node=_node(label),
        label=label,
        alternative_labels=(name,) if name != label else (),
        actor_type=Label(text=word, scheme="actor-type") if word else None,
        places=(Place(text=_TOWN.sub("", name), level=level, departement=hint),) if level else (),
    )


def _type(label: str, kind: str) -> str:
    """The word that tells an actor's type: the page's kind, but of a public kind the name tells more."""
    local = slug(kind).startswith("collectivite")
    if kind and not local and slug(kind) != "services-publics":
        return kind
    told = _TELLING.match(label)
    return told["word"] if told else "Commune" if local else kind


def _partners(text: str) -> Iterable[Part]:
    started = prose.stated(group(_SINCE, text, "year"))
    actors = (actor for listed in prose.named_lists(text) for actor in _listed(listed))
    return (Part(actor=actor, role="partenaire", started=started) for actor in prose.each_once(actors))


def _listed(listed: prose.NamedList) -> Iterable[Actor]:
    beside = next((DEPARTEMENTS[key] for key in map(slug, listed.names) if key in DEPARTEMENTS), None)
    return (_actor(name, listed.kind, beside) for name in listed.names)


def _initiator(text: str) -> Iterable[Part]:
    if match := _ASKED.search(text):
        yield Part(actor=_actor(match["name"]), role="initiateur", started=prose.stated(match["year"]))


def _labelled(lead: Actor, results: str) -> Iterable[Part]:
    if match := _LABELLED.search(results):
        programme = Programme(node=f"programme-{slug(match['name'])}", label=match["name"])
        yield Part(actor=lead, role="labellise", programme=programme, started=prose.stated(match["date"]))


def _award(lead: Actor, results: str) -> Iterable[Part]:
    """The call won and, where its length is told, its operator's funding."""
    if match := _AWARD.search(results):
        operator = replace(_actor(match["name"]), places=(FRANCE,) if " national" in match["call"] else ())
        label = f"Appel à projets{match['call']}"
        programme = Programme(node=f"programme-{slug(label)}", label=label, operator=operator.node)
        won = Part(
            actor=lead,
            role="laureat",
            programme=programme,
            operator=operator,
            started=prose.stated(match["year"]),
        )
        yield won
        if years := prose.number(group(_FUNDED, results[match.end() :], "number")):
            yield replace(won, actor=operator, role="financeur", ended=prose.stated(str(int(match["year"]) + years)))


def _supporter(text: str) -> Iterable[Part]:
    if match := _SUPPORT.search(text):
        yield Part(actor=_actor(match["name"]), role="soutien")


def _lab_partners(labs: tuple[Lab, ...]) -> Iterable[Part]:
    return (
        Part(actor=lab.partner, role="partenaire", project=lab.node, started=lab.started) for lab in labs if lab.partner
    )


MAPPER = Mapper(SOURCE, (Page,), to_record)
