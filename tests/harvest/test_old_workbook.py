import io
import struct

import pytest
from openpyxl import Workbook

from cis_graph.errors import SourceFault
from cis_graph.harvest.reading import read
from cis_graph.mapping.tables import Table, XlsFile
from cis_graph.resources import DEMONSTRATION
from tests.support.cost import processor_time_under

FILE = XlsFile(name="subvention_progos_2018.xls", sheet="Feuil1", header=4)
DATA = (DEMONSTRATION / "departement-de-la-sarthe" / FILE.name).read_bytes()
TEXT_CELL = b"\xfd\x00\x0a\x00"  # record of a cell with a shared text: row and column follow


def test_a_workbook_of_before_2007_is_read() -> None:
    """Titles above the header are left out, days and whole numbers are text as they are meant."""
    content = read(FILE, DATA)
    assert isinstance(content, Table)
    assert len(content.rows) == 24
    assert content.rows[0] == {
        "Date de  décision": "2018-03-15",
        "Dossier - Code": "EC006599",
        "Bénéficiaire": "Le Mans Sarthe Basket (MSB)",
        "Code SIRET": "39295608200011",
        "Dossier": "2019-2020 SPORT PRO - Le Mans Sarthe Basket (MSB)",
        "Montant ": "582500",
        "nature": "numéraire",
    }


def test_an_old_sheet_is_found_by_its_name() -> None:
    """A workbook without the declared sheet is refused, and its sheets are named."""
    with pytest.raises(SourceFault, match='no sheet "Autre"; it has Feuil1'):
        read(XlsFile(name="x.xls", sheet="Autre"), DATA)


@pytest.mark.parametrize("size", [0, 4, 8, 512, 5000, 20000, 30000])
def test_a_truncated_old_workbook_is_refused(size: int) -> None:
    """A workbook cut anywhere is refused whole."""
    with pytest.raises(SourceFault, match=r"subvention_progos_2018\.xls"):
        read(FILE, DATA[:size])


def test_a_renamed_workbook_is_refused() -> None:
    """A newer workbook, a zip or a page under the name .xls is not taken for one."""
    saved = io.BytesIO()
    Workbook().save(saved)
    for data in (saved.getvalue(), b"PK\x03\x04", b"<html><table>", b"A;B\n1;2\n"):
        with pytest.raises(SourceFault, match="no workbook of before 2007"):
            read(FILE, data)


def test_a_cell_at_an_old_sheets_far_corner_is_refused() -> None:
    """A cell at row and column 65535 would fill 100 GB of gaps: the reader's own limit ends it, not this process."""
    at = DATA.rindex(TEXT_CELL) + 4
    hostile = DATA[:at] + struct.pack("<HH", 65535, 65535) + DATA[at + 4 :]
    with processor_time_under(30), pytest.raises(SourceFault, match="not readable as a workbook"):
        read(FILE, hostile)


def test_a_chain_of_sectors_that_bites_its_tail_is_refused() -> None:
    """Sectors that follow each other in a circle end in a refusal."""
    (first,) = struct.unpack_from("<I", DATA, 76)  # sector of the allocation table
    table = 512 * (first + 1)
    circle = struct.pack("<I", 0) * 128
    with processor_time_under(60), pytest.raises(SourceFault, match="not readable as a workbook"):
        read(FILE, DATA[:table] + circle + DATA[table + 512 :])


def test_an_old_sheet_needs_its_header() -> None:
    """A header declared below the last row is none."""
    with pytest.raises(SourceFault, match="no header row"):
        read(XlsFile(name="x.xls", sheet="Feuil1", header=99), DATA)
