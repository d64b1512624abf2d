"""The list of a release's files as a server tells it, held to what it may be: it comes from outside."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cis_graph.errors import PullFault
from cis_graph.release.information import MANIFEST
from cis_graph.release.opened import SERVED

LARGEST_LIST = 8 * 1024 * 1024  # bytes
_MOST_FILES = 20_000
_DEEPEST = 3
_STEP = re.compile(r"(?!\.\.?$)[A-Za-z0-9._-]{1,100}")  # of a path: no other folder can be reached
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One file: its size in bytes and its checksum."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a server publishes: the release, the base of its IRIs, its files by path."""

    number: int
    canonical_hash: str
    base: str
    files: Mapping[str, Offered]


def read_offer(data: bytes) -> Offer:
    """The list of files that a server told.

    Raises:
        PullFault: it is no such list, or a file would stand where it may not.
    """
    try:
        told = json.loads(data)
        number, said, base = told["release"], told["canonical_hash"], told["base"]
        files = {one["path"]: _offered(one) for one in told["files"]}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_list() from error
    fine = type(number) is int and number > 0 and isinstance(said, str) and isinstance(base, str)
    if not fine or len(files) != len(told["files"]) or len(files) > _MOST_FILES or MANIFEST not in files:
        raise _no_list()
    return Offer(number=number, canonical_hash=said, base=base, files=files)


def _no_list() -> PullFault:
    return PullFault(
        "The server's list of files is none that can be used; is this a server of the same software?",
        french="La liste de fichiers du serveur n'est pas utilisable ; est-ce un serveur du même logiciel ?",
    )


def _offered(told: Mapping[str, Any]) -> Offered:
    path, size, sha256 = told["path"], told["size"], told["sha256"]
    steps = path.split("/")
    if steps[0] not in SERVED or len(steps) > _DEEPEST or not all(map(_STEP.fullmatch, steps)):
        raise PullFault(
            f"The server offers a file at {path[:100]!r}, where none may stand; nothing was fetched",
            french=f"Le serveur propose un fichier à {path[:100]!r}, où il ne peut y en avoir ; rien n'a été pris",
        )
    if type(size) is not int or size < 0 or not _SHA256.fullmatch(sha256):
        raise ValueError
    return Offered(size=size, sha256=sha256)
