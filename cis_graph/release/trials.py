"""Each example query is tried on a release before it may be published: a broken one stops it, an empty one is noted.

One that took long and answered is tried on one release in sixteen, as long as its text and the software stay: what
takes long reads much, and is not emptied by what changes from one release to the next. They take turns.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields, replace
from itertools import cycle
from pathlib import Path
from time import thread_time

from cis_graph import memory
from cis_graph.rdf.examples import Example
from cis_graph.release.information import REPORT
from cis_graph.store.embedded import EmbeddedStore

FILE = "examples.json"
_AT_ONCE = 2  # examples: the store answers several in less time than one after the other
_LONG = 0.5  # processor seconds
_TURNS = 16  # releases, on one of which an example that takes long is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of one example: the fault of one that broke, the day an empty one turned so.

    ``of`` names its text and the software; it ``waits`` for so many releases before it is tried again.
    """

    slug: str
    of: str = ""
    fault: str = ""
    empty_since: str = ""
    waits: int = 0


_FIELDS = tuple(field.name for field in fields(Trial))


def tried(store: EmbeddedStore, known: Iterable[Example], before: Mapping[str, Trial], day: str) -> tuple[Trial, ...]:
    """Tries the examples whose turn it is, two at once; one that is empty keeps the day that first found it so."""
    with ThreadPoolExecutor(_AT_ONCE, "store") as threads:
        found = threads.map(lambda one: _again(store, one, before.get(one.slug), day), known)
        turns = cycle(range(_TURNS))
        return tuple(replace(one, waits=next(turns)) if one.waits == _TURNS else one for one in found)


def write_trials(place: Path, trials: Iterable[Trial]) -> None:
    """Writes the trials into the release's report."""
    text = json.dumps([asdict(one) for one in trials], indent=1, ensure_ascii=False)
    (place / REPORT / FILE).write_text(text + "\n", encoding="utf-8")


def read_trials(place: Path) -> Mapping[str, Trial]:
    """The trials of a release by slug; none where it was built before there were any."""
    path = place / REPORT / FILE
    if not path.exists():
        return {}
    told = json.loads(path.read_text(encoding="utf-8"))
    return {one["slug"]: Trial(**{name: one[name] for name in _FIELDS if name in one}) for one in told}


def _again(store: EmbeddedStore, one: Example, last: Trial | None, day: str) -> Trial:
    """The trial of an example, or its ``last`` where it waits; one that is found to take long has no turn yet."""
    of = _name(one)
    is_known = last is not None and last.of == of
    if last and is_known and last.waits:
        return replace(last, waits=last.waits - 1)
    begun = thread_time()
    found = _tried(store, one, of, (last.empty_since if last else "") or day)
    if thread_time() - begun < _LONG or found.fault or found.empty_since:
        return found
    return replace(found, waits=_TURNS - 1 if is_known else _TURNS)


def _tried(store: EmbeddedStore, one: Example, of: str, day: str) -> Trial:
    try:
        rows = store.count(one.text)
    except (SyntaxError, ValueError, RuntimeError, TypeError, OSError) as error:
        return Trial(slug=one.slug, of=of, fault=str(error))
    return Trial(slug=one.slug, of=of, empty_since="" if rows else day)


def _name(one: Example) -> str:
    """What the text of an example, and what asks it, are known by."""
    digest = hashlib.sha256(memory.software())
    digest.update(one.text.encode())
    return digest.hexdigest()  # whole: a part of one may look like a telephone number
