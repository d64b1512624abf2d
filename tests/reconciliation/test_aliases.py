from pathlib import Path

import pytest

from cis_graph.errors import ReleaseFault
from cis_graph.reconciliation.aliases import Aliases
from cis_graph.resources import CURATION
from tests.support.making import MATCHER, actor, nodes_of, record

HEAD = "alias,name,source\n"


def aliases(folder: Path, text: str) -> Aliases:
    """The aliases of a file."""
    path = folder / "aliases.csv"
    path.write_text(text, encoding="utf-8")
    return Aliases.load(path)


def test_an_alias_leads_to_the_official_name(tmp_path: Path) -> None:
    """Case and accents of the alias play no part; any other label stays."""
    found = aliases(tmp_path, HEAD + "Pôle emploi,France Travail,loi\n")

    assert found.official("POLE EMPLOI") == "France Travail"
    assert found.official("La Ruche") == "La Ruche"


@pytest.mark.parametrize("row", ["x,y,\n", ",y,z\n", "x,,z\n", "x,y,z\nX,other,z\n"])
def test_a_row_without_its_facts_is_refused(tmp_path: Path, row: str) -> None:
    """Each alias has a name and a source, and is of one actor."""
    with pytest.raises(ReleaseFault, match=r"aliases\.csv"):
        aliases(tmp_path, HEAD + row)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    """A table of another form is not read by guess."""
    with pytest.raises(ReleaseFault, match="columns"):
        aliases(tmp_path, "a;b\n1;2\n")


def test_the_curated_table_reads() -> None:
    """The table of the project keeps its own rules."""
    assert len(Aliases.load(CURATION / "aliases.csv").names) > 40


def test_three_names_of_one_national_actor_are_one() -> None:
    """AG2R La Mondiale, in any case, and AG2R are one."""
    names = ("AG2R la Mondiale", "AG2R La Mondiale", "AG2R")
    found = MATCHER.match(nodes_of(*(record(who, "1", actor(name)) for who, name in zip("abc", names, strict=True))))

    assert {link.first.contributor + link.second.contributor for link in found.links} == {"ab", "ac"}


@pytest.mark.parametrize("name", ["CRESS", "CAF", "Mairie"])
def test_a_name_that_says_only_the_kind_stays_apart(name: str) -> None:
    """Without a place, a mairie is any of 35,000."""
    found = MATCHER.match(nodes_of(record("a", "1", actor(name)), record("b", "1", actor(name))))

    assert found.links == ()
