"""How fast a browser without a GPU draws and moves 5,000 actors and 20,000 ties, beside 1,000 and 4,000.

The page is ours, served from the set's release; what it draws is generated. Chromium is Debian's, 1200 by 800 pixels.
"""

import json
import math
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from playwright.sync_api import Browser, Route, sync_playwright

from benchmarks.harness.benchmark import Benchmark, Figures, Peer
from benchmarks.harness.servers import Server, ours
from benchmarks.harness.stage import Stage

SIZES = {"5,000 actors, 20,000 ties": (5_000, 20_000), "1,000 actors, 4,000 ties": (1_000, 4_000)}
YEARS = range(2010, 2021)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
MOVING = """seconds => new Promise(done => {
  const canvas = document.querySelector("canvas"), started = performance.now();
  let frames = 0;
  const step = now => {
    if (now - started > seconds * 1000) return done(1000 * frames / (now - started));
    frames += 1;
    const key = ["ArrowLeft", "ArrowUp", "+", "ArrowRight", "ArrowDown", "-"][Math.floor(frames / 12) % 6];
    canvas.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def drawing(actors: int, ties: int) -> bytes:
    """A network of communities in the form that is drawn, the same each time."""
    chance = random.Random(9)
    groups = max(1, actors // 120)
    centres = [(chance.uniform(-0.8, 0.8), chance.uniform(-0.8, 0.8)) for _ in range(groups)]
    places = [
        (x + chance.gauss(0, 0.07), y + chance.gauss(0, 0.07)) for x, y in (centres[n % groups] for n in range(actors))
    ]
    ends: set[tuple[int, int]] = set()
    while len(ends) < ties:
        one = chance.randrange(actors)
        other = chance.randrange(actors) if chance.random() < 0.1 else (one + groups * chance.randint(1, 40)) % actors
        if one != other:
            ends.add((min(one, other), max(one, other)))
    begins = [chance.choice(YEARS) for _ in range(ties)]
    nodes = {
        "key": [f"a{n}" for n in range(actors)],
        "label": [f"Association des voisins n° {n}" for n in range(actors)],
        "x": [round(x, 4) for x, _ in places],
        "y": [round(y, 4) for _, y in places],
        "type": [chance.randrange(9) for _ in range(actors)],
        "region": [n % 13 for n in range(actors)],
        "community": [n % groups for n in range(actors)],
    }
    body = {
        "release": 1, "directed": False, "total": ties, "types": [f"type-{n}" for n in range(9)],
        "regions": [[f"region-{n}", f"Région {n}"] for n in range(13)],
        "communities": [[f"a{n}", f"Association des voisins n° {n}"] for n in range(groups)], "nodes": nodes,
        "ties": {"source": [one for one, _ in sorted(ends)], "target": [other for _, other in sorted(ends)]},
        "meetings": {"tie": list(range(ties)), "weight": [round(1e6 / chance.randint(1, 6)) for _ in range(ties)],
                     "begins": begins, "ends": [year + 2 for year in begins]},
    }  # fmt: skip
    return json.dumps(body, separators=(",", ":")).encode()


def looked_at(browser: Browser, server: Server, body: bytes) -> Figures:
    """Opens the page, moves the picture for two seconds, slides through the years."""
    page = browser.new_page(viewport={"width": 1200, "height": 800})

    def given(route: Route) -> None:
        route.fulfill(body=body, content_type="application/json")

    page.route("**/network/drawing.json*", given)
    page.goto(f"http://127.0.0.1:{server.port}/network")
    page.locator("[data-part=counts]").filter(has_text="0").wait_for()
    drawn: Any = page.evaluate("performance.getEntriesByName('network-drawn')[0].startTime")
    page.locator("canvas").scroll_into_view_if_needed()
    frames: Any = page.evaluate(MOVING, 2)
    for year in YEARS[1:-1]:
        page.locator("[data-part=years] input").first.fill(str(year))
    chosen: Any = page.evaluate("performance.getEntriesByName('network-chosen').map(one => one.duration)")
    page.close()
    return {
        "first drawn, ms": drawn,
        "frames a second while moving": frames,
        "a filter: median, ms": sorted(chosen)[len(chosen) // 2],
        "a filter: longest, ms": max(chosen),
        "data, KiB": math.ceil(len(body) / 1024),
    }


@contextmanager
def prepare(stage: Stage) -> Iterator[Sequence[Peer]]:
    """The server and the browser."""
    bodies = {name: drawing(*size) for name, size in SIZES.items()}
    with ours(stage.release()) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield [Peer(name, partial(looked_at, browser, server, body)) for name, body in bodies.items()]
        browser.close()


BENCHMARK = Benchmark(prepare=prepare, usual=5)
