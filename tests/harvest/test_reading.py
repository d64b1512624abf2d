import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cis_graph.errors import SourceFault
from cis_graph.harvest import reading
from cis_graph.harvest.reading import read
from cis_graph.mapping.tables import CsvFile, PageText, Table, TextPage, XlsxFile

CSV = CsvFile(name="projets.csv")
XLSX = XlsxFile(name="projets.xlsx", sheet="Projets")
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>A</t></is></c></row>'


def table(data: bytes, file: CsvFile | XlsxFile = CSV) -> Table:
    """The table in these bytes."""
    content = read(file, data)
    assert isinstance(content, Table)
    return content


def written(rows: list[list[str]]) -> bytes:
    """Rows as a spreadsheet writes them to CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook with these rows in its sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = XLSX.sheet
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose sheet's XML is this."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(("A",)))) as given,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            body = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{xml}</sheetData></worksheet>'
            made.writestr(name, body if name.endswith("sheet1.xml") else given.read(name))
    return file.getvalue()


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=3, max_size=3), max_size=5
    )
)
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    """Cells come back as they were, line ends and quotes included."""
    content = table(written([["A", "B ", " C"], *rows]))
    assert content.columns == ("A", "B ", " C")
    assert [[row[name] for name in content.columns] for row in content.rows] == rows


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever the bytes, a file is a table or a fault that names it."""
    for file in (CSV, XLSX):
        try:
            read(file, data)
        except SourceFault as fault:
            assert file.name in str(fault)  # noqa: PT017 - both ends are right


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings_of_french_spreadsheets_are_read(encoding: str) -> None:
    """UTF-8 with or without its mark and Windows-1252 give the same cells."""
    assert table("Ville,Région\nBesançon,Île-de-France \u2013 œuvre\n".encode(encoding)).rows == (
        {"Ville": "Besançon", "Région": "Île-de-France \u2013 œuvre"},
    )


def test_a_delimiter_is_the_one_declared() -> None:
    """A semicolon separates where it is declared."""
    assert table(b"A;B\n1,5;2\n", CsvFile(name="x", delimiter=";")).rows == ({"A": "1,5", "B": "2"},)


@pytest.mark.parametrize("data", [b"", b"\n", b",,\n1,2,3\n"])
def test_a_table_needs_a_header(data: bytes) -> None:
    """A file without names for its columns is refused."""
    with pytest.raises(SourceFault, match="no header row"):
        table(data)


def test_a_name_stands_once() -> None:
    """A header that names a column twice is refused, and the name is said."""
    with pytest.raises(SourceFault, match="names twice: A;"):
        table(b"A,B,A\n1,2,3\n")


def test_nameless_columns_are_noticed_if_they_hold_something() -> None:
    """Cells under no name are not lost: their column is named by its number; empty ones are nothing."""
    content = table(b"A,,B,\n1,,2,\n3,,4,,5\n6\n")
    assert content.columns == ("A", "B", "(colonne 5)")
    assert content.rows == ({"A": "1", "B": "2"}, {"A": "3", "B": "4", "(colonne 5)": "5"}, {"A": "6"})


@pytest.mark.parametrize("data", [b'A\n"never closed', b'A\n"x"y\n'])
def test_broken_quotes_are_refused(data: bytes) -> None:
    """A quote that is not closed, or closed in the middle, ends the reading."""
    with pytest.raises(SourceFault, match="its quotes"):
        table(data)


def test_a_broken_quote_is_told_with_its_line() -> None:
    """Whoever mends the file knows where."""
    with pytest.raises(SourceFault, match=r"projets\.csv, line 3:") as caught:
        read(CsvFile(name="projets.csv"), b'a,b\n1,2\n"3"x,4\n')
    assert "ligne 3" in caught.value.french


def test_a_cell_has_a_largest_size() -> None:
    """A megabyte in a cell is read, two are refused."""
    assert len(table(b"A\n" + b"x" * 1_000_000).rows[0]["A"]) == 1_000_000
    with pytest.raises(SourceFault, match="field larger than"):
        table(b"A\n" + b"x" * 2_000_000)


def test_a_file_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is refused before it is read."""
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    with pytest.raises(SourceFault, match="11 bytes, at most 10"):
        table(b"A\n123456789")


def test_cells_of_a_workbook_are_text() -> None:
    """Whole numbers have no decimals, and a formula's text is only text."""
    content = table(workbook(("N°", "Part", "Nom"), (69007, 0.5, "Lyon"), (None, None, "'=1+1")), XLSX)
    assert content.rows == ({"N°": "69007", "Part": "0.5", "Nom": "Lyon"}, {"N°": "", "Part": "", "Nom": "'=1+1"})


def test_a_sheet_is_found_by_its_name() -> None:
    """A workbook without the declared sheet is refused, and its sheets are named."""
    with pytest.raises(SourceFault, match='no sheet "Autre"; it has Projets'):
        read(XlsxFile(name="x", sheet="Autre"), workbook(("A",)))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_refused(share: float) -> None:
    """A workbook cut anywhere is refused whole."""
    data = workbook(("A",), ("1",))
    with pytest.raises(SourceFault, match="not readable as a workbook"):
        read(XLSX, data[: int(len(data) * share)])


def test_a_cell_at_the_far_corner_is_refused() -> None:
    """Two cells at a sheet's two ends would fill its 17 billion gaps in memory: 5 KB end a process elsewhere."""
    data = with_sheet(HEADER + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert len(data) < 10_000
    with pytest.raises(SourceFault, match="16384 columns and 1048576 rows"):
        read(XLSX, data)


def test_a_workbook_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a workbook unpacks to is limited, not only what it weighs."""
    data = with_sheet(HEADER + " " * 2_000_000)
    monkeypatch.setattr(reading, "LARGEST_FILE", 1_000_000)
    assert len(data) < 20_000
    with pytest.raises(SourceFault, match="unpacks to more than"):
        read(XLSX, data)


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    """A member that holds more than it declares is not unpacked past what it declares."""
    data = with_sheet(HEADER + " " * 2_000_000)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    with pytest.raises(SourceFault, match="not readable as a workbook"):
        read(XLSX, data.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))


def test_entities_of_a_workbook_do_not_expand() -> None:
    """Entities within entities in a sheet's XML give no text."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_sheet(HEADER))) as given, zipfile.ZipFile(file, "w") as made:
        for name in given.namelist():
            body = given.read(name)
            if name.endswith("sheet1.xml"):
                head = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>'.encode()
                body = head + body.replace(b"<t>A</t>", b"<t>A&l8;</t>")
            made.writestr(name, body)
    try:
        content = table(file.getvalue(), XLSX)
    except SourceFault:
        return
    assert all(len(name) < 100 for name in content.columns)


def test_a_page_is_its_text() -> None:
    """A page comes whole, in UTF-8 or Windows-1252."""
    assert read(TextPage(name="x"), "Été\nœuvre".encode("cp1252")) == PageText(text="Été\nœuvre")


def test_titles_above_a_header_are_left_out() -> None:
    """The row declared as header names the columns, and rows count from the one after it."""
    content = table(
        workbook(("Année : 2017",), ("Nom", "Ville"), ("A", "B")), XlsxFile(name="x", sheet="Projets", header=2)
    )
    assert content == Table(columns=("Nom", "Ville"), rows=({"Nom": "A", "Ville": "B"},))
    with pytest.raises(SourceFault, match="no header row"):
        table(workbook(("A",)), XlsxFile(name="x", sheet="Projets", header=2))


def test_lines_of_two_encodings_are_read_where_it_is_declared() -> None:
    """Each line is UTF-8 or Windows-1252 by itself; without the declaration the file is one of them."""
    data = "Ville\nBesançon\n".encode("cp1252") + "Fête\n".encode()
    mixed = table(data, CsvFile(name="x", encoded_by_line=True))
    assert mixed.rows == ({"Ville": "Besançon"}, {"Ville": "Fête"})
    assert table(data).rows == ({"Ville": "Besançon"}, {"Ville": "FÃªte"})


def test_a_file_saved_twice_is_read_through_both() -> None:
    """Lines cut, quoted and padded by a second delimiter are those that were saved first."""
    data = b'A,B;;\n"1,the ""x"" y; z";;\n2,u; v;\n;;\n3,;\n'
    assert table(data, CsvFile(name="x", saved_within=";")).rows == (
        {"A": "1", "B": 'the "x" y; z'},
        {"A": "2", "B": "u; v"},
        {},
        {"A": "3", "B": ""},
    )


def test_an_amount_without_quotes_has_its_cents() -> None:
    """A declared column's decimal comma is put back; in another column the surplus is noticed."""
    data = b"A,sum,B\nx,24 975,00,y\n"
    assert table(data, CsvFile(name="x", amount="sum")).rows == ({"A": "x", "sum": "24 975,00", "B": "y"},)
    assert table(data, CsvFile(name="x", amount="B")).columns == ("A", "sum", "B", "(colonne 4)")
