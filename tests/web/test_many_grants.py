"""The page of an actor with many grants, told of by as many records."""

import re

import pyoxigraph as ox
import pytest

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import BASE, SmallRelease, SmallRunner, SmallShelf

_PREFIXES = """
PREFIX insoc: <https://w3id.org/insoc/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX role: <https://w3id.org/insoc/concept/role/>
"""


@pytest.fixture
def client() -> Client:
    """Sixty grants of 1 to 59 euros and one without an amount; each is a record of its own."""
    actor, teller = f"<{BASE}id/actor/mecene>", f"<{BASE}id/contributor/bocage>"
    lines = [
        f'{actor} a insoc:Actor ; skos:prefLabel "Mécène"@fr .',
        f'{teller} a insoc:Contributor ; skos:prefLabel "Bocage"@fr , "Hedges"@en .',
        'role:financeur a skos:Concept ; skos:prefLabel "Financeur"@fr , "Funder"@en .',
    ]
    for number in range(60):
        grant, tie, record = (
            f"<{BASE}id/{kind}-{number}>" for kind in ("project/g", "participation/p", "record/bocage/r")
        )
        amount = f" ; insoc:amount {number}.0" if number else ""
        lines += [
            f'{grant} insoc:kind <urn:grant> ; skos:prefLabel "Subvention {number}"@fr .',
            f"{tie} insoc:actor {actor} ; insoc:project {grant} ; insoc:role role:financeur{amount} .",
            f"{actor} prov:wasDerivedFrom {record} . {record} prov:wasAttributedTo {teller} .",
        ]
    store = ox.Store()
    store.load((_PREFIXES + "\n".join(lines)).encode(), format=ox.RdfFormat.TURTLE)
    release = SmallRelease(store)
    return Client(create_app(Settings(), SmallShelf(release), SmallRunner(release)))


@pytest.fixture
def page(client: Client) -> str:
    """The page of their giver."""
    return client.page("/actor/mecene")


def grants(page: str) -> list[int]:
    """The grants of a page, in its order."""
    return [int(number) for number in re.findall(r"Subvention ([0-9]+)", page)]


def test_all_grants_are_counted_and_the_largest_come_first(page: str) -> None:
    """Sixty are counted and summed, the fifty largest shown in their order."""
    assert list(range(59, 9, -1)) == grants(page)
    assert re.search(r'Financeur\s*<span class="count">60</span>', page)
    assert re.search(r"1\s770", page)


def test_every_grant_is_reached_by_links_alone(client: Client, page: str) -> None:
    """The page says which of how many it shows and leads to the next, without a script; one beyond the last is it."""
    (following,) = re.findall(r'<a rel="next" href="([^"]+)"', page)
    second = client.page(following)

    assert following == "/actor/mecene?page=2"
    assert list(range(9, -1, -1)) == grants(second)
    assert ("1 à 50" in page, "51 à 60" in second, "Page 2 sur 2" in second) == (True, True, True)
    assert re.findall(r'<a rel="(\w+)" href="([^"]+)"', second)[-1] == ("prev", "/actor/mecene?page=1")
    assert grants(client.page("/actor/mecene?page=7")) == grants(second)


def test_all_records_are_counted_and_twelve_shown(page: str) -> None:
    """A contributor with two names is counted once."""
    assert "Cette page réunit 60 fiches" in page
    assert 12 == page.count("Fiche «")
    assert "et 48 autres" in page
