"""SUSY: initiatives of the social and solidarity economy in Europe, as the map of TransforMap had them in 2018.

One record an initiative, an actor. Its place is told where it is in France: abroad no territory is known here, and a
point without a country is not taken for a French one. An initiative that comes twice stays two records. Whoever entered
one could tag it freely: those tags are ignored by name, a new one is noticed.
"""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BeforeValidator, InstanceOf

from cis_graph.errors import ValueFault
from cis_graph.mapping.names import slug
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import JsonFile
from cis_graph.mapping.values import Listed, Site, Text, WebAddress, degrees
from cis_graph.model.dates import StatedDate
from cis_graph.model.places import Coordinates, Place
from cis_graph.model.records import Actor, Record

SOURCE = Source(
    slug="susy",
    contributor="susy",
    title="SUSY \N{EN DASH} TransforMap",
    homepage="https://transformap.co/",
    licence="https://creativecommons.org/publicdomain/mark/1.0/",
    data=(JsonFile(name="initiatives.geojson", records=("features",)),),
    at_least=50,
    note_fr="Carte du projet européen SUSY, état de 2018, versée au domaine public et republiée par "
    "DigitalCommons/open-data-and-maps. Les faits seuls sont repris, et dans la démonstration ceux des 55 fiches "
    "françaises sur 1 794. Les adresses des fiches sont celles de 2018.",
    note_en="Map of the European project SUSY as of 2018, in the public domain, republished by "
    "DigitalCommons/open-data-and-maps. Facts only, in the demonstration those of the 55 French records of 1,794. "
    "The records' addresses are those of 2018.",
)

FRANCE = frozenset({"fr", "france", "frace"})
FREE_TAGS = """
    ASIAN; Associação; BIRTH; BME; Childcare; ENERGY; ENVIRONMENT; ESOL; ETHICAL; FAMILIES; FOOD; FOREST SCHOOLS;
    HOUSING; IT; Language; Organic; PERI-NATAL SUPPORT; PERSONAL DEVELOPMENT; PREGNANCY; Peace; SEN; TRAINING; WOMEN;
    WOMEN'S HEALTH; a; advice; amenity; art; articole promotionale; arts; arts projects; asylum seeker; asylum
    seekers; autism; biodegradeable; bookkeeping; building; business; business_incubators; c; charity shop; children;
    choir; clothing; club; community; community building; community garden; community_group; computer store; consumer;
    cooperative; corporate; craft; dance; dementia; descripiton:de; description:bg; description:cs; description:de;
    description:es; description:fi; description:fr; description:gr; description:hr; description:hu; description:it;
    description:pl; description:ro; description_de; desription:de; disability; disabled; education; educational;
    employment; energy; environment; environmental; equality; ethical; fair-trade; fair-trade chocolate; farm_shop;
    film; food; food waste; foodpurchasing_combine; free bikes; free-keywords; free_keywords1; free_keywords2;
    free_tags; garden:type; girls; graphic and web design studio; health; homelessness; identity; image:author;
    image:credit; image:license; immigrant; immigrants; immigration; interaction; intercultural; landscape; landscape
    gardens; landuse; learning disability; leisure; library; luteranie; massage center; mental health; military;
    music; office; old peoples homes; opening_hours:url; organic; organic gardening; osm; other_communities;
    partnership; payment:none; periods; photography; places; provides; recycling; refugee; refugees; regional;
    rehabilitation; renew; renewable; sailing; sanitary pads; sensory; shop; social; social cooperative; social
    inclusion; social_facility; social_incubators; squatted; sustainable; tourism; training; used_goods; vegan; video;
    volunteering; waste; waste_awareness; water; wellbeing; women; woodland; workshop for manufacture or repair of
    goods; wspólnota; wspólnoty; youth
"""


def day(text: str) -> StatedDate:
    """The day of a time in milliseconds since 1970.

    Raises:
        ValueFault: no such number, or a time beyond the calendar.
    """
    try:
        return StatedDate.parse(datetime.fromtimestamp(int(text) / 1000, UTC).date().isoformat())
    except (ValueError, OverflowError, OSError):
        raise ValueFault(
            f'"{text}" is no time in milliseconds', french=f"« {text} » n'est pas une date en millisecondes"
        ) from None


def point(text: str) -> Coordinates:
    """The point of a GeoJSON position, longitude first.

    Raises:
        ValueFault: no two numbers, or no latitude.
    """
    longitude, mark, latitude = text.partition(";")
    if not mark or abs(degrees(latitude)) > 90:  # noqa: PLR2004 - the range of latitudes
        raise ValueFault(f'"{text}" is no position', french=f"« {text} » n'est pas une position")
    return Coordinates(latitude=degrees(latitude), longitude=degrees(longitude))


Day = Annotated[InstanceOf[StatedDate], BeforeValidator(day)]
Point = Annotated[InstanceOf[Coordinates], BeforeValidator(point)]


class Row(SourceRow):
    """One feature of the map."""

    optional = frozenset({"properties.website", "properties.contact:website"})
    ignored = frozenset(
        {"type", "geometry.type"}
        | {f"properties.{name}" for name in ("SSEDAS_PARTNER", "_version", "description", "image", "POI_TYPE")}
        | {f"properties.{name}" for name in ("addr:street", "addr:housenumber", "addr:housename", "opening_hours")}
        | {f"properties.{name}" for name in ("contact:email", "contact:phone", "free_keywords")}
        | {f"properties.{' '.join(tag.split())}" for tag in FREE_TAGS.split(";")}
    )

    key: Text = column("properties._id")
    name: Text = column("properties.name")
    page: WebAddress | None = column("properties._uri")
    created: Day | None = column("properties._created")
    modified: Day | None = column("properties._timestamp")
    types: Listed | None = column("properties.type_of_initiative")
    city: Text | None = column("properties.addr:city")
    postcode: Text | None = column("properties.addr:postcode")
    country: Text | None = column("properties.addr:country")
    site: Site | None = column("properties.website")
    contact_site: Site | None = column("properties.contact:website")
    point: Point | None = column("geometry.coordinates")


def to_record(row: Row) -> Record:
    """The initiative, an actor; in France with its place."""
    is_french = slug(row.country or "") in FRANCE
    town = " ".join(part for part in (row.postcode, row.city) if part)
    initiative = Actor(
        node="initiative",
        label=row.name,
        places=(Place(text=town),) if is_french and town else (),
        coordinates=(row.point,) if is_french and row.point else (),
        homepage=row.site or row.contact_site,
        keywords=row.types or (),
    )
    return SOURCE.record(row.key, page=row.page, issued=row.created, modified=row.modified, actors=(initiative,))


MAPPER = Mapper(SOURCE, (Row,), to_record)
