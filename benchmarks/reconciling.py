"""How well names of somebody's list are recognised, on generated records whose truth is known.

usage: python -m benchmarks.reconciling FOLDER [--names N]

FOLDER is made by ``python -m benchmarks.reference``. Every other actor of its truth is indexed, by its official name,
its places and numbers. N names of leaders as records write them (cut, misspelt, shortened, by acronym) are looked up:
about half are of actors that are not there and must not be matched. Prints, for names alone, with the place that the
record gives, and with that and its SIREN or RNA: precision and recall of what is matched without asking, how often the
right one is first and within five, and the CPU seconds.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reference.mappers import mappers
from cis_graph.harvest.reading import read
from cis_graph.mapping.run import run
from cis_graph.model.recognition import Candidate, Hint, Sought
from cis_graph.model.records import Actor, Record
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.release.recognition import Recogniser
from cis_graph.resources import CURATION
from cis_graph.search.documents import Named
from cis_graph.search.index import Index
from cis_graph.search.writing import write_index
from cis_graph.territories.gazetteer import Gazetteer

_SEED = 1
_WITHIN = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """One name as a record tells it, its hints, and the key of who it truly is."""

    text: str
    place: str
    numbers: tuple[tuple[str, str], ...]
    truth: str

    def sought(self, *, place: bool, numbers: bool) -> Sought:
        """The question, with the hints that are chosen."""
        hints = [Hint(name="territory", values=(self.place,))] if place and self.place else []
        hints += [Hint(name=name, values=(value,)) for name, value in self.numbers if numbers]
        return Sought(text=self.text, kinds=("actor",), hints=tuple(hints))


def indexed(folder: Path, place: Path) -> set[str]:
    """Writes the index of every other true actor; their keys."""
    gazetteer, found = Gazetteer.load(), []
    for number, line in enumerate((folder / "truth" / "actors.jsonl").open(encoding="utf-8")):
        told = json.loads(line)
        if number % 2 == 0:
            keys = sorted(gazetteer.containers(told["commune"])) if told["commune"] else []
            facts = {"territory": tuple((key, gazetteer.territories[key].name) for key in keys)}
            facts |= {name: ((told[name], told[name]),) for name in ("siren", "rna") if told[name]}
            found.append(Named(kind="actor", key=told["actor"], label=told["name"], detail="", facts=facts))
    write_index(place, found)
    return {one.key for one in found}


def asked(folder: Path) -> Iterator[Asked]:
    """The leaders that records name, each spelling at one place once."""
    leads = {told["record"]: told["lead"] for told in map(json.loads, (folder / "truth" / "records.jsonl").open())}
    seen: set[tuple[str, str]] = set()
    for record in _records(folder):
        lead = next((actor for actor in record.actors if actor.node == "porteur"), None)
        truth = leads.get(f"{record.contributor}/{record.key}")
        if lead and truth:
            one = _asked(lead, record, truth)
            if (one.text, one.place) not in seen:
                seen.add((one.text, one.place))
                yield one


def _asked(lead: Actor, record: Record, truth: str) -> Asked:
    places = lead.places or (record.projects[0].places if record.projects else ())
    numbers = {"siren": lead.siren, "rna": lead.rna}
    told = tuple((name, str(value)) for name, value in numbers.items() if value)
    return Asked(lead.label, places[0].text if places else "", told, truth)


def _records(folder: Path) -> Iterator[Record]:
    for mapper in mappers(folder):
        bundle = folder / "bundle" / mapper.source.slug
        files = mapper.source.data
        yield from run(mapper, tuple(read(file, (bundle / file.name).read_bytes()) for file in files)).records


def line(names: Iterable[Asked], known: set[str], look_up: Callable[[Asked], tuple[Candidate, ...]]) -> str:
    """What the names of a list came to."""
    every, start = tuple(names), time.process_time()
    found = [look_up(one) for one in every]
    seconds = time.process_time() - start
    pairs = list(zip(every, found, strict=True))
    matched = [(one.truth, got[0].key) for one, got in pairs if got and got[0].match]
    right = sum(truth == key for truth, key in matched)
    there = [(one.truth, [it.key for it in got[:_WITHIN]]) for one, got in pairs if one.truth in known]
    first = sum(truth in keys[:1] for truth, keys in there)
    within = sum(truth in keys for truth, keys in there)
    shares = (right / max(1, len(matched)), right / len(there), first / len(there), within / len(there))
    told = "precision {:.3f}  recall {:.3f}  first {:.3f}  within five {:.3f}".format(*shares)
    return f"{told}  {seconds:.1f} s CPU, {len(there)} of {len(every)} there"


def main() -> int:
    """Prints a line for each kind of list."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--names", type=int, default=1000)
    given = parser.parse_args()
    every = list(asked(given.folder))
    names = random.Random(_SEED).sample(every, min(given.names, len(every)))
    with tempfile.TemporaryDirectory() as place:
        known = indexed(given.folder, Path(place))
        recogniser = Recogniser(Index(Path(place)), Aliases.load(CURATION / "aliases.csv"))
        for title, by_place, by_number in (
            ("name", False, False),
            ("name, place", True, False),
            ("name, place, number", True, True),
        ):

            def look_up(one: Asked, *, place: bool = by_place, number: bool = by_number) -> tuple[Candidate, ...]:
                return recogniser.recognise(one.sought(place=place, numbers=number))

            sys.stdout.write(f"{title:20s} {line(names, known, look_up)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
