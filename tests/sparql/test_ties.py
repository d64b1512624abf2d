"""Who cooperates with whom on the real records: the demonstration's tables beside what its sources state."""

import csv
from pathlib import Path

import pytest

from cis_graph import resources
from cis_graph.model.network import NetworkFilter, Shown
from tests.conftest import Demonstration
from tests.sparql.expected import Asked

PARTNERS = {
    "AG2R La Mondiale", "ATD Quart Monde", "Bouygues Immobilier", "CAF", "CPAM", "CRESS", "Caisse d'Épargne",
    "Croix-Rouge", "Décines-Charpieu", "EDF", "Enedis", "Envie", "Grand Lyon Habitat", "Keolis",
    "Les Petits Frères des Pauvres", "LiliSmart", "Léo Lagrange", "Lyon Métropole Habitat",
    "Malakoff Médéric Humanis", "Mineka", "Mouves", "Métropole de Lyon", "Pôle emploi", "Saint-Priest", "Sanofi",
    "Veolia", "Ville de Lyon",
}  # fmt: skip
CHECKED = Path(__file__).with_name("ties-checked.csv")


def checked() -> list[dict[str, str]]:
    """Ties that were compared by hand with what their sources say, and the words found there."""
    with CHECKED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def everything(demonstration: Demonstration) -> Shown:
    """All cooperation."""
    return demonstration.release.network.shown(NetworkFilter())


def key_of(shown: Shown, label: str) -> str:
    """The key of the one actor of that name."""
    (key,) = (node.key for node in shown.nodes if node.label == label)
    return key


def named(shown: Shown) -> dict[frozenset[str], tuple[int, int]]:
    """Weight and projects of each tie by the names of its ends."""
    names = {node.key: node.label for node in shown.nodes}
    return {frozenset((names[tie.source], names[tie.target])): (tie.weight, tie.projects) for tie in shown.ties}


def test_who_works_with_whom_around_le_centsept(demonstration: Demonstration, everything: Shown) -> None:
    """The 27 partners its page names weigh 1/28 each, the foundation of its other page too, La Fonda of one lab 1."""
    around = named(demonstration.release.network.shown(NetworkFilter(actors=(key_of(everything, "Le Centsept"),))))

    assert {name for pair in around for name in pair} >= PARTNERS
    assert around[frozenset(("Le Centsept", "La Fonda"))] == (1_000_000, 1)
    assert {around[frozenset(("Le Centsept", name))] for name in PARTNERS} == {(35_714, 1)}


def test_who_is_reached_by_way_of_whom(demonstration: Demonstration, everything: Shown) -> None:
    """Le Centsept and Ronalpia have no project in common and are two steps apart."""
    way = demonstration.release.network.path(
        key_of(everything, "Le Centsept"), key_of(everything, "Ronalpia"), NetworkFilter()
    )

    assert way is not None
    assert len(way.ties) == 2


@pytest.mark.parametrize(
    "pair",
    [
        ("Ronalpia", "Chambre régionale d'économie sociale et solidaire des Pays de la Loire"),
        ("Ville de Sceaux", "Bretagne Créative"),
        ("ADEME", "Ville de Sceaux"),
    ],
)
def test_members_of_the_carrefour_are_tied(everything: Shown, pair: tuple[str, str]) -> None:
    """Two members of the Carrefour cooperate in it, with the weight of one among 82."""
    assert named(everything)[frozenset(pair)] == (12_346, 1)


def test_members_of_the_carrefour_work_across_regions(demonstration: Demonstration) -> None:
    """The five members whose région is known are ten pairs across régions."""
    shown = demonstration.release.network.shown(NetworkFilter(level="region"))
    across = {tuple(sorted((tie.source, tie.target))) for tie in shown.ties if tie.source != tie.target}

    assert {key for pair in across for key in pair} >= {"region-11", "region-32", "region-52", "region-53", "region-84"}
    assert len(across) >= 10


def test_departements_of_pays_de_la_loire_and_their_associations(demonstration: Demonstration) -> None:
    """The Sarthe and the Vendée pay associations, most at home, some in the Loire-Atlantique; no project is counted."""
    shown = demonstration.release.network.shown(NetworkFilter(tie="funding", level="departement"))
    paid = {(tie.source, tie.target): tie for tie in shown.ties}

    assert paid["departement-72", "departement-72"].grants > 3000
    assert paid["departement-85", "departement-85"].grants > 200
    assert paid["departement-72", "departement-44"].grants == 11
    assert not any(tie.projects for tie in shown.ties)


def test_a_tie_node_is_what_the_tables_say(asked: Asked, everything: Shown) -> None:
    """Each pair of two projects or more has its node in RDF, with the weight the tables give it."""
    nodes = asked.rows(
        "?one ?other ?weight { ?tie a insoc:Tie ; insoc:weight ?weight ; insoc:joins/skos:prefLabel ?one , ?other FILTER(?one < ?other) }"
    )
    repeated = {pair: weight for pair, (weight, projects) in named(everything).items() if projects > 1}

    assert repeated
    assert {frozenset((one, other)): round(float(weight) * 1e6) for one, other, weight in nodes} == repeated


@pytest.mark.parametrize("row", checked(), ids=lambda row: f"{row['one']}, {row['other']}")
def test_a_tie_is_what_its_source_says(demonstration: Demonstration, row: dict[str, str]) -> None:
    """Each tie that was checked by hand stands with its weight, its projects, and words of the source behind it."""
    network = demonstration.release.network
    shown = network.shown(NetworkFilter(tie="funding" if row["tie"] == "funding" else "cooperation"))
    one, other = key_of(shown, row["one"]), key_of(shown, row["other"])
    (tie,) = (tie for tie in shown.ties if {tie.source, tie.target} == {one, other})

    assert tie.weight == round(float(row["weight"]) * 1e6)
    assert tie.projects + tie.grants == int(row["count"]) == len(network.evidence(one, other, shown.asked))
    assert row["words"] in (resources.DEMONSTRATION / row["file"]).read_text(encoding="utf-8", errors="replace")
