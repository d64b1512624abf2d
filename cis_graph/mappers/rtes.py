"""RTES: the report of a workshop on social innovation, the roles a département takes and what it recommends."""

import re
from collections.abc import Iterable
from dataclasses import replace

from cis_graph.errors import RecordFault
from cis_graph.mapping import prose
from cis_graph.mapping.names import slug
from cis_graph.mapping.page import HEAD
from cis_graph.mapping.prose import FIGURE, FRANCE, NUMBER, YEAR, Lines, group
from cis_graph.mapping.row import SourceRow, section
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import TextPage
from cis_graph.mapping.values import amount
from cis_graph.model.dates import StatedDate
from cis_graph.model.places import Place
from cis_graph.model.records import NO_LICENCE, Actor, Event, Label, Participation, Programme, Project, Record

SOURCE = Source(
    slug="rtes",
    contributor="rtes",
    title="RTES",
    homepage="https://www.rtes.fr/",
    licence=NO_LICENCE,
    data=(TextPage(name="atelier-niort.txt"),),
    at_least=1,
    organisation="rtes",
    note_fr="Le document nomme son organisateur par un logo, que le texte n'a pas : le RTES est déduit du nom du "
    "réseau au bas de la dernière page. L'adresse du document n'est pas connue. Il n'indique aucune licence : des "
    "faits, pas de textes, et aucun nom de personne.",
    note_en="The document names its organiser by a logo, which its text lacks: RTES is inferred from the network's "
    "name at the foot of the last page. The document's address is not known. It states no licence: facts, no texts, "
    "and no person's name.",
)

RTES = Actor(
    node="rtes",
    label=SOURCE.title,
    alternative_labels=("Réseau des collectivités Territoriales pour une Économie Solidaire",),
    actor_type=Label(text="Réseau", scheme="actor-type"),
    places=(FRANCE,),
    homepage=SOURCE.homepage,
)
DEPARTEMENTS = {"niort": "79"}  # where a commune is looked for
THEMES = ("innovation sociale et territoriale", "ESS", "Bio", "réemploi", "petite enfance", "réparation vélo")
AUDIENCES = ("petite enfance", "collèges", "personnes âgées")
METHODS = ("brainstorming 3-12-3", "co-création")
Part = tuple[Project, Actor, str]  # who takes part in what, in which role
BY_CALL = frozenset({"financeur", "defricheur"})  # roles held through the call for projects

_TITLE = re.compile(r"\bl'atelier \" ?(?P<title>[^\"\n]{3,150}?) ?\"")
_WHEN = re.compile(r"(?m)^(?P<place>[A-ZÀ-Ý][^\n,0-9]{1,50}), le (?P<date>[0-9][^\n,]{6,20})$")
_RECOMMENDED = re.compile(r"(?m)^Recommandation #(?P<rank>[0-9]{1,2})\n(?P<title>.{3,150}(?:\n[a-zà-ÿ].{0,100})?)$")
_ABOUT = r"\b(?P<number>[a-zà-ÿ]{3,12}aine) d(?:e |')"
_PRESENT = re.compile(rf"{_ABOUT}participants\b")
_CONCRETE = re.compile(rf"{_ABOUT}idées (?:beaucoup plus )?concrètes\b")
_IDEAS = re.compile(rf"{_ABOUT}idées\b(?! beaucoup| concrètes)")
_DEPARTEMENT = re.compile(r"\b(?:Conseil [Dd]é|Dé)partement(?:al)? (?P<name>d(?:[ue]|e la|es) [A-ZÀ-Ý][\w'-]{1,40})")
_CALL = re.compile(r"\" ?(?P<call>Appel à projets [^\"\n]{3,150}?) ?\"")
_SUPPORTED = re.compile(rf"{NUMBER} projets soutenus depuis {YEAR}")
_BUDGET = re.compile(rf"\bBudget ESS : {FIGURE} ?€")
_DIRECT = re.compile(rf"{FIGURE} ?€ en soutien direct\b")
_AUDIENCES = re.compile(r"\bpublics prioritaires \((?P<names>[^()\n]{1,300})\)")
_ACTION = re.compile(r"(?m)^L'action (?P<name>du Département [^\n]{3,120}?)(?: résumée)?$")
_NAME = r"(?P<name>[A-ZÀ-Ý][\w-]{0,30}(?: [A-ZÀ-Ý][\w-]{0,30}){0,4})"  # words that begin with a capital
_CRECHE = re.compile(rf"[Cc]rèche éphémère portée? par la (?P<form>SCOP|SCIC) {_NAME}(?P<rest>.{{0,200}})")
_SHARES = re.compile(rf"\bsociétariat de {_NAME}, (?P<form>SCOP|SCIC)\b(?P<rest>.{{0,300}})")
_REUSE = re.compile(r"\bco-entrepreneur\b.{0,160}? réemploi (?:pour le|du) (?P<what>matériel [^,.;\n]{3,80}? âgées)")
_BIKES = re.compile(r"(?m)^Réflexions?.{0,120} réparation vélo (?:à proximité|près) des (?P<where>gares[^,.;\n]{0,60})")


class Page(SourceRow):
    """The whole report, without sections: its headings name its speaker, and its order does not matter."""

    report: Lines = section(HEAD)


def to_record(page: Page) -> Record:
    """The workshop, the département's call for projects, and the example of each role it takes."""
    text = page.report.replace("**", "")
    title, when = group(_TITLE, text, "title"), _WHEN.search(text)
    held = prose.stated(when["date"]) if when else None
    if not slug(title) or when is None or held is None:
        raise RecordFault(
            'no workshop: give "l\'atelier «title»" and a line "Niort, le 19 octobre 2017"',
            french="pas d'atelier : donnez « l'atelier «titre» » et une ligne « Niort, le 19 octobre 2017 »",
        )
    name = group(_DEPARTEMENT, text, "name")
    local = prose.organisation(f"Département {name}", spellings={}) if name else None
    call = _call(text, local) if local else None
    told = tuple(_examples(text, local, held)) if local else ()
    place = Place(text=when["place"], level="commune", departement=DEPARTEMENTS.get(slug(when["place"])))
    event = Event(
        node="event",
        label=f"Atelier « {title} »",
        started=held,
        places=(place,),
        actors=tuple(actor.node for actor in (RTES, local) if actor),
        projects=tuple(dict.fromkeys(project.node for project, _, _ in told)),
        themes=prose.mentioned(THEMES, title, "theme"),
        methods=prose.mentioned(METHODS, text, "method"),
        outcomes=tuple(_outcomes(text)),
        recommendations=_recommendations(text),
    )
    return SOURCE.record(
        slug(title),
        projects=tuple(dict.fromkeys(project for project, _, _ in told)),
        actors=prose.each_once((RTES, *filter(None, [local]), *(actor for _, actor, _ in told))),
        programmes=tuple(filter(None, [call])),
        participations=tuple(_part(project, actor, role, call) for project, actor, role in told),
        events=(event,),
    )


def _outcomes(text: str) -> Iterable[str]:
    """In our own words what the report counts."""
    for pattern, what in ((_PRESENT, "participants"), (_IDEAS, "idées"), (_CONCRETE, "idées concrètes")):
        if count := prose.number(group(pattern, text, "number")):
            yield f"Environ {count} {what}"


def _recommendations(text: str) -> tuple[str, ...]:
    """The headings of the recommendations by their numbers, whatever their order."""
    ranked = {int(match["rank"]): prose.plain(match["title"]) for match in _RECOMMENDED.finditer(text)}
    return tuple(ranked[rank] for rank in sorted(ranked))


def _call(text: str, local: Actor) -> Programme | None:
    """The call for projects, which supported more projects than the report names."""
    name = group(_CALL, text, "call")
    if not name:
        return None
    budget, support = group(_BUDGET, text, "figure"), group(_DIRECT, text, "figure")
    audiences = prose.names(group(_AUDIENCES, text, "names"))
    return Programme(
        node=f"programme-{slug(name)}",
        label=name,
        operator=local.node,
        started=prose.stated(group(_SUPPORTED, text, "year")),
        audiences=tuple(Label(text=audience, scheme="audience") for audience in audiences),
        yearly_budget=amount(budget) if budget else None,
        yearly_support=amount(support) if support else None,
        stated_project_count=prose.number(group(_SUPPORTED, text, "number")),
    )


def _examples(text: str, local: Actor, held: StatedDate) -> Iterable[Part]:
    """The département's action, then one example for each of its other roles and for what it tries with others.

    The report names no project of the call: its action as a whole is what it funds and scouts for.
    """
    if name := group(_ACTION, text, "name"):
        action = replace(_project(f"Action {name}", local), started=prose.stated(group(_SUPPORTED, text, "year")))
        roles = {"porteur": "", "financeur": "rôle financeur", "defricheur": "défricheur"}
        yield from ((action, local, role) for role, words in roles.items() if words in text)
    if match := _SHARES.search(text):
        carrier = _cooperative(match)
        shared = replace(_project(carrier.label, local, match["rest"]), places=carrier.places)
        yield from ((shared, carrier, "porteur"), (shared, local, "societaire"))
    if what := group(_REUSE, text, "what"):
        yield _project(f"Réemploi du {what}", local), local, "co-entrepreneur"
    if match := _CRECHE.search(text):
        creche = _project("Crèche éphémère", local, match["rest"])
        yield creche, _cooperative(match), "porteur"
        if "avec" in match["rest"]:
            yield creche, local, "partenaire"
    if where := group(_BIKES, text, "where"):
        bikes = _project(f"Ateliers de réparation vélo près des {where}", local)
        yield replace(bikes, outcomes=(f"À l'étude en {held.text[:4]}",)), local, "initiateur"


def _project(label: str, local: Actor, about: str = "") -> Project:
    told = f"{label} {about}"
    return Project(
        node=f"projet-{slug(label)[:60].strip('-')}",
        label=label,
        places=local.places,
        themes=prose.mentioned(THEMES, told, "theme"),
        audiences=prose.mentioned(AUDIENCES, told, "audience"),
    )


def _cooperative(told: re.Match[str]) -> Actor:
    actor = prose.organisation(told["name"], spellings={})
    return replace(actor, actor_type=Label(text=told["form"], scheme="actor-type"))


def _part(project: Project, actor: Actor, key: str, call: Programme | None) -> Participation:
    by_call = call if key in BY_CALL else None
    return Participation(
        actor=actor.node,
        project=project.node,
        role=prose.role(key),
        programme=by_call.node if by_call else None,
        started=by_call.started if by_call else None,
    )


MAPPER = Mapper(SOURCE, (Page,), to_record)
