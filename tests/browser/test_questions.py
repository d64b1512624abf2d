"""Ten questions that people ask, each answered from the home page in five clicks at most, over the demonstration."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

MOST = 5  # clicks


@dataclass(slots=True)
class Visitor:
    """Somebody with a mouse, who starts at the home page; clicks are counted."""

    page: Page
    clicks: int = 0

    def click(self, on: Locator) -> None:
        """One click; the sixth is one too many."""
        self.clicks += 1
        assert self.clicks <= MOST
        on.click()

    def follow(self, name: str, *, within: str = "main") -> None:
        """Follows the first link of this very name."""
        self.click(self.page.locator(within).get_by_role("link", name=name, exact=True).first)

    def search(self, text: str) -> None:
        """Types into the box of the page and sends it."""
        self.page.get_by_label("Chercher un projet, un acteur, un territoire").fill(text)
        self.click(self.page.get_by_role("button", name="Rechercher"))

    def reads(self, *texts: str, within: str = "main") -> None:
        """Finds all these texts."""
        for text in texts:
            expect(self.page.locator(within)).to_contain_text(text)


@pytest.fixture
def visitor(page: Page, demonstration_url: str) -> Visitor:
    """A visitor at the home page."""
    page.goto(demonstration_url)
    return Visitor(page)


def section(name: str) -> str:
    """The section under a heading."""
    return f"section[aria-labelledby='{name}']"


def test_which_associations_work_with_the_metropole_de_lyon_on_carers(visitor: Visitor) -> None:
    """Le Centsept, an association, leads a project of the Métropole's whose themes name carers."""
    visitor.search("Métropole de Lyon")
    visitor.click(visitor.page.locator("a[href^='/actor/']").get_by_text("Métropole de Lyon", exact=True))
    visitor.follow("Le Centsept")
    visitor.reads("Aide aux aidants et dépendance", within=".side")
    visitor.reads("Porteur", "Le Centsept Association", within=section("actors"))


def test_who_uses_design_thinking_against_poverty_and_where(visitor: Visitor) -> None:
    """Of the methods for poverty, design thinking counts its projects, which are listed with their place."""
    visitor.follow("Méthodes", within="header")
    visitor.page.get_by_label("Thème").select_option(label="Lutte contre la pauvreté")
    visitor.click(visitor.page.get_by_role("button", name="Voir les méthodes"))
    visitor.click(visitor.page.get_by_role("link", name="1 projet : Design thinking"))
    visitor.reads("1 réponse", "Le Centsept", "Rhône-Alpes")


def test_whom_a_reuse_project_of_the_val_de_marne_should_meet(visitor: Visitor) -> None:
    """Its page and that of the territory name a project for the same audience in the same région, and say why."""
    visitor.search("Val-de-Marne")
    visitor.click(visitor.page.locator("a[href='/territory/departement-94']"))
    visitor.reads("Réemploi du matériel", within=section("meet"))
    visitor.click(visitor.page.locator(section("projects")).get_by_role("link", name="Réemploi du matériel"))
    visitor.reads("isolement des âgés", "même public : Seniors", "même région : Île-de-France", "aucun projet commun",
                  within=section("meet"))  # fmt: skip


def test_which_tools_help_to_understand_needs(visitor: Visitor) -> None:
    """The workshop tools stand together: interviews, observation, personas, root causes, with who uses them."""
    visitor.follow("Méthodes", within="header")
    visitor.follow("Outil d'animation d'atelier")
    visitor.reads("Outils et variantes", "Entretiens", "Observation de terrain", "Personae", "Analyse des causes",
                  within=".side")  # fmt: skip
    visitor.follow("Entretiens")
    visitor.reads("Le Centsept", within=section("users"))


def test_who_cooperates_with_le_centsept(visitor: Visitor) -> None:
    """Its page counts and names its partners."""
    visitor.search("Centsept")
    visitor.click(visitor.page.locator("a[href^='/actor/']").get_by_text("Le Centsept", exact=True))
    visitor.reads("Coopère avec 29", "La Fonda", "Métropole de Lyon", within=section("cooperations"))


def test_who_says_so_and_under_which_licence(visitor: Visitor) -> None:
    """Each record of a page is credited, leads to what it says, and states its licence."""
    visitor.search("Centsept")
    visitor.click(visitor.page.locator("a[href^='/project/']").get_by_text("Le Centsept", exact=True))
    visitor.reads("La Fonda", "licence non précisée", within=section("sources"))
    visitor.click(visitor.page.locator(section("sources")).get_by_role("link", name="Fiche").first)
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("le-centsept")


def test_what_is_missing_in_a_departement(visitor: Visitor) -> None:
    """The page of the Val-de-Marne says which themes similar départements have, and leads to their projects."""
    visitor.search("Val-de-Marne")
    visitor.click(visitor.page.locator("a[href='/territory/departement-94']"))
    visitor.reads("Santé", within=section("missing"))
    visitor.click(visitor.page.locator(section("missing")).get_by_role("link", name=": Santé"))
    expect(visitor.page.locator("main .card").first).to_be_visible()


def test_who_has_won_a_prize(visitor: Visitor) -> None:
    """The programme's page names its laureates."""
    visitor.search("La France s'engage")
    prize = "Lauréats Fondation La France s'engage 2017"
    visitor.click(visitor.page.locator("a[href^='/programme/']").get_by_text(prize, exact=True))
    visitor.reads("Labellisateur 28", "Bâtisseurs de possibles")


def test_what_a_departement_supports_most(visitor: Visitor) -> None:
    """The grants of a département are counted and summed, the largest first, all reached by links."""
    visitor.search("Département de la Sarthe")
    visitor.click(visitor.page.locator("a[href^='/actor/']").get_by_text("Département de la Sarthe", exact=True))
    visitor.reads("De la plus élevée à la moins élevée", "€", within=section("grants-1"))
    visitor.click(visitor.page.locator(section("grants-1")).get_by_role("link", name="Page suivante"))
    visitor.reads("Page 2 sur", within=section("grants-1"))


def test_where_all_the_data_can_be_had(visitor: Visitor) -> None:
    """The foot of every page leads to the data, with the licence of each contributor."""
    visitor.follow("Données et licences", within="footer")
    visitor.reads("Licence Ouverte 2.0", "VoID, DCAT")
