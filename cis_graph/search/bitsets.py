"""Sets of small numbers as bits of one whole number: those of thousands are joined in a microsecond."""

import re
from collections.abc import Iterable, Iterator, Sequence

_SOME = re.compile(rb"[^\x00]")
_PLACES = tuple(tuple(place for place in range(8) if byte >> place & 1) for byte in range(256))


def bitset(numbers: Iterable[int], size: int) -> int:
    """The set of these numbers, all below ``size``."""
    held = bytearray(size // 8 + 1)
    for number in numbers:
        held[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(held, "little")


def members(bits: int) -> Iterator[int]:
    """The numbers in a set, the smallest first."""
    held = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    for found in _SOME.finditer(held):
        start = found.start()
        for place in _PLACES[held[start]]:
            yield start << 3 | place


def tally(sets: Iterable[int]) -> Sequence[int]:
    """In how many of the sets each number is, in binary: the sets of those whose count has each digit, units first."""
    digits: list[int] = []
    for carry in sets:
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry  # noqa: PLW2901 - what is carried to the next digit
        if carry:
            digits.append(carry)
    return digits


def descending(bits: int, digits: Sequence[int], count: int = 0) -> Iterator[tuple[int, int]]:
    """A set by a :func:`tally` of its numbers: each count, the highest first, with those that have it."""
    if not bits:
        return
    if not digits:
        yield count, bits
        return
    *lower, highest = digits
    yield from descending(bits & highest, lower, count + (1 << len(lower)))
    yield from descending(bits & ~highest, lower, count)
