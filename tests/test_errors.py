import re

import pytest

from cis_graph import errors
from cis_graph.errors import CisGraphError, QuerySyntaxFault, QueryTimeout, RecordFault, SourceFault, ValueFault


def drawn() -> dict[str, int]:
    """The names in the module's drawing with their depth."""
    lines = (errors.__doc__ or "").splitlines()
    found = [re.match(r"([│├└─ ]*)([A-Z]\w+)", line) for line in lines[2:]]
    return {match[2]: len(match[1]) // 4 for match in found if match}


def grown(root: type[CisGraphError], depth: int = 0) -> dict[str, int]:
    """The classes below a root in this module with their depth."""
    below = [grown(child, depth + 1) for child in root.__subclasses__() if child.__module__ == errors.__name__]
    return {root.__name__: depth} | {name: level for found in below for name, level in found.items()}


def test_the_drawn_tree_is_the_tree() -> None:
    """Every error is in the drawing of its module, at its place, and nothing else is."""
    assert drawn() == grown(CisGraphError)


def test_every_error_of_the_drawing_says_what_it_means() -> None:
    """Each line of the drawing and each class has a sentence."""
    assert [name for name in drawn() if not getattr(errors, name).__doc__] == []


def test_faults_of_data_speak_french_to_the_contributor() -> None:
    """A value, a record and a source have a French sentence beside the English one."""
    faults = [kind("no date", french="ce n'est pas une date") for kind in (ValueFault, RecordFault, SourceFault)]

    assert [(str(fault), fault.french) for fault in faults] == [("no date", "ce n'est pas une date")] * 3


def test_a_source_fault_without_french_is_told_in_french_all_the_same() -> None:
    """An error of a library still reaches the contributor as a French sentence."""
    assert SourceFault("bad zip").french == "la source ne peut pas être lue (bad zip)"


def test_a_value_fault_is_a_value_error() -> None:
    """Pydantic hears it as one."""
    with pytest.raises(ValueError, match="no date"):
        raise ValueFault("no date", french="")


def test_faults_of_queries_carry_their_numbers() -> None:
    """A syntax error has its place, a timeout its limit."""
    fault = QuerySyntaxFault("expected }", line=2, column=7)

    assert (fault.line, fault.column) == (2, 7)
    assert QueryTimeout("too long", seconds=1.5).seconds == 1.5
