from cis_graph.mapping.row import SourceRow, column
from cis_graph.mapping.values import Amount, FrenchDate, Listed, Text


class Row(SourceRow):
    """Needed and soft fields of plain and composed types."""

    title: Text = column("Titre ")
    tags: Listed = column("Étiquettes")
    started: FrenchDate | None = column("Début")
    budget: Amount | None = column("Budget")
    partners: Listed | None = column("Partenaires")


def test_columns_are_the_source_s_own() -> None:
    """Columns are spelled as the source spells them, blanks included."""
    assert Row.columns() == {"Titre ", "Étiquettes", "Début", "Budget", "Partenaires"}


def test_soft_columns_admit_nothing() -> None:
    """A field is soft where its type admits None, and needed otherwise."""
    assert Row.soft() == {"Début", "Budget", "Partenaires"}
