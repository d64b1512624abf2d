"""How long DESCRIBE of 1,500 and 150,000 things takes to its last byte at our endpoint, beside plain Oxigraph.

That is about 10,000 and a million statements; the smallest set has fewer in all, so how many came is given.
"""

from benchmarks.harness.benchmark import Benchmark
from benchmarks.harness.beside import long_answers

THINGS = (1_500, 150_000)
QUERIES = {f"{count:,} things": f"DESCRIBE ?thing {{ ?thing a ?type }} LIMIT {count}" for count in THINGS}

BENCHMARK = Benchmark(prepare=long_answers(QUERIES, "application/n-triples"), usual=5, most=20)
