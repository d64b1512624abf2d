"""The five sources of digital mediation, read whole and compared with the mapping that people made for each."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cis_graph.harvest.reading import read
from cis_graph.mappers import aidants_connect, angers, france_services, region_sud, ultra_num
from cis_graph.mapping.contacts import EMAIL, TELEPHONE
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.source import Mapper
from cis_graph.mapping.tables import Table
from cis_graph.mapping.values import clean
from cis_graph.model.findings import Fate
from cis_graph.model.records import Actor

FILES = Path(__file__).parents[3] / "shared" / "data" / "mednum"
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the producers' own files are not on this machine")

FOLDERS: dict[str, Mapper] = {
    "aidants-connect": aidants_connect.MAPPER,
    "angers": angers.MAPPER,
    "france-services": france_services.MAPPER,
    "paca": region_sud.MAPPER,
    "ultra-num": ultra_num.MAPPER,
}
every = pytest.mark.parametrize("folder", FOLDERS)

CONTACT = "an e-mail address or a telephone number may be a person's: never published"
HOURS = "opening hours change from week to week and have no property"
PUBLIC = "an audience is that of a project, and a place is an actor"
TEXT = "a text, and the licence for texts is not stated"
LEFT_OUT: dict[str, dict[str, str]] = {
    "aidants-connect": {"commune": "empty in every row"},
    "angers": {"TELEPHONE": CONTACT, "MAIL": CONTACT, "PUBLIC_": PUBLIC, "HORAIRE": HOURS},
    "france-services": {
        **{f"h_{day}": HOURS for day in ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")},
        "telephone": CONTACT,
        "mail": CONTACT,
        "labellisation": "the day of the label, not of a change of the record",
    },
    "paca": {
        "structure_porteuse": "two actors without a project have no tie",
        "contact_telephone": CONTACT,
        "contact_email": CONTACT,
        "date": "1 January 1970 in every row",
        "public_cible": PUBLIC,
        "modalites_accompagnement": "filled in once in 1,245 rows",
        "services": TEXT,
        "materiels_disponibles": TEXT,
        "horaires_ouverture_brut": HOURS,
    },
    "ultra-num": {
        "Contact : téléphone": CONTACT,
        "Email": CONTACT,
        "Description longue": TEXT,
        "Description courte": TEXT,
    },
}


@cache
def table(folder: str) -> Table:
    """The producer's file, read as a harvest reads it."""
    (file,) = FOLDERS[folder].source.data
    content = read(file, (FILES / folder / file.name).read_bytes())
    assert isinstance(content, Table)
    return content


@cache
def mapped(folder: str) -> Mapped:
    """What the mapper makes of the producer's file."""
    return run(FOLDERS[folder], (table(folder),))


def human(folder: str) -> dict[str, Any]:
    """The mapping that people made."""
    found: dict[str, Any] = json.loads((FILES / folder / f"{folder}.config.json").read_text(encoding="utf-8"))
    return found


def columns_of(mapping: Any) -> Iterator[str]:
    """The columns that a mapping made by people names, in whatever part of it."""
    if isinstance(mapping, list):
        for part in mapping:
            yield from columns_of(part)
    elif isinstance(mapping, dict):
        for name, part in mapping.items():
            if name in {"colonne", "colonnes", "semaine"}:
                yield from [part] if isinstance(part, str) else part
            elif name not in {"termes", "cible"}:
                yield from columns_of(part)
            if name == "jours":
                yield from (hours for day in part for key, hours in day.items() if key not in {"colonne", "osm"})


def actors(folder: str) -> Iterator[tuple[dict[str, str], Actor]]:
    """Each place with the row it was made of."""
    for record in mapped(folder).records:
        (actor,) = record.actors
        yield dict(table(folder).rows[record.rows[0] - 1]), actor


@pytest.mark.parametrize(
    ("folder", "read_in", "made", "rejected"),
    [
        ("aidants-connect", 3407, 3362, {"identifiant-double": 33, "valeur-necessaire": 12}),
        ("angers", 63, 63, {}),
        ("france-services", 2683, 2683, {}),
        ("paca", 1245, 1241, {"valeur-necessaire": 4}),
        ("ultra-num", 155, 155, {}),
    ],
)
def test_every_row_is_a_record_or_is_rejected_with_a_reason(
    folder: str, read_in: int, made: int, rejected: dict[str, int]
) -> None:
    """Rows read are records and rejections, and each rejection says why."""
    account, findings = mapped(folder).account, mapped(folder).findings
    assert (account.read, account.in_records, account.rejected) == (read_in, made, sum(rejected.values()))
    assert account.lost == 0
    assert Counter(each.rule for each in findings if each.fate is Fate.RECORD_REJECTED) == rejected


@every
def test_every_column_is_mapped_or_ignored_by_name(folder: str) -> None:
    """No column of the file is unknown, and none that is declared is not there."""
    (row,) = FOLDERS[folder].rows
    assert set(table(folder).columns) == row.columns() | row.ignored


@every
def test_what_people_mapped_and_we_do_not_has_a_reason(folder: str) -> None:
    """Each column that the mapping made by people uses is mapped here too, or left out with a reason."""
    (row,) = FOLDERS[folder].rows
    used = set(columns_of(human(folder))) & set(table(folder).columns)
    assert used - row.columns() == set(LEFT_OUT[folder])
    assert all(LEFT_OUT[folder].values())


@every
def test_places_are_called_and_addressed_as_people_mapped_them(folder: str) -> None:
    """In each row the name, the town and the street are those of the columns that people chose."""
    mapping = human(folder)
    for row, actor in actors(folder):
        if "Ã" not in (name := clean(row[mapping["nom"]["colonne"]])):
            assert actor.label == name
        assert ((actor.address and actor.address.town) or "") == clean(row[mapping["commune"]["colonne"]])
        street = mapping.get("voie") or mapping["adresse"]
        if "colonne" in street and actor.address:
            assert EMAIL.sub("", clean(row[street["colonne"]])).strip() in (actor.address.street or "")


@every
def test_postcodes_and_points_are_those_that_people_mapped(folder: str) -> None:
    """A postcode differs from its cell by a leading zero at most, a point not at all; none is invented."""
    mapping = human(folder)
    for row, actor in actors(folder):
        if actor.address and (cell := row[mapping["code_postal"]["colonne"]]):
            assert actor.address.postcode == cell.zfill(5)
        for point in actor.coordinates:
            assert point.latitude == float(row[mapping["latitude"]["colonne"]])
            assert point.longitude == float(row[mapping["longitude"]["colonne"]])


@every
def test_every_place_says_where_it_is(folder: str) -> None:
    """A town, a postcode with its département around it, or the département alone."""
    assert [actor.label for _, actor in actors(folder) if not actor.places] == []


@every
def test_no_address_or_number_of_a_person_is_told(folder: str) -> None:
    """Neither records nor what is said of refused values hold an e-mail address or a telephone number."""
    said = [f"{each.value} {each.message_fr} {each.message_en}" for each in mapped(folder).findings]
    told = [
        f"{actor.label} {actor.address} {actor.homepage} {actor.keywords} {actor.places}" for _, actor in actors(folder)
    ]
    assert [text for text in (*said, *told) if EMAIL.search(text) or TELEPHONE.search(text)] == []


def test_a_siret_between_thin_spaces_is_read_and_that_of_many_places_is_none() -> None:
    """Structures are told by a SIRET of their own; ``1``, a wrong one and a shared one tell none."""
    told = Counter(actor.siret or actor.siren for _, actor in actors("aidants-connect"))
    assert set(told.values()) - {told[None]} == {1}
    assert "22740001700074" not in told
    refused = [each.field for each in mapped("aidants-connect").findings if each.rule == "valeur-refusee"]
    assert Counter(refused) == {"SIRET": 41}


def test_points_that_the_geocoder_put_elsewhere_are_not_told() -> None:
    """Two of 155 places of La Réunion were found in Brittany and Gascony."""
    points = [point for _, actor in actors("ultra-num") for point in actor.coordinates]
    assert len(points) == 153
    assert max(point.latitude for point in points) < -20


def test_names_that_were_decoded_wrongly_are_read_anew() -> None:
    """No name of a branch holds what UTF-8 looks like in Latin-1."""
    names = {actor.label for _, actor in actors("france-services")}
    assert {"Fresnes-Léguillon", "Trie-Château"} <= names
    assert [name for name in names if "Ã" in name] == []
