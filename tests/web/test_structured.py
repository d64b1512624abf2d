import json
import re

import pyoxigraph as ox
import pytest

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import BASE, SmallRelease, SmallRunner, SmallShelf, fixture_store


def structured(page: str) -> list[dict[str, object]]:
    """The graph of the one JSON-LD block of a page."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found: dict[str, list[dict[str, object]]] = json.loads(text)
    assert "https://schema.org" == found["@context"]  # type: ignore[comparison-overlap]
    return found["@graph"]


@pytest.mark.parametrize(
    ("path", "type_"),
    [("/project/verger", "Project"), ("/actor/clairiere", "Organization"), ("/event/fete", "Event"),
     ("/territory/departement-99", "AdministrativeArea"), ("/theme/agriculture", "DefinedTerm"),
     ("/programme/terres", "FundingScheme"), ("/contributor/fondation-lavande", "Organization")],
)  # fmt: skip
def test_a_page_tells_search_engines_what_it_is_about(client: Client, path: str, type_: str) -> None:
    """The block names the entity by its IRI and ends the trail with it."""
    about, trail = structured(client.page(path))
    items = trail["itemListElement"]

    assert (type_, "BreadcrumbList") == (about["@type"], trail["@type"])
    assert about["@id"].endswith(path)  # type: ignore[attr-defined]
    assert isinstance(items, list)
    assert ("http://testserver/", about["@id"]) == (items[0]["item"], items[-1]["item"])


def test_the_trail_of_a_page_leads_home(client: Client) -> None:
    """The breadcrumb leads to the home page and to all projects, in the page's language."""
    page = client.page("/en/project/verger")
    (crumbs,) = re.findall(r'<ol class="crumbs">(.*?)</ol>', page, re.DOTALL)

    assert ["/en", "/en/search?kind=project"] == re.findall(r'href="([^"]+)"', crumbs)
    assert 'property="og:locale" content="en_GB"' in page
    assert 'property="og:url" content="http://testserver/en/project/verger"' in page


def test_no_value_ends_the_block() -> None:
    """A name with the end of a script in it stays inside the block."""
    store = fixture_store()
    hostile = "</script><script>alert(1)</script><!--"
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    project = ox.NamedNode(f"{BASE}id/project/jardin-1")
    store.remove(next(iter(store.quads_for_pattern(project, label, None))))
    store.add(ox.Quad(project, label, ox.Literal(hostile, language="fr")))
    release = SmallRelease(store)
    page = Client(create_app(Settings(), SmallShelf(release), SmallRunner(release))).page("/project/jardin-1")

    assert hostile == structured(page)[0]["name"]
    assert "<script>alert" not in page
