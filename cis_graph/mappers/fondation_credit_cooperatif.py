"""Fondation Crédit Coopératif: the page of a *projet soutenu*, told apart from the initiative that carries it."""

import re

from cis_graph.errors import RecordFault
from cis_graph.mapping import prose
from cis_graph.mapping.names import slug
from cis_graph.mapping.page import HEAD
from cis_graph.mapping.prose import Lines, Prose, role
from cis_graph.mapping.row import SourceRow, section
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import TextPage
from cis_graph.mapping.values import FrenchDate, Text
from cis_graph.model.dates import StatedDate
from cis_graph.model.places import Place
from cis_graph.model.records import NO_LICENCE, Actor, Address, Label, Participation, Project, Record

SOURCE = Source(
    slug="fondation-credit-cooperatif",
    contributor="fondation-credit-cooperatif",
    title="Fondation Crédit Coopératif",
    homepage="https://fondation.credit-cooperatif.coop/",
    licence=NO_LICENCE,
    data=(TextPage(name="le-centsept.txt"),),
    at_least=1,
    organisation="fondation-credit-cooperatif",
    note_fr="La page ne nomme pas sa fondation : la Fondation Crédit Coopératif est déduite d'une page de La Fonda, "
    "qui la dit soutien du Centsept. L'adresse de la page n'est pas connue. Elle n'indique aucune licence : des faits, "
    "pas de textes.",
    note_en="The page does not name its foundation: Fondation Crédit Coopératif is inferred from a page of La Fonda, "
    "which names it as a supporter of Le Centsept. The page's address is not known. It states no licence: facts, no "
    "texts.",
)

FOUNDATION = Actor(
    node="fondation-credit-cooperatif",
    label=SOURCE.title,
    actor_type=Label(text="Fondation", scheme="actor-type"),
    places=(Place(text="France", level="pays"),),
    homepage=SOURCE.homepage,
)
INITIATIVE = "project"
SUPPORTED = "recherche-action"

_TITLE = re.compile(r"^(?P<title>\S.{0,150})\nMis à jour le (?P<date>\S{1,10})$", re.MULTILINE | re.IGNORECASE)
_NOT_TAGS = re.compile(r"[0-9].*|Mis à jour .*|Partenaire .*|[^a-zà-ÿ]+|.*[.!?:;,…]|.{60,}")
_LINK = re.compile(r"\[(?P<words>[^\[\]]{0,300})\]\([^()\s]{0,2000}\)")
_TOWN = re.compile(
    r"^(?:(?P<street>[^\n]{0,60}[0-9][^\n]{0,60})\n)?(?P<postcode>[0-9]{5}) (?P<town>\S.{0,60})$", re.MULTILINE
)
_ITEM = re.compile(r"^[0-9]{1,2}\. (?P<item>\S.{0,100})$", re.MULTILINE)
_YEARS = re.compile(rf"{prose.NUMBER} ans d'existence\b", re.IGNORECASE)
_LABS = re.compile(rf"{prose.NUMBER} (?:labos|laboratoires) thématiques\b", re.IGNORECASE)
_THEMES = re.compile(r"\blaboratoires thématiques\W{0,5}:(?P<themes>[^.…\n]{1,600})", re.IGNORECASE)
_REGION = re.compile(
    r"\brégion (?P<region>[A-ZÀ-Ý][\w'-]{1,40}(?: (?:(?:de|la|du|et) ){0,3}[A-ZÀ-Ý][\w'-]{1,40}){0,4})"
)


class Page(SourceRow):
    """One page, under its own headings; what it argues is a text and stays with its author."""

    ignored = frozenset({"LE PROJET EN DETAIL", "L'avis de la fondation"})
    head: Lines = section(HEAD)
    form: Text | None = section("Forme d'organisation")
    convention: FrenchDate | None = section("Date de signature de la convention")
    contact: Lines | None = section("Infos de contact")
    supported: Text | None = section("LE PROJET SOUTENU")
    context: Prose | None = section("LE CONTEXTE")
    methods: Lines | None = section("Méthodes d'intelligence collective (concept et formation)")
    tools: Lines | None = section("Outils d'animation d'atelier d'intelligence collective (fiches pratiques)")
    structure: Prose | None = section("LA STRUCTURE")

    @property
    def prose(self) -> str:
        """What the page says of the initiative."""
        return f"{self.context or ''}\n{self.structure or ''}"


def to_record(page: Page) -> Record:
    """The initiative, its supported project, who carries them and who funds."""
    title = prose.group(_TITLE, page.head, "title")
    if not slug(title):
        raise RecordFault(
            'no title: give a line above "Mis à jour le"',
            french="pas de titre : donnez une ligne au-dessus de « Mis à jour le »",
        )
    carrier = _carrier(page, title)
    return SOURCE.record(
        slug(title),
        modified=prose.stated(prose.group(_TITLE, page.head, "date")),
        projects=(_initiative(page, title), _supported(page, title)),
        actors=(carrier, FOUNDATION),
        participations=(
            Participation(actor=carrier.node, project=INITIATIVE, role=role("porteur")),
            Participation(actor=carrier.node, project=SUPPORTED, role=role("porteur")),
            Participation(actor=FOUNDATION.node, project=SUPPORTED, role=role("financeur"), started=page.convention),
        ),
    )


def _carrier(page: Page, title: str) -> Actor:
    spelling = _spelling(page, title)
    town = _TOWN.search(_LINK.sub(r"\g<words>", page.contact or ""))
    return Actor(
        node=slug(title),
        label=title,
        alternative_labels=(spelling,) if spelling != title else (),
        actor_type=Label(text=page.form, scheme="actor-type") if page.form else None,
        places=(Place(text=f"{town['postcode']} {town['town']}", level="commune"),) if town else (),
        address=_address(town) if town else None,
    )


def _address(town: re.Match[str]) -> Address:
    lines = (town["street"], f"{town['postcode']} {town['town']}")
    return Address(
        full=", ".join(line for line in lines if line),
        street=town["street"],
        postcode=town["postcode"],
        town=town["town"],
    )


def _spelling(page: Page, title: str) -> str:
    """The title as the page's prose spells it, its article apart."""
    word = re.sub(r"(?i)^(?:les? |la |l')", "", title)
    found = re.search(rf"\b{re.escape(word)}\b", page.prose, re.IGNORECASE)
    return found.group() if found else title


def _initiative(page: Page, title: str) -> Project:
    themes = prose.names(prose.group(_THEMES, page.structure, "themes"))
    labs = prose.number(prose.group(_LABS, page.context, "number"))
    return Project(
        node=INITIATIVE,
        label=_spelling(page, title),
        places=_places(page),
        started=_started(page),
        themes=tuple(Label(text=text, scheme="theme") for text in (*_tags(page), *themes)),
        audiences=prose.mentioned(prose.PEOPLE, " / ".join(themes), "audience"),
        methods=prose.mentioned(("laboratoires thématiques",), page.prose, "method"),
        keywords=(*_tags(page), *themes),
        outcomes=(f"{labs} labos thématiques menés",) if labs else (),
        stated_partner_count=prose.more_than(page.context or ""),
    )


def _supported(page: Page, title: str) -> Project:
    label = page.supported or f"Projet soutenu : {title}"
    listed = _ITEM.finditer(f"{page.methods or ''}\n{page.tools or ''}")
    methods = (Label(text=match["item"], scheme="method") for match in listed)
    return Project(
        node=SUPPORTED,
        label=label,
        places=_places(page),
        started=page.convention,
        themes=tuple(Label(text=tag, scheme="theme") for tag in _tags(page)),
        methods=(*prose.mentioned(("recherche-action",), label, "method"), *methods),
        keywords=_tags(page),
        part_of=INITIATIVE,
    )


def _tags(page: Page) -> tuple[str, ...]:
    """The lines of the head that classify: neither its title, nor a date, nor the kind of partner, nor a sentence."""
    lines = page.head[page.head.lower().find("mis à jour le") :].splitlines()
    return tuple(dict.fromkeys(line for line in lines if not _NOT_TAGS.fullmatch(line)))


def _places(page: Page) -> tuple[Place, ...]:
    region = prose.group(_REGION, page.structure, "region")
    return (Place(text=region, level="region"),) if region else ()


def _started(page: Page) -> StatedDate | None:
    """The years of existence counted back from the convention."""
    years = prose.number(prose.group(_YEARS, page.context, "number"))
    if page.convention is None or years is None or years > page.convention.first_day().year - 1900:
        return None
    return StatedDate.parse(str(page.convention.first_day().year - years))


MAPPER = Mapper(SOURCE, (Page,), to_record)
