"""The picture of the network as its readers use it: with a mouse, by keyboard, from a link, without a script."""

import json
import re
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
COUNTS = "[data-part=counts]"


def told(base_url: str, query: str = "") -> tuple[int, int]:
    """How many actors and ties the server finds."""
    with urlopen(f"{base_url}/network.json{query}") as answer:
        network = json.load(answer)
    return len(network["nodes"]), len(network["edges"])


def drawn(page: Page) -> tuple[int, int]:
    """How many actors and ties the picture says it shows."""
    expect(page.locator(COUNTS)).to_have_text(re.compile(r"\d"))
    actors, ties = re.findall(r"\d+", page.locator(COUNTS).inner_text())[:2]
    return int(actors), int(ties)


def slide(page: Page, number: int, year: str) -> None:
    """Moves a slider of the years."""
    slider = page.locator("[data-part=years] input").nth(number)
    slider.fill(year)
    slider.dispatch_event("change")


def test_the_picture_shows_what_the_server_finds(page: Page, base_url: str) -> None:
    """Without a filter, with one, and in the years that the sliders choose, the numbers are the server's."""
    page.goto(f"{base_url}/network")
    assert drawn(page) == told(base_url)
    page.goto(f"{base_url}/network?theme=sante&tie=all&min=0.3")
    assert drawn(page) == told(base_url, "?theme=sante&tie=all&min=0.3")
    slide(page, 0, "2017")
    assert drawn(page) == told(base_url, "?theme=sante&tie=all&min=0.3&from=2017")
    slide(page, 1, "2018")
    assert drawn(page) == told(base_url, "?theme=sante&tie=all&min=0.3&from=2017&to=2018")


def test_the_years_reach_words_tables_and_address(page: Page, base_url: str) -> None:
    """When a slider is let go, the page says the same as one that is loaded at the address it then has."""
    page.goto(f"{base_url}/network")
    drawn(page)
    slide(page, 0, "2018")
    _, ties = told(base_url, "?from=2018")
    expect(page.locator("#in-words [role=status]")).to_contain_text(f"{ties} liens")
    expect(page).to_have_url(re.compile(r"[?&]from=2018"))
    expect(page.locator("#to-take a", has_text="GEXF")).to_have_attribute("href", "/network.gexf?from=2018")
    page.reload()
    assert drawn(page) == told(base_url, "?from=2018")
    expect(page.locator("[data-part=years] input").first).to_have_value("2018")


def test_by_keyboard_one_reads_card_after_card(page: Page, base_url: str) -> None:
    """The strongest actor comes first; Enter leads into its card, where the evidence is; Escape leads back."""
    page.goto(f"{base_url}/network")
    drawn(page)
    strongest = page.locator("#strongest th[scope=row] a").first.inner_text()
    page.locator("canvas").focus()
    page.keyboard.press("n")
    name = page.locator("[data-part=name]")
    expect(name).to_have_text(strongest)
    expect(page.locator("[data-part=said]")).to_have_text(strongest)
    page.keyboard.press("Enter")
    expect(name).to_be_focused()
    evidence = page.locator("[data-part=partners] a").first.get_attribute("href") or ""
    assert evidence.startswith("/network/evidence?source=")
    page.locator("canvas").focus()
    page.keyboard.press("Escape")
    expect(page.locator("[data-part=card]")).to_be_hidden()
    expect(page.locator("canvas")).to_be_focused()


def test_every_state_has_an_address(page: Page, base_url: str) -> None:
    """Who is looked at, the colours and the view come back from the address they were left at."""
    page.goto(f"{base_url}/network")
    drawn(page)
    page.locator("[data-part=colour]").select_option("region")
    page.locator("canvas").focus()
    page.keyboard.press("n")
    page.keyboard.press("+")
    page.locator("[data-does=farther]").click()
    expect(page).to_have_url(re.compile(r"focus=\w+&colour=region&view="))
    name = page.locator("[data-part=name]").inner_text()
    page.wait_for_timeout(600)
    left = page.url
    page.goto("about:blank")
    page.goto(left)
    expect(page.locator("[data-part=name]")).to_have_text(name)
    expect(page.locator("[data-part=colour]")).to_have_value("region")
    assert page.url == left


def test_a_way_is_marked(page: Page, base_url: str) -> None:
    """By way of whom: the stops are told, are in the address, and the page of ways leads to them."""
    with urlopen(f"{base_url}/network.json") as answer:
        edges = json.load(answer)["edges"]
    ends = urlencode({"source": edges[0]["source"], "target": edges[-1]["target"]})
    page.goto(f"{base_url}/network/path?{ends}")
    stops = page.locator("main [role=status]").inner_text()
    page.get_by_role("link", name=re.compile("Ce chemin dans")).click()
    expect(page.locator("[data-part=way] output")).to_have_text(stops)
    page.locator("#graph-target").fill("personne")
    page.get_by_role("button", name="Montrer le chemin").click()
    expect(page.locator("[data-part=way] output")).to_have_text(re.compile("Aucun chemin ne mène"))
    expect(page).not_to_have_url(re.compile("way="))


def test_pointing_and_dragging(page: Page, base_url: str) -> None:
    """A press on an actor opens its card; a drag moves the picture and opens none; the page still scrolls over it."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{base_url}/network")
    drawn(page)
    canvas = page.locator("canvas")
    canvas.focus()
    page.keyboard.press("n")
    name = page.locator("[data-part=name]").inner_text()
    page.keyboard.press("Escape")
    box = canvas.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(*middle)
    expect(page.locator("[data-part=name]")).to_have_text(name)
    page.locator("[data-does=close]").click()
    before = page.url
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 150, middle[1] + 60, steps=4)
    page.mouse.up()
    expect(page).not_to_have_url(before)
    assert "focus=" not in page.url


def test_without_a_script_the_drawn_map_stays(browser: Browser, base_url: str) -> None:
    """The map of territories by territories is there, and no control that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}/network")
    expect(page.locator(".drawn img")).to_be_visible()
    assert page.locator(".drawn img").evaluate("image => image.naturalWidth") > 0
    assert page.locator("canvas").count() == 0
    context.close()


def test_where_the_data_cannot_be_had_the_drawn_map_stays(page: Page, base_url: str) -> None:
    """A picture that fails leaves the page as it was."""
    page.route("**/network/drawing.json*", lambda route: route.fulfill(status=503))
    page.goto(f"{base_url}/network")
    expect(page.locator(".drawn img")).to_be_visible()
    expect(page.locator("canvas")).to_have_count(0)


@pytest.mark.parametrize("path", ["/network", "/en/network/embed"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_moving_picture(page: Page, base_url: str, path: str, scheme: str) -> None:
    """With the card of an actor open and its controls shown, no rule is broken."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(base_url + path)
    drawn(page)
    page.locator("canvas").focus()
    page.keyboard.press("n")
    page.locator(".below summary").click()
    expect(page.locator("[data-part=name]")).to_be_visible()
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert found.violations_count == 0, found.generate_report()
