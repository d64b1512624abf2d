"""Fondation pour la co-construction du bien commun: the page of an *exemple inspirant*, the Carrefour of 2018."""

import re
from collections.abc import Iterable
from dataclasses import replace

from cis_graph.errors import RecordFault
from cis_graph.mapping import prose
from cis_graph.mapping.names import slug
from cis_graph.mapping.page import HEAD
from cis_graph.mapping.prose import FIGURE, FRANCE, NUMBER, YEAR, Lines, Prose, group
from cis_graph.mapping.row import SourceRow, section
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import TextPage
from cis_graph.model.dates import StatedDate
from cis_graph.model.records import NO_LICENCE, Actor, Label, Participation, Programme, Project, Record

SOURCE = Source(
    slug="fondation-cbc",
    contributor="fondation-cbc",
    title="Fondation pour la co-construction du bien commun",
    homepage="https://co-construisonsdemain.org/",
    licence=NO_LICENCE,
    data=(TextPage(name="carrefour.txt"),),
    at_least=1,
    organisation="fondation-pour-la-co-construction-du-bien-commun",
    note_fr="L'adresse de la page n'est pas connue ; celle du site est celle de ses travaux, partagés avec Le RAMEAU. "
    "La page n'indique aucune licence : des faits, pas de textes. Elle dit le projet distingué : le lauréat est "
    "l'association qui le prépare.",
    note_en="The page's address is not known; that of the site is that of its works, shared with Le RAMEAU. The page "
    "states no licence: facts, no texts. It says that the project is distinguished: the award winner is the "
    "association that prepares it.",
)

FOUNDATION = Actor(
    node="fondation-pour-la-co-construction-du-bien-commun",
    label=SOURCE.title,
    actor_type=Label(text="Fondation", scheme="actor-type"),
    homepage=SOURCE.homepage,
)
POLICIES = "Des politiques publiques nouvelle génération"
THEMES = ("politiques publiques", "numérique")
METHODS = ("mutualisation", "co-construire", "essaimage")
SPELLINGS = {slug(name): name for name in (
    "Apriles", "Avise", "Commissariat général à l'égalité des territoires",
    "Fédération nationale des Caisses d'Épargne", "Fondation Cognacq-Jay", "Fondation La France s'engage",
)} | {"fonda": "La Fonda", "labo-de-l-ess": "Le Labo de l'ESS",
      "cget": "Commissariat général à l'égalité des territoires"}  # fmt: skip

_AWARD = re.compile(
    rf"^(?P<programme>[^\n]{{3,100}})\n(?P<award>[^\n]{{3,60}}?) de la promotion {YEAR}\n(?P<title>[^\n,]{{3,150}})",
    re.MULTILINE | re.IGNORECASE,
)
_PARTNERS = re.compile(rf"{FIGURE}\W{{0,4}}: (?:nombre de )?partenaires\b")
_LISTED = re.compile(rf"(?P<more>\+ de )?{FIGURE}\W{{0,4}}: projets recensés en {YEAR}(?P<rest>[^\n]{{0,80}})")
_POTENTIAL = re.compile(rf"{FIGURE}\W{{0,4}}: potentiel de projets(?P<rest>[^\n]{{0,120}})")
_SITES = re.compile(rf"\bd'une {NUMBER} de sites\b")
_NEED = re.compile(
    rf"(?P<least>[0-9]{{1,3}}) à {FIGURE} euros\W{{0,4}}: besoin annuel\b"
    r"[^\n]{0,40}?(?P<since>20[0-9]{2}[ -]{1,3}20[0-9]{2})"
)
_BETA = re.compile(rf"{FIGURE} projets(?: référencés auprès de|,) (?P<sites>[0-9]{{1,4}}) partenaires")
_CONTRIBUTORS = re.compile(r"\b[Nn]ombre de [0-9]{1,3}\b[^()]{0,40}\((?P<names>(?:[^()]|\([^()]{1,20}\))+)\)")
_INITIATED = re.compile(
    r"\b(?P<name>Commissariat général [^()]{1,60} \([A-Z]{2,10}\))[^()]{0,400}?\biniti(?:é|ative)\b"
)
_STARTED = re.compile(rf"\bdémarche\b[^.]{{0,60}}?\ben {YEAR}", re.IGNORECASE)
_TERRITORIES = re.compile(r"\bterritoires français\b")
_PREPARED = re.compile(r"\b(?P<name>association de préfiguration [^()]{1,80} \([A-Z]{2,10}\))")
_LAST = r"[^.;]{1,600}? et [^,.;]{1,80}"  # names up to the one behind "et"
_COMMITTEE = re.compile(rf"\bcomité de pilotage (?:constitué par|:) (?P<names>{_LAST})")
_RESOURCES = re.compile(rf"\bressources ponctuelles (?:de|:) (?P<names>{_LAST})")
_BACKERS = re.compile(r"(?:^|\. )(?:La |Le |L')?(?P<names>[^.]{1,200}?),? (?:nous )?soutiennent\b")
_AND = re.compile(r" et (?=[^,]*$)")
_ARTICLES = re.compile(r"^(?:de même que )?(?:de |du )?(?:la |les? |l')?")


class Page(SourceRow):
    """One page, under its own headings; the interview and its arguments are texts and stay with their authors."""

    ignored = frozenset({"INNOVATION"})  # stands alone at the end
    head: Lines = section(HEAD)
    presentation: Prose | None = section("Présentation de la structure :")
    figures: Lines | None = section("Chiffres clefs :")
    beta: Prose | None = section("LA OU LES INNOVATIONS SE RENCONTRENT !")
    contributors: Prose | None = section("Une liste de contributeurs appelée à s'étoffer")
    common: Prose | None = section("Constituer un commun autour de l'innovation sociale des territoires")
    funding: Prose | None = section("Courroie de transmission entre le local et le national")
    policies: Prose | None = section(POLICIES)
    opinion: Prose | None = section("Mise en perspective de la Fondation pour la Co-construction du bien commun :")


def to_record(page: Page) -> Record:
    """The project a page tells of, its distinction, and who takes part in it."""
    award = _AWARD.search(page.head)
    if award is None or not slug(award["title"]):
        raise RecordFault(
            'no title: give the programme, a line "… de la Promotion 2018" and the project\'s name below it',
            french="pas de titre : donnez le programme, une ligne « … de la Promotion 2018 », puis le nom du projet",
        )
    programme = Programme(
        node=f"programme-{slug(award['programme'])}", label=award["programme"], operator=FOUNDATION.node
    )
    project = _project(page, award)
    parts = tuple(_parts(page, project, programme, prose.stated(award["year"])))
    return SOURCE.record(
        slug(award["title"]),
        projects=(project,),
        actors=prose.each_once(actor for actor, _ in parts),
        programmes=(programme,),
        participations=tuple(dict.fromkeys(part for _, part in parts)),
    )


def _project(page: Page, award: re.Match[str]) -> Project:
    told = " ".join(filter(None, (page.presentation, page.figures, page.policies and POLICIES, page.opinion)))
    acronym = re.compile(rf"(?i:{re.escape(award['title'])}) \((?P<acronym>[A-Z]{{2,10}})\)")
    other = group(acronym, page.beta, "acronym")
    return Project(
        node="project",
        label=award["title"],
        alternative_labels=(other,) if other else (),
        places=(FRANCE,) if _TERRITORIES.search(page.common or "") else (),
        started=prose.stated(group(_STARTED, page.common, "year")),
        themes=prose.mentioned(THEMES, told, "theme"),
        methods=prose.mentioned(METHODS, told, "method"),
        outcomes=(f"{award['award']} de la promotion {award['year']}", *_outcomes(page)),
        stated_partner_count=prose.figure(group(_PARTNERS, page.figures, "figure")),
        stated_project_count=prose.figure(group(_LISTED, page.figures, "figure")),
    )


def _outcomes(page: Page) -> Iterable[str]:
    """In our own words what the page counts."""
    figures = page.figures or ""
    if found := _LISTED.search(figures):
        more = "Plus de " if found["more"] else ""
        yield f"{more}{found['figure']} projets en {found['year']}{_sites(found['rest'])}"
    if found := _POTENTIAL.search(figures):
        yield f"{found['figure']} projets possibles{_sites(found['rest'])}"
    if found := _NEED.search(figures):
        since = re.sub("[ -]+", "-", found["since"])
        yield f"Besoin de financement : {found['least']} 000 à {found['figure']} euros par an à partir de {since}"
    if found := _BETA.search(page.beta or ""):
        yield f"Version bêta : {found['figure']} projets de {found['sites']} partenaires"


def _sites(text: str) -> str:
    count = prose.number(group(_SITES, text, "number"))
    return f", d'environ {count} sites" if count else ""


def _parts(
    page: Page, project: Project, programme: Programme, year: StatedDate | None
) -> Iterable[tuple[Actor, Participation]]:
    """Each actor with its part in the project."""
    common, funding = page.common or "", page.funding or ""
    yield FOUNDATION, replace(_part(FOUNDATION, "labellisateur", year), programme=programme.node)
    for name in filter(None, [group(_PREPARED, common, "name")]):
        actor = replace(_actor(name[0].upper() + name[1:]), places=project.places)
        yield actor, _part(actor, "porteur")
        yield actor, replace(_part(actor, "laureat", year), programme=programme.node)
    backing = "financeur" if "financement" in funding.lower() else "soutien"
    lists = (
        ("initiateur", group(_INITIATED, page.contributors, "name")),
        ("partenaire", group(_CONTRIBUTORS, page.contributors, "names")),
        ("membre", group(_COMMITTEE, common, "names")),
        ("soutien", group(_RESOURCES, common, "names")),
        (backing, group(_BACKERS, funding, "names")),
    )
    for key, listed in lists:
        for actor in map(_actor, _names(listed)):
            yield actor, _part(actor, key, project.started if key == "initiateur" else None)


def _names(listed: str) -> Iterable[str]:
    """The names of a list, without articles; what follows *les Fondations* are foundations until the next article."""
    foundations = False
    for name in prose.names(_AND.sub(", ", listed)):
        bare = _ARTICLES.sub("", name)
        if bare.startswith("Fondations "):
            foundations, bare = True, bare.removeprefix("Fondations ")
        elif bare != name:
            foundations = False
        yield f"Fondation {bare}" if foundations else bare


def _actor(text: str) -> Actor:
    name, other = prose.bracketed(text)
    return prose.organisation(name, other if other.isupper() else "", spellings=SPELLINGS)


def _part(actor: Actor, key: str, started: StatedDate | None = None) -> Participation:
    return Participation(actor=actor.node, project="project", role=prose.role(key), started=started)


MAPPER = Mapper(SOURCE, (Page,), to_record)
