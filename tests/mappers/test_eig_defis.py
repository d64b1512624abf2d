import json
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from cis_graph.harvest.reading import read
from cis_graph.mappers.eig_defis import MAPPER, Row, administrations
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.tables import Table
from cis_graph.model.findings import Fate
from cis_graph.model.records import Record
from cis_graph.resources import CURATION, DEMONSTRATION

FACTS = DEMONSTRATION / "eig-defis"


@cache
def table() -> Table:
    """The bundled facts, read as a harvest reads them."""
    content = read(MAPPER.source.data[0], (FACTS / "defis.yml").read_bytes())
    assert isinstance(content, Table)
    return content


@cache
def mapped() -> Mapped:
    """What the mapper makes of the bundled facts."""
    return run(MAPPER, (table(),))


def record(key: str) -> Record:
    """The record of that key."""
    return next(each for each in mapped().records if each.key == key)


def test_every_challenge_is_a_record() -> None:
    """71 challenges make 71 records, one a row; one address of an administration is refused."""
    assert (mapped().rows, len(mapped().records)) == (71, 71)
    assert [each.rows for each in mapped().records] == [(number,) for number in range(1, 72)]
    assert [(each.fate, each.rows, each.value) for each in mapped().findings] == [
        (Fate.VALUE_REFUSED, (54,), "hhttp://www.enseignementsup-recherche.gouv.fr/")
    ]


def test_every_column_is_mapped_or_ignored_by_name() -> None:
    """No field of the bundled challenges is unknown."""
    assert Row.columns() - Row.optional <= set(table().columns) <= Row.columns() | Row.ignored


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Services du Premier Ministre, Commissariat général à l'égalité des territoires, Carrefour",
            ("Services du Premier Ministre", "Commissariat général à l'égalité des territoires", "Carrefour"),
        ),
        (
            "Ministère de la santé, Direction de la recherche, des études, de l'évaluation et des statistiques",
            ("Ministère de la santé", "Direction de la recherche, des études, de l'évaluation et des statistiques"),
        ),
        ("Programme VITAM - Programme interministériel", ("Programme VITAM - Programme interministériel",)),
        ("Institut - Ministère des Armées", ("Institut", "Ministère des Armées")),
        (
            "Ministère de l'Economie, direction générale des entreprises et DIRECCTE Bourgogne",
            ("Ministère de l'Economie", "Direction générale des entreprises", "DIRECCTE Bourgogne"),
        ),
        ("Institut national de la statistique et des études économiques",) * 2,
        ("Direction interministérielle du numérique (DINUM),", ("Direction interministérielle du numérique (DINUM)",)),
        ("Département, Département", ("Département",)),
        (",", ()),
    ],
)
def test_administrations_in_one_text_are_told_apart(text: str, names: tuple[str, ...] | str) -> None:
    """A comma parts two administrations, but for the commas within a name."""
    assert administrations(text) == ((names,) if isinstance(names, str) else names)


def test_names_with_commas_are_these() -> None:
    """Read against all 71: three names have commas of their own, and none begins amid a name."""
    labels = {actor.label for each in mapped().records for actor in each.actors}
    assert {
        label.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split(",")[0] for label in labels if "," in label
    } == {
        "Direction de la recherche",
        "Direction générale de la concurrence",
        "Ministère de l'Enseignement Supérieur",
        "Ministère de l'Enseignement supérieur",
    }
    assert not [label for label in labels if not label[0].isupper() or len(label) < 6]


def test_every_challenge_is_held_and_belongs_to_a_promotion() -> None:
    """Each has its administrations as holders, from its year on, under its promotion."""
    holders = Counter(len(each.participations) for each in mapped().records)
    assert holders == {1: 47, 2: 19, 3: 5}
    promotions = Counter(each.programmes[0].label for each in mapped().records)
    assert promotions == {
        "Entrepreneurs d'intérêt général, promotion 1": 9,
        "Entrepreneurs d'intérêt général, promotion 2": 13,
        "Entrepreneurs d'intérêt général, promotion 3": 15,
        "Entrepreneurs d'intérêt général, promotion 4": 17,
        "Designers d'intérêt général, promotion 2019": 17,
    }


def test_an_end_is_not_told() -> None:
    """A year and a number of months without the first month give no end."""
    one = record("social-connect").projects[0]
    assert one.started is not None
    assert (one.started.text, one.ended) == ("2018", None)


def test_the_carrefour_is_among_them() -> None:
    """Social Connect is held by three, one of them the Carrefour, and a person said that it is the Carrefour."""
    one = record("social-connect")
    assert [actor.node for actor in one.actors] == [
        "services-du-premier-ministre",
        "commissariat-general-a-l-egalite-des-territoires",
        "carrefour-des-innovations-sociales",
        "eig",
    ]
    assert one.page == "https://entrepreneur-interet-general.etalab.gouv.fr/defis/2018/socialconnect.html"
    decisions = (CURATION / "decisions.sssom.tsv").read_text(encoding="utf-8")
    assert "eig/social-connect#project\tskos:exactMatch\tcarrefour-des-innovations-sociales/" in decisions


def test_a_town_is_the_projects_and_the_state_acts_for_france() -> None:
    """The team's town places the challenge; an administration of a region is placed there or nowhere."""
    assert [place.text for place in record("adex").projects[0].places] == ["Saint-Denis (93200)"]
    assert [place.text for place in record("adex").actors[0].places] == ["France"]
    assert record("proxirh").actors[0].places == ()
    assert [place.text for place in record("signaux-faibles").actors[2].places] == ["Bourgogne-Franche-Comté"]


def test_a_description_is_taken_where_it_is_handed_over() -> None:
    """The licence is open: a challenge with its sentence is published with it; the bundled facts have none."""
    described = {**table().rows[0], "description": "Une phrase."}
    content = replace(table(), columns=(*table().columns, "description"), rows=(described, *table().rows[1:]))
    assert run(MAPPER, (content,)).records[0].projects[0].description == "Une phrase."
    assert {each.projects[0].description for each in mapped().records} == {None}
    assert json.loads((FACTS / "snapshot.json").read_text(encoding="utf-8"))["facts_only"] is True
