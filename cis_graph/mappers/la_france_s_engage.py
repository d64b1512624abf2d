"""Fondation La France s'engage: 150 projects in the two editions of the first Carrefour's test database (2019)."""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import BeforeValidator, InstanceOf

from cis_graph.mapping.editions import Told, one_name, paired, same_words
from cis_graph.mapping.names import slug
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Numbered, Source, Unit
from cis_graph.mapping.tables import CsvFile, XlsxFile
from cis_graph.mapping.values import Degrees, FrenchDate, Text, WebAddress
from cis_graph.model.dates import StatedDate
from cis_graph.model.places import Coordinates, Place
from cis_graph.model.records import Actor, Label, Participation, Programme, Project, Record

SOURCE = Source(
    slug="la-france-s-engage",
    contributor="la-france-s-engage",
    title="Fondation La France s'engage",
    homepage="https://fondationlafrancesengage.org/",
    licence="https://spdx.org/licenses/MIT",
    data=(CsvFile(name="v0.csv"), XlsxFile(name="v3.xlsx", sheet="BDD FFE")),
    at_least=140,
    organisation="fondation",
    note_fr="Faits publiés par co-demos/cis-data (2019, dépôt sous licence MIT) ; les textes ne sont pas repris. Les "
    "adresses non plus : dans les deux éditions la plupart sont celles d'autres lignes ; les coordonnées situent.",
    note_en="Facts published by co-demos/cis-data (2019, repository under the MIT licence); texts are not taken up. "
    "Nor are addresses: in both editions most are those of other rows; the coordinates tell where.",
)

NEWEST, FIRST = "V3 (XLSX)", "V0 (CSV)"
AUDIENCES = frozenset(
    map(slug, ("Handicap", "Seniors", "Enfance/Jeunesse/Famille", "Egalité Femmes-Hommes", "Grande précarité"))
)
TYPES = re.compile(r"(?:association|fédération|fondation|sas)\b", re.IGNORECASE)  # only where a name begins with it
FOUNDATION = Actor(
    node="fondation",
    label=SOURCE.title,
    actor_type=Label(text="Fondation", scheme="actor-type"),
    places=(Place(text="France", level="pays"),),
    homepage=SOURCE.homepage,
)


def laureate_year(text: str) -> StatedDate:
    """The year at the end of ``Lauréats Fondation France s'Engage 2014``."""
    return StatedDate.parse(text[-4:])


LaureateYear = Annotated[InstanceOf[StatedDate], BeforeValidator(laureate_year)]


class EditionRow(SourceRow):
    """The columns that both editions have. Codes are not read: the sheet of codes rotates EGA, INN and ENF."""

    missing = frozenset({"null", "nul", "NR", "default"})
    ignored = frozenset(
        {"Sourceur ", "URL Sourceur ", "URL Logo sourceur", "ID interne sourceur", "GUID", "Description"}
        | {f"Tag CIS - Niveau - 1 - {name} CODE " for name in ("Thématiques 1", "  Thématiques 2", "Thématiques 3")}
        | {
            f"Tag CIS - Niveau 2 - Sous-thématiques {end}"
            for end in ("1 CODE", "2 CODE", "3 CODE", "4 CODE ", "5 CODE ")
        }
        | {"Tag CIS - Niveau 2 -  Sous-thématiques 6 CODE "}
        | {"Tag CIS - Niveau - 1 -  ASSEMBLAGE  THEMATIQUE CODE", "Tag CIS - Niveau 2 - ASSEMBLAGE CODE"}
        | {"Tags CIS - Types de contenu", "Tags CIS - Types de contenu - CODE"}
        | {"Facebook", "Twitter ", "Email", "Image Link", "ImagePath"}
        # Addresses: most are those of the next row's project, and rows 116 to 149 repeat those of rows 1 to 34.
        | {"Code postal ", "Département", "Région ", "Adresse ", "Ville "}
    )

    project: Text = column("Nom du projet ")
    structure: Text | None = column("Structure porteuse ")
    goal: Text | None = column("Tags sourceur ")
    theme_1: Text | None = column("Tag CIS - Niveau - 1 - Thématiques 1")
    theme_2: Text | None = column("Tag CIS - Niveau - 1 - Thématiques 2")
    theme_3: Text | None = column("Tag CIS - Niveau - 1 - Thématiques 3")
    subtheme_1: Text | None = column("Tag CIS - Niveau 2 - Sous-thématiques 1")
    subtheme_2: Text | None = column("Tag CIS - Niveau 2 - Sous-thématiques 2")
    subtheme_3: Text | None = column("Tag CIS - Niveau 2 - Sous-thématiques 3")
    subtheme_4: Text | None = column("Tag CIS - Niveau 2 - Sous-thématiques 4")
    subtheme_5: Text | None = column("Tag CIS - Niveau 2 - Sous-thématiques 5")
    subtheme_6: Text | None = column("Tag CIS - Niveau 2 - Sous-thématiques 6")

    def themes(self) -> Iterator[str]:
        """The labels of themes and sub-themes."""
        cells = (value for name, value in self if "theme_" in name)
        return (cell for cell in cells if cell)


class V0Row(EditionRow):
    """One place of a project: a row of the CSV edition."""

    missing = EditionRow.missing | {"Date du CA"}  # "date of the board's meeting": no year yet
    ignored = EditionRow.ignored | {"Autres réseaux", "Département_code"}

    key: Text = column("ID CIS")
    year: FrenchDate | None = column("Lauréats ")
    latitude: Degrees | None = column("lat")
    longitude: Degrees | None = column("long")


class V3Row(EditionRow):
    """One project: a row of the sheet. Its ``ID CIS`` has 19 values for 150 projects; the row's number is the key."""

    ignored = (
        EditionRow.ignored
        | {"ID CIS", "Souceur-CODE", "Département-CODE", "Région-CODE", "URL page sourceur "}
        | {"Autres site web 1", "Autres site web 2"}
        | {"Distinctions CODE", "Sous distinctions - CODE", "Distinctions ASSEMBLAGE CODE"}
        | {"lat", "long"}  # the first point of the CSV edition, again
    )

    homepage: WebAddress | None = column("URL projet ")
    distinction: Text | None = column("Distinctions")
    year: LaureateYear | None = column("Sous distinctions")


def pair(tables: tuple[tuple[Numbered, ...], ...]) -> Iterable[Unit]:
    """The CSV's rows of each project with the sheet's row of that number, where a name agrees."""
    return paired(*tables, group=lambda row: (row.key, row.project, row.structure), is_same=is_same)


def is_same(first: V0Row, newest: V3Row) -> bool:
    """Whether both editions name the project alike, or its structure."""
    structures = (first.structure, newest.structure)
    return same_words(first.project, newest.project) or (all(structures) and same_words(*map(str, structures)))


def to_record(told: Told) -> Record:
    """The project, its structure and the foundation that distinguished it."""
    year = year_of(told)
    label = f"Lauréats {SOURCE.title} {year.text}" if year else ""
    return SOURCE.record(
        told.key,
        projects=tuple(projects(told)),
        actors=(*structures(told), FOUNDATION),
        programmes=(Programme(node="laureats", label=label, operator=FOUNDATION.node),) if year else (),
        participations=tuple(participations(told, year)),
    )


def year_of(told: Told) -> StatedDate | None:
    """The year of the distinction, by the newest edition that states it."""
    return next((row.year for row in told.editions if row.year), None)


def projects(told: Told) -> Iterator[Project]:
    """The project; where the editions name it otherwise, the older one's beside it."""
    label, other = one_name(told.editions[0].project, told.editions[-1].project)
    labels = {slug(text): text for row in told.editions for text in row.themes()}
    points = ((row.latitude, row.longitude) for row in told.first)
    yield Project(
        node="project",
        label=label,
        homepage=told.newest.homepage if told.newest else None,
        coordinates=tuple(Coordinates(latitude=x, longitude=y) for x, y in points if x is not None and y is not None),
        themes=tuple(Label(text=text, scheme="theme") for text in labels.values()),
        audiences=tuple(Label(text=text, scheme="audience") for key, text in labels.items() if key in AUDIENCES),
        keywords=tuple(dict.fromkeys(row.goal for row in told.editions if row.goal)),
        edition=NEWEST if other else None,
    )
    if other:
        yield Project(node="project-v0", label=other, edition=FIRST, edition_of="project")


def structures(told: Told) -> Iterator[Actor]:
    """The structure, if one is named; where the editions name it otherwise, the older one's beside it."""
    names = tuple(row.structure for row in told.editions if row.structure)
    if not names:
        return
    label, other = one_name(names[0], names[-1])
    word = TYPES.match(label)
    actor_type = Label(text=word.group(), scheme="actor-type") if word else None
    yield Actor(node="structure", label=label, actor_type=actor_type, edition=NEWEST if other else None)
    if other:
        yield Actor(node="structure-v0", label=other, edition=FIRST, edition_of="structure")


def participations(told: Told, year: StatedDate | None) -> Iterator[Participation]:
    """Who leads the project, who distinguished it, and who is laureate; the last two only where it is stated."""
    has_structure = any(row.structure for row in told.editions)
    if has_structure:
        yield take_part("structure", "porteur")
    if year or (told.newest and told.newest.distinction):
        yield take_part(FOUNDATION.node, "labellisateur", year)
    if year and has_structure:
        yield take_part("structure", "laureat", year)


def take_part(actor: str, role: str, year: StatedDate | None = None) -> Participation:
    """An actor's role in the project, under the programme of the year if there is one."""
    label, programme = Label(text=role, scheme="role", concept=role), "laureats" if year else None
    return Participation(actor=actor, project="project", role=label, programme=programme, started=year)


MAPPER = Mapper(SOURCE, (V0Row, V3Row), to_record, pair)
