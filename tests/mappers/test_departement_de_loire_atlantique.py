from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from cis_graph.harvest.reading import read
from cis_graph.mappers.departement_de_loire_atlantique import MAPPER, SOURCE, Row
from cis_graph.mapping.run import Mapped, run
from cis_graph.mapping.tables import Table

FILES = Path(__file__).parents[3] / "shared" / "data" / "subventions-pays-de-la-loire" / "44-Loire-Atlantique"
SAMPLE = Path(__file__).parent / SOURCE.slug / "sample"
on_the_whole = pytest.mark.skipif(not FILES.is_dir(), reason="the département's own file is not on this machine")


def table(folder: Path) -> Table:
    """The file of a folder, read as a harvest reads it."""
    (file,) = SOURCE.data
    content = read(file, (folder / file.name).read_bytes())
    assert isinstance(content, Table)
    return content


@cache
def mapped() -> Mapped:
    """What the mapper makes of the département's own file."""
    return run(MAPPER, (table(FILES),))


def mapped_row(**cells: str) -> Mapped:
    """What the mapper makes of the sample's first row with some cells written anew."""
    first = table(SAMPLE)
    small = replace(MAPPER, source=replace(SOURCE, at_least=0))
    return run(small, (replace(first, rows=({**first.rows[0], **cells},)),))


@on_the_whole
def test_every_row_is_a_grant_or_is_rejected_with_a_reason() -> None:
    """18,148 rows: 17 name nobody, 32 pay no sum, 2 go to people."""
    account = mapped().account
    assert (account.read, account.in_records, account.rejected, account.lost) == (18148, 18097, 51, 0)
    reasons = Counter(each.message_fr for each in mapped().findings if each.rule == "fiche-impossible")
    assert sorted(reasons.values()) == [2, 32]
    assert Counter(each.field for each in mapped().findings if each.rule == "valeur-necessaire") == {
        "Nom du bénéficiaire": 17
    }


@on_the_whole
def test_the_sum_of_all_grants_is_that_of_the_file() -> None:
    """No cent is lost but those of the rows that are set aside."""
    paid = sum(filter(None, (each.participations[0].amount for each in mapped().records)))
    taken = {row for each in mapped().records for row in each.rows}
    cells = [row["Montant total de la subvention"] for at, row in enumerate(table(FILES).rows, 1) if at in taken]
    assert paid == sum(map(Decimal, cells))


@on_the_whole
def test_every_column_is_mapped_or_ignored_by_name() -> None:
    """No column of the file is unknown."""
    assert set(table(FILES).columns) == Row.columns() | Row.ignored


@on_the_whole
def test_a_key_does_not_depend_on_where_the_row_stands() -> None:
    """The file from its end to its start gives the same keys, each once."""
    whole = table(FILES)
    turned = run(MAPPER, (replace(whole, rows=whole.rows[::-1]),))
    keys = [each.key for each in mapped().records]
    assert len(set(keys)) == len(keys)
    assert set(keys) == {each.key for each in turned.records}


def test_a_grant_has_a_year_a_sum_and_two_parties() -> None:
    """The département gives and the beneficiary, told by its SIREN, receives."""
    (record,) = mapped_row().records
    (project,) = record.projects
    giver, receiver = record.actors
    assert project.kind is not None
    assert (project.kind.concept, project.started and project.started.text) == ("grant", "2014")
    assert (giver.siret, receiver.siren) == ("22440002800011", "452474562")
    assert record.participations[0].amount == Decimal("250.0")


@pytest.mark.parametrize("name", ["MADAME EXEMPLE JEANNE", "M. EXEMPLE", "INDIVISION EXEMPLE"])
def test_a_person_is_not_published(name: str) -> None:
    """A beneficiary who is a person, or several who own together, is set aside and not named."""
    made = mapped_row(**{"Nom du bénéficiaire": name})
    assert made.records == ()
    assert "EXEMPLE" not in str(made.findings)


@pytest.mark.parametrize("name", ["MADAME SUZIE PRODUCTIONS", "BIENVENUE CHEZ LES PIT CHOU", "M I S A S SENEGAL"])
def test_an_organisation_that_sounds_like_a_person_is_published_whole(name: str) -> None:
    """What looks like a title is part of the name."""
    (record,) = mapped_row(**{"Nom du bénéficiaire": name}).records
    assert record.actors[1].label == name


@pytest.mark.parametrize("amount", ["", "-1", "1e9", "mille"])
def test_a_grant_without_a_sum_is_set_aside(amount: str) -> None:
    """A guarantee, a loan or a sum that cannot be read is no grant."""
    assert mapped_row(**{"Montant total de la subvention": amount}).records == ()
