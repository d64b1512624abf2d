"""From a search to a page, to an actor, to its network and back: by mouse, by keyboard, without a script, on any screen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

HEIGHTS = {320: 640, 1440: 900}
WIDTHS = pytest.mark.parametrize("width", HEIGHTS)
NAME = "Le Centsept"  # a project, and the actor that leads it
_MOST_STOPS = 150
_PATIENCE = 20_000  # milliseconds, on a busy machine

Act = Callable[[Page, Locator], None]


def by_mouse(_: Page, target: Locator) -> None:
    """A press of the button on it, where it can be seen."""
    target.click()


def by_keyboard(page: Page, target: Locator) -> None:
    """The Tab key until it is reached, and Enter; nothing on the way catches the focus."""
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"the keyboard does not come to {target}")


@contextmanager
def walker(browser: Browser, address: str, width: int, *, scripts: bool = True) -> Iterator[Page]:
    """A page at the start of the search; at its end nothing was asked of another host, and no policy broken."""
    context = browser.new_context(
        base_url=address, java_script_enabled=scripts, viewport={"width": width, "height": HEIGHTS[width]}
    )
    page, said = context.new_page(), list[str]()
    page.on("request", lambda it: None if it.url.startswith((address, "data:")) else said.append(it.url))
    page.on("console", lambda it: said.append(it.text) if "Content Security Policy" in it.text else None)
    page.goto("/search")
    yield page
    context.close()
    assert said == []


def there_and_back(page: Page, act: Act) -> None:
    """The walk: each stop is reached by what the reader sees, and left by the way back."""
    main = page.locator("main")
    page.get_by_label("Chercher un projet, un acteur, un territoire").fill("centsept")
    act(page, main.get_by_role("button", name="Rechercher"))
    stops = [
        (main.locator("a[href^='/project/']", has_text=NAME).first, NAME),
        (main.locator("section[aria-labelledby=actors]").get_by_role("link", name=NAME, exact=True).first, NAME),
        (main.get_by_role("link", name="Voir son réseau"), "Qui coopère avec qui"),
        (main.locator("#in-words").get_by_role("link", name=NAME, exact=True), NAME),
    ]
    headings = []
    for link, heading in stops:
        act(page, link)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading, timeout=_PATIENCE)
        assert page.evaluate("document.documentElement.scrollWidth") <= (page.viewport_size or {"width": 0})["width"]
        headings.append(heading)
    for heading in [*headings[-2::-1], "Rechercher"]:
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading, timeout=_PATIENCE)


@WIDTHS
@pytest.mark.parametrize("act", [by_mouse, by_keyboard])
def test_one_walks_there_and_back(browser: Browser, demonstration_url: str, width: int, act: Act) -> None:
    """With the mouse as with the keyboard alone."""
    with walker(browser, demonstration_url, width) as page:
        there_and_back(page, act)


@WIDTHS
def test_one_walks_without_a_script(browser: Browser, demonstration_url: str, width: int) -> None:
    """The same stops, in a browser that runs none."""
    with walker(browser, demonstration_url, width, scripts=False) as page:
        there_and_back(page, by_mouse)


@WIDTHS
def test_one_walks_down_the_map(browser: Browser, demonstration_url: str, width: int) -> None:
    """From the home page to a région, a département and an intercommunality by their outlines, without a script."""
    with walker(browser, demonstration_url, width, scripts=False) as page:
        page.goto("/")
        for name in ("Pays de la Loire", "Sarthe", "CU Le Mans Métropole", "Le Mans"):
            outline = page.locator(f"svg a[aria-label^='{name}, ']")
            count = (outline.get_attribute("aria-label") or "").rpartition(", ")[2]
            expect(page.locator(".places li", has_text=name).first).to_contain_text(count)
            outline.locator("path, circle").dispatch_event("click")
            expect(page.get_by_role("heading", level=1)).to_have_text(name, timeout=_PATIENCE)
