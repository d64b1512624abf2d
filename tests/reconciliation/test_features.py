import pytest

from cis_graph.reconciliation.blocking import Blocks, actor_keys
from cis_graph.reconciliation.features import editions_of, mail_host, named_after, website, where
from tests.support.making import GEOGRAPHY, MATCHER, actor, nodes_of, record


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.ruche.example/index.php", ("ruche.example", None)),
        ("ruche.example", ("ruche.example", None)),
        ("http://RUCHE.example:8080/a?b=c", ("ruche.example", None)),
        ("https://www.helloasso.com/associations/ruche/", (None, "helloasso.com/associations/ruche")),
        ("https://helloasso.com/", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
        ("javascript:alert(1)", ("javascript", None)),
    ],
)
def test_a_website_is_a_host_or_a_page_on_a_platform(
    address: str | None, expected: tuple[str | None, str | None]
) -> None:
    """A platform that thousands share is no sign of one of them; its page is."""
    assert expected == website(address)


def test_a_free_mail_service_is_no_host_of_its_own() -> None:
    """An address at a provider tells its owner, not its host."""
    assert mail_host("ruche@orange.fr") is None
    assert mail_host("contact@ruche.example") == "ruche.example"
    assert mail_host("nonsense") == "nonsense"


def test_a_site_named_after_the_actor_is_its_own() -> None:
    """The host bears the letters of the name, articles included; another does not."""
    assert named_after("lesamisdelaruche.example", "Les Amis de la Ruche") == "lesamisdelaruche.example"
    assert named_after("autrechose.example", "Les Amis de la Ruche") is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Forum 2019", {"2019"}), ("Jardin #2", {"2"}), ("Parcours saison 3", {"3"}), ("24 heures", set())],
)
def test_a_title_tells_its_edition(title: str, expected: set[str]) -> None:
    """Years and ordinals tell editions apart; other numbers do not."""
    assert expected == editions_of(title)


def test_a_place_is_its_communes_and_departements() -> None:
    """A commune lies in its département, a région covers those of its communes, a country says nothing."""
    commune = where(["commune-69123"], GEOGRAPHY.containers, GEOGRAPHY.within)
    region = where(["region-84"], GEOGRAPHY.containers, GEOGRAPHY.within)
    country = where(["pays-fr"], GEOGRAPHY.containers, GEOGRAPHY.within)

    assert (commune.communes, commune.departement) == (frozenset({"commune-69123"}), "departement-69")
    assert (region.communes, region.departement) == (frozenset(), "departement-69")
    assert not country.departements


def test_pairs_come_in_order_each_once() -> None:
    """Two things that share several blocks are one pair, and a block of more than the cap is none."""
    records = [record(who, "1", actor(f"Ruche des Possibles{who[1:]}", "commune-69123")) for who in ("a", "b", "c d")]
    things = tuple(MATCHER.reader().told((nodes_of(*records),)).actors.values())

    assert list(Blocks(things, actor_keys, 3).pairs(range(3))) == [(0, 1), (0, 2), (1, 2)]
    assert list(Blocks(things, lambda _one, _counts: {"all"}, 2).pairs(range(3))) == []
