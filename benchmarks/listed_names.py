"""Names of somebody's list with what they truly mean: of actors, projects and territories as generated records write
them, and the labels of 2018, which people mapped.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cases.concepts import Codes
from benchmarks.reference.mappers import mappers
from cis_graph.harvest.reading import read
from cis_graph.mapping.names import slug
from cis_graph.mapping.run import run
from cis_graph.model.recognition import Hint, Sought
from cis_graph.model.records import Record
from cis_graph.rdf.schemes import Schemes
from cis_graph.release.findable import findable
from cis_graph.resources import CURATION
from cis_graph.search.documents import Named
from cis_graph.territories.gazetteer import Gazetteer

Told = Mapping[str, Any]  # a line of the truth
_TOPICS = ("theme", "audience", "method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One name as a list has it, what else the list gives, and the keys of what it truly means.

    Of ``doubted`` keys nobody can tell whether they are meant.
    """

    kind: str
    text: str
    truths: frozenset[str]
    doubted: frozenset[str] = frozenset()
    place: str = ""
    numbers: tuple[tuple[str, str], ...] = ()

    def sought(self, *, place: bool, numbers: bool) -> Sought:
        """The question, with the hints that are chosen."""
        hints = [Hint(name="territory", values=(self.place,))] if place and self.place else []
        hints += [Hint(name=name, values=(value,)) for name, value in self.numbers if numbers]
        return Sought(text=self.text, kinds=(self.kind,), hints=tuple(hints))


class Truth:
    """What is truly told in a folder of generated records."""

    def __init__(self, folder: Path, gazetteer: Gazetteer, schemes: Schemes) -> None:
        self._folder, self._gazetteer, self._schemes = folder, gazetteer, schemes
        self._records = {told["record"]: told for told in self._lines("records")}

    def named(self) -> Iterator[Named]:
        """What is indexed: every other actor and project, and all territories and concepts, as in a release."""
        yield from (one.named() for one in findable((), self._gazetteer, self._schemes))
        for told in list(self._lines("actors"))[::2]:
            numbers = {name: ((told[name], told[name]),) for name in ("siren", "rna") if told[name]}
            yield self._named("actor", told["actor"], told["name"], told, numbers)
        for told in list(self._lines("projects"))[::2]:
            yield self._named("project", told["project"], told["title"], told, {})

    def asked(self) -> Iterator[Asked]:
        """What lists ask for: leaders, projects and places of records, each spelling at one place once; labels."""
        told = (one for record in self._told() for one in self._of_record(*record))
        yield from {(one.kind, one.text, one.place): one for one in told}.values()
        yield from _labels(self._schemes)

    def _of_record(self, record: Record, told: Told) -> Iterator[Asked]:
        project = next(iter(record.projects), None)
        places = project.places if project else ()
        place = places[0].text if places else ""
        lead = next((actor for actor in record.actors if actor.node == "porteur"), None)
        if lead and told["lead"]:
            numbers = tuple((name, str(value)) for name, value in (("siren", lead.siren), ("rna", lead.rna)) if value)
            own = lead.places[0].text if lead.places else place
            yield Asked(kind="actor", text=lead.label, truths=frozenset((told["lead"],)), place=own, numbers=numbers)
        if project:
            yield Asked(kind="project", text=project.label, truths=frozenset((told["project"],)), place=place)
        if place and told["territory"]:
            within = self._departement(told["territory"])
            yield Asked(kind="territory", text=place, truths=frozenset((told["territory"],)), place=within)

    def _departement(self, key: str) -> str:
        """The name of the département that a territory lies in, where it is another."""
        territories = self._gazetteer.territories
        around = (territories[outer] for outer in sorted(self._gazetteer.containers(key) - {key}))
        return next((one.name for one in around if one.level == "departement"), "")

    def _named(self, kind: str, key: str, label: str, told: Told, facts: Mapping[str, Any]) -> Named:
        keys = sorted(self._gazetteer.containers(told["commune"])) if told["commune"] else []
        places = tuple((one, self._gazetteer.territories[one].name) for one in keys)
        return Named(kind=kind, key=key, label=label, detail="", facts={**facts, "territory": places})

    def _told(self) -> Iterator[tuple[Record, Told]]:
        for mapper in mappers(self._folder):
            bundle, files = self._folder / "bundle" / mapper.source.slug, mapper.source.data
            found = run(mapper, tuple(read(file, (bundle / file.name).read_bytes()) for file in files))
            for record in found.records:
                if told := self._records.get(f"{record.contributor}/{record.key}"):
                    yield record, told

    def _lines(self, name: str) -> Iterable[Told]:
        return map(json.loads, (self._folder / "truth" / f"{name}.jsonl").open(encoding="utf-8"))


def _labels(schemes: Schemes) -> Iterator[Asked]:
    """The labels of 2018 in their schemes: right has a code of 2018 that people gave, doubted has none."""
    codes = Codes.load()
    meant: dict[tuple[str, str], set[str]] = {}
    texts: dict[tuple[str, str], str] = {}
    with (CURATION / "known-labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = row["scheme"], slug(row["label"])
            texts.setdefault(place, row["label"])
            meant.setdefault(place, set()).add(row["concept"])
    for (scheme, text), keys in meant.items():
        if scheme in _TOPICS:
            given = codes.of(scheme, keys)
            coded = {key: codes.of(scheme, [key]) for key in schemes.keys[scheme]}
            right = frozenset(key for key, own in coded.items() if not given.isdisjoint(own)) | keys
            doubted = frozenset(key for key, own in coded.items() if not own) - right
            yield Asked(kind=scheme, text=texts[scheme, text], truths=right, doubted=doubted)
