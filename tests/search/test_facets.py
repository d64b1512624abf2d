from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from cis_graph.model.places import Coordinates
from cis_graph.model.releases import Mention, SearchQuestion
from cis_graph.search import documents
from cis_graph.search.documents import Named
from cis_graph.search.index import Index
from cis_graph.search.questions import distance
from cis_graph.search.writing import write_index

LYON, VILLEURBANNE, PARIS = (
    Coordinates(latitude=45.76, longitude=4.84),
    Coordinates(latitude=45.77, longitude=4.88),
    Coordinates(latitude=48.86, longitude=2.34),
)
CHOICES = {
    "theme": ("sante", "sport", "culture"),
    "audience": ("jeunes", "aines"),
    "contributor": ("avise", "rtes", "apriles"),
    "role": ("porteur", "financeur"),
}


def world(seed: int) -> tuple[Named, ...]:
    """Sixty entities with random choices."""
    random = Random(seed)
    return tuple(
        Named(
            kind=random.choice(("project", "grant", "actor")),
            key=f"k{number}",
            label=random.choice(("Jardin", "Atelier", "Épicerie")) + f" {number}",
            detail="",
            filters={
                name: frozenset(random.sample(keys, random.randint(0, len(keys)))) for name, keys in CHOICES.items()
            },
        )
        for number in range(60)
    )


def open_index(folder: Path, *entities: Named) -> Index:
    """An index of these."""
    write_index(folder, entities)
    return Index(folder)


def keys(index: Index, question: SearchQuestion) -> list[str]:
    """The keys of the hits."""
    return [hit.key for hit in index.search(question).hits]


def matches(one: Named, filters: dict[str, frozenset[str]], kind: str) -> bool:
    """Whether an entity is of a kind and has one key at least of each filter."""
    return kind in {"", one.kind} and all(one.filters[name] & kept for name, kept in filters.items())


@pytest.mark.parametrize("seed", range(8))
def test_every_count_is_what_choosing_it_would_give(tmp_path: Path, seed: int) -> None:
    """For random questions, each facet's counts are those of a plain count with that facet left open."""
    entities = world(seed)
    index = open_index(tmp_path / "search", *entities)
    random = Random(seed)
    for names in (pair for size in range(3) for pair in combinations(CHOICES, size)):
        chosen = {name: frozenset(random.sample(CHOICES[name], random.randint(1, 2))) for name in names}
        kind = random.choice(("", "project", "actor"))
        answer = index.search(SearchQuestion(kind=kind, filters=chosen, size=100))

        assert {hit.key for hit in answer.hits} == {one.key for one in entities if matches(one, chosen, kind)}
        assert answer.kinds == Counter(one.kind for one in entities if matches(one, chosen, ""))
        for name in CHOICES:
            others = {other: kept for other, kept in chosen.items() if other != name}
            expected = Counter(key for one in entities if matches(one, others, kind) for key in one.filters[name])
            assert answer.facets[name] == expected, (name, chosen)


def test_words_and_filters_hold_together(tmp_path: Path) -> None:
    """A hit has every word and a key of every filter."""
    index = open_index(
        tmp_path / "search",
        Named(kind="project", key="a", label="Jardin", detail="", filters={"theme": frozenset({"sante"})}),
        Named(kind="project", key="b", label="Jardin", detail="", filters={"theme": frozenset({"sport"})}),
        Named(kind="project", key="c", label="Atelier", detail="", filters={"theme": frozenset({"sante"})}),
    )

    assert keys(index, SearchQuestion(text="jardin", filters={"theme": frozenset({"sante"})})) == ["a"]


def test_running_text_is_found_by_its_stems(tmp_path: Path) -> None:
    """Singular and plural, verb and noun, with and without accents; a name counts more than a text."""
    index = open_index(
        tmp_path / "search",
        Named(kind="project", key="text", label="Un", detail="", text="Aide aux personnes précaires, vélos réparés"),
        Named(kind="project", key="name", label="Vélo solidaire", detail=""),
    )

    for text in ("précaire", "precaires", "personne", "réparer"):
        assert keys(index, SearchQuestion(text=text)) == ["text"], text
    assert keys(index, SearchQuestion(text="vélos")) == ["name", "text"]
    assert keys(index, SearchQuestion(text="velo")) == ["name", "text"]


def test_years_overlap(tmp_path: Path) -> None:
    """What began later or ended before is left out; what has no end goes on; what has no year is in no period."""
    index = open_index(
        tmp_path / "search",
        Named(kind="project", key="ended", label="a", detail="", began=2010, ended=2012),
        Named(kind="project", key="open", label="b", detail="", began=2015),
        Named(kind="project", key="unknown", label="c", detail=""),
    )

    def within(first: int | None, last: int | None) -> set[str]:
        return set(keys(index, SearchQuestion(first_year=first, last_year=last)))

    assert within(None, None) == {"ended", "open", "unknown"}
    assert within(2012, 2014) == {"ended"}
    assert within(2013, None) == {"open"}
    assert within(2011, 2020) == {"ended", "open"}
    assert within(None, 2009) == set()


def test_near_a_point_hits_come_by_distance(tmp_path: Path) -> None:
    """What lies beyond a hundred kilometres is not near, what has no point neither."""
    index = open_index(
        tmp_path / "search",
        Named(kind="actor", key="paris", label="a", detail="", point=PARIS),
        Named(kind="actor", key="villeurbanne", label="b", detail="", point=VILLEURBANNE),
        Named(kind="actor", key="lyon", label="c", detail="", point=LYON),
        Named(kind="actor", key="nowhere", label="d", detail=""),
    )
    answer = index.search(SearchQuestion(near=LYON))

    assert ([hit.key for hit in answer.hits], answer.total) == (["lyon", "villeurbanne"], 2)
    assert keys(index, SearchQuestion(near=VILLEURBANNE, size=1)) == ["villeurbanne"]
    assert keys(index, SearchQuestion(near=VILLEURBANNE, size=1, page=2)) == ["lyon"]


def test_a_distance_is_that_of_the_map() -> None:
    """Lyon to Paris is 392 kilometres, and nowhere is far from itself."""
    assert round(distance(LYON, PARIS)) == 393
    assert distance(LYON, LYON) == 0


def test_equals_come_in_an_order_that_favours_nobody(tmp_path: Path) -> None:
    """Forty cards of two contributors, one of them first in the alphabet: both stand on the first page."""
    entities = [
        Named(
            kind="project", key=f"{who}{n}", label=f"{who} {n:02}", detail="", filters={"contributor": frozenset({who})}
        )
        for who in ("abeille", "zebre")
        for n in range(40)
    ]
    first = keys(open_index(tmp_path / "search", *entities), SearchQuestion())

    assert 10 <= sum(key.startswith("abeille") for key in first) <= 30


def test_what_is_newest_comes_first_by_date(tmp_path: Path) -> None:
    """What states no date comes last."""
    index = open_index(
        tmp_path / "search",
        Named(kind="project", key="none", label="a", detail=""),
        Named(kind="project", key="old", label="b", detail="", began=1998),
        Named(kind="project", key="new", label="c", detail="", began=2020),
    )

    assert keys(index, SearchQuestion(sort="date")) == ["new", "old", "none"]


def test_territories_in_an_answer_are_named(tmp_path: Path) -> None:
    """A facet's key has its name, its point and what it lies in beside it, whether it is counted or chosen."""
    above = {"territory": (("pays-fr", "France"), ("region-84", "Auvergne-Rhône-Alpes"), ("departement-69", "Rhône"))}
    index = open_index(
        tmp_path / "search",
        Named(kind="territory", key="region-84", label="Auvergne-Rhône-Alpes", detail=""),
        Named(kind="territory", key="epci-200046977", label="Métropole de Lyon", detail="", point=LYON,
              facts={"territory": above["territory"][1:]}),
        Named(kind="territory", key="region-11", label="Île-de-France", detail=""),
        Named(kind="actor", key="a", label="La Clairière", detail="", filters={"area": frozenset({"region-84"})}),
        Named(kind="project", key="b", label="b", detail="", filters={"epci": frozenset({"epci-200046977"}),
              "actor": frozenset({"a"})}),
    )  # fmt: skip
    answer = index.search(SearchQuestion())
    chosen = index.search(SearchQuestion(filters={"territory": frozenset({"region-11", "region-99"})}))

    assert answer.mentions == {
        "territory/region-84": Mention(label="Auvergne-Rhône-Alpes"),
        "territory/epci-200046977": Mention(
            label="Métropole de Lyon", above=("departement-69", "region-84"), point=LYON
        ),
        "actor/a": Mention(label="La Clairière"),
    }
    assert (answer.name("actor", "a"), answer.above("epci-200046977")[0]) == ("La Clairière", "departement-69")
    assert (chosen.name("territory", "region-11"), chosen.name("territory", "region-99")) == ("Île-de-France", "")


@pytest.mark.parametrize("seed", range(4))
def test_every_count_of_a_year_is_what_that_year_would_give(tmp_path: Path, seed: int) -> None:
    """For random questions, a year counts what was under way in it, whichever years are chosen."""
    random = Random(seed)
    entities = tuple(
        replace(one, began=began, ended=random.choice((None, began + random.randint(0, 9)))) if began else one
        for one in world(seed)
        for began in (random.choice((0, 1998, 2004, 2011, 2018)),)
    )
    index = open_index(tmp_path / "search", *entities)
    for kind, theme in (("", frozenset[str]()), ("project", frozenset({"sante"})), ("actor", frozenset({"sport"}))):
        question = SearchQuestion(
            kind=kind, filters={"theme": theme}, first_year=2005, last_year=random.choice((2010, None))
        )
        years = dict(index.search(question).facets["year"])
        filters = {"theme": theme} if theme else {}
        found = [one for one in entities if matches(one, filters, kind)]
        stated = {year for one in found for year in (one.began, one.ended) if year}

        for year in range(min(stated), max(stated) + 1):
            alone = index.search(replace(question, first_year=year, last_year=year))
            assert years.pop(str(year), 0) == alone.total, (kind, year)
        assert years == {}


def test_a_chosen_key_is_counted_however_rare(tmp_path: Path) -> None:
    """Of a hundred actors the sixty most frequent are counted, and the one that is chosen."""
    index = open_index(
        tmp_path / "search",
        *(Named(kind="project", key=f"p{n}-{m}", label="p", detail="", filters={"actor": frozenset({f"a{n:03}"})})
          for n in range(100) for m in range(2 if n < 60 else 1)),
    )  # fmt: skip

    assert len(index.search(SearchQuestion()).facets["actor"]) == 60
    counts = index.search(SearchQuestion(filters={"actor": frozenset({"a099"})})).facets["actor"]
    assert (counts["a099"], counts["a000"]) == (1, 2)


def test_only_the_facets_that_are_wanted_are_counted(tmp_path: Path) -> None:
    """A question may name them, or want none."""
    index = open_index(tmp_path / "search", *world(1))

    assert index.search(SearchQuestion(facets=frozenset({"theme"}))).facets.keys() == {"theme"}
    assert index.search(SearchQuestion(facets=frozenset())).facets == {}


def test_an_index_of_an_older_release_counts_what_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One made before a field was, is searched by the others."""
    monkeypatch.setattr(
        documents, "COUNTED", tuple(name for name in documents.COUNTED if name not in {"epci", "actor"})
    )
    write_index(tmp_path / "search", world(1))
    monkeypatch.undo()
    answer = Index(tmp_path / "search").search(
        SearchQuestion(filters={"actor": frozenset({"a"}), "role": frozenset({"porteur"})})
    )

    assert "role" in answer.facets
    assert not answer.facets.keys() & {"epci", "actor"}


@pytest.mark.parametrize("key", ["*", "sante OR sport", "a" * 10_000, "\x00", "[", "sante*"])
def test_a_filters_key_is_looked_up_and_never_run(tmp_path: Path, key: str) -> None:
    """Nothing in it is syntax."""
    index = open_index(tmp_path / "search", *world(1))

    assert keys(index, SearchQuestion(filters={"theme": frozenset({key})})) == []


def test_suggestions_are_names_that_begin_so(tmp_path: Path) -> None:
    """Every word but the last is whole; nothing is suggested for nothing."""
    index = open_index(tmp_path / "search", *world(1))

    assert {hit.label.split()[0] for hit in index.suggest("jar")} == {"Jardin"}
    assert len(index.suggest("jar")) <= 8
    assert index.suggest("") == ()
    assert index.suggest(".*") == ()
