"""The foundation's page of an *exemple inspirant*: what is found in it, whatever its order."""

import random
import re

import pytest

from cis_graph.errors import SourceFault
from cis_graph.mappers.fondation_cbc import MAPPER, SOURCE
from cis_graph.mapping.run import run
from cis_graph.mapping.tables import PageText
from cis_graph.model.records import NO_LICENCE, Record
from cis_graph.resources import DEMONSTRATION
from tests.support.cost import processor_time_under
from tests.support.pages import (
    HOSTILE,
    actor,
    blocks,
    facts,
    labels,
    links_lead_to_nodes,
    parts,
    project,
    published,
    read,
    runs,
    written,
)

REAL = "004_49ad83d3364c058b.txt"
BUNDLED = DEMONSTRATION / "fondation-cbc/carrefour.txt"
HEAD = "Projet Cèdre du Liban\n\nExemple inspirant de la Promotion 2018\n\nCarrefour des innovations sociales"
HEADINGS = (
    r"Présentation de la structure :",
    r"Chiffres clefs :",
    r"LA OU LES INNOVATIONS SE RENCONTRENT !",
    r"Une liste de contributeurs appelée à s'étoffer",
    r"Constituer un commun autour de l'innovation sociale des territoires",
    r"Courroie de transmission entre le local et le national",
    r"Des politiques publiques nouvelle génération",
    r"Mise en perspective de la Fondation .*",
)
FOUNDATION = "Fondation pour la co-construction du bien commun"
COMMISSARIAT = "Commissariat général à l'égalité des territoires"


def record_of(text: str) -> Record:
    """The page's only record."""
    return read(MAPPER, text).records[0]


def test_both_pages_give_one_record() -> None:
    """Our bundled facts say what the published page says, no more and no less."""
    assert record_of(published(REAL)) == record_of(BUNDLED.read_text(encoding="utf-8"))


def test_nothing_is_left_to_say(page: str) -> None:
    """The page is read without a finding."""
    assert read(MAPPER, page).findings == ()


def test_source(record: Record) -> None:
    """The record is the foundation's, without licence, page or text."""
    assert (record.contributor, record.key) == ("fondation-cbc", "carrefour-des-innovations-sociales")
    assert (record.licence, record.page, actor(record, SOURCE.organisation or "").label) == (
        NO_LICENCE,
        None,
        FOUNDATION,
    )
    assert all(one.description is None and one.lessons == () for one in record.projects)


def test_project(record: Record) -> None:
    """The Carrefour, or CIS, began in 2016 and is of all of France."""
    found = project(record)
    assert (found.label, found.alternative_labels) == ("Carrefour des innovations sociales", ("CIS",))
    assert found.started is not None
    assert (found.started.text, [place.text for place in found.places]) == ("2016", ["France"])


def test_claims(record: Record) -> None:
    """It claims 90 partners and more than 6,000 projects in 2018."""
    assert (project(record).stated_partner_count, project(record).stated_project_count) == (90, 6000)


def test_outcomes(record: Record) -> None:
    """What the page counts is told in our words."""
    assert project(record).outcomes == (
        "Exemple inspirant de la promotion 2018",
        "Plus de 6 000 projets en 2018, d'environ 15 sites",
        "30 000 projets possibles, d'environ 100 sites",
        "Besoin de financement : 200 000 à 300 000 euros par an à partir de 2021-2022",
        "Version bêta : 4944 projets de 13 partenaires",
    )


def test_distinction(record: Record) -> None:
    """In 2018 the foundation distinguished it as a Projet Cèdre du Liban, the association that prepares it won."""
    (programme,) = record.programmes
    assert (programme.label, programme.operator) == ("Projet Cèdre du Liban", SOURCE.organisation)
    for role, label in (
        ("labellisateur", FOUNDATION),
        ("laureat", "Association de préfiguration du Carrefour des innovations sociales"),
    ):
        (part,) = parts(record, role)
        assert (labels(record, role), part.programme) == ([label], programme.node)
        assert part.started is not None
        assert part.started.text == "2018"


def test_thirteen_contributors(record: Record) -> None:
    """Thirteen contributors are named, four of them foundations under one word."""
    assert labels(record, "partenaire") == [
        "AG2R La Mondiale",
        "Apriles",
        "Avise",
        "Bretagne Créative",
        "Coorace",
        "Fondation Daniel et Nina Carasso",
        "Fondation Veolia",
        "Fondation Vinci",
        "Fondation La France s'engage",
        "Mission Opérationnelle Transfrontalière",
        "My Positive Impact",
        "Semeoz",
        "Solidarum",
    ]


def test_committee(record: Record) -> None:
    """Seven members of the collective steer it; what carries Apriles is no other name of it."""
    assert labels(record, "membre") == [
        COMMISSARIAT,
        "La Fonda",
        "Avise",
        "Fondation Cognacq-Jay",
        "Le Labo de l'ESS",
        "Apriles",
        "GNIAC",
    ]
    assert actor(record, "apriles").alternative_labels == ()


def test_initiator(record: Record) -> None:
    """The Commissariat, a service of the State, initiated it in 2016."""
    (part,) = parts(record, "initiateur")
    found = actor(record, part.actor)
    assert (found.label, found.alternative_labels, part.started and part.started.text) == (
        COMMISSARIAT,
        ("CGET",),
        "2016",
    )
    assert [place.text for place in found.places] == ["France"]


def test_funders(record: Record) -> None:
    """Two support it where the page speaks of funding, three lend resources."""
    assert labels(record, "financeur") == [
        "Fédération nationale des Caisses d'Épargne",
        "Fondation La France s'engage",
    ]
    assert labels(record, "soutien") == ["La Fonda", "Fondation Cognacq-Jay", "Avise"]


def test_links(record: Record) -> None:
    """No two things of the record have one name, and every link leads to one of them."""
    assert links_lead_to_nodes(record)


def test_no_person() -> None:
    """Neither the record nor our facts name those who are interviewed, quoted or recruited."""
    text = published(REAL)
    people = set(re.findall(r"(?:Récit d'|soutenu par |opérationnel, )([A-ZÉ]\S+ [A-Z]\w+)", text))
    words = {word for name in people for word in name.split()}
    assert len(people) == 3
    bundled = BUNDLED.read_text(encoding="utf-8")
    assert [word for word in words if re.search(rf"\b{word}\b", f"{bundled} {record_of(text)}")] == []


@pytest.mark.parametrize("seed", range(8))
def test_any_order(page: str, seed: int) -> None:
    """The order of the sections changes nothing."""
    head, *rest = blocks(page, HEADINGS)
    random.Random(seed).shuffle(rest)
    assert read(MAPPER, written(head, *rest)).records == read(MAPPER, page).records


@pytest.mark.parametrize("gone", range(len(HEADINGS)))
def test_one_section_less(page: str, gone: int) -> None:
    """Without one section, what each other section tells is still told, and nothing else."""
    head, *rest = blocks(page, HEADINGS)
    kept = rest[:gone] + rest[gone + 1 :]
    found = record_of(written(head, *kept))
    assert facts(found) <= facts(record_of(page))
    assert set().union(*(facts(record_of(written(head, one))) for one in kept)) <= facts(found)


@pytest.mark.parametrize("place", range(1, len(HEADINGS)))
def test_one_section_more(page: str, place: int) -> None:
    """A section that nobody declared raises an alarm and changes nothing."""
    head, *rest = blocks(page, HEADINGS)
    rest.insert(place, "Budget prévisionnel\n\nDouze millions d'euros, 900 : nombre de partenaires.")
    found = read(MAPPER, written(head, *rest))
    assert found.records[0] == record_of(page)
    assert [one.field for one in found.findings if one.rule == "colonne-inconnue"] == ["Budget prévisionnel"]


@pytest.mark.parametrize("text", ["", "\n\n \n", "Une page.", "Projet Cèdre du Liban\n\nCarrefour"])
def test_source_fails_without_its_page(text: str) -> None:
    """The harvest of an empty page, or of one without its distinction, fails: the last good state stays."""
    with pytest.raises(SourceFault):
        run(MAPPER, (PageText(text=text),))


@pytest.mark.parametrize("line", HOSTILE)
@pytest.mark.parametrize("heading", ["(début)", "Chiffres clefs :", HEADINGS[3], HEADINGS[4], HEADINGS[5]])
def test_a_line_of_a_megabyte(heading: str, line: str) -> None:
    """A page without line ends is read quickly, whatever it repeats."""
    with processor_time_under(60):
        assert read(MAPPER, written(HEAD, line if heading == "(début)" else f"{heading}\n\n{line}")).rows == 1


def test_hostile_names() -> None:
    """Control and bidirectional characters go from a name, and a name never takes another thing's node."""
    listed = "Nombre de 3 (En\u202evie\u0000, Project et <b>Mineka</b>)"
    found = record_of(written(HEAD, HEADINGS[3], listed))
    assert labels(found, "partenaire") == ["Envie", "Project", "<b>Mineka</b>"]
    assert links_lead_to_nodes(found)


def test_no_sentence_of_the_page_is_bundled() -> None:
    """No more than seven consecutive words of the authors' prose stand in our facts."""
    ours, theirs = BUNDLED.read_text(encoding="utf-8"), published(REAL)
    record, titles = record_of(ours), rf"Carrefour des innovations sociales, rendre|Nombre de 13|{'|'.join(HEADINGS)}"
    assert runs(ours, record, titles) & runs(theirs, record, titles) == set()
