import pytest

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.client import Client
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf

PAGES = ("/about", "/contribute", "/accessibility", "/legal")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_there_in_both_languages(client: Client, path: str) -> None:
    """The footer leads to each page about the site, and each is there in French and English."""
    assert f'href="{path}"' in client.page("/")
    assert f'href="/en{path}"' in client.page("/en/")
    assert 'lang="fr"' in client.page(path)
    assert 'lang="en"' in client.page(f"/en{path}")


def test_what_an_operator_did_not_state_is_said_to_be_so(client: Client) -> None:
    """No name is made up: publisher, director, contact and host are not stated."""
    assert 4 == client.page("/legal").count("non renseigné")
    assert "not stated by the operator" in client.page("/en/accessibility")


def test_what_an_operator_states_is_shown(release: SmallRelease) -> None:
    """The legal page shows what the settings say, as text, and the tag of the page changes with it."""
    settings = Settings(legal_publisher="Association <b>", legal_contact="ecrire@exemple.org")
    told = Client(create_app(settings, SmallShelf(release), SmallRunner(release)))
    silent = Client(create_app(Settings(), SmallShelf(release), SmallRunner(release)))

    assert "Association &lt;b&gt;" in told.page("/legal")
    assert "ecrire@exemple.org" in told.page("/accessibility")
    assert told.get("/legal", "text/html").headers["etag"] != silent.get("/legal", "text/html").headers["etag"]


def test_no_conformity_is_claimed(client: Client) -> None:
    """Without an audit the statement of accessibility claims none, and says so at the foot of every page."""
    assert "non conforme" in client.page("/accessibility")
    assert "Accessibilité\u202f: non conforme" in client.page("/").replace(" :", "\u202f:")
