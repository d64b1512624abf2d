"""Quality on pages: of one contributor, over releases, and side by side."""

import pytest

from tests.support.client import Client


@pytest.mark.parametrize(
    ("path", "words"), [("", ("60", "Trouver", "au moins deux acteurs")), ("/en", ("60", "Finding", "two actors"))]
)
def test_a_contributor_reads_its_quality_and_how_to_climb(client: Client, path: str, words: tuple[str, ...]) -> None:
    """Score, dimensions, what is lacking, and how it was before."""
    page = client.page(f"{path}/contributor/reseau-clairiere")

    assert [word for word in words if word not in page] == []
    assert '<td class="n">50' in page


def test_contributors_stand_side_by_side(client: Client) -> None:
    """Each with its own page, in one table."""
    page = client.page("/contributors/quality")

    assert 'href="/contributor/reseau-clairiere"' in page
    assert "/ 30" in page
