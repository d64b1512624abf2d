import json
from dataclasses import replace
from functools import cache

import pytest

from cis_graph.harvest.reading import read
from cis_graph.mappers.carrefour_membres import MAPPER, Row
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.tables import Table
from cis_graph.model.findings import Fate
from cis_graph.model.records import Actor
from cis_graph.resources import DEMONSTRATION

FACTS = DEMONSTRATION / "carrefour-membres"


@cache
def table() -> Table:
    """The bundled facts, read as a harvest reads them."""
    content = read(MAPPER.source.data[0], (FACTS / "members.csv").read_bytes())
    assert isinstance(content, Table)
    return content


@cache
def mapped() -> Mapped:
    """What the mapper makes of the bundled facts."""
    return run(MAPPER, (table(),))


def member(key: str, made: Mapped | None = None) -> Actor:
    """The member of that key."""
    return next(each for each in (made or mapped()).records if each.key == key).actors[0]


def mapped_with(*rows: dict[str, str]) -> Mapped:
    """What the mapper makes of the bundled facts after some more rows."""
    return run(MAPPER, (replace(table(), rows=(*rows, *table().rows)),))


def test_every_row_is_part_of_one_record() -> None:
    """160 rows make 61 records, one a member, and none is lost or refused."""
    assert (mapped().rows, len(mapped().records), mapped().findings) == (160, 61, ())
    assert sorted(number for each in mapped().records for number in each.rows) == list(range(1, 161))


def test_every_column_is_mapped_or_ignored_by_name() -> None:
    """No column is unknown, none is ignored that the list does not have; the nameless empty one is none."""
    assert Row.columns() | Row.ignored == set(table().columns)


def test_a_row_with_an_activity_alone_continues_the_member_above() -> None:
    """Both rows without a name stand under their organisation."""
    assert member("bretagne-creative").keywords == ("centre de ressources", "observation")
    assert member("bruded").keywords == ("accompagnement conseil", "centre de ressources", "formation")


def test_an_activity_under_no_member_is_set_aside() -> None:
    """Activities before the first name belong to nobody, and that is said."""
    made = mapped_with({"ACTIVITES": "formation"}, {"ACTIVITES": "recherche"})
    assert [(each.fate, each.rows) for each in made.findings] == [(Fate.RECORD_REJECTED, (1, 2))]
    assert [each.actors for each in made.records] == [each.actors for each in mapped().records]


def test_activities_are_told_once() -> None:
    """An activity that comes twice is one."""
    assert member("ronalpia").keywords == ("accompagnement conseil", "incubation", "mentorat")


def test_everyone_is_a_member_of_one_project() -> None:
    """Whether the site showed it yet or not, each is a member of the Carrefour."""
    assert {project.label for each in mapped().records for project in each.projects} == {
        "Carrefour des innovations sociales"
    }
    roles = [part.role.text for each in mapped().records for part in each.participations]
    assert roles == ["Membre du collectif"] * 61
    assert member("institut-godin").label == "Institut Godin"  # "en attente"


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("ademe", ["France"]),
        ("prima-terra", ["France"]),
        ("aeidl", []),
        ("ashoka", []),
        ("atis", []),
        ("alter-incub-alter-venture", []),
        ("fondation-internet-nouvelle-generation-fing", []),
        ("drjcs-hauts-de-france", ["Hauts-de-France"]),
        ("bretagne-creative", ["Bretagne"]),
        ("sceaux", ["Sceaux"]),
    ],
)
def test_a_scale_is_a_place_only_where_it_names_one(key: str, places: list[str]) -> None:
    """National is France, European is wider, regional says of no region; a name may say which."""
    assert [place.text for place in member(key).places] == places


def test_a_scale_nobody_knows_is_refused_and_said() -> None:
    """An unknown scale costs its value and not the member."""
    made = mapped_with({"MEMBRE DU COLLECTIF": "Neuve", "ECHELLE DE SON ACTION": "Galactique"})
    assert [(each.fate, each.value) for each in made.findings] == [(Fate.VALUE_REFUSED, "Galactique")]
    assert member("neuve", made).places == ()


@pytest.mark.parametrize(
    ("key", "homepage"),
    [
        ("ademe", "https://www.ademe.fr"),
        ("siilab", "https://hauts-de-france.drjscs.gouv.fr/spip.php?article1469"),
        ("la-fonda", "https://fonda.asso.fr"),
        ("fondation-cognacq-jay", "https://www.solidarum.org"),
        ("fondation-internet-nouvelle-generation-fing", None),
    ],
)
def test_a_site_without_its_scheme_is_an_address(key: str, homepage: str | None) -> None:
    """``www.ademe.fr`` is meant as an address; of two sites the first is taken."""
    assert member(key).homepage == homepage


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "www", "a b.fr", "https://u:p@x.fr", "x@y.fr", "<b>.fr"])
def test_what_is_no_site_is_refused(cell: str) -> None:
    """A scheme is added to a host, and to nothing else."""
    made = mapped_with({"MEMBRE DU COLLECTIF": "Neuve", "SITE WEB ": cell})
    assert [(each.rule, each.field) for each in made.findings] == [("valeur-refusee", "SITE WEB ")]
    assert member("neuve", made).homepage is None


def test_an_acronym_is_another_name() -> None:
    """What stands in brackets at the end of a name is another name; in its midst it is part of it."""
    dgcs = member("direction-generale-de-la-cohesion-sociale-dgcs")
    assert (dgcs.label, dgcs.alternative_labels) == ("Direction générale de la cohésion sociale", ("DGCS",))
    assert [each.actors[0].label for each in mapped().records if "(" in each.actors[0].label] == [
        "UMR Acteurs Ressources et territoires dans le développement (ARTDEV) Université Montpellier 3"
    ]


def test_no_text_and_no_person_is_taken_up() -> None:
    """Facts only: the bundled list holds no presentation, contact, account, remark or image."""
    kept = {name for row in table().rows for name, cell in row.items() if cell}
    assert kept == Row.columns() | {"PUBLICATION SUR LE SITE"}
    assert json.loads((FACTS / "snapshot.json").read_text(encoding="utf-8"))["facts_only"] is True
