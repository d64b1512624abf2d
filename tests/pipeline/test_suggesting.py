"""Suggestions in a build: what they may change."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from cis_graph import pipeline
from cis_graph.concepts.suggest import NearIn
from tests.pipeline.conftest import GOOD, Desk, Report


def like_bees(wordings: Sequence[str]) -> NearIn:
    """A sense of meaning to which everything is about the environment."""
    return lambda _: [1.0 if words == "environnement" else 0.0 for words in wordings]


def test_what_is_published_does_not_depend_on_what_is_suggested(
    tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same rows with and without a sense of meaning: other words in the report, the same canonical hash."""
    said = []
    for name, nearness in (("without", None), ("with", like_bees)):
        monkeypatch.setattr(pipeline, "by_meaning", lambda nearness=nearness: nearness)
        desk = Desk(tmp_path / name)
        desk.hand_over(GOOD | {"Thèmes": "Apiculture"})
        release = desk.publish()
        said.append((release.information.canonical_hash, report(release)["libelle-inconnu"].remedy_en))

    assert said[0][0] == said[1][0]
    assert "Perhaps: Environment" not in said[0][1]
    assert said[1][1].startswith("Perhaps: Environment")
