import re

import pytest

from tests.support.client import Client


@pytest.mark.parametrize("path", ["/project/verger", "/actor/clairiere"])
def test_a_page_says_whom_to_meet_and_why(client: Client, path: str) -> None:
    """The reasons stand in words: themes, audience, distance or département, and no project in common."""
    page = client.page(path)
    (first, second) = re.findall(r'<ul class="reasons">(.*?)</ul>', page)

    assert ["mêmes thèmes : agriculture et alimentation, lien social", "même public : tous", "12 km",
            "aucun projet commun"] == _items(first)  # fmt: skip
    assert "même méthode : inconnue" in _items(second)
    assert any(reason.startswith("même département : ") for reason in _items(second))
    assert "Jardin &lt;b&gt; 1" in page
    assert "no project in common" in client.page(f"/en{path}")
    assert 'id="meet"' in client.page("/about")


def test_a_territory_names_both_ends(client: Client) -> None:
    """On a territory's page each meeting names both projects."""
    page = client.page("/territory/departement-99")

    assert re.search(r'<h3><a href="/project/verger">verger</a>.*<a href="/project/jardin-1">', page)


def _items(listed: str) -> list[str]:
    return [item.replace("\u202f", " ") for item in re.findall(r"<li>(.*?)</li>", listed)]
