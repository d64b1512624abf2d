"""La Fonda's page of the Carrefour des innovations sociales: what is found in it, whatever its order."""

import random

import pytest

from cis_graph.errors import SourceFault
from cis_graph.mappers.la_fonda import FONDA
from cis_graph.mappers.la_fonda import SOURCE as COOPERATIONS
from cis_graph.mappers.la_fonda_carrefour import MAPPER, SOURCE
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

REAL = "003_214ae2a6265442bc.txt"
BUNDLED = DEMONSTRATION / "la-fonda-carrefour/carrefour.txt"
HEAD = "Le Carrefour des innovations sociales"
HEADINGS = (
    r"Pourquoi ce projet \?",
    r"L.enjeu du projet : .*",
    r"La suite et les rendez-vous à venir",
    r"Les partenaires du projet",
)
MEMBERS = "Les partenaires du projet\n\nMembres du collectif :\n"


def record_of(text: str) -> Record:
    """The page's only record."""
    return read(MAPPER, text).records[0]


def test_both_pages_give_one_record() -> None:
    """Our bundled facts say what the published page says, no more and no less."""
    assert record_of(published(REAL)) == record_of(BUNDLED.read_text(encoding="utf-8"))


def test_nothing_is_left_to_say(page: str) -> None:
    """The page is read without a finding."""
    assert read(MAPPER, page).findings == ()


def test_one_contributor() -> None:
    """Both of La Fonda's sources tell the same of La Fonda."""
    told = ("contributor", "title", "homepage", "licence", "organisation", "note_fr", "note_en")
    assert [getattr(SOURCE, field) for field in told] == [getattr(COOPERATIONS, field) for field in told]


def test_source(record: Record) -> None:
    """The record is La Fonda's, of October 2019, without licence, page or text."""
    assert (record.contributor, record.key) == ("la-fonda", "carrefour-des-innovations-sociales")
    assert (record.licence, record.page, record.modified and record.modified.text) == (NO_LICENCE, None, "2019-10")
    assert all(one.description is None and one.lessons == () for one in record.projects)


def test_project(record: Record) -> None:
    """The Carrefour has been since 2016, in France, and has a beta version since 2019."""
    found = project(record)
    assert (found.label, found.started and found.started.text) == ("Carrefour des innovations sociales", "2016")
    assert [(place.text, place.level) for place in found.places] == [("France", "pays")]
    assert found.outcomes == ("Version bêta en ligne depuis 2019",)


def test_concepts(record: Record) -> None:
    """The page tells two themes, two audiences and a method."""
    found = project(record)
    assert [label.text for label in (*found.themes, *found.audiences, *found.methods)] == [
        "politiques publiques",
        "plateforme web",
        "porteurs de projets",
        "citoyens",
        "mutualiser",
    ]


def test_creators(record: Record) -> None:
    """La Fonda and the Commissariat created it in 2016."""
    assert labels(record, "initiateur") == ["La Fonda", "Commissariat général à l'égalité des territoires"]
    assert {part.started and part.started.text for part in parts(record, "initiateur")} == {"2016"}


def test_la_fonda_is_itself(record: Record) -> None:
    """La Fonda has in this record what it has in its other one."""
    assert actor(record, "la-fonda") == FONDA


def test_carrier(record: Record) -> None:
    """The association that prepares it carries it, where it is."""
    assert labels(record, "porteur") == ["Association de préfiguration du Carrefour des innovations sociales"]
    found = actor(record, parts(record, "porteur")[0].actor)
    assert "APCIS" in found.alternative_labels
    assert found.places == project(record).places


def test_members(record: Record) -> None:
    """Forty-six members are listed."""
    names = labels(record, "membre")
    assert len(names) == 46
    assert (names[0], names[-1]) == ("Banque des Territoires", "Les Co-citoyens")


@pytest.mark.parametrize(
    ("label", "acronym"),
    [
        ("Agence des Pratiques et initiatives locales", "APRILES"),
        ("Commissariat général à l'égalité des territoires", "CGET"),
        ("Réseau des collectivités Territoriales pour une Économie Solidaire", "RTES"),
        ("La Fondation internet nouvelle génération", "FING"),
        ("Confédération Générale des Sociétés Coopératives de Production", "CG Scop"),
        ("Direction régionale de la jeunesse, des sports et de la cohésion sociale Hauts-de-France", "DRJCSC"),
    ],
)
def test_acronyms(record: Record, label: str, acronym: str) -> None:
    """What stands in brackets is another name, also where the name holds a comma."""
    (found,) = (one for one in record.actors if one.label == label)
    assert acronym in found.alternative_labels


@pytest.mark.parametrize(
    ("node", "places"),
    [
        ("ville-de-sceaux", [("Sceaux", "commune")]),
        ("bretagne-creative", [("Bretagne", "region")]),
        ("cress-pays-de-la-loire", [("Pays de la Loire", "region")]),
        ("federation-nationale-des-caisses-d-epargne", [("France", "pays")]),
        ("reseau-rural-francais", [("France", "pays")]),
        ("association-europeenne-pour-l-information-sur-le-developpement-local", []),
        ("avise", []),
    ],
)
def test_places(record: Record, node: str, places: list[tuple[str, str]]) -> None:
    """A name may tell a commune, a région, or that its bearer is national; else no place is known."""
    assert [(place.text, place.level) for place in actor(record, node).places] == places


@pytest.mark.parametrize(
    ("node", "word"),
    [
        ("fondation-cognacq-jay", "Fondation"),
        ("association-des-maires-ruraux-de-france", "Association"),
        ("delegation-interministerielle-a-l-hebergement-et-a-l-acces-au-logement", "Délégation interministérielle"),
        ("la-fondation-internet-nouvelle-generation", None),
        ("banque-des-territoires", None),
    ],
)
def test_types(record: Record, node: str, word: str | None) -> None:
    """The first word of a name tells the type; the FING is an association of that name."""
    found = actor(record, node).actor_type
    assert (found.text if found else None) == word


def test_links(record: Record) -> None:
    """No two things of the record have one name, and every link leads to one of them."""
    assert links_lead_to_nodes(record)


@pytest.mark.parametrize("seed", range(8))
def test_any_order(page: str, seed: int) -> None:
    """The order of the sections changes nothing."""
    head, *rest = blocks(page, HEADINGS)
    random.Random(seed).shuffle(rest)
    assert read(MAPPER, written(head, *rest)) == read(MAPPER, page)


@pytest.mark.parametrize("gone", range(len(HEADINGS)))
def test_one_section_less(page: str, gone: int) -> None:
    """Without one section, what each other section tells is still told, and nothing else."""
    head, *rest = blocks(page, HEADINGS)
    kept = rest[:gone] + rest[gone + 1 :]
    found = read(MAPPER, written(head, *kept))
    assert found.findings == ()
    assert facts(found.records[0]) <= facts(record_of(page))
    assert set().union(*(facts(record_of(written(head, one))) for one in kept)) <= facts(found.records[0])


def test_one_section_more(page: str) -> None:
    """A section that nobody declared raises an alarm and changes nothing."""
    found = read(MAPPER, written(page, "Budget prévisionnel", "Douze millions."))
    assert found.records[0] == record_of(page)
    assert [(one.rule, one.field) for one in found.findings] == [("colonne-inconnue", "Budget prévisionnel")]


@pytest.mark.parametrize("text", ["", "\n\n \n", "Une phrase, qui n'est pas un titre."])
def test_source_fails_without_its_page(text: str) -> None:
    """The harvest of an empty page fails, so that the last good state stays."""
    with pytest.raises(SourceFault):
        run(MAPPER, (PageText(text=text),))


@pytest.mark.parametrize("line", HOSTILE)
@pytest.mark.parametrize("heading", ["", "La suite et les rendez-vous à venir\n", MEMBERS])
def test_a_line_of_a_megabyte(heading: str, line: str) -> None:
    """A page without line ends is read quickly, whatever it repeats."""
    with processor_time_under(60):
        assert read(MAPPER, written(HEAD, heading + line)).rows == 1


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("En\u202evie\u0000, Mineka…", ["Envie", "Mineka"]),
        ("<b>Envie</b>, Mineka, etc.", ["<b>Envie</b>", "Mineka"]),
        ("Project, Envie (ENV), Envie", ["Project", "Envie"]),
    ],
)
def test_hostile_names(listed: str, names: list[str]) -> None:
    """Markup stays text, control characters go, and a name never takes another thing's node."""
    found = record_of(written(HEAD, MEMBERS + listed))
    assert labels(found, "membre") == names
    assert links_lead_to_nodes(found)


def test_no_sentence_of_the_page_is_bundled() -> None:
    """No more than seven consecutive words of the author's prose stand in our facts."""
    ours, theirs = BUNDLED.read_text(encoding="utf-8"), published(REAL)
    record, titles = record_of(ours), r"L.enjeu du projet|La suite et|Banque des Territoires,|— Membres|→"
    assert runs(ours, record, titles) & runs(theirs, record, titles) == set()
