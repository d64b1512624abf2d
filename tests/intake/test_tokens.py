"""Contributors' tokens."""

import stat
from pathlib import Path

import pytest

from cis_graph.errors import SettingsError
from cis_graph.intake.tokens import holder, new_token


def test_a_token_is_told_once_and_kept_as_a_hash(tmp_path: Path) -> None:
    """The file holds who and a hash, and only its owner reads it."""
    path = tmp_path / "secrets" / "tokens"
    token = new_token(path, "ruches", "2026-01-01")

    assert "ruches" == holder(path, token)
    assert token not in path.read_text(encoding="utf-8")
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_each_contributor_has_tokens_of_its_own(tmp_path: Path) -> None:
    """Two tokens of one contributor both open; a line that is taken out ends its token."""
    path = tmp_path / "tokens"
    first, second, other = (new_token(path, name, "2026-01-01") for name in ("ruches", "ruches", "fleurs"))
    assert ["ruches", "ruches", "fleurs"] == [holder(path, one) for one in (first, second, other)]

    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    assert [None, "ruches"] == [holder(path, one) for one in (first, second)]


@pytest.mark.parametrize("token", ["", "cis_", "x" * 10_000, "\udc80", "ruches"])
def test_what_is_no_token_opens_nothing(tmp_path: Path, token: str) -> None:
    """Whatever is sent, and where no file is set."""
    path = tmp_path / "tokens"
    new_token(path, "ruches", "2026-01-01")

    assert [None, None] == [holder(path, token), holder(None, token)]


@pytest.mark.parametrize("content", [b"ruches\n", b"\xff", b"a b c d\n"])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    """Rather than to let anybody in, or nobody without a word."""
    path = tmp_path / "tokens"
    path.write_bytes(content)

    with pytest.raises(SettingsError, match="CIS_CONTRIBUTOR_TOKENS"):
        holder(path, "x")
