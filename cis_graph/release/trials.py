"""Each example query is tried on a release before it may be published: a broken one stops it, an empty one is noted."""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from cis_graph.rdf.examples import Example
from cis_graph.release.information import REPORT
from cis_graph.store.embedded import EmbeddedStore

FILE = "examples.json"
_AT_ONCE = 2  # examples: the store answers several in less time than one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of one example: its number of rows, the fault of one that broke, the day an empty one turned so."""

    slug: str
    rows: int = 0
    fault: str = ""
    empty_since: str = ""


def tried(store: EmbeddedStore, known: Iterable[Example], before: Mapping[str, Trial], day: str) -> tuple[Trial, ...]:
    """Runs every example, two at once; one that is empty keeps the day of the trial that first found it so."""
    with ThreadPoolExecutor(_AT_ONCE, "store") as threads:
        return tuple(threads.map(lambda one: _tried(store, one, before, day), known))


def write_trials(place: Path, trials: Iterable[Trial]) -> None:
    """Writes the trials into the release's report."""
    text = json.dumps([asdict(one) for one in trials], indent=1, ensure_ascii=False)
    (place / REPORT / FILE).write_text(text + "\n", encoding="utf-8")


def read_trials(place: Path) -> Mapping[str, Trial]:
    """The trials of a release by slug; none where it was built before there were any."""
    path = place / REPORT / FILE
    if not path.exists():
        return {}
    return {one["slug"]: Trial(**one) for one in json.loads(path.read_text(encoding="utf-8"))}


def _tried(store: EmbeddedStore, one: Example, before: Mapping[str, Trial], day: str) -> Trial:
    try:
        rows = store.count(one.text)
    except (SyntaxError, ValueError, RuntimeError, TypeError, OSError) as error:
        return Trial(slug=one.slug, fault=str(error))
    if rows:
        return Trial(slug=one.slug, rows=rows)
    known = before.get(one.slug)
    return Trial(slug=one.slug, empty_since=(known.empty_since if known else "") or day)
