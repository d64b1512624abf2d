"""How long reading the gazetteer, indexing it and resolving 30,000 texts of its communes take, each on its own.

Half of the texts have a postcode and capitals, half are the bare name in small letters.
"""

from benchmarks.harness.benchmark import Benchmark, Figures, alone
from benchmarks.harness.timing import timed
from benchmarks.reference.dice import Dice
from cis_graph.model.places import Place
from cis_graph.territories.gazetteer import Gazetteer, Territory
from cis_graph.territories.resolver import Resolver

TEXTS = 30_000


def resolve() -> Figures:
    """Processor seconds of each step."""
    made: list[Gazetteer] = []
    loading = timed(lambda: made.append(Gazetteer.load()))
    (gazetteer,) = made
    resolvers: list[Resolver] = []
    indexing = timed(lambda: resolvers.append(Resolver(gazetteer)))
    dice = Dice(1, "places")
    communes = [one for one in gazetteer.territories.values() if one.level == "commune" and one.postcodes]
    places = [Place(text=_text(dice.pick(communes), dice)) for _ in range(TEXTS)]
    resolving = timed(lambda: [resolvers[0].resolve(place) for place in places])
    return {
        "reading, CPU s": loading["CPU, s"],
        "indexing, CPU s": indexing["CPU, s"],
        "a text, CPU µs": resolving["CPU, s"] / TEXTS * 1e6,
    }


def _text(commune: Territory, dice: Dice) -> str:
    return f"{commune.postcodes[0]} {commune.name.upper()}" if dice.chance(0.5) else commune.name.lower()


BENCHMARK = Benchmark(prepare=alone("cis-graph", resolve), usual=3)
