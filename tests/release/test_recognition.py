"""A name and its hints to what they may mean."""

import pytest

from cis_graph.model.recognition import Candidate, Hint, Quantifier, Sought
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.release.place_names import read_place
from cis_graph.release.recognition import Recogniser, agreement
from cis_graph.search.documents import Facts, Named
from cis_graph.search.index import Index
from cis_graph.search.writing import write_index

LYON: Facts = {"territory": (("commune-69123", "Lyon"), ("departement-69", "Rhône"))}
LILLE: Facts = {"territory": (("commune-59350", "Lille"), ("departement-59", "Nord"))}
NUMBERED: Facts = {**LILLE, "siren": (("552100554", "552100554"),)}


TOWNS = (
    ("commune-13203", "Marseille 3e Arrondissement", "13"),
    ("commune-13213", "Marseille 13e Arrondissement", "13"),
    ("commune-13055", "Marseille", "13"),
    ("commune-60612", "Senlis", "60"),
    ("commune-62790", "Senlis", "62"),
    ("commune-42147", "Montbrison", "42"),
    ("commune-26192", "Montbrison-sur-Lez", "26"),
)


def town(key: str, name: str, departement: str) -> Named:
    """A commune of the index, in a département."""
    within = (f"departement-{departement}", f"Département {departement}")
    return Named(kind="territory", key=key, label=name, detail="", facts={"territory": (within,)})


def actor(key: str, label: str, facts: Facts, *names: str) -> Named:
    """An actor of the index."""
    return Named(kind="actor", key=key, label=label, detail="", names=names, facts=facts)


@pytest.fixture(scope="module")
def recogniser(tmp_path_factory: pytest.TempPathFactory) -> Recogniser:
    """Recognises a few invented actors, a project and a territory."""
    place = tmp_path_factory.mktemp("index")
    every = (
        actor("ruche", "La Ruche des Toits", LYON),
        actor("miel-lyon", "Les Amis du Miel", LYON),
        actor("miel-lille", "Les Amis du Miel", NUMBERED),
        actor("mairie", "Mairie", LYON),
        actor("apic", "Association des Producteurs et Ingénieurs de la Cire", LILLE, "APIC"),
        Named(kind="project", key="ruche-p", label="La Ruche des Toits", detail=""),
        Named(kind="territory", key="commune-69123", label="Lyon", detail="", facts={"code": (("69123", "69123"),)}),
        *(town(key, name, within) for key, name, within in TOWNS),
        Named(kind="theme", key="culture", label="Culture", detail=""),
    )
    write_index(place, every)
    return Recogniser(Index(place), Aliases({}))


def best(recogniser: Recogniser, text: str, *hints: Hint, kind: str = "actor") -> Candidate | None:
    """The first candidate."""
    found = recogniser.recognise(Sought(text=text, kinds=(kind,), hints=hints))
    return found[0] if found else None


@pytest.mark.parametrize(
    "text",
    [
        "La Ruche des Toits",
        "LA RUCHE DES TOITS",
        "association la ruche des toits",
        "La Ruche des Toit",
        "La Ruhe des Toits",
    ],
)
def test_a_name_is_recognised_through_case_legal_form_and_slips(recogniser: Recogniser, text: str) -> None:
    """What the matcher takes for one name is matched without asking."""
    found = best(recogniser, text)

    assert found is not None
    assert (found.key, found.match) == ("ruche", True)


def test_homonyms_are_left_to_a_person_until_a_hint_tells_them_apart(recogniser: Recogniser) -> None:
    """Two actors of one name: neither is matched; a place or a number decides."""
    both = recogniser.recognise(Sought(text="Les Amis du Miel", kinds=("actor",)))
    assert [one.match for one in both[:2]] == [False, False]

    for hint, key in (
        (Hint(name="territory", values=("69007 Lyon",)), "miel-lyon"),
        (Hint(name="territory", values=("commune-59350",)), "miel-lille"),
        (Hint(name="siren", values=("552 100 554",)), "miel-lille"),
    ):
        found = best(recogniser, "Les Amis du Miel", hint)
        assert found is not None
        assert (found.key, found.match) == (key, True)
        assert {feature.name: feature.value for feature in found.features} == {"name": 1.0, hint.name: 1.0}


def test_a_name_that_says_only_what_kind_of_actor_it_is_needs_a_place(recogniser: Recogniser) -> None:
    """`Mairie` is matched in a commune, and nowhere else."""
    alone = best(recogniser, "Mairie")
    placed = best(recogniser, "Mairie", Hint(name="territory", values=("Lyon",)))

    assert alone is not None and not alone.match  # noqa: PT018 - one fact
    assert placed is not None and placed.match  # noqa: PT018 - one fact


def test_an_acronym_finds_its_name_and_is_not_matched_without_asking(recogniser: Recogniser) -> None:
    """Unless the actor is known by it."""
    known = best(recogniser, "APIC")
    assert known is not None
    assert (known.key, known.match) == ("apic", True)


def test_a_number_alone_finds_its_bearer(recogniser: Recogniser) -> None:
    """A row without a name may have a SIREN."""
    found = best(recogniser, "", Hint(name="siren", values=("552100554",)))

    assert found is not None
    assert found.key == "miel-lille"


def test_another_number_tells_against(recogniser: Recogniser) -> None:
    """The same name with a different SIREN is no match."""
    found = recogniser.recognise(
        Sought(text="Les Amis du Miel", kinds=("actor",), hints=(Hint(name="siren", values=("732829320",)),))
    )
    scores = {one.key: one.score for one in found}

    assert scores["miel-lille"] < scores["miel-lyon"]


def test_a_required_hint_rules_out_and_a_kind_keeps_to_itself(recogniser: Recogniser) -> None:
    """What does not agree, or says nothing, is no candidate; a project is no actor."""
    required = Hint(name="territory", values=("Lille",), required=True)

    found = recogniser.recognise(Sought(text="La Ruche des Toits", kinds=("actor",), hints=(required,)))
    assert "ruche" not in {one.key for one in found}
    project = best(recogniser, "La Ruche des Toits", kind="project")
    assert project is not None
    assert (project.kind, project.key) == ("project", "ruche-p")
    territory = best(recogniser, "69123", Hint(name="code", values=("69123",)), kind="territory")
    assert territory is None or territory.key == "commune-69123"


@pytest.mark.parametrize("text", ["", " ", "\x00", "((( *:* AND", '"' * 400, "é" * 500, "🐝", "a" * 10_000])
def test_any_text_is_only_a_name(recogniser: Recogniser, text: str) -> None:
    """No text is syntax, and none is too long to be looked up."""
    assert not any(one.match for one in recogniser.recognise(Sought(text=text)))


@pytest.mark.parametrize(
    ("quantifier", "values", "agrees"),
    [
        ("any", ("a", "b"), True),
        ("all", ("a", "b"), False),
        ("none", ("a", "b"), False),
        ("none", ("c",), True),
        ("any", ("",), None),
    ],
)
def test_quantifiers_say_how_many_must_agree(
    quantifier: Quantifier, values: tuple[str, ...], *, agrees: bool | None
) -> None:
    """Any, all or none; no value is no hint."""
    hint = Hint(name="theme", values=values, quantifier=quantifier)

    assert agreement(hint, (("a", "A"),)) is agrees
    assert agreement(hint, ()) is None


def test_a_place_within_a_wider_one_is_no_contradiction() -> None:
    """Of a thing known in a région, a commune says nothing; of one known in a commune it does."""
    hint = Hint(name="territory", values=("69007 Lyon",))

    assert agreement(hint, (("region-84", "Auvergne-Rhône-Alpes"),)) is None
    assert agreement(hint, LILLE["territory"]) is False
    assert agreement(hint, LYON["territory"]) is True


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("60300 Senlis", "commune-60612"),
        ("3 rue de la Marne, 62310 SENLIS", "commune-62790"),
        ("Senlis (60)", "commune-60612"),
        ("Senlis 62", "commune-62790"),
        ("Senlis (Département 62)", "commune-62790"),
        ("13003 Marseille", "commune-13203"),
        ("13 000 Marseille", "commune-13055"),
        ("26770 Montbrison-sur-Lez", "commune-26192"),
    ],
)
def test_a_place_is_recognised_as_lists_write_it(recogniser: Recogniser, text: str, key: str) -> None:
    """What stands around the name tells homonyms apart."""
    found = best(recogniser, text, kind="territory")

    assert found is not None
    assert (found.key, found.match) == (key, True)


def test_what_a_text_and_a_list_both_say_counts_once(recogniser: Recogniser) -> None:
    """A département given beside a postcode brings the neighbour no nearer."""
    hint = Hint(name="territory", values=("Département 13",))
    found = best(recogniser, "13003 Marseille", hint, kind="territory")

    assert found is not None
    assert (found.key, found.match) == ("commune-13203", True)


@pytest.mark.parametrize("text", ["Senlis", "75008 Senlis", "Senlis (Jura)"])
def test_a_place_that_may_be_several_is_left_to_a_person(recogniser: Recogniser, text: str) -> None:
    """Neither the first nor the larger is taken, nor one where the text contradicts it."""
    found = best(recogniser, text, kind="territory")

    assert found is not None
    assert not found.match


@pytest.mark.parametrize("text", ["", "69", "(", "75000", "12 rue Haute, 75008", ", ,", "\x00\ud800", "1" * 500])
def test_a_text_without_a_place_breaks_nothing(recogniser: Recogniser, text: str) -> None:
    """It matches nothing."""
    found = best(recogniser, text, kind="territory")

    assert found is None or not found.match


def test_only_territories_are_sought_by_their_place() -> None:
    """A name of an actor that holds a postcode stays as it is."""
    assert read_place(Sought(text="Mairie 69007 Lyon", kinds=("actor",))) is None
    assert read_place(Sought(text="69007 Lyon")) is None


def test_a_word_that_says_little_of_an_actor_says_enough_of_a_concept(recogniser: Recogniser) -> None:
    """In a closed list the name is the thing."""
    found = best(recogniser, "culture", kind="theme")

    assert found is not None
    assert (found.key, found.match) == ("culture", True)
