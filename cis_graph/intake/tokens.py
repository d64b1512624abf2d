"""Contributors' tokens: told once, kept as hashes, compared in constant time."""

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from cis_graph.errors import SettingsError

_PREFIX = "cis_"  # so that a token is known for one wherever it is found
_WORDS = 3  # of a line: contributor, sha256, day


def new_token(path: Path, contributor: str, day: str) -> str:
    """A token that the file knows from now on; its hash alone is written, so it is told this once."""
    token = _PREFIX + secrets.token_urlsafe(32)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(f"{contributor} {_hash(token)} {day}\n")
    return token


def holder(path: Path | None, token: str) -> str | None:
    """The contributor whose token this is; None where it is nobody's, or no file of tokens is set.

    Raises:
        SettingsError: the file of tokens cannot be read, or a line of it is none.
    """
    given, found = _hash(token).encode(), None
    for contributor, known in _known(path):
        if hmac.compare_digest(given, known.encode()):
            found = contributor
    return found


def _known(path: Path | None) -> list[tuple[str, str]]:
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"CIS_CONTRIBUTOR_TOKENS: {path} cannot be read ({error})") from error
    entries = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    if any(len(entry) != _WORDS for entry in entries):
        raise SettingsError(f"CIS_CONTRIBUTOR_TOKENS: {path}: each line is a contributor, a sha256 and a day")
    return [(contributor, known) for contributor, known, _ in entries]


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
