from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cis_graph.search.bitsets import bitset, descending, members, tally

NUMBERS = st.frozensets(st.integers(min_value=0, max_value=300))


@given(NUMBERS)
def test_a_set_gives_its_numbers_back_in_order(numbers: frozenset[int]) -> None:
    """What goes into a set comes out of it, the smallest first, and the set knows how many there are."""
    bits = bitset(numbers, 301)

    assert sorted(numbers) == list(members(bits))
    assert len(numbers) == bits.bit_count()


@given(NUMBERS, st.lists(NUMBERS, max_size=9))
def test_numbers_come_by_how_many_sets_they_are_in(among: frozenset[int], sets: list[frozenset[int]]) -> None:
    """Each number once, with the number of sets that hold it, the highest count first, zero included."""
    counts = Counter(number for one in sets for number in one)
    found = list(descending(bitset(among, 301), tally(bitset(one, 301) for one in sets)))

    assert {number: counts[number] for number in among} == {
        number: count for count, bits in found for number in members(bits)
    }
    assert sorted((count for count, _ in found), reverse=True) == [count for count, _ in found]
    assert len(among) == sum(bits.bit_count() for _, bits in found)
