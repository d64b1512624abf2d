"""Carrefour des innovations sociales: the members of its collective and what they do, as its team listed them in 2018.

One record a member. A row with an organisation's name again, or with an activity alone, continues the one above: both
rows without a name stand amid an organisation's activities. ``PUBLICATION SUR LE SITE`` says whether the site showed
the member yet (*ok*, *en attente*), not whether it is one: all are members. A second site of a member is not taken up.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import BeforeValidator

from cis_graph.errors import RecordFault, ValueFault
from cis_graph.mapping.names import slug, with_acronym
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Numbered, Source, Unit
from cis_graph.mapping.tables import CsvFile
from cis_graph.mapping.values import Site, Text
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Label, Participation, Project, Record

SOURCE = Source(
    slug="carrefour-membres",
    contributor="carrefour-des-innovations-sociales",
    title="Carrefour des innovations sociales",
    homepage="http://www.carrefourdesinnovationssociales.fr/",
    licence="https://spdx.org/licenses/MIT",
    data=(CsvFile(name="members.csv"),),
    at_least=55,
    note_fr="Faits publiés par co-demos/cis-data (dépôt sous licence MIT) ; présentations, contacts et images ne sont "
    "pas repris. Une ligne sans nom continue l'organisation qui la précède ; un membre « en attente » l'est de sa page "
    "sur le site d'alors. L'adresse du site est celle de l'époque.",
    note_en="Facts published by co-demos/cis-data (repository under the MIT licence); presentations, contacts and "
    "images are not taken up. A row without a name continues the organisation above it; a member that is waiting waits "
    "for its page on the site of that time. The site's address is that of the time.",
)

FRANCE = Place(text="France", level="pays")
CARREFOUR = Project(node="project", label=SOURCE.title, homepage=SOURCE.homepage, places=(FRANCE,))
SCALES: Mapping[str, tuple[Place, ...]] = {
    "nationale": (FRANCE,),
    "nationale-et-monde-francophone": (FRANCE,),
    "europeenne": (),  # wider than France
    "internationale": (),
    "regionale": (),  # of which region is not said
    "regionale-7-regions": (),
    "departementale": (),
}
PLACES = {  # a region or a town that the name of a member is or says
    "bretagne-creative": Place(text="Bretagne", level="region"),
    "drjcs-hauts-de-france": Place(text="Hauts-de-France", level="region"),
    "chambre-regionale-d-economie-sociale-et-solidaire-des-pays-de-la-loire-cress-pdl": Place(
        text="Pays de la Loire", level="region"
    ),
    "ronalpia": Place(text="Rhône-Alpes", level="ancienne-region"),
    "sceaux": Place(text="Sceaux", level="commune", departement="92"),
}
TYPES = re.compile(
    r"(?:association|délégation interministérielle|direction générale|commissariat général)\b", re.IGNORECASE
)


def scale(text: str) -> tuple[Place, ...]:
    """Where a member is active, by the scale it states; nowhere where that names no place."""
    try:
        return SCALES[slug(text)]
    except KeyError:
        raise ValueFault(
            f'"{text}" is no scale known: give Nationale, Régionale…',
            french=f"« {text} » n'est pas une échelle connue : écrivez Nationale, Régionale…",
        ) from None


Scale = Annotated[tuple[Place, ...], BeforeValidator(scale)]


class Row(SourceRow):
    """One row of the list: a member with one of its activities, or one more activity."""

    ignored = frozenset(
        {"PUBLICATION SUR LE SITE", "PRESENTATION SUCCINCTE", "TWEET"}
        | {"CONTACT SUR LE SITE DU CIS", "FONCTION DU CONTACT"}  # persons
        | {"REMARQUES \nSur la typologie des activités ou autres. Nous essaierons de les prendre en compte au mieux"}
        | {"NOM Photo portrait", "NOM Photo logo", "Sous dossier attaché", "Code scraper OID"}
    )

    name: Text | None = column("MEMBRE DU COLLECTIF")
    scale: Scale | None = column("ECHELLE DE SON ACTION")
    site: Site | None = column("SITE WEB ")
    activity: Text | None = column("ACTIVITES")


def gather(tables: tuple[tuple[Numbered, ...], ...]) -> Iterable[Unit]:
    """The rows of each member; what stands before the first name is a unit without one."""
    groups: dict[str, list[Numbered]] = {}
    name = ""
    for numbered in tables[0]:
        name = slug(numbered.row.name or "") or name
        groups.setdefault(name, []).append(numbered)
    return (Unit(tuple(rows), tuple(one.row for one in rows)) for rows in groups.values())


def to_record(rows: tuple[Row, ...]) -> Record:
    """The member, the Carrefour, and that it is a member of it.

    Raises:
        RecordFault: activities that stand under no organisation.
    """
    label = rows[0].name
    if label is None:
        raise RecordFault(
            "no organisation is named above this row", french="aucune organisation n'est nommée au-dessus"
        )
    role = Label(text="Membre du collectif", scheme="role")
    return SOURCE.record(
        slug(label),
        projects=(CARREFOUR,),
        actors=(member(label, rows),),
        participations=(Participation(actor="membre", project=CARREFOUR.node, role=role),),
    )


def member(label: str, rows: tuple[Row, ...]) -> Actor:
    """The organisation with all its activities; an acronym at the end of its name is another name."""
    name, *acronyms = with_acronym(label)
    word = TYPES.match(label)
    place = PLACES.get(slug(label))
    return Actor(
        node="membre",
        label=name,
        alternative_labels=tuple(acronyms),
        actor_type=Label(text=word.group(), scheme="actor-type") if word else None,
        places=(place,) if place else next((row.scale for row in rows if row.scale is not None), ()),
        homepage=next((row.site for row in rows if row.site), None),
        keywords=tuple(dict.fromkeys(row.activity for row in rows if row.activity)),
    )


MAPPER = Mapper(SOURCE, (Row,), to_record, gather)
