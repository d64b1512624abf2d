"""How long reading the gazetteer and resolving 30,000 texts of its communes, with and without postcode, takes.

usage: python -m benchmarks.places
"""

import random
import time

from cis_graph.model.places import Place
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.resolver import Resolver

TEXTS = 30_000


def main() -> None:
    """Prints processor seconds for each step."""
    started = time.process_time()
    gazetteer = Gazetteer.load()
    loaded = time.process_time()
    resolver = Resolver(gazetteer)
    built = time.process_time()
    dice = random.Random(1)  # noqa: S311 - a seed makes a measurement repeat
    communes = [one for one in gazetteer.territories.values() if one.level == "commune" and one.postcodes]
    for one in (dice.choice(communes) for _ in range(TEXTS)):
        text = f"{one.postcodes[0]} {one.name.upper()}" if dice.random() < 0.5 else one.name.lower()  # noqa: PLR2004
        resolver.resolve(Place(text=text))
    done = time.process_time()
    print(f"load {loaded - started:.2f} s, index {built - loaded:.2f} s, {TEXTS} texts {done - built:.2f} s")


if __name__ == "__main__":
    main()
