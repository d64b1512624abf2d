import gc
import time

import pytest

from cis_graph.model.places import Coordinates, Level, Place, PlaceStatus
from cis_graph.territories.resolver import Resolver


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("69007 Lyon", "commune-69387"),
        ("Lyon 69007", "commune-69387"),
        ("107 rue de Marseille, 69007 Lyon, France", "commune-69387"),
        ("75011 Paris", "commune-75111"),
        ("Paris XIe", "commune-75111"),
        ("28700 Auneau", "commune-28015"),
        ("91000 Evry", "commune-91228"),
        ("69150 Décines-Charpi", "commune-69275"),
        ("92100 Billancourt", "commune-92012"),
        ("67003 Strasbourg", "commune-67482"),
        ("69372 Lyon Cedex 08", "commune-69388"),
        ("Rhône Alpes", "region-82"),
        ("Auvergne-Rhône-Alpes", "region-84"),
        ("Decines", "commune-69275"),
        ("Métropole de Lyon", "epci-200046977"),
        ("Ville de Lyon", "commune-69123"),
        ("Département 2A", "departement-2A"),
        ("Région Lorraine", "region-41"),
        ("dans le Rhône", "departement-69"),
        ("Saint Priest 69", "commune-69290"),
        ("Vienne, Isère", "commune-38544"),
        ("Villeurbane, Rhône", "commune-69266"),
        ("2A004", "commune-2A004"),
        ("France", "pays-fr"),
        ("Paris", "commune-75056"),
        ("Ã‰vry", "commune-91228"),
        ("Marseille (13)", "commune-13055"),
        ("Place d'Italie, Paris", "commune-75056"),
        ("Auvergne-Rhône-Alpes, France, Europe", "region-84"),
        ("Grenoble Cedex 9", "commune-38185"),
        ("Fontenay s/s Bois", "commune-94033"),
        ("Agglomération de Niort", "epci-200041317"),
        ("55110 Regnéville", "commune-55422"),
        ("200046977", "epci-200046977"),
    ],
)
def test_found(resolver: Resolver, text: str, territory: str) -> None:
    """Each way of writing leads to its territory."""
    answer = resolver.resolve(Place(text=text))
    assert (PlaceStatus.FOUND, territory) == (answer.status, answer.territory)


@pytest.mark.parametrize(
    ("text", "level", "departement", "territory"),
    [
        ("Saint Priest", None, "69", "commune-69290"),
        ("Saint Priest", None, "23", "commune-23234"),
        ("Strasbourg", None, "67", "commune-67482"),
        ("Vienne", "commune", None, "commune-38544"),
        ("Vienne", None, "38", "commune-38544"),
        ("La Réunion", "departement", None, "departement-974"),
        ("84", "region", None, "region-84"),
        ("84", None, None, "departement-84"),
        ("Rhône-Alpes", "region", None, "region-82"),
        ("Saint-Denis", None, "974", "commune-97411"),
        ("Paris", None, "69", "commune-75056"),
        ("Bourg", None, "1", "commune-01053"),
    ],
)
def test_hints(resolver: Resolver, text: str, level: Level | None, departement: str | None, territory: str) -> None:
    """The level of a source's column and the record's département decide between namesakes."""
    answer = resolver.resolve(Place(text=text, level=level, departement=departement))
    assert territory == answer.territory


@pytest.mark.parametrize(
    "text",
    [
        "Sainte-Marie",
        "Saint-Sauveur",
        "Saint-Denis",
        "Montréal",
        "Lyon, Paris",
        "Quimper et Brest",
        "Marseille 13",
        "44000 Lyon",
        "Grenade",
        "Neuilly",
    ],
)
def test_ambiguous(resolver: Resolver, text: str) -> None:
    """Where several places are as likely, no territory is given and the candidates are."""
    answer = resolver.resolve(Place(text=text))
    assert (answer.status, answer.territory, answer.code, answer.name) == (PlaceStatus.AMBIGUOUS, None, None, None)
    assert len(answer.candidates) >= 2
    assert answer.confidence < 0.7


@pytest.mark.parametrize(
    "text",
    [
        "Bruxelles, Belgique",
        "Vienne, Autriche",
        "Genève Suisse",
        "Barcelone",
        "Dakar",
        "Québec",
        "Europe",
        "Xqzwkj",
        "Inconnu",
    ],
)
def test_unknown(resolver: Resolver, text: str) -> None:
    """A place abroad, or no place at all, is no French territory."""
    answer = resolver.resolve(Place(text=text))
    assert (answer.status, answer.territory, answer.candidates) == (PlaceStatus.UNKNOWN, None, ())


def test_whole_answer(resolver: Resolver) -> None:
    """A found place comes with level, code and name, a former région as such."""
    answer = resolver.resolve(Place(text="Rhône Alpes"))
    assert (answer.level, answer.code, answer.name) == ("ancienne-region", "82", "Rhône-Alpes")
    country = resolver.resolve(Place(text="Outre-mer"))
    assert (country.level, country.code, country.name) == ("pays", "OM", "Outre-mer")


def test_otherwise_is_left_to_the_caller(resolver: Resolver) -> None:
    """The less precise place of a record is not looked at."""
    place = Place(text="Xqzwkj", otherwise=Place(text="Lyon"))
    assert resolver.resolve(place).status == PlaceStatus.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\x00\x01\x02",
        "\u202e",
        "-",
        "()",
        ",,,;;;",
        "a" * 100_000,
        "Lyon, " * 20_000,
        "(" * 100_000,
        "0",
        "00000",
        "999999999999",
        "12345678901234567890",
        "\ud800",
        "😀",
        "ليون",
        "'; DROP TABLE territories; --",
        "1" * 299,
        "a " * 149,
        "saint " * 49,
    ],
)
def test_hostile_text(resolver: Resolver, text: str) -> None:
    """Nothing, noise and floods name no territory, and are told so quickly."""
    start = time.process_time()
    answer = resolver.resolve(Place(text=text, departement=text[:50]))
    assert answer.territory is None
    assert time.process_time() - start < 0.5


def test_marks_inside_a_name(resolver: Resolver) -> None:
    """Control and direction marks around a name do not hide it."""
    assert resolver.resolve(Place(text="\u202b\x00Lyon\u202c\ufeff")).territory == "commune-69123"


@pytest.mark.parametrize(
    ("latitude", "longitude", "departement"),
    [
        (45.75, 4.84, "69"),
        (48.857, 2.35, "75"),
        (4.93, -52.31, "973"),
        (-21.1, 55.5, "974"),
        (41.92, 8.74, "2A"),
        (46.2044, 6.1432, None),
        (0.0, 0.0, None),
        (90.0, 0.0, None),
        (91.0, 0.0, None),
        (float("nan"), 2.0, None),
        (45.0, float("inf"), None),
    ],
)
def test_departement_of(resolver: Resolver, latitude: float, longitude: float, departement: str | None) -> None:
    """A point well inside a département lies in it; at a border, at sea or off the globe nothing is said."""
    assert departement == resolver.departement_of(Coordinates(latitude=latitude, longitude=longitude))


def test_nothing_is_left_that_only_a_collection_frees(resolver: Resolver) -> None:
    """A build looks for cycles among what is young alone: what they hold would be held to its end."""
    resolver.resolve(Place(text="Villeurbanqe"))
    gc.collect()
    gc.disable()
    try:
        resolver.resolve(Place(text="Villeurbanke"))
        assert gc.collect() == 0
    finally:
        gc.enable()
