"""What a benchmark is: peers that do the same work, measured in turn."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from benchmarks.harness.stage import Stage

Figures = Mapping[str, float]  # what was measured, by a name that ends with its unit: "point query, ms"
CASES = Path(__file__).parents[1] / "cases"


@dataclass(frozen=True, slots=True)
class Peer:
    """One of those that are compared; ``run`` does the work once and gives its figures, the same names each time.

    ``remarks`` are asked for after the last round: lines that stand below the table.
    """

    name: str
    run: Callable[[], Figures]
    remarks: Callable[[], Sequence[str]] = tuple


Prepare = Callable[[Stage], AbstractContextManager[Sequence[Peer]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """What is prepared once, then measured in rounds: in each round every peer once, in alternating order.

    The first peer is the one that ratios compare with the others. ``rounds`` are those of sets where more or fewer than
    ``usual`` are wanted; ``warm`` is how many rounds go before and are not counted. There may be up to ``most`` rounds
    until ratios are known well enough that two runs agree within a tenth.
    """

    prepare: Prepare
    usual: int = 5
    rounds: Mapping[str, int] = field(default_factory=dict)
    warm: int = 1
    most: int = 0


def alone(name: str, run: Callable[[], Figures]) -> Prepare:
    """A single peer that needs nothing prepared."""

    @contextmanager
    def prepare(_: Stage) -> Iterator[Sequence[Peer]]:
        yield (Peer(name, run),)

    return prepare


def names() -> tuple[str, ...]:
    """Every benchmark there is: a file of ``cases`` each."""
    return tuple(sorted(path.stem for path in CASES.glob("*.py")))


def load(name: str) -> tuple[Benchmark, str]:
    """A benchmark and the sentence that says what it measures."""
    module = import_module(f"benchmarks.cases.{name}")
    benchmark: Benchmark = module.BENCHMARK
    return benchmark, " ".join((module.__doc__ or "").split("\n\n", 1)[0].split())
