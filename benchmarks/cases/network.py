"""How long filtered matrices, ego networks and exports take, beside the same ego networks in SPARQL at Oxigraph.

Each run asks for 40 matrices and 40 ego networks under filters drawn from a seed, and gives their 95th percentile; the
export is the GEXF of the région whose ties number nearest 20,000. On S the régions by régions are asked in SPARQL too.
"""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.servers import Server, ours, oxigraph
from benchmarks.harness.stage import Stage
from cis_graph.release.dumps import write_dumps
from cis_graph.release.information import read_information
from cis_graph.release.shelf import Shelf

ASKED, EXPORTED = 40, 20_000
JSON = "application/sparql-results+json"
REGIONS_QUERY = Path(__file__).parents[1] / "peers" / "regions-that-cooperate.rq"
LEVELS = ("region", "departement", "epci", "commune")
REGIONS = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94")
CHOSEN = {
    "theme": ("sante", "emploi", "mobilite", "lien-social", "agriculture", "education"),
    "type": ("association", "entreprise", "fondation", "collectivite"),
    "role": ("porteur", "partenaire", "accompagnateur"),
    "from": ("2012", "2016", "2019"),
    "territory": tuple(f"region-{code}" for code in REGIONS),
}
EGO = """PREFIX insoc: <https://w3id.org/insoc/ontology#>
PREFIX role: <https://w3id.org/insoc/concept/role/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?other (SUM(?share) AS ?weight) WHERE {{ {{ SELECT DISTINCT ?other ?project ?share WHERE {{
  <{ego}> insoc:cooperatesWith ?other .
  ?mine insoc:actor <{ego}> ; insoc:project ?project ; insoc:role ?role1 .
  ?theirs insoc:project ?project ; insoc:actor ?other ; insoc:role ?role2 .
  role:cooperative skos:member ?role1 , ?role2 .
  ?project insoc:cooperatingActorCount ?n BIND(ROUND(1000000 / (?n - 1)) / 1000000 AS ?share)
}} }} }} GROUP BY ?other"""


def matrices(seed: int) -> tuple[str, ...]:
    """Addresses of matrices: a level, and none to two filters."""
    chance = random.Random(seed)
    found = []
    for _ in range(ASKED):
        names = chance.sample(sorted(CHOSEN), chance.randint(0, 2))
        chosen = {name: chance.choice(CHOSEN[name]) for name in names}
        found.append(f"/network/matrix.json?{urlencode({'level': chance.choice(LEVELS), **chosen})}")
    return tuple(found)


def milliseconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1_000


def spread(name: str, calls: Sequence[Callable[[], object]]) -> Figures:
    """The middle and the 95th percentile of calls."""
    taken = sorted(map(milliseconds, calls))
    return {f"{name}: median, ms": taken[len(taken) // 2], f"{name}: p95, ms": taken[int(0.95 * (len(taken) - 1))]}


def ask(server: Server, egos: Sequence[str], export: str, ties: int, fresh: Iterator[int]) -> Figures:
    """Everything that is measured of our tables; a number in each address makes it new, or it came from memory."""
    mark = f"n={next(fresh)}"
    get = [partial(server.get, f"{path}&{mark}") for path in matrices(2026)]
    keys = (ego.rpartition("/")[2] for ego in egos)
    around = [partial(server.get, f"/network.json?{urlencode({'actor': key})}&{mark}") for key in keys]
    return {
        **spread("filtered matrix", get),
        **spread("ego network", around),
        "régions by régions, ms": milliseconds(lambda: server.get(f"/network/matrix.json?{mark}")),
        "export as GEXF, ms": milliseconds(lambda: server.get(f"{export}&{mark}")),
        "ties exported": ties,
        "the whole as GEXF, first byte, ms": milliseconds(lambda: server.begun(f"/network.gexf?{mark}")),
    }


def formulated(server: Server, egos: Sequence[str], *, regions: bool) -> Figures:
    """The same ego networks with their weights; régions by régions take SPARQL too long on M."""
    around = spread("ego network", [partial(server.query, EGO.format(ego=ego), JSON) for ego in egos])
    if not regions:
        return around
    text = REGIONS_QUERY.read_text(encoding="utf-8")
    return {**around, "régions by régions, ms": milliseconds(lambda: server.query(text, JSON))}


def told(server: Server, path: str) -> dict[str, object]:
    """What an address of ours answers."""
    with urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
        found: dict[str, object] = json.load(answer)
    return found


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """Both servers; actors spread over the network drawn, the régions counted."""
    data = stage.release()
    release = Shelf(data).current_place()
    if release:
        write_dumps(release, read_information(release).base)
    with ours(data) as one, oxigraph(data) as other:
        drawing = told(one, "/network/drawing.json")
        keys = drawing["nodes"]["key"]  # type: ignore[index]
        egos = [f"https://carrefour.example/id/actor/{key}" for key in keys[:: max(1, len(keys) // ASKED)][:ASKED]]
        counts = {code: told(one, f"/network/drawing.json?territory=region-{code}")["total"] for code in REGIONS}
        code = min(counts, key=lambda code: abs(int(str(counts[code])) - EXPORTED))
        export, ties = f"/network.gexf?territory=region-{code}", int(str(counts[code]))
        yield (
            Peer("cis-graph", partial(ask, one, egos, export, ties, count())),
            Peer("SPARQL", partial(formulated, other, egos, regions=stage.set.name == "S")),
        )


BENCHMARK = Benchmark(prepare=prepare, usual=3)
