"""How long SELECT of 10,000 and 1,000,000 rows takes to its last byte at our endpoint, beside plain Oxigraph.

The rows are statements of the same release, each with a number so that even the smallest set has a million.
"""

from benchmarks.harness.benchmark import Benchmark
from benchmarks.harness.beside import long_answers

ROWS = (10_000, 1_000_000)
QUERIES = {
    f"{count:,} rows": f"SELECT ?n ?s ?p ?o {{ VALUES ?n {{ 1 2 3 }} ?s ?p ?o }} LIMIT {count}" for count in ROWS
}

BENCHMARK = Benchmark(prepare=long_answers(QUERIES, "text/tab-separated-values"), usual=5, most=20)
