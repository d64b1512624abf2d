from itertools import product
from pathlib import Path
from random import Random

import pytest

from cis_graph.model.meetings import Meeting
from cis_graph.model.places import Coordinates
from cis_graph.search.documents import Named
from cis_graph.search.index import Index
from cis_graph.search.profiles import TOPICS, Profile
from cis_graph.search.writing import write_index

LYON, VILLEURBANNE, PARIS = (
    Coordinates(latitude=45.76, longitude=4.84),
    Coordinates(latitude=45.77, longitude=4.88),
    Coordinates(latitude=48.86, longitude=2.34),
)


def named(key: str, profile: Profile, *, kind: str = "project", within: frozenset[str] = frozenset()) -> Named:
    """Something that has a profile."""
    filters = {"territory": within, "area": within | profile.areas}
    return Named(kind=kind, key=key, label=key, detail="", filters=filters, point=profile.point, profile=profile)


def stating(*concepts: str, circle: str = "", areas: str = "", point: Coordinates | None = None) -> Profile:
    """A profile from concepts like ``theme/sante`` and words with blanks between."""
    stated = {topic: frozenset(one.partition("/")[2] for one in concepts if one.startswith(topic)) for topic in TOPICS}
    return Profile(stated=stated, circle=frozenset(circle.split()), areas=frozenset(areas.split()), point=point)


def opened(folder: Path, *entities: Named) -> Index:
    """An index of these."""
    write_index(folder / "search", entities)
    return Index(folder / "search")


def others(index: Index, key: str, kind: str = "project") -> list[str]:
    """Whom somebody might meet, the best first."""
    return [one.other.key for one in index.meetings.of(kind, key, most=9)]


def test_two_of_four_agreements_make_a_meeting(tmp_path: Path) -> None:
    """Same theme and audience, or theme and near; a theme alone or a place alone is not enough."""
    index = opened(
        tmp_path,
        named("me", stating("theme/sante", "audience/jeunes", "method/labo", point=LYON)),
        named("three", stating("theme/sante", "audience/jeunes", "method/labo", point=PARIS)),
        named("two", stating("theme/sante", "audience/jeunes", point=PARIS)),
        named("near", stating("theme/sante", point=VILLEURBANNE)),
        named("theme-only", stating("theme/sante", point=PARIS)),
        named("place-only", stating("theme/sport", point=LYON)),
        named("me", stating("theme/sante", "audience/jeunes"), kind="actor"),
    )

    assert ["three", "near", "two"] == sorted(others(index, "me"), key=["three", "near", "two"].index)
    assert "three" == others(index, "me")[0]
    (near,) = [one for one in index.meetings.of("project", "me", most=9) if one.other.key == "near"]
    assert (("sante",), (), (), 3, ()) == (near.themes, near.audiences, near.methods, near.kilometres, near.areas)


def test_places_known_as_areas_agree_by_departement_then_region(tmp_path: Path) -> None:
    """Where one has no point, a département in common comes before a région, and both after kilometres."""
    here = "departement-69 region-84"
    index = opened(
        tmp_path,
        named("me", stating("theme/sante", areas=here, point=LYON)),
        named("region", stating("theme/sante", areas="region-84")),
        named("departement", stating("theme/sante", areas=here)),
        named("far-point", stating("theme/sante", areas=here, point=Coordinates(latitude=46.19, longitude=4.6))),
        named("next", stating("theme/sante", areas=here, point=VILLEURBANNE)),
    )

    assert ["next", "departement", "region"] == others(index, "me")
    assert ["me", "next", "far-point", "region"] == sorted(
        others(index, "departement"), key=["me", "next", "far-point", "region"].index
    )
    assert [("departement-69",), ("region-84",)] == [one.areas for one in index.meetings.of("project", "me", most=9)][
        1:
    ]


def test_whoever_shares_a_circle_has_met(tmp_path: Path) -> None:
    """A common family of projects or a common partner leaves a pair out; a circle of thousands is no obstacle."""
    same = ("theme/sante", "audience/jeunes")
    index = opened(
        tmp_path,
        named("me", stating(*same, circle=" ".join(f"family-{number}" for number in range(9000)) + " partner")),
        named("partner", stating(*same, circle="partner other")),
        named("kin", stating(*same, circle="family-8999")),
        named("stranger", stating(*same, circle="elsewhere")),
    )

    assert ["stranger"] == others(index, "me")
    assert "me" not in others(index, "kin")


def test_who_is_indexed_in_more_areas_than_tell_a_place_is_not_put_first(tmp_path: Path) -> None:
    """The index tells where somebody works, the profile whether that is a place: one who works everywhere is not near."""
    same, everywhere = ("theme/a", "audience/b"), frozenset({"region-1", "region-2", "region-3", "region-4"})
    index = opened(
        tmp_path,
        named("me", stating(*same, areas="region-1")),
        named("everywhere", stating(*same), within=everywhere),
        named("near", stating(*same, areas="region-1")),
    )

    assert ["near"] == [one.other.key for one in index.meetings.of("project", "me", most=1)]
    assert ["near", "everywhere"] == others(index, "me")


def test_nobody_is_shown_more_than_twice_for_a_territory(tmp_path: Path) -> None:
    """Pairs that both work there come first, each pair once, nobody more than twice; one foot there is enough."""
    here = frozenset({"departement-94"})
    local = [
        named(f"here-{n}", stating("theme/a", "audience/b", areas="departement-94"), within=here) for n in range(5)
    ]
    outside = named("outside", stating("theme/a", "audience/b", areas="departement-75"))
    found = opened(tmp_path, *local, outside).meetings.within("departement-94", most=20)
    ends = [end.key for one in found for end in (one.one, one.other)]

    assert all(ends.count(end) <= 2 for end in ends)
    assert len(found) == len({frozenset((one.one.key, one.other.key)) for one in found}) >= 4
    assert all("here" in one.one.key + one.other.key for one in found)
    assert "outside" not in ends[:6]


@pytest.mark.parametrize("seed", range(6))
def test_the_index_finds_what_the_rule_finds(tmp_path: Path, seed: int) -> None:
    """Over invented worlds, whom somebody might meet is what comparing all pairs by the rule gives."""
    random = Random(seed)
    concepts = ("theme/a", "theme/b", "theme/c", "audience/x", "audience/y", "method/m")
    known = {
        f"k{number}": stating(
            *random.sample(concepts, random.randint(1, 4)),
            circle=random.choice(("one", "two", "three", "four", "five")),
            areas=random.choice(("", "departement-1 region-1", "departement-2 region-1")),
            point=random.choice((None, LYON, VILLEURBANNE, PARIS)),
        )
        for number in range(25)
    }
    index = opened(tmp_path, *(named(key, profile) for key, profile in known.items()))
    told = {(key, one.other.key) for key in known for one in index.meetings.of("project", key, most=40)}

    assert {pair for pair in product(known, known) if pair[0] != pair[1] and _agree(*map(known.get, pair))} == told
    for key in known:
        ranks = [one.rank for one in index.meetings.of("project", key, most=40)]
        assert sorted(ranks) == ranks
        assert ranks[:3] == [one.rank for one in index.meetings.of("project", key, most=3)]


def _agree(one: Profile | None, other: Profile | None) -> bool:
    assert one is not None
    assert other is not None
    topics = sum(bool(one.stated[topic] & other.stated[topic]) for topic in TOPICS)
    near = {one.point, other.point} <= {LYON, VILLEURBANNE} or one.point == other.point
    place = near if one.point and other.point else bool(one.areas & other.areas)
    return not one.circle & other.circle and topics >= 1 and topics + place >= 2


@pytest.mark.parametrize(("kind", "key"), [("project", "nobody"), ("", ""), ("actor", "me"), ("project", "a/b\x00")])
def test_who_is_unknown_meets_nobody(tmp_path: Path, kind: str, key: str) -> None:
    """An unknown key, or one of another kind, gives nothing."""
    index = opened(tmp_path, named("me", stating("theme/a", "audience/b")))

    found: tuple[Meeting, ...] = index.meetings.of(kind, key, most=5)
    assert () == found == index.meetings.within(key, most=5)


def test_an_index_older_than_profiles_has_nobody_meet(tmp_path: Path) -> None:
    """A release that was made before profiles were kept still serves its pages, without meetings."""
    opened(tmp_path, named("me", stating("theme/a", "audience/b")), named("you", stating("theme/a", "audience/b")))
    described = tmp_path / "search" / "meta.json"
    described.write_text(described.read_text("utf-8").replace('"name": "who"', '"name": "whom"'), "utf-8")
    assert '"whom"' in described.read_text("utf-8")
    meetings = Index(tmp_path / "search").meetings

    assert () == meetings.of("project", "me", most=5) == meetings.within("departement-94", most=5)
