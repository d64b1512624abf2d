"""A small invented source and its harvests."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest

from cis_graph import pipeline
from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.source import Mapper, Source
from cis_graph.mapping.tables import CsvFile
from cis_graph.mapping.values import Degrees, FrenchDate, Listed, SiretNumber, Text
from cis_graph.model.findings import Finding
from cis_graph.model.places import Coordinates, Place
from cis_graph.model.records import Actor, Label, Participation, Project, Record
from cis_graph.model.releases import ReleaseInformation
from cis_graph.pipeline import project_house
from cis_graph.release.house import House
from cis_graph.release.opened import Opened
from cis_graph.release.parts import NAMES, PARTS, Parts
from cis_graph.release.shelf import Shelf
from cis_graph.settings import Settings
from cis_graph.territories.gazetteer import Gazetteer

Report = Callable[[Opened], dict[str, Finding]]
SOURCE = Source(
    slug="ruches",
    contributor="ruches",
    title="Ruches de France",
    homepage="https://ruches.example/",
    licence="https://spdx.org/licenses/etalab-2.0",
    data=(CsvFile(name="ruches.csv"),),
    at_least=1,
    organisation="porteur",
)


class Row(SourceRow):
    """One row of the invented export."""

    number: Text = column("N°")
    title: Text = column("Nom")
    description: Text | None = column("Description")
    started: FrenchDate | None = column("Début")
    siret: SiretNumber | None = column("SIRET")
    latitude: Degrees | None = column("Latitude")
    longitude: Degrees | None = column("Longitude")
    place: Text | None = column("Lieu")
    themes: Listed | None = column("Thèmes")


def to_record(row: Row) -> Record:
    """The project of a row and the association that leads it."""
    points: tuple[Coordinates, ...] = ()
    if row.latitude is not None and row.longitude is not None:
        points = (Coordinates(latitude=row.latitude, longitude=row.longitude),)
    place = (Place(text=row.place),) if row.place else ()
    project = Project(
        node="projet",
        label=row.title,
        description=row.description,
        started=row.started,
        places=place,
        coordinates=points,
        themes=tuple(Label(text=text, scheme="theme") for text in row.themes or ()),
    )
    lead = Actor(node="porteur", label=f"Association {row.title}"[:200], siret=row.siret, places=place)
    role = Label(text="porteur", scheme="role", concept="porteur")
    return SOURCE.record(
        row.number,
        projects=(project,),
        actors=(lead,),
        participations=(Participation(actor="porteur", project="projet", role=role),),
    )


MAPPER = Mapper(SOURCE, (Row,), to_record)
GOOD = {
    "N°": "1",
    "Nom": "La Ruche",
    "Description": "Des ruches partagées sur les toits.",
    "Début": "01/02/2019",
    "SIRET": "552 100 554 00013",
    "Latitude": "",
    "Longitude": "",
    "Lieu": "69007 Lyon",
    "Thèmes": "Santé",
}


@cache
def small_house() -> House:
    """The project's words with a few territories: those that the records of these tests speak of."""
    everything = Gazetteer.load()
    wanted = {"commune-69387", *(key for key, one in everything.territories.items() if one.name == "Sainte-Colombe")}
    wanted |= {key for key in everything.territories if key.startswith(("departement-", "region-", "pays-"))}
    kept = {outer for key in wanted for outer in everything.containers(key)}
    few = {key: one for key, one in everything.territories.items() if key in kept}
    return replace(project_house("https://carrefour.example/"), gazetteer=Gazetteer(few, (), "few"))


@dataclass
class Desk:
    """A data folder, a bundle that stands for the source, and the stations over them."""

    folder: Path
    mapper: Mapper = MAPPER
    retrieved: str = "2026-01-01T00:00:00Z"
    curation: Path = field(init=False)
    settings: Settings = field(init=False)

    def __post_init__(self) -> None:
        self.settings = Settings(data=self.folder / "data")
        self.curation = self.folder / "curation"
        (self.curation / "labels").mkdir(parents=True)
        labels = "label,scheme,concept,by,date,why\nSanté,theme,sante,test,2026-01-01,same word\n"
        (self.curation / "labels" / "ruches.csv").write_text(labels, encoding="utf-8")

    def hand_over(self, *rows: dict[str, str], columns: tuple[str, ...] = tuple(GOOD)) -> None:
        """The source hands over these rows."""
        self._bundle().mkdir(parents=True, exist_ok=True)
        with (self._bundle() / "ruches.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, columns, extrasaction="ignore")
            table.writeheader()
            table.writerows(rows)
        self._harvest()

    def hand_over_bytes(self, data: bytes) -> None:
        """The source hands over a file of any bytes."""
        (self._bundle() / "ruches.csv").write_bytes(data)
        self._harvest()

    def build(self) -> ReleaseInformation:
        """A new release, not yet current."""
        return pipeline.build(
            self.settings, (self.mapper,), lambda _: None, curation=self.curation, house=small_house()
        )

    def publish(self) -> Opened:
        """Builds and publishes; the release open for reading."""
        self.build()
        pipeline.publish(self.settings)
        current = Shelf(self.settings.data).current()
        assert current is not None
        return current

    def expect(self, at_least: int) -> None:
        """The source is expected to hand over so many records."""
        self.mapper = replace(MAPPER, source=replace(SOURCE, at_least=at_least))

    def _bundle(self) -> Path:
        return self.folder / "bundle" / "ruches"

    def _harvest(self) -> None:
        about = {"retrieved": self.retrieved}
        (self._bundle() / "snapshot.json").write_text(json.dumps(about), encoding="utf-8")
        assert pipeline.harvest(self.settings, (self.mapper,), lambda _: None, self.folder / "bundle")


def said_of_things(release: Opened) -> set[str]:
    """Everything a release says but of itself: its own counts are made by builds alone."""
    parts = Parts(release.place / PARTS)
    return {line for name in NAMES if name != "description" for line in parts.lines(name)}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(tmp_path)


@pytest.fixture
def report() -> Report:
    """The contributor's report by rule (the last finding of each)."""
    return lambda release: {finding.rule: finding for finding in release.findings("ruches")}
