"""What each station costs, without asking the pipeline: an alarm looks five times a second at which package works.

A moment belongs to the innermost package of the house that is a station, whatever called it, so that stations that
hand over to each other one record at a time are told apart too. A thread counts as the station's that it is named after
(to look at its frames would keep alive what they hold). A process that is forked looks at itself in the same way; any
other counts as that station's at which it was first seen. Wall time is that of the main thread, memory that of all
processes together. The alarm needs no thread: the pipeline may fork.
"""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from benchmarks.harness.processes import RARELY, children, cpu_seconds, memory, thread_seconds

EVERY = 0.2  # seconds; a look takes milliseconds
WEIGHED = 3.0  # seconds between two looks at memory
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
    "network": "network",
}
OTHER = "start and end"  # imports, reading reference data, what is between stations

Costs = dict[str, dict[str, float]]  # station -> wall and CPU in seconds, peak of memory in MiB


@contextmanager
def sampled() -> Iterator[Costs]:
    """The costs of what runs within, complete when it ends."""
    with TemporaryDirectory(prefix="looks-") as folder:
        look = _Look(Path(folder))
        before = signal.signal(signal.SIGALRM, look.taken)
        _looking.append(look)
        look.again(EVERY)
        try:
            yield look.costs
        finally:
            look.again(0)
            _looking.remove(look)
            signal.signal(signal.SIGALRM, before)
            look.gather()


@dataclass(slots=True)
class _Look:
    """What was seen until now; ``folder`` has what each forked process saw, by its number."""

    folder: Path
    is_forked: bool = False
    costs: Costs = field(default_factory=dict)
    _seen: float = field(default_factory=time.perf_counter)
    _weighs: float = 0.0
    _all: float = field(default_factory=cpu_seconds)
    _spent: dict[int, float] = field(default_factory=dict)  # by thread or process
    _first_seen: dict[int, str] = field(default_factory=dict)

    def taken(self, _: int, frame: FrameType | None) -> None:
        """Looks once more; what nobody can be shown to have spent is the main thread's."""
        here, now, everything = _station(frame), time.perf_counter(), cpu_seconds()
        cost, of_others = self._cost(here), self._of_others(here)
        cost["CPU"] += everything - self._all - of_others
        self._all = everything
        if self.is_forked:
            self.tell()
        else:
            cost["wall"] += now - self._seen
            self._seen = now
            self._weigh(cost, now)
        self.again(max(EVERY, time.perf_counter() - now))  # looking takes at most half of the time

    def tell(self) -> None:
        """Leaves what this process saw of itself to the one that gathers."""
        waiting = self.folder / f"{os.getpid()}.waiting"
        waiting.write_text(json.dumps({station: cost["CPU"] for station, cost in self.costs.items()}), encoding="utf-8")
        waiting.rename(self._told_by(os.getpid()))

    def gather(self) -> None:
        """Adds what forked processes saw."""
        for told in self.folder.glob("*.json"):
            for station, seconds in json.loads(told.read_text(encoding="utf-8")).items():
                self._cost(station)["CPU"] += seconds

    def again(self, seconds: float) -> None:
        """Sets the alarm that looks next; none where it is 0."""
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def _weigh(self, cost: dict[str, float], now: float) -> None:
        if not cost["peak"] or now > self._weighs:
            cost["peak"] = max(cost["peak"], memory())
            self._weighs = now + max(WEIGHED, RARELY * (time.perf_counter() - now))

    def _of_others(self, here: str) -> float:
        """Gives other threads and processes what they spent since the last look; how much that is."""
        stations = {one.native_id: _named(one.name, here) for one in threading.enumerate() if one.native_id}
        stations.pop(threading.main_thread().native_id or 0, None)
        spent = {one: thread_seconds(one) for one in stations}
        for child in children():
            stations[child] = self._first_seen.setdefault(child, here)
            spent[child] = cpu_seconds(child)
        for one, seconds in spent.items():
            spent[one] = seconds - self._spent.get(one, 0.0)
            self._spent[one] = seconds
            if not self._told_by(one).exists():
                self._cost(stations[one])["CPU"] += spent[one]
        return sum(spent.values())

    def _told_by(self, process: int) -> Path:
        return self.folder / f"{process}.json"

    def _cost(self, station: str) -> dict[str, float]:
        return self.costs.setdefault(station, {"wall": 0.0, "CPU": 0.0, "peak": 0.0})


_looking: list[_Look] = []


def _look_here_too() -> None:
    """Has a forked process look at itself, from its first moment."""
    if _looking:
        own = _Look(_looking[-1].folder, is_forked=True)
        _looking[:] = [own]
        own.tell()
        signal.signal(signal.SIGALRM, own.taken)
        own.again(EVERY)


os.register_at_fork(after_in_child=_look_here_too)


def _named(thread: str, here: str) -> str:
    station = thread.partition("_")[0]
    return station if station in STATIONS.values() else here


def _station(frame: FrameType | None) -> str:
    while frame is not None:
        parts = str(frame.f_globals.get("__name__", "")).split(".")
        if parts[0] == "cis_graph" and len(parts) > 1 and parts[1] in STATIONS:
            return STATIONS[parts[1]]
        if parts[:2] == ["benchmarks", "reference"]:
            return STATIONS["benchmarks"]
        frame = frame.f_back
    return OTHER
