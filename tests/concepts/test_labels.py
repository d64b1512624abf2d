from collections.abc import Mapping
from pathlib import Path

import pytest

from cis_graph.concepts.labels import FoundLabel, Labels
from cis_graph.concepts.suggest import Suggestions
from cis_graph.concepts.words import Words
from cis_graph.errors import SourceFault
from cis_graph.model.records import Label
from cis_graph.rdf.schemes import load_schemes
from cis_graph.resources import CURATION

HEADER = "label,scheme,concept,by,date,why\n"
CONCEPTS: Mapping[str, frozenset[str]] = {
    "theme": frozenset({"sante", "logement"}),
    "role": frozenset({"porteur"}),
}
WORDS = {
    ("theme", "sante"): Words(french="Santé", english="Health", others=("Soins", "Bien vivre")),
    ("theme", "logement"): Words(french="Logement", english="Housing", others=("Bien vivre",)),
}
ELSEWHERE = "contributor," + HEADER


def load(folder: Path, text: str, name: str = "clairiere") -> Labels:
    """The table of one contributor."""
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return Labels.load(folder, CONCEPTS)


def theme(text: str) -> Label:
    """A label of a theme."""
    return Label(text=text, scheme="theme")


@pytest.mark.parametrize(
    "text", ["Santé & soins", "SANTE  ET-SOINS".replace("ET-", "& "), " santé, soins ", "sante soins"]
)
def test_a_label_is_known_without_case_accents_and_marks(tmp_path: Path, text: str) -> None:
    """What people read as the same is the same."""
    labels = load(tmp_path, f'{HEADER}"Santé, soins",theme,sante,curator,2026-01-01,plain\n')

    assert [label.concept for label in labels.resolve("clairiere", theme(text))] == ["sante"]


def test_a_label_keeps_the_contributors_words(tmp_path: Path) -> None:
    """Resolving adds a concept and changes no text; one label may mean several concepts, in the table's order."""
    labels = load(tmp_path, f"{HEADER}Habitat sain,theme,sante,c,d,w\nHabitat sain,theme,logement,c,d,w\n")

    assert labels.resolve("clairiere", theme("HABITAT SAIN")) == (
        Label(text="HABITAT SAIN", scheme="theme", concept="sante"),
        Label(text="HABITAT SAIN", scheme="theme", concept="logement"),
    )


def test_a_label_is_looked_up_in_its_own_scheme(tmp_path: Path) -> None:
    """The same word under another scheme, or another word, says nothing."""
    labels = load(tmp_path, f"{HEADER}Santé,theme,sante,c,d,w\n")

    assert labels.resolve("clairiere", Label(text="Santé", scheme="role")) == ()
    assert labels.resolve("clairiere", theme("Santé publique")) == ()


def test_a_label_that_has_its_concept_keeps_it(tmp_path: Path) -> None:
    """A mapper that knows the concept is not asked again."""
    known = Label(text="?", scheme="theme", concept="logement")

    assert load(tmp_path, HEADER).resolve("clairiere", known) == (known,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{HEADER}Santé,topic,sante,c,d,w\n", 'line 2: "topic" is no scheme'),
        (
            f"{HEADER}Santé,theme,sante,c,d,w\nX,theme,porteur,c,d,w\n",
            'line 3: "porteur" is no concept of scheme theme',
        ),
        (f"{HEADER}Santé,theme,,c,d,w\n", 'line 2: "" is no concept'),
        (f"{HEADER}Santé,method,sante,c,d,w\n", "is no concept of scheme method"),
        ("label,concept\nSanté,sante\n", "columns are"),
        ("", "columns are None"),
        (f"{HEADER}Santé\n", "is no scheme"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    """A mistyped concept is found when tables are read, not when a page is empty."""
    with pytest.raises(SourceFault, match=r"clairiere\.csv") as fault:
        load(tmp_path, text)

    assert message in str(fault.value)


def test_no_table_knows_nothing(tmp_path: Path) -> None:
    """A project without tables has only unknown labels."""
    assert Labels.load(tmp_path, CONCEPTS).resolve("clairiere", theme("Santé")) == ()


def test_the_kept_tables_can_be_read() -> None:
    """The project's own tables name schemes and concepts that exist."""
    assert Labels.load(CURATION / "labels", load_schemes().keys).known


def found(labels: Labels, contributor: str, text: str) -> list[tuple[str | None, str]]:
    """The concepts of a theme's label, and how each was found."""
    return [(one.label.concept, one.how) for one in labels.find(contributor, theme(text))]


@pytest.mark.parametrize("text", ["SANTE", "soins", "health"])
def test_a_label_may_be_a_name_of_a_concept(text: str) -> None:
    """Preferred and alternative labels count alike, in French and in English."""
    assert found(Labels.of({}, WORDS), "clairiere", text) == [("sante", "name")]


def test_a_name_of_two_concepts_names_none() -> None:
    """Nobody chooses for the contributor."""
    assert found(Labels.of({}, WORDS), "clairiere", "Bien vivre") == []


def test_a_contributors_table_goes_before_names() -> None:
    """Who says what their word means is believed."""
    known = {("clairiere", "theme", "soins"): ("logement",), ("verger", "theme", "soins"): ("sante",)}
    labels = Labels.of(known, WORDS)

    assert found(labels, "clairiere", "Soins") == [("logement", "table")]
    assert found(labels, "foret", "Soins") == [("sante", "name")]


def test_what_others_mean_is_not_taken_without_asking() -> None:
    """Even where all agree: one label of two contributors often means two things, so it is a suggestion."""
    known = {("verger", "theme", "abri"): ("logement",), ("foret", "theme", "abri"): ("logement",)}

    assert found(Labels.of(known, WORDS), "clairiere", "Abri") == []
    (first, *_) = Suggestions.load(WORDS, known).suggest(theme("Abri"))
    assert (first.concept, first.score, first.how) == ("logement", 100.0, "label")


def test_a_concept_that_the_mapper_gives_is_kept_as_given() -> None:
    """It was found by nobody else."""
    label = Label(text="?", scheme="theme", concept="sante")

    assert Labels.of({}, WORDS).find("clairiere", label) == (FoundLabel(label=label, how="given"),)


def test_labels_of_contributors_without_a_file_are_read(tmp_path: Path) -> None:
    """Their table names the contributor in its first column, and is checked as the others are."""
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text(f"{ELSEWHERE}Verger,Toit,theme,logement,c,d,w\n", encoding="utf-8")
    tables = tmp_path / "labels"

    assert found(Labels.load(tables, CONCEPTS, elsewhere=elsewhere), "Verger", "toit") == [("logement", "table")]
    elsewhere.write_text(f"{ELSEWHERE}Verger,Toit,theme,toit,c,d,w\n", encoding="utf-8")
    with pytest.raises(SourceFault, match=r'elsewhere\.csv line 2: "toit" is no concept'):
        Labels.load(tables, CONCEPTS, elsewhere=elsewhere)


def test_the_labels_of_2018_can_be_read() -> None:
    """Thirty contributors, none of whose labels means "other"."""
    schemes = load_schemes()
    known = Labels.load(Path("none"), schemes.keys, elsewhere=CURATION / "known-labels.csv").known

    assert len({contributor for contributor, _, _ in known}) == 30
    assert ("theme", "autre") not in {(scheme, key) for (_, scheme, _), keys in known.items() for key in keys}


def test_a_role_is_found_by_its_name() -> None:
    """Roles and types of actors have names too."""
    labels = Labels.of({}, load_schemes().words)

    assert [one.concept for one in labels.resolve("x", Label(text="chef de file", scheme="role"))] == ["porteur"]
    assert [one.concept for one in labels.resolve("x", Label(text="Association", scheme="actor-type"))] == [
        "association"
    ]
