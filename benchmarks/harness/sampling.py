"""What each station costs, without asking the pipeline: a thread looks many times a second at which package works.

A moment belongs to the innermost package of the house that is a station, whatever called it, so that stations that
hand over to each other one record at a time are told apart too. Processes that a station started count as its own.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from benchmarks.harness.processes import cpu_seconds, memory

EVERY = 0.01  # seconds
STATIONS = {
    "harvest": "harvest",
    "mapping": "map",
    "mappers": "map",
    "benchmarks": "map",  # the mappers of generated sets
    "territories": "resolve",
    "concepts": "resolve",
    "resolution": "resolve",
    "rdf": "RDF",
    "validation": "validate",
    "reconciliation": "reconcile",
    "entities": "entities",
    "release": "release",
    "store": "store",
    "search": "search",
}
OTHER = "start and end"  # imports, reading reference data, what is between stations

Costs = dict[str, dict[str, float]]  # station -> wall and CPU in seconds, peak of memory in MiB


@contextmanager
def sampled() -> Iterator[Costs]:
    """The costs of what runs within, complete when it ends."""
    costs: Costs = {}
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(threading.get_ident(), costs, stop), daemon=True)
    watcher.start()
    try:
        yield costs
    finally:
        stop.set()
        watcher.join()


def _watch(thread: int, costs: Costs, stop: threading.Event) -> None:
    pid = os.getpid()
    wall, cpu, looked = time.perf_counter(), cpu_seconds(pid), 0.0
    while not stop.wait(EVERY + looked):
        started = time.perf_counter()
        station = _station(sys._current_frames().get(thread))  # noqa: SLF001 - the only way to see another thread
        now, spent = time.perf_counter(), cpu_seconds(pid)
        cost = costs.setdefault(station, {"wall": 0.0, "CPU": 0.0, "peak": 0.0})
        cost["wall"] += now - wall
        cost["CPU"] += spent - cpu
        cost["peak"] = max(cost["peak"], memory(pid))
        wall, cpu = now, spent
        looked = time.perf_counter() - started  # looking takes at most half of the time


def _station(frame: FrameType | None) -> str:
    while frame is not None:
        parts = str(frame.f_globals.get("__name__", "")).split(".")
        if parts[0] == "cis_graph" and len(parts) > 1 and parts[1] in STATIONS:
            return STATIONS[parts[1]]
        if parts[:2] == ["benchmarks", "reference"]:
            return STATIONS["benchmarks"]
        frame = frame.f_back
    return OTHER
