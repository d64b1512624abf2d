from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.browser.conftest import CITED, Picture
from tests.hostile.values import hostile_quads, hostile_values
from tests.support.server import served
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf, fixture_store

PAGES = (
    "/",
    "/en/",
    "/project/verger",
    "/en/project/verger",
    "/actor/clairiere",
    "/programme/terres",
    "/event/fete",
    "/participation/p4",
    "/contributor/fondation-lavande",
    "/territory/departement-99",
    "/theme/agriculture",
    "/id/record/fondation-lavande/fiche-12",
    "/contributors",
    "/contributors/quality",
    "/en/contributor/reseau-clairiere",
    "/validate",
    "/en/validate?source=ruches",
    "/about",
    "/contribute",
    "/accessibility",
    "/en/legal",
    "/methods",
    "/methods?theme=agriculture",
    "/method/co-construction",
    "/search?q=jardin&view=map",
    "/search?q=jardin&near=45.76,4.84",
    "/search?q=jardin",
    "/search?q=introuvable",
    "/sparql",
    "/sparql?query=SELECT%20*%20WHERE%20%7B%3Fs%20a%20%3Fo%7D%20LIMIT%2020",
    "/sparql?query=CONSTRUCT%20WHERE%20%7B%3Fs%20a%20%3Fo%7D%20LIMIT%202",
    "/sparql?query=oops",
    "/sparql?query=SELECT%20*%20%7BBIND(%22POINT(5%2045)%22%5E%5E%3Chttp%3A%2F%2Fwww.opengis.net%2Font%2Fgeosparql%23wktLiteral%3E%20AS%20%3Fwhere)%7D",
    "/queries",
    "/queries/first-prefixes",
    "/data",
    "/reconcile",
    "/review",
    "/network",
    "/network?tie=funding&level=departement",
    "/network/embed",
    "/en/network/embed?level=region",
    "/network?theme=inconnu",
    "/network/matrix",
    "/network/evidence?source=a001&target=a002",
    "/network/path?source=a002&target=a040",
    "/releases",
    f"/q/{CITED}",
    "/reconcile/preview?id=project/verger",
    "/shapes",
    "/search?view=map&territory=region-84",
    "/ontology",
    "/rien-ici",
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody_and_stays_at_home(page: Page, base_url: str, path: str, picture: Picture) -> None:
    """No page breaks a rule of accessibility that a machine can check, light or dark, wide or narrow; none asks another
    host for anything, breaks its own policy, or scrolls sideways on a small screen.
    """
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    kind = path if path != "/" else "home"
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(base_url + path)
    check(page)
    picture(page, f"{kind} 1440 light")
    page.emulate_media(color_scheme="dark")
    picture(page, f"{kind} 1440 dark")
    page.set_viewport_size({"width": 320, "height": 640})
    check(page)
    picture(page, f"{kind} 320 dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert [url for url in asked if not url.startswith((base_url, "data:"))] == []
    assert [text for text in said if "Content Security Policy" in text] == []


def check(page: Page) -> None:
    """Holds a page to every rule."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", ["/", "/en/project/verger", "/sparql"])
def test_the_keyboard_comes_to_the_content_first(page: Page, base_url: str, path: str) -> None:
    """The first stop of the Tab key is a link that skips the navigation, and it works."""
    page.goto(base_url + path)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_file_is_tried_without_javascript(browser: Browser, base_url: str, scheme: Literal["light", "dark"]) -> None:
    """The form brings its report, which axe finds nothing wrong with, and which fits a small screen."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{base_url}/validate?source=ruches")
    page.locator("#file").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"N,Nom\n"})
    page.get_by_role("button", name="Essayer").click()
    expect(page.locator("#verdict")).to_be_visible()
    html = page.content()
    context.close()

    seen = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 640})
    seen.goto(f"{base_url}/validate")
    seen.evaluate("html => { document.documentElement.innerHTML = html }", html)
    found = Axe().run(seen, options={"runOnly": {"type": "tag", "values": TAGS}})
    wide = seen.evaluate("document.documentElement.scrollWidth")
    seen.close()
    assert found.violations_count == 0, found.generate_report()
    assert wide <= 320


def test_a_search_from_the_home_page(page: Page, base_url: str) -> None:
    """A visitor finds a project by its name and reads who takes part in it."""
    page.goto(base_url)
    page.get_by_label("Chercher un projet, un acteur, un territoire").fill("verger")
    page.get_by_role("button", name="Rechercher").click()
    page.get_by_role("link", name="Le Verger des possibles").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le Verger des possibles")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Who takes part 4")).to_be_visible()


def test_hostile_values_do_not_run(page: Page) -> None:
    """In a browser too, no value of a record runs, asks another host, opens a dialogue or breaks the policy."""
    store = fixture_store(more=0)
    values = [value for value in hostile_values(100) if len(value) < 1000][:40]
    for number, value in enumerate(values):
        store.extend(hostile_quads(number, value))
    release = SmallRelease(store)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    with served(create_app(Settings(), SmallShelf(release), SmallRunner(release))) as address:
        page.on(
            "request", lambda request: None if request.url.startswith((address, "data:")) else said.append(request.url)
        )
        for number, value in enumerate(values):
            page.goto(f"{address}/project/h{number}")
            assert page.locator("h1").count() == 1, value
            assert page.locator("footer").count() == 1, value
    assert [] == [text for text in said if "404" not in text]


def test_targets_are_large_enough(page: Page, base_url: str) -> None:
    """Buttons and the links of the navigation are at least 44 pixels high."""
    page.goto(f"{base_url}/search?q=jardin")
    for each in page.locator("button, header nav a, .facets a, .pager a").all():
        box = each.bounding_box()
        assert box is not None
        assert box["height"] >= 44
