import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from cis_graph.concepts.labels import Labels
from cis_graph.errors import SourceFault
from cis_graph.harvest.reading import read
from cis_graph.mappers.la_france_s_engage import MAPPER, V0Row, V3Row
from cis_graph.mapping.editions import same_words
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.tables import Content, CsvFile, Table
from cis_graph.model.findings import Fate
from cis_graph.model.places import Coordinates
from cis_graph.model.records import Actor, Project, Record
from cis_graph.resources import CURATION, DEMONSTRATION, ONTOLOGY

FACTS = DEMONSTRATION / "la-france-s-engage"


@cache
def editions() -> tuple[Table, Table]:
    """The bundled facts, read as a harvest reads them."""
    v0, v3 = (read(file, (FACTS / file.name).read_bytes()) for file in MAPPER.source.data)
    assert isinstance(v0, Table)
    assert isinstance(v3, Table)
    return v0, v3


@cache
def mapped() -> Mapped:
    """What the mapper makes of the bundled facts."""
    return run(MAPPER, editions())


def record(key: str, made: Mapped | None = None) -> Record:
    """The record of that key."""
    return next(each for each in (made or mapped()).records if each.key == key)


def project(key: str) -> Project:
    """The newest project of the record of that key."""
    return record(key).projects[0]


def structure(key: str) -> Actor:
    """The newest structure of the record of that key."""
    return record(key).actors[0]


def with_cells(table: Table, number: int, cells: Mapping[str, str]) -> Table:
    """The table with some cells of row ``number`` written anew."""
    rows = list(table.rows)
    rows[number - 1] = {**rows[number - 1], **cells}
    return replace(table, rows=tuple(rows))


def mapped_with(*, v0: Table | None = None, v3: Table | None = None) -> Mapped:
    """What the mapper makes of the bundled facts with one edition changed."""
    contents: tuple[Content, Content] = (v0 or editions()[0], v3 or editions()[1])
    return run(MAPPER, contents)


def test_every_row_is_part_of_one_record() -> None:
    """303 rows of the CSV and 150 of the sheet make 150 records, and none is lost."""
    v0, v3 = editions()
    assert (len(v0.rows), len(v3.rows), mapped().rows) == (303, 150, 453)
    assert [each.key for each in mapped().records] == [str(number) for number in range(1, 151)]
    assert sum(len(each.rows) for each in mapped().records) == 453


def test_every_column_is_mapped_or_ignored_by_name() -> None:
    """No column of either edition is unknown, and none is ignored that the edition does not have."""
    for row_class, table in zip(MAPPER.rows, editions(), strict=True):
        assert row_class.columns() <= set(table.columns)
        assert set(table.columns) - row_class.columns() == row_class.ignored


def test_four_names_differ_and_only_they() -> None:
    """Where the editions name a project or a structure otherwise both stay visible, and nowhere else."""
    older: list[tuple[str, str, str, str | None]] = []
    for each in mapped().records:
        older += [(each.key, one.node, one.label, one.edition_of) for one in each.projects if one.edition == "V0 (CSV)"]
        older += [(each.key, one.node, one.label, one.edition_of) for one in each.actors if one.edition == "V0 (CSV)"]
    assert older == [
        ("13", "structure-v0", "CAMI Sport & Cancer", "structure"),
        ("18", "project-v0", "Échanger et Coopérer", "project"),
        ("72", "project-v0", "Déploiement de la Web@cadémie", "project"),
        ("142", "project-v0", "FESTIVAL ECOMAINS #2", "project"),
    ]


def test_the_newest_edition_names_the_node() -> None:
    """The newest edition's name stands on the node that participations speak of."""
    assert (project("18").label, project("18").edition) == ("Quand le handicap se dissout dans l'eau", "V3 (XLSX)")
    assert (structure("13").label, structure("13").edition) == ("CAMI Sport et Cancer", "V3 (XLSX)")
    assert project("13").edition is None
    assert {part.project for each in mapped().records for part in each.participations} == {"project"}


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("8", "Ensemble, redonnons du sens à la vie"),
        ("25", "Ne subissez pas les maths, vivez les !"),
        ("3", "Job dans la Ville"),
        ("22", "Une autre façon d'apprendre un métier"),
        ("59", "Rêve & Réalite : la jeunesse des quartiers s\u2019engage"),
        ("102", "#APTIC, les chèques culture numérique pour tous"),
    ],
)
def test_the_better_punctuated_spelling_is_shown(key: str, label: str) -> None:
    """Commas and exclamation marks that the sheet lost come back from the CSV; there is no second spelling."""
    assert (project(key).label, project(key).alternative_labels) == (label, ())


def test_a_project_and_its_structure_of_one_name_are_two_things() -> None:
    """21 projects bear their structure's name and stay apart from it."""
    same = [each for each in mapped().records if same_words(each.projects[0].label, each.actors[0].label)]
    assert len(same) == 21
    assert {(each.projects[0].node, each.actors[0].node) for each in same} == {("project", "structure")}


def test_one_name_carried_by_two_projects_is_two_records() -> None:
    """'Échanger et Coopérer' is the Accorderies' project; on HANDI SURF's record it is only the CSV's word."""
    bearers = [(each.key, each.actors[0].label) for each in mapped().records if "Échanger et Coopérer" in labels(each)]
    assert bearers == [("17", "Réseau des Accorderies de France"), ("18", "HANDI SURF")]


def labels(each: Record) -> set[str]:
    """The names of a record's projects."""
    return {node.label for node in each.projects}


def test_roles_are_those_the_source_states() -> None:
    """Each structure leads; 141 projects are distinguished and 139 of them with a year, which makes a laureate."""
    roles = Counter(part.role.concept for each in mapped().records for part in each.participations)
    assert roles == {"porteur": 150, "labellisateur": 141, "laureat": 139}


def test_the_foundation_is_in_every_record() -> None:
    """The foundation is the contributor itself, in France as a whole."""
    foundations = {each.actors[-1] for each in mapped().records}
    assert MAPPER.source.organisation == "fondation"
    assert [(one.node, one.label) for one in foundations] == [("fondation", "Fondation La France s'engage")]
    assert [(place.text, place.level) for one in foundations for place in one.places] == [("France", "pays")]


def test_years_make_programmes() -> None:
    """The years of the laureates are 2014 to 2018, each a programme that the foundation operates."""
    programmes = Counter((one.label[-4:], one.operator) for each in mapped().records for one in each.programmes)
    years = {"2014": 14, "2015": 43, "2016": 40, "2017": 28, "2018": 14}
    assert programmes == {(year, "fondation"): count for year, count in years.items()}


@pytest.mark.parametrize(
    ("key", "roles"), [("139", {"porteur", "labellisateur"}), ("149", {"porteur"}), ("94", {"porteur"})]
)
def test_no_year_no_programme(key: str, roles: set[str]) -> None:
    """The word "Date du CA" and an empty cell are no year; without a distinction nobody is said to have given one."""
    assert record(key).programmes == ()
    assert {part.role.concept for part in record(key).participations} == roles
    assert all(part.started is None for part in record(key).participations)


def test_addresses_repeat_from_row_116_on() -> None:
    """The sheet's addresses of rows 116 to 149 are those of rows 1 to 34 again: they belong to other projects."""
    address = ("Code postal ", "Ville ", "Département-CODE")
    cells = [tuple(row[name] for name in address) for row in editions()[1].rows]
    assert cells[115:149] == cells[:34]


@pytest.mark.parametrize(
    ("key", "town", "above"),
    [
        ("43", "Besancon", "42"),
        ("50", "Toulouse", "49"),
        ("57", "Marseille", None),
        ("97", "Gévezé", "96"),
        ("99", "Montbert", "98"),
    ],
)
def test_no_project_is_placed_by_an_address_that_is_not_its_own(key: str, town: str, above: str | None) -> None:
    """The town of a project stands in the row above, if anywhere near: no address is taken up."""
    rows = editions()[1].rows
    assert rows[int(key) - 1]["Ville "] != town
    assert above is None or rows[int(above) - 1]["Ville "] == town
    assert (project(key).places, structure(key).places, structure(key).address) == ((), (), None)


def test_both_editions_give_one_point_and_one_address() -> None:
    """The sheet's point is the CSV's first one of that project, 141 times out of 141, and so is the postcode."""
    first = {row["ID CIS"]: row for row in reversed(editions()[0].rows)}
    pairs = [(first[str(number)], row) for number, row in enumerate(editions()[1].rows, 1)]
    located = [(one["lat"], other["lat"]) for one, other in pairs if other["lat"]]
    assert len(located) == 141
    assert all(float(one) == float(other) for one, other in located)
    assert all(one["Code postal "].strip() == other["Code postal "] for one, other in pairs)


def test_points_stay_with_their_project() -> None:
    """Sport dans la Ville's first point is in Lyon, and it has the nine of its rows; 294 points in all."""
    points = project("3").coordinates
    assert (points[0], len(points)) == (Coordinates(latitude=45.7811498, longitude=4.8079387), 9)
    assert sum(len(each.projects[0].coordinates) for each in mapped().records) == 294


def test_themes_are_read_by_label() -> None:
    """Môm'artre's sub-theme is its label's, whatever the code beside it; a sub-theme named as its parent comes once."""
    assert [label.text for label in project("2").themes] == [
        "EDUCATION ET JEUNESSE",
        "Arts et culture",
        "Education citoyenneté",
    ]
    codes = {
        (row["Tag CIS - Niveau 2 - Sous-thématiques 1"], row["Tag CIS - Niveau 2 - Sous-thématiques 1 CODE"])
        for row in editions()[1].rows
    }
    assert len({code for _, code in codes}) == 30
    assert all(not name.endswith(("CODE", "CODE ")) for name in V0Row.columns() | V3Row.columns())


def test_every_label_is_in_the_table(tmp_path: Path) -> None:
    """Each theme, audience and type that the source uses has its line in the curated table."""
    table = CURATION / "labels" / "la-france-s-engage.csv"
    shutil.copy(table, tmp_path)
    known = Labels.load(tmp_path, concepts())
    used = {
        *(label for each in mapped().records for one in each.projects for label in (*one.themes, *one.audiences)),
        *(one.actor_type for each in mapped().records for one in each.actors if one.actor_type),
    }
    assert [label for label in used if not known.resolve("la-france-s-engage", label)] == []


def concepts() -> dict[str, frozenset[str]]:
    """The keys of the published schemes."""
    text = (ONTOLOGY / "schemes.ttl").read_text(encoding="utf-8")
    prefixes = {"theme": "theme", "audience": "audience", "actor-type": "type"}
    return {
        scheme: frozenset(re.findall(rf"^{prefix}:([a-z0-9-]+) a ", text, re.MULTILINE))
        for scheme, prefix in prefixes.items()
    }


def test_audiences_are_sub_themes_that_name_people() -> None:
    """Handicap is a theme and an audience, sport is a theme only."""
    handicap = project("18")
    assert [label.text for label in handicap.audiences] == ["Handicap"]
    assert "Handicap" in [label.text for label in handicap.themes]


def test_goals_of_the_united_nations_are_keywords() -> None:
    """A goal keeps its number and its commas."""
    goals = {keyword for each in mapped().records for keyword in each.projects[0].keywords}
    assert "16- Paix, justice et institutions efficaces" in goals
    assert len(goals) == 17


def test_no_text_is_taken_up() -> None:
    """Facts only: the bundled files hold no description, no account, no e-mail."""
    assert all(node.description is None for each in mapped().records for node in each.projects)
    for table in editions():
        for name in ("Description", "Facebook", "Twitter ", "Email", "Image Link", "ImagePath", "GUID"):
            assert {row[name] for row in table.rows} == {""}
    assert json.loads((FACTS / "snapshot.json").read_text(encoding="utf-8"))["facts_only"] is True


def test_two_addresses_are_refused_and_said() -> None:
    """What is no address of a site is not published and is told with row, column, value, rule and remedy."""
    told = [(each.rows, each.field, each.value, each.rule, each.fate) for each in mapped().findings]
    assert told == [
        (
            (143,),
            "URL projet ",
            "https://www.linkedin.com/company/13001874/admin/",
            "valeur-refusee",
            Fate.VALUE_REFUSED,
        ),
        ((144,), "URL projet ", "httt://www.soroptimisteurope.org", "valeur-refusee", Fate.VALUE_REFUSED),
    ]
    assert all(each.remedy_fr and each.remedy_en for each in mapped().findings)


@pytest.mark.parametrize("key", ["118", "127", "141", "143", "144", "147"])
def test_words_for_nothing_are_no_homepage(key: str) -> None:
    """'null', 'nul' and refused addresses leave a project without a homepage."""
    assert project(key).homepage is None


def test_an_unknown_column_is_an_alarm() -> None:
    """A column that nobody declared is noticed, and the records are the same."""
    v0, _ = editions()
    wider = Table(columns=(*v0.columns, "Budget"), rows=tuple({**row, "Budget": "1"} for row in v0.rows))
    made = mapped_with(v0=wider)
    assert made.records == mapped().records
    assert [(each.fate, each.field) for each in made.findings if each.rule == "colonne-inconnue"] == [
        (Fate.SOURCE_ALARM, "Budget")
    ]


@pytest.mark.parametrize(("edition", "name"), [(0, "ID CIS"), (0, "lat"), (1, "URL projet "), (1, "Nom du projet ")])
def test_a_declared_column_gone_fails_the_source(edition: int, name: str) -> None:
    """A mapped column that disappears ends the run and is named."""
    tables = list(editions())
    table = tables[edition]
    tables[edition] = replace(table, columns=tuple(column for column in table.columns if column != name))
    with pytest.raises(SourceFault, match=f"declared column gone: {name}"):
        run(MAPPER, tuple(tables))


def test_too_few_records_fail_the_source() -> None:
    """Half the data is no new state of the source."""
    v0, v3 = editions()
    with pytest.raises(SourceFault, match="at least 140"):
        run(MAPPER, (replace(v0, rows=v0.rows[:200]), replace(v3, rows=v3.rows[:60])))


def test_what_one_edition_alone_has_is_a_record() -> None:
    """A project of the CSV without its row in the sheet is a record, and the reverse."""
    v0, v3 = editions()
    alone = mapped_with(v3=replace(v3, rows=v3.rows[:149]))
    assert (len(alone.records), record("150", alone).rows) == (150, (303,))
    assert record("150", alone).projects[0].homepage is None
    reverse = mapped_with(v0=replace(v0, rows=v0.rows[:302]))
    assert (len(reverse.records), record("150", reverse).rows) == (150, (150,))
    assert record("150", reverse).projects[0].coordinates == ()


def test_a_row_inserted_in_the_sheet_is_noticed() -> None:
    """A sheet whose rows moved is not read as if they had not: pairs whose names disagree are set aside, and said.

    Only one false pair agrees in a name: the CSV's slip on HANDI SURF's row is the project of the row before it.
    """
    v0, v3 = editions()
    moved = run(MAPPER, (v0, replace(v3, rows=(v3.rows[149], *v3.rows[:149]))))
    assert sum(each.rule == "identifiant-double" for each in moved.findings) == 149
    assert record("1", moved).projects[0].homepage is None


def test_a_second_project_of_one_id_is_set_aside() -> None:
    """Two projects with one ID CIS: the first keeps it and the second is told whose it is."""
    v0, _ = editions()
    made = mapped_with(v0=with_cells(v0, 303, {"ID CIS": "5"}))
    assert [(each.record, each.rows) for each in made.findings if each.rule == "identifiant-double"] == [("5", (303,))]
    assert record("5", made) == record("5")


def test_a_row_without_its_id_is_set_aside() -> None:
    """A row without an ID CIS belongs to no record and is said; the others are as they were."""
    v0, _ = editions()
    made = mapped_with(v0=with_cells(v0, 303, {"ID CIS": " "}))
    assert [(each.fate, each.rows, each.field) for each in made.findings[:1]] == [
        (Fate.RECORD_REJECTED, (303,), "ID CIS")
    ]
    assert record("150", made).rows == (150,)


@pytest.mark.parametrize(
    "cell",
    [
        "x" * 1_000_000,
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "a\x00b\x1b[31m\u202ec",
        '=HYPERLINK("http://x.y")',
    ],
    ids=["megabyte", "formula", "markup", "control", "hyperlink"],
)
def test_hostile_cells_harm_nobody(cell: str) -> None:
    """Whatever stands in the cells of one row, the other records are as they were."""
    v0, v3 = editions()
    hostile = dict.fromkeys(
        ("Nom du projet ", "Structure porteuse ", "Tags sourceur ", "Lauréats ", "lat", "long"), cell
    )
    made = mapped_with(v0=with_cells(v0, 303, hostile), v3=with_cells(v3, 150, {**hostile, "URL projet ": cell}))
    assert made.records[:149] == mapped().records[:149]
    last = record("150", made)
    assert (last.projects[0].homepage, last.projects[0].coordinates) == (None, ())
    assert not set("\x00\x1b\u202e") & set(last.projects[0].label)
    assert all(len(each.value or "") <= 201 for each in made.findings)


def test_the_csv_may_come_in_windows_1252() -> None:
    """The CSV saved by a French spreadsheet gives the same records."""
    file = CsvFile(name="v0.csv")
    text = (FACTS / "v0.csv").read_bytes().decode()
    v0 = read(file, text.encode("cp1252", errors="ignore"))
    assert isinstance(v0, Table)
    assert [each.projects[0].label for each in mapped_with(v0=v0).records[:100]] == [
        each.projects[0].label for each in mapped().records[:100]
    ]


def test_a_broken_quote_fails_the_source() -> None:
    """A quote that is never closed ends the reading of the file and is said."""
    data = (FACTS / "v0.csv").read_bytes() + b'151,"never closed'
    with pytest.raises(SourceFault, match="its quotes"):
        read(MAPPER.source.data[0], data)


def test_a_truncated_workbook_fails_the_source() -> None:
    """Half a workbook is refused whole."""
    data = (FACTS / "v3.xlsx").read_bytes()
    with pytest.raises(SourceFault, match="not readable as a workbook"):
        read(MAPPER.source.data[1], data[: len(data) // 2])


def test_the_order_of_places_is_that_of_the_csv() -> None:
    """The same facts give the same records, byte for byte of the CSV."""
    again = io.StringIO(newline="")
    writer = csv.DictWriter(again, editions()[0].columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(editions()[0].rows)
    assert again.getvalue().encode() == (FACTS / "v0.csv").read_bytes()
