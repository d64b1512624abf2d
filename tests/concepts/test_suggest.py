from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cis_graph.concepts import meaning
from cis_graph.concepts.labels import Labels
from cis_graph.concepts.suggest import NearIn, Suggestions, stems
from cis_graph.concepts.words import Words
from cis_graph.model.records import Label
from cis_graph.rdf.schemes import load_schemes

WORDS = {
    ("theme", "sante"): Words(french="Santé", english="Health"),
    ("theme", "agriculture"): Words(french="Agriculture durable", english="Sustainable farming"),
    ("theme", "energies"): Words(french="Énergies", english="Energy", others=("Énergies renouvelables",)),
    ("audience", "seniors"): Words(french="Seniors", english="Older people"),
}
MEANINGS = {
    ("verger", "theme", "vivre-bien-chez-soi"): ("sante",),
    ("verger", "audience", "chez-soi"): ("seniors",),
}
SUGGESTIONS = Suggestions.load(WORDS, MEANINGS)
PROJECTS = load_schemes().words


def suggested(text: str) -> list[tuple[str, str]]:
    """The concepts suggested for a theme, and what each is near to."""
    return [(one.concept, one.how) for one in SUGGESTIONS.suggest(Label(text=text, scheme="theme"))]


@pytest.mark.parametrize(
    ("text", "concept", "how"),
    [
        ("energie renouvelable", "energies", "name"),
        ("L'agriculture urbaine et durable", "agriculture", "name"),
        ("SANTÉ !", "sante", "name"),
        ("bien vivre chez soi", "sante", "label"),
    ],
)
def test_near_words_suggest_a_concept(text: str, concept: str, how: str) -> None:
    """Names of concepts count, and so do the labels that contributors use for them."""
    assert (concept, how) in suggested(text)[:1]


@pytest.mark.parametrize("text", ["", "!!!", "de la", "xyzw"])
def test_nothing_near_suggests_nothing(text: str) -> None:
    """No suggestion is better than three that are far off."""
    assert suggested(text) == []


def test_a_scheme_without_words_suggests_nothing() -> None:
    """Concepts come from the label's own scheme."""
    assert Suggestions().suggest(Label(text="Santé", scheme="theme")) == ()
    assert SUGGESTIONS.suggest(Label(text="Santé", scheme="role")) == ()


@pytest.mark.parametrize(
    ("one", "other"), [("Énergies", "energie"), ("sociaux", "social"), ("associative", "Associatif"), ("l'eau", "eau")]
)
def test_plurals_and_feminines_have_one_stem(one: str, other: str) -> None:
    """Endings that change with number and gender do not count."""
    assert stems(one) == stems(other)


@given(st.text(max_size=60) | st.sampled_from([name for words in PROJECTS.values() for name in words.every]))
def test_suggestions_are_few_sorted_and_of_the_scheme(text: str) -> None:
    """Whatever is asked: at most three concepts of the scheme, each once; asking again gives the same."""
    suggestions = Suggestions.load(PROJECTS, {})
    label = Label(text=text, scheme="theme")
    got = suggestions.suggest(label)

    assert got == suggestions.suggest(label)
    assert len({one.concept for one in got}) == len(got) <= 3
    assert all(("theme", one.concept) in PROJECTS and 50 <= one.score <= 100 for one in got)


@given(st.text(max_size=30))
def test_a_suggestion_resolves_nothing(text: str) -> None:
    """A label that nobody knows stays unknown, however near it is to a name."""
    label = Label(text=f"{text} énergie renouvelable", scheme="theme")

    assert Labels.of(MEANINGS, WORDS).resolve("x", label) == ()


def like_health(wordings: Sequence[str]) -> NearIn:
    """A sense of meaning to which everything is health."""
    return lambda _: [1.0 if words == "sante" else -0.2 for words in wordings]


def test_what_means_the_same_counts_beside_what_is_spelt_alike() -> None:
    """Where meaning can be told, a word without a letter in common may come first, and a near one stays second."""
    found = Suggestions.load(WORDS, MEANINGS, like_health).suggest(Label(text="Energie verte", scheme="theme"))

    assert [one.concept for one in found[:2]] == ["sante", "energies"]
    assert all(0 < one.score <= 100 for one in found)


def test_meaning_takes_nothing_by_itself() -> None:
    """A label whose meaning is certain stays unknown until a person says so: suggestions know no way to resolve."""
    label = Label(text="Bien-être", scheme="theme")
    (first, *_) = Suggestions.load(WORDS, MEANINGS, like_health).suggest(label)

    assert first.concept == "sante"
    assert Labels.of(MEANINGS, WORDS).resolve("x", label) == ()


def test_without_the_extra_meaning_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is imported that is not installed."""

    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(meaning, "version", missing)

    assert meaning.by_meaning() is None
    assert meaning.extra_version() == ""
