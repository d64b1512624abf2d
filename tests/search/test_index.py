from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cis_graph.model.releases import SearchQuestion
from cis_graph.search.counts import KINDS
from cis_graph.search.documents import Named, words
from cis_graph.search.index import Index
from cis_graph.search.writing import write_index

ENTITIES = (
    Named(kind="project", key="p1", label="Le jardin partagé", detail="Lyon"),
    Named(kind="project", key="p2", label="Jardin d'hiver", detail="Lille", names=("Serre municipale",)),
    Named(kind="actor", key="a1", label="La Clairière", detail="association · Lyon"),
    Named(kind="actor", key="a2", label="Ateliers de l'Œuvre", detail=""),
    Named(kind="actor", key="a3", label="L'Économat <b>", detail='"<script>'),
    Named(kind="territory", key="commune-69123", label="Lyon", detail="commune 69123"),
    Named(kind="territory", key="commune-2", label="Lyons-la-Forêt", detail="commune"),
    Named(kind="theme", key="sante", label="Santé", detail=""),
    Named(kind="programme", key="g1", label="Appel à projets", detail=""),
)
MARKS = ".*+?[]{}()|^$\\/:\"'~-&!@#<>= \t\n\x00\x1b\u202e\U0001f600"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of a handful of names."""
    folder = tmp_path_factory.mktemp("index") / "search"
    write_index(folder, ENTITIES)
    return Index(folder)


def found(index: Index, text: str, kind: str = "", page: int = 1, size: int = 40) -> list[str]:
    """The keys of a page of hits."""
    return [hit.key for hit in index.search(SearchQuestion(text=text, kind=kind, page=page, size=size)).hits]


@pytest.mark.parametrize(
    "text", ["clairiere", "CLAIRIÈRE", "Clairie\u0300re", "la clairière", " clairière ", "«clairière»"]
)
def test_accents_and_case_play_no_part(index: Index, text: str) -> None:
    """People type without accents, in capitals, with a mark or an article."""
    assert found(index, text) == ["a1"]


@pytest.mark.parametrize(("text", "key"), [("oeuvre", "a2"), ("œuvre", "a2"), ("economat", "a3"), ("l'économat", "a3")])
def test_letters_of_french_are_found(index: Index, text: str, key: str) -> None:
    """An elision is a word of its own and a ligature is two letters."""
    assert key in found(index, text)


@pytest.mark.parametrize("text", ["jar", "jardi", "jardin", "le jard"])
def test_the_last_word_may_be_a_beginning(index: Index, text: str) -> None:
    """Names appear while one types."""
    assert "p1" in found(index, text)


def test_a_beginning_counts_for_the_last_word_only(index: Index) -> None:
    """Words already typed are whole words."""
    assert found(index, "jar partagé") == []


@pytest.mark.parametrize("text", ["clairere", "clairrière", "claitière", "clairièr", "partgé"])
def test_one_typo_is_forgiven(index: Index, text: str) -> None:
    """A letter too many, too few or wrong in a long word still finds it."""
    assert found(index, text) in (["a1"], ["p1"])


def test_a_typo_in_a_short_word_is_another_word(index: Index) -> None:
    """Short words are too alike to guess."""
    assert found(index, "lyin") == []


def test_every_word_must_be_there(index: Index) -> None:
    """More words find less."""
    assert found(index, "jardin hiver") == ["p2"]
    assert found(index, "jardin clairière") == []


def test_other_names_are_names(index: Index) -> None:
    """An entity is found by whatever anybody calls it."""
    assert found(index, "serre municipale") == ["p2"]


def test_the_exact_name_comes_first(index: Index) -> None:
    """Who types a whole name means it."""
    assert found(index, "Lyon") == ["commune-69123", "commune-2"]


def test_hits_are_counted_by_kind_whatever_kind_is_asked_for(index: Index) -> None:
    """The counts beside the filter stay when the filter is used."""
    everything, territories = (
        index.search(SearchQuestion(text="l", kind=kind, page=1, size=40)) for kind in ("", "territory")
    )
    jardin = index.search(SearchQuestion(text="jardin", kind="actor", page=1, size=40))

    assert everything.kinds == territories.kinds
    assert (jardin.total, jardin.hits, dict(jardin.kinds)) == (0, (), {"project": 2})


def test_without_words_all_come_in_order_of_names_where_that_is_asked(index: Index) -> None:
    """An empty question is the whole list, in the order of words without accents."""
    answer = index.search(SearchQuestion(sort="name"))
    labels = [hit.label for hit in answer.hits]

    assert labels == sorted(labels, key=words)
    assert (len(labels), answer.total) == (len(ENTITIES), len(ENTITIES))
    assert sum(answer.kinds.values()) == len(ENTITIES)


@pytest.mark.parametrize("text", ["", "l"])
def test_pages_hold_every_hit_once(index: Index, text: str) -> None:
    """Page by page gives what one page gives, and after the last page there is nothing."""
    whole = found(index, text)
    pages = [key for page in range(1, 6) for key in found(index, text, page=page, size=2)]

    assert whole == pages
    assert found(index, text, page=1000, size=2) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_gives_its_own_alone(index: Index, kind: str) -> None:
    """A filter filters, and its total is that of its kind."""
    answer = index.search(SearchQuestion(kind=kind, page=1, size=40))

    assert {hit.key for hit in answer.hits} == {one.key for one in ENTITIES if one.kind == kind}
    assert answer.total == len(answer.hits)


@pytest.mark.parametrize("kind", ["user", "project OR actor", "*"])
def test_an_unknown_kind_has_nothing(index: Index, kind: str) -> None:
    """A kind is looked up and never run."""
    assert found(index, "jardin", kind=kind) == []


@pytest.mark.parametrize("text", ["a" * 10_000, "a " * 5_000, "é" * 10_000, "\x00" * 10_000, "(" * 10_000])
def test_a_long_question_is_answered(index: Index, text: str) -> None:
    """Only its beginning is read."""
    assert index.search(SearchQuestion(text=text)).total <= len(ENTITIES)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=30), st.text(st.sampled_from(MARKS + "ajé"), max_size=30)))
def test_no_question_is_an_error(index: Index, text: str) -> None:
    """Regular expressions, query operators and control characters are only letters nobody has."""
    answer = index.search(SearchQuestion(text=text))

    assert len(answer.hits) == answer.total == sum(answer.kinds.values())


@pytest.mark.parametrize("text", [".*", "[a-z]+", "*", "\x00", "\u202e", "AND", "kind:actor", "names:jardin"])
def test_a_question_of_marks_is_no_wildcard(index: Index, text: str) -> None:
    """What holds no word finds nothing, and an operator is a word."""
    assert found(index, text) == []


def test_a_hit_tells_what_was_written(index: Index) -> None:
    """Markup in a name is a name."""
    (hit,) = index.search(SearchQuestion(text="economat", page=1, size=40)).hits

    assert (hit.kind, hit.label, hit.detail) == ("actor", "L'Économat <b>", '"<script>')


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    """The first release may be empty."""
    write_index(tmp_path / "search", ())

    assert Index(tmp_path / "search").search(SearchQuestion(text="x", page=1, size=40)).total == 0
    assert Index(tmp_path / "search").search(SearchQuestion(kind="actor", page=1, size=40)).hits == ()
