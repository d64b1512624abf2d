"""``cis-graph new-mapper``: from a sample to a mapper that runs."""

import importlib.util
import json
from functools import cache
from pathlib import Path

import pytest

from cis_graph import cli
from cis_graph.concepts.tables import LabelTables
from cis_graph.intake.examine import examined_files
from cis_graph.intake.ground import Ground
from cis_graph.mapping.source import Mapper
from cis_graph.model.gate import Examined
from cis_graph.resources import CURATION
from tests.pipeline.conftest import small_house

Said = pytest.CaptureFixture[str]
PROJECTS = """N° projet;Nom du projet;Description;Porteur;Date de début;Thématiques;Ville;Courriel
1;Jardin des Ormes;Un jardin que les habitants du quartier cultivent ensemble depuis le printemps, avec l'école.;Les Ormes;01/02/2019;Santé;Lyon;a@b.example
2;Atelier vélo;Un atelier où chacun répare son vélo avec l'aide de bénévoles, chaque samedi matin, toute l'année.;;03/2020;Éducation;Lyon;c@d.example
3;La Recyclerie;Une recyclerie qui donne une seconde vie aux meubles et aux jouets du canton, et forme aux métiers.;Rebond;2021;Logement;Lyon;
"""
ACTORS = [
    {"nom": f"Espace {name}", "adresse": {"rue": "1 rue Neuve", "code_postal": 69007, "ville": "Lyon"},
     "position": {"lat": 45.75, "lon": 4.84}, "telephone": "04 78 00 00 00"} for name in ("Un", "Deux", "Trois")
]  # fmt: skip
FEED = "<list>" + "".join(f"<it><name>Lieu {n}</name><city>Lyon</city></it>" for n in range(3)) + "</list>"


@cache
def ground() -> Ground:
    """The words of the project with a few territories."""
    return Ground.of(small_house(), LabelTables(CURATION))


def drafted(folder: Path, name: str, data: bytes) -> tuple[Mapper, Examined]:
    """The mapper that a sample gives, and what becomes of the sample with it."""
    (folder / name).write_bytes(data)
    assert cli.main(["new-mapper", "mon-essai", str(folder / name), "--to", str(folder)]) == 0
    spec = importlib.util.spec_from_file_location("drafted", folder / "mon_essai.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    mapper: Mapper = module.MAPPER
    return mapper, examined_files(mapper, {name: data}, ground())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("projets.csv", PROJECTS.encode()),
        ("projets.csv", PROJECTS.encode("cp1252")),
        ("lieux.json", json.dumps({"lieux": ACTORS}).encode()),
        ("lieux.jsonl", "\n".join(map(json.dumps, ACTORS)).encode()),
        ("lieux.xml", FEED.encode()),
    ],
)
def test_a_drafted_mapper_runs_without_a_violation(tmp_path: Path, name: str, data: bytes) -> None:
    """Whatever the sample's shape, every record is fit to be published, in at most 60 lines of code."""
    _, examined = drafted(tmp_path, name, data)

    assert examined.conforms
    assert 3 == len(examined.published)
    assert 60 >= len((tmp_path / "mon_essai.py").read_text(encoding="utf-8").splitlines())


def test_columns_are_known_by_what_they_hold(tmp_path: Path, capsys: Said) -> None:
    """Identifier, title, lead, date, theme and town are found; addresses of people are not mapped."""
    mapper, _ = drafted(tmp_path, "projets.csv", PROJECTS.encode())
    (row,) = mapper.rows
    parts = {name: field.alias for name, field in row.model_fields.items()}

    assert {"key": "N° projet", "title": "Nom du projet", "description": "Description", "lead": "Porteur",
            "started": "Date de début", "themes": "Thématiques", "town": "Ville"} == parts  # fmt: skip
    assert {"Courriel"} == row.ignored
    told = capsys.readouterr().out
    assert "cis-graph validate" in told
    assert "Courriel (2 rows)" in told


def test_what_is_ignored_is_shown_with_an_example(tmp_path: Path, capsys: Said) -> None:
    """So that a column of use is seen, and an empty one is known for one."""
    drafted(tmp_path, "lieux.csv", b"nom;statut;vide\nUn;Association;\nDeux;SCOP;\n")
    told = capsys.readouterr().out

    assert "statut (2 rows, such as: Association)" in told
    assert "vide (0 rows)" in told


def test_places_and_nested_objects_become_an_actor(tmp_path: Path) -> None:
    """Rows with an address and no date tell of structures, whose key is made of what they say."""
    mapper, examined = drafted(tmp_path, "lieux.json", json.dumps(ACTORS).encode())

    assert {"postcode", "town", "street", "latitude", "longitude", "title"} == set(mapper.rows[0].model_fields)
    assert {"Espace Un", "Espace Deux", "Espace Trois"} == set(examined.published.values())


def test_the_fullest_column_that_fits_has_the_part(tmp_path: Path, capsys: Said) -> None:
    """A title that is mostly empty, or a number, is none; the site of a contact is a site, its address nobody's."""
    rows = [{"nom photo": "x" if n == 1 else "", "idBeneficiaire": f"{n}00", "Raison sociale": f"Espace {n}",
             "adresse_brut": "", "USER_ADRES": f"{n} rue Neuve", "contact_web": f"https://espace{n}.example/",
             "contact_nom": "personne", "DATE_MAJ": f"0{n}/02/2024", "structure": "Rebond"} for n in range(1, 6)]  # fmt: skip
    mapper, examined = drafted(tmp_path, "lieux.json", json.dumps(rows).encode())
    parts = {name: field.alias for name, field in mapper.rows[0].model_fields.items()}

    assert {"title": "Raison sociale", "street": "USER_ADRES", "site": "contact_web", "modified": "DATE_MAJ"} == parts
    assert "record-modified-missing" not in {finding.rule for finding in examined.findings}
    assert "structure ->" not in capsys.readouterr().out


def test_a_table_saved_once_more_is_read_as_it_was(tmp_path: Path) -> None:
    """Its whole lines are quoted under another delimiter, which the draft declares."""
    again = 'nom,ville,objet,note;;\nJardin,Lyon,,;;\n"""Atelier, deux"",Lyon,,";;\n'
    mapper, _ = drafted(tmp_path, "aides.csv", again.encode())

    assert ";" == getattr(mapper.source.data[0], "saved_within", None)


def test_a_draft_keeps_to_the_width_of_the_house(tmp_path: Path) -> None:
    """Names of many columns, hyphens among them, are folded between names alone."""
    columns = [f"Colonne-de-l-export numéro {number}" for number in range(40)]
    data = f"nom;{';'.join(columns)}\n" + f"Jardin;{';'.join('x' * 40)}\n" * 2
    mapper, _ = drafted(tmp_path, "a-file-with-a-name-that-takes-much-of-the-line-2018-2019.csv", data.encode())

    assert set(columns) == mapper.rows[0].ignored
    assert 120 >= max(map(len, (tmp_path / "mon_essai.py").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("name", ['a";import os;"b.csv', "a\\b.csv", "é '.csv"])
def test_a_hostile_name_stays_a_text(tmp_path: Path, name: str) -> None:
    """Names of files and columns are written as texts of the code, whatever they hold."""
    hostile = 'nom,"""),x=__import__(""os""),y=(""",{a}\\\nJardin,1,2\nAtelier,1,2\n'
    mapper, examined = drafted(tmp_path, name, hostile.encode())

    assert name == mapper.source.data[0].name
    assert examined.conforms


@pytest.mark.parametrize(
    ("slug", "name", "code"),
    [("Bad Slug", "a.csv", 2), ("good", "a.pdf", 1), ("good", "empty.csv", 1), ("good", "missing.csv", 3)],
)
def test_what_cannot_be_drafted_says_so(tmp_path: Path, slug: str, name: str, code: int, capsys: Said) -> None:
    """A slug that is none, a file no reader knows, no rows, no file."""
    if name != "missing.csv":
        (tmp_path / name).write_bytes(b"nom\n")

    assert code == cli.main(["new-mapper", slug, str(tmp_path / name), "--to", str(tmp_path)])
    assert capsys.readouterr().err.startswith("cis-graph: ")


def test_a_mapper_that_is_there_is_left_alone(tmp_path: Path, capsys: Said) -> None:
    """A second draft does not write over what somebody mended."""
    drafted(tmp_path, "projets.csv", PROJECTS.encode())

    assert cli.main(["new-mapper", "mon-essai", str(tmp_path / "projets.csv"), "--to", str(tmp_path)]) == 2
    assert "is there already" in capsys.readouterr().err
