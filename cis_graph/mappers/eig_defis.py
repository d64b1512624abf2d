"""Entrepreneurs d'intérêt général: the challenges of 2017 to 2020 and the administrations that hold them.

A challenge's year is when its team began; months are not told, so its end is not either. The programme's own team
stands for whoever operates it, which is not told. ``dig`` is the promotion of designers (2019). Administrations whose
name says no place are those of the State, and act for France.
"""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator

from cis_graph.mapping.names import slug, with_acronym
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import YamlFile
from cis_graph.mapping.values import FrenchDate, Listed, Text, WebAddress, web_address
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Label, Participation, Programme, Project, Record

SITE = "https://entrepreneur-interet-general.etalab.gouv.fr"
SOURCE = Source(
    slug="eig-defis",
    contributor="eig",
    title="Entrepreneurs d'intérêt général",
    homepage=f"{SITE}/",
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    data=(YamlFile(name="defis.yml"),),
    at_least=60,
    organisation="eig",
    note_fr="Défis 2017-2020 du dépôt entrepreneur-interet-general/site-eig ; l'adresse du site est celle de l'époque.",
    note_en="Challenges 2017-2020 of the repository entrepreneur-interet-general/site-eig; its site as it was then.",
)

DESIGNERS = "dig"
# Commas part administrations, but for those within a name (", des études, de l'évaluation et des statistiques"); some
# ministries come after a dash, and two administrations after an "et". Read against all 71.
BETWEEN = re.compile(r"\s*,(?!\s*(?:de|des|du)\b)\s*|\s+-\s+(?=Ministère)|\s+et\s+(?=Agence nationale|DIRECCTE)")
TYPES = re.compile(
    r"ministère|services du premier ministre|direction (?:interministérielle|générale)|académie|direccte", re.IGNORECASE
)
PLACES = {
    "academie-de-clermont-ferrand": (),  # several départements
    "academie-de-lyon": (),
    "brigade-de-sapeurs-pompiers-de-paris": (),
    "carrefour-des-innovations-sociales": (Place(text="France", level="pays"),),
    "direccte-bourgogne-franche-comte": (Place(text="Bourgogne-Franche-Comté", level="region"),),
    "direction-regionale-et-interdepartementale-de-l-environnement-et-de-l-energie-d-ile-de-france": (
        Place(text="Île-de-France", level="region"),
    ),
}
FRANCE = (Place(text="France", level="pays"),)
TEAM = Actor(node="eig", label=SOURCE.title, places=FRANCE, homepage=SOURCE.homepage)


def page(text: str) -> str:
    """The address of a page of the programme's site, from its path."""
    return web_address(SITE + text)


def administrations(text: str) -> tuple[str, ...]:
    """The names in a cell that may hold several, each once, the acronym still in brackets."""
    names = (part for part in BETWEEN.split(text) if part)
    return tuple(dict.fromkeys(name[0].upper() + name[1:] for name in names))


Page = Annotated[str, BeforeValidator(page)]


class Row(SourceRow):
    """One challenge."""

    optional = frozenset({"description", "ville", "website"})
    ignored = frozenset({"image", "poster", "projects", "source_code", "key_figures", "duration_months"})

    key: Text = column("(clé)")
    title: Text = column("title")
    page: Page | None = column("link_to")
    description: Text | None = column("description")
    skills: Listed | None = column("skills")
    year: FrenchDate | None = column("year")
    promotion: Text | None = column("promotion")
    place: Text | None = column("ville")
    homepage: WebAddress | None = column("website")
    administration: Text | None = column("administration")
    administration_site: WebAddress | None = column("administration_website")


def to_record(row: Row) -> Record:
    """The challenge, its administrations and its promotion, which the programme's team runs."""
    holders, label = tuple(actors(row)), promotion(row)
    role = Label(text="administration", scheme="role")
    return SOURCE.record(
        slug(row.key),
        page=row.page,
        projects=(project(row),),
        actors=(*holders, TEAM),
        programmes=(Programme(node="promotion", label=label, operator=TEAM.node, started=row.year),) if label else (),
        participations=tuple(
            Participation(
                actor=holder.node,
                project="project",
                role=role,
                programme="promotion" if label else None,
                started=row.year,
            )
            for holder in holders
        ),
    )


def project(row: Row) -> Project:
    """The challenge itself."""
    return Project(
        node="project",
        label=row.title,
        description=row.description,
        homepage=row.homepage,
        places=(Place(text=row.place),) if row.place else (),
        started=row.year,
        keywords=row.skills or (),
    )


def promotion(row: Row) -> str | None:
    """The name of the promotion, if there is one."""
    if row.promotion == DESIGNERS:
        return f"Designers d'intérêt général, promotion {row.year.text}" if row.year else "Designers d'intérêt général"
    return f"{SOURCE.title}, promotion {row.promotion}" if row.promotion else None


def actors(row: Row) -> Iterator[Actor]:
    """The administrations; the site is theirs where one alone is named."""
    names = administrations(row.administration) if row.administration else ()
    for name in names:
        word = TYPES.match(name)
        label, *acronyms = with_acronym(name)
        yield Actor(
            node=slug(label),
            label=label,
            alternative_labels=tuple(acronyms),
            actor_type=Label(text=word.group(), scheme="actor-type") if word else None,
            places=PLACES.get(slug(label), FRANCE),
            homepage=row.administration_site if len(names) == 1 else None,
        )


MAPPER = Mapper(SOURCE, (Row,), to_record)
