"""Work in a process of its own."""

import time
from collections.abc import Callable

import pytest

from cis_graph.errors import GateClosed, SourceFault
from cis_graph.intake.apart import Cell, apart, begun

CELL = Cell(seconds=60, memory=4096)


def double(number: int) -> int:
    """Twice a number."""
    return number * 2


def sleep(seconds: float) -> float:
    """A while."""
    time.sleep(seconds)
    return seconds


def swell(mebibytes: int) -> int:
    """Takes memory."""
    return len(b"x" * (mebibytes << 20))


def fail(_: int) -> None:
    """Refuses."""
    raise SourceFault("no", french="non")


def tell_then_sleep(seconds: float, tell: Callable[[str], None]) -> float:
    """Tells at once, ends later."""
    tell("told")
    time.sleep(seconds)
    return seconds


def test_work_apart_gives_what_it_makes() -> None:
    """As if it were done here."""
    assert 42 == apart(double, 21, cell=CELL)


def test_work_that_is_refused_says_why_in_both_languages() -> None:
    """An error of ours crosses to the one who asked."""
    with pytest.raises(GateClosed, match="no") as refused:
        apart(fail, 1, cell=CELL)
    assert "non" == refused.value.french


@pytest.mark.parametrize(
    ("work", "given", "cell"),
    [(sleep, 60, Cell(seconds=0.5, memory=4096)), (swell, 2000, Cell(seconds=60, memory=1024))],
)
def test_work_over_its_limits_is_ended(work: Callable[[int], object], given: int, cell: Cell) -> None:
    """Neither time nor memory can be taken without end."""
    with pytest.raises(GateClosed):
        apart(work, given, cell=cell)


@pytest.mark.parametrize(("seconds", "made"), [(0.0, 0.0), (2.0, None)])
def test_work_that_goes_on_has_told_what_it_knows(seconds: float, made: float | None) -> None:
    """Whoever is patient reads how it ended, the others what was found."""
    assert ("told", made) == begun(tell_then_sleep, seconds, first=60, then=60 if made is not None else 0.1)
