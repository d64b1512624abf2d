"""Review in a real browser: without a mouse, in both languages, without a breach of accessibility."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.browser.test_pages import TAGS
from tests.support.server import served
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf, fixture_store
from tests.web.test_review import TOKEN, SmallDesk, question


@pytest.fixture
def desk() -> SmallDesk:
    """A desk with one question."""
    return SmallDesk()


@pytest.fixture
def address(desk: SmallDesk) -> Iterator[str]:
    """A server of our own that has a desk."""
    release = SmallRelease(fixture_store())
    app = create_app(Settings(admin_token=TOKEN), SmallShelf(release), SmallRunner(release), desk=desk)
    with served(app) as found:
        yield found


def sign_in(page: Page, address: str) -> None:
    """Signs in by keyboard, and waits until the question's script is there."""
    page.goto(f"{address}/review")
    page.get_by_label("Votre nom").fill("Alix")
    page.get_by_label("Jeton").fill(TOKEN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("Deux projets, ou un seul\u202f?")
    page.wait_for_load_state()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_state_of_the_page(page: Page, address: str, scheme: str) -> None:
    """The form to sign in, a refusal, a question and the end; nothing scrolls sideways on a small screen."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 320, "height": 640})

    def check() -> None:
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    page.goto(f"{address}/review")
    check()
    page.get_by_label("Votre nom").fill("Alix")
    page.get_by_label("Jeton").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    check()
    sign_in(page, address)
    check()
    page.keyboard.press("p")
    expect(page.get_by_role("link", name="Revoir ce qui a été passé")).to_be_visible()
    check()


def test_one_key_answers_where_a_button_has_the_focus(page: Page, address: str, desk: SmallDesk) -> None:
    """The first button has the focus at once; a letter typed in the reason is only a letter."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    sign_in(page, address)
    page.get_by_label("Pourquoi").press_sequentially("deux mondes")
    assert desk.kept == []
    page.get_by_role("button", name="Différents").focus()
    page.keyboard.press("d")
    expect(page.get_by_role("status")).to_be_visible()

    assert desk.kept == [(question().name, "different", "Alix", "deux mondes")]
    assert [text for text in said if "Content Security Policy" in text] == []


def test_the_page_needs_no_script(page: Page, address: str, desk: SmallDesk) -> None:
    """With scripts shut off, the buttons answer."""
    page.route("**/review.js*", lambda route: route.abort())
    sign_in(page, address)
    page.get_by_role("button", name="Même chose").click()
    expect(page.get_by_role("status")).to_be_visible()

    assert [kept[1] for kept in desk.kept] == ["same"]
