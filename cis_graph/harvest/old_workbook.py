"""Workbooks of before 2007, read in a process of their own.

The format is binary: two cells at a sheet's far corners fill its gaps in memory, and a chain of sectors may lead back
to itself. The library reads all of it before it answers, so the reader has its own limits of memory and time.
"""

import json
import subprocess
import sys
from collections.abc import Sequence

from cis_graph.errors import SourceFault
from cis_graph.mapping.tables import XlsFile

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of a compound file
_MEMORY = 1024 * 1024 * 1024  # bytes
_SECONDS = 10  # of work
_PATIENCE = 30  # seconds, on a busy machine too
_READER = f"""
import io, json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({_SECONDS}, {_SECONDS}))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from python_calamine import CalamineWorkbook
workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
names = workbook.sheet_names
rows = workbook.get_sheet_by_name(sys.argv[1]).to_python(skip_empty_area=False) if sys.argv[1] in names else []
whole = lambda cell: int(cell) if isinstance(cell, float) and cell.is_integer() else cell
json.dump([names, [[str(whole(cell)) for cell in row] for row in rows]], sys.stdout)
"""


def old_rows(file: XlsFile, data: bytes) -> Sequence[Sequence[str]]:
    """The sheet's rows as text.

    Raises:
        SourceFault: no workbook of before 2007, unreadable within the limits, or no such sheet.
    """
    if not data.startswith(_MAGIC):
        raise SourceFault(
            f"{file.name}: no workbook of before 2007 (.xls), whatever its name says; save it again",
            french=f"{file.name} n'est pas un classeur .xls, quoi qu'en dise son nom : enregistrez-le de nouveau",
        )
    sheets: list[str]
    rows: list[list[str]]
    sheets, rows = json.loads(_read_apart(file, data))
    if file.sheet not in sheets:
        raise SourceFault(f'{file.name}: no sheet "{file.sheet}"; it has {", ".join(sheets)}')
    return rows


def _read_apart(file: XlsFile, data: bytes) -> bytes:
    command = (sys.executable, "-I", "-c", _READER, file.sheet)
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=_PATIENCE)  # noqa: S603 - ours
    except subprocess.SubprocessError as error:
        raise SourceFault(
            f"{file.name}: not readable as a workbook ({type(error).__name__}); save it again as .xlsx",
            french=f"{file.name} n'est pas un classeur lisible : enregistrez-le de nouveau en .xlsx",
        ) from error
    return done.stdout
