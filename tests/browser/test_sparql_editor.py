"""The editor of /sparql: what scripts add to a form that works alone."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

SELECT = "SELECT ?project ?name WHERE {\n  ?project <http://www.w3.org/2004/02/skos/core#prefLabel> ?name\n} LIMIT 3"
MODULE = "/static/sparql/statement.js"


def opened(page: Page, address: str) -> None:
    """Opens the page and waits for its editor."""
    page.goto(address)
    expect(page.locator(".cm-content")).to_be_visible()


def written(page: Page) -> str:
    """The text that the form would send."""
    return page.locator("#query").input_value()


def rewrite(page: Page, text: str) -> None:
    """Replaces the text of the editor, as somebody would who types without pairs of brackets."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def test_what_is_typed_is_asked(page: Page, base_url: str) -> None:
    """A query written in the editor is sent by Ctrl+Enter; its answer is a table with links to pages, and downloads."""
    opened(page, f"{base_url}/sparql")
    rewrite(page, SELECT)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/sparql?query=*")

    expect(page.locator("#answer table tbody tr")).to_have_count(3)
    assert (page.locator("#answer tbody a").first.get_attribute("href") or "").startswith("/")
    expect(page.locator("#answer a[rel=nofollow]")).to_have_count(4)
    assert written(page) == SELECT


def test_the_tab_key_is_not_trapped(page: Page, base_url: str) -> None:
    """From the editor the Tab key goes on to the button, and back."""
    opened(page, f"{base_url}/sparql")
    page.locator(".cm-content").click()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Lancer la requête")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".cm-content")).to_be_focused()


def test_a_class_is_completed_with_its_prefix(page: Page, base_url: str) -> None:
    """After ``a`` a class is found by its French name; its prefix is declared with it."""
    opened(page, f"{base_url}/sparql")
    rewrite(page, "SELECT * WHERE { ?who a ")
    page.keyboard.type("acteur", delay=30)
    first = page.locator(".cm-tooltip-autocomplete li").first
    expect(first).to_contain_text("insoc:Actor")
    expect(first).to_contain_text("acteur")
    page.wait_for_timeout(150)  # a completion that has just appeared takes no key yet
    page.keyboard.press("Enter")

    assert written(page) == "PREFIX insoc: <https://w3id.org/insoc/ontology#>\nSELECT * WHERE { ?who a insoc:Actor"


def test_the_properties_of_the_class_come_first(page: Page, base_url: str) -> None:
    """Of an actor, its SIREN is offered before what only projects have, though that is in use more often."""
    opened(page, f"{base_url}/sparql")
    rewrite(page, "PREFIX insoc: <https://w3id.org/insoc/ontology#>\nSELECT * WHERE { ?who a insoc:Actor ; ")
    page.keyboard.press("Control+Space")
    offered = page.locator(".cm-tooltip-autocomplete li")
    expect(offered.nth(1)).to_contain_text("insoc:siren")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_offered_breaks_no_rule(page: Page, base_url: str, scheme: str) -> None:
    """The list of completions passes what a machine can check of accessibility, in light and dark."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page, f"{base_url}/en/sparql")
    rewrite(
        page, "# a comment\nSELECT ?n (COUNT(*) AS ?many) { ?s a <urn:c> ; <urn:p> 'text'@fr , 3 . FILTER(?n > 1.5) ?s "
    )
    page.keyboard.press("Control+Space")
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_be_visible()
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "best-practice"]}})
    assert [violation["id"] for violation in found.response["violations"]] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ", ["subject", "", ""]),
        ("SELECT * { ?s ", ["predicate", "?s", ""]),
        ("SELECT * { ?s a ", ["object", "?s", "a"]),
        ("SELECT * { ?s a x:C ; ", ["predicate", "?s", "a"]),
        ("SELECT * { ?s a x:C , ", ["object", "?s", "a"]),
        ("SELECT * { ?s a x:C . FILTER(?s > 3) ", ["subject", "?s", "a"]),
        ("SELECT * { ?s x:p/", ["predicate", "?s", "x:p"]),
        ("SELECT * { ?s x:p [ ", ["predicate", "", ""]),
        ("SELECT * { ?s x:p 'a ; b' ; ", ["predicate", "?s", "x:p"]),
        ("SELECT * { ?s <http://e.org/a#b> ", ["object", "?s", "<http://e.org/a#b>"]),
        ("SELECT * { ?s ?p ?o # a comment", ["comment", "?s", "?p"]),
        ("SELECT * { ?s ?p 'a text", ["comment", "?s", "?p"]),
    ],
)
def test_where_a_place_stands(page: Page, base_url: str, text: str, expected: list[str]) -> None:
    """What a query expects at its end is told from its tokens: strings, comments and paths do not mislead."""
    page.goto(f"{base_url}/sparql")
    script = f"text => import('{MODULE}').then(module => module.statementAt(text, text.length))"
    found: dict[str, Any] = page.evaluate(script, text)

    assert expected == [found["expected"], found["subject"], found["predicate"]]


def test_an_error_is_marked_at_its_place(page: Page, base_url: str) -> None:
    """The word at which the parser stopped is marked in the editor, and told above it."""
    opened(page, f"{base_url}/sparql?query={quote('SELECT * {' + chr(10) + '  ?s ?p }')}")
    expect(page.locator(".cm-lintRange-error")).to_have_text("}")
    expect(page.get_by_role("alert")).to_contain_text("Ligne 2")


def test_tabs_are_kept_in_this_browser(page: Page, base_url: str) -> None:
    """A second query leaves the first as it was; both are there after a visit elsewhere; closing one leaves the other."""
    opened(page, f"{base_url}/sparql")
    rewrite(page, "# premier\nASK {}")
    page.get_by_role("button", name="Nouvelle requête").click()
    rewrite(page, "# second\nASK {}")
    page.goto(f"{base_url}/data")
    opened(page, f"{base_url}/sparql")

    expect(page.get_by_role("tab")).to_have_text(["premier", "second"])
    assert written(page) == "# second\nASK {}"
    page.get_by_role("tab", name="second").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="premier")).to_be_focused()
    assert written(page) == "# premier\nASK {}"
    page.get_by_role("button", name="Fermer celle-ci").click()
    expect(page.get_by_role("tab")).to_have_text(["second"])


def test_an_answer_stands_under_its_own_query(page: Page, base_url: str) -> None:
    """Another tab hides the answer, and its own shows it again; an example opens in a tab of its own."""
    opened(page, f"{base_url}/sparql?query={quote(SELECT)}")
    expect(page.locator("#answer table")).to_be_visible()
    page.get_by_role("button", name="Nouvelle requête").click()
    expect(page.locator("#answer")).to_be_hidden()
    page.get_by_role("tab").first.click()
    expect(page.locator("#answer table")).to_be_visible()
    page.locator(".examples a").first.click()
    expect(page.get_by_role("tab")).to_have_count(2)


@pytest.mark.parametrize(
    "kept", ["{", "null", '{"texts":[1],"active":0}', '{"texts":["a"],"active":7}', '{"texts":[]}']
)
def test_what_is_kept_wrongly_is_left(page: Page, base_url: str, kept: str) -> None:
    """A storage that holds something else breaks nothing."""
    page.goto(f"{base_url}/data")
    page.evaluate("text => localStorage.setItem('carrefour.sparql.queries', text)", kept)
    opened(page, f"{base_url}/sparql")

    expect(page.get_by_role("tab")).to_have_count(1)
    assert written(page) == ""


def test_a_form_without_scripts_does_it_all(browser: Browser, base_url: str) -> None:
    """Where no script runs, the text field, the table, the mark of an error, the examples and downloads are there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}/sparql")
    page.get_by_label("Requête", exact=True).fill(SELECT)
    page.get_by_role("button", name="Lancer la requête").click()
    expect(page.locator("table tbody tr")).to_have_count(3)
    page.get_by_label("Requête", exact=True).fill("oops")
    page.get_by_role("button", name="Lancer la requête").click()
    expect(page.locator("mark")).to_have_text("oops")
    page.locator(".examples a").first.click()
    assert "SELECT" in written(page)
    context.close()


def test_the_editor_stands_where_nothing_can_be_completed(page: Page, base_url: str) -> None:
    """Without the schema the editor writes and asks as before."""
    page.route("**/sparql/schema.json", lambda route: route.fulfill(status=500, body=json.dumps({})))
    opened(page, f"{base_url}/sparql")
    rewrite(page, "ASK {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".answer")).to_have_text("Oui")
