from pathlib import Path

import pytest

from cis_graph.mappers import discovered
from tests.support.golden import expected, folders, produce, rejected_table


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_sample_gives_its_golden_statements(folder: Path) -> None:
    """Each mapper's sample becomes the statements and the rejections that people read and accepted."""
    triples, findings = produce(folder)

    assert expected(folder) == triples
    assert (folder / "rejected.csv").read_text(encoding="utf-8") == rejected_table(findings)


def test_every_mapper_has_a_golden_sample() -> None:
    """No mapper is added without a sample and its golden files."""
    assert {mapper.source.slug for mapper in discovered()} == {folder.name for folder in folders()}
