"""``release.json`` and the reports of a release, written and read."""

import gzip
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from cis_graph.errors import ReleaseFault
from cis_graph.mapping.contacts import without_contacts
from cis_graph.model.accounts import Merged, RowAccount, SourceAccount
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.releases import ReleaseInformation

MANIFEST = "release.json"
REPORT = "report"
ACCOUNTS = "accounts.json"
_FINDINGS = ".jsonl.gz"
_SAID = ("value", "example", "field", "message_fr", "message_en", "remedy_fr", "remedy_en")
_GZIP = 16 + zlib.MAX_WBITS  # zlib's name of gzip's form
_LEVEL = 1  # of gzip's: a tenth of the size already
_FIELDS = tuple(field.name for field in fields(Finding))
_hidden = lru_cache(maxsize=10_000)(without_contacts)  # most findings say what others say


def write_information(place: Path, information: ReleaseInformation) -> None:
    """Writes what a release says of itself."""
    text = json.dumps(asdict(information), indent=2, ensure_ascii=False, sort_keys=True)
    (place / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_information(place: Path) -> ReleaseInformation:
    """What a release says of itself.

    Raises:
        ReleaseFault: the file is missing or damaged.
    """
    try:
        return ReleaseInformation(**json.loads((place / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ReleaseFault(f"{place / MANIFEST} cannot be read: {error}") from error


def write_findings(place: Path, findings: Iterable[Finding]) -> None:
    """Writes one report a contributor, a finding a line, packed: its sentences are the same few over and over."""
    folder = place / REPORT
    folder.mkdir(exist_ok=True)
    by_contributor: dict[str, list[Finding]] = {}
    for finding in findings:
        by_contributor.setdefault(finding.contributor, []).append(finding)
    for contributor, found in by_contributor.items():
        (folder / f"{contributor}{_FINDINGS}").write_bytes(packed(map(_fields, found)))


def packed(told: Iterable[Mapping[str, Any]]) -> bytes:
    """JSON a line, packed as they come: unpacked they may be gigabytes."""
    write, packing = json.JSONEncoder(ensure_ascii=False).encode, zlib.compressobj(_LEVEL, wbits=_GZIP)
    lines = (packing.compress(f"{write(one)}\n".encode()) for one in told)
    return b"".join((*filter(None, lines), packing.flush()))


def write_accounts(place: Path, accounts: Iterable[SourceAccount]) -> None:
    """Writes where the rows and records of every source ended."""
    text = json.dumps([asdict(one) for one in accounts], ensure_ascii=False)
    (place / REPORT / ACCOUNTS).write_text(text + "\n", encoding="utf-8")


def read_accounts(place: Path, contributor: str) -> tuple[SourceAccount, ...]:
    """The accounts of a contributor's sources."""
    every = json.loads((place / REPORT / ACCOUNTS).read_text(encoding="utf-8"))
    mine = (one for one in every if one["contributor"] == contributor)
    return tuple(map(_account, mine))


def read_findings(place: Path, contributor: str) -> tuple[Finding, ...]:
    """A contributor's report; empty where there is nothing to say."""
    known = {path.name.removesuffix(_FINDINGS): path for path in (place / REPORT).glob(f"*{_FINDINGS}")}
    if contributor not in known:
        return ()
    with gzip.open(known[contributor], "rt", encoding="utf-8", newline="\n") as lines:
        return tuple(map(_finding, lines))


def _fields(finding: Finding) -> dict[str, Any]:
    """The fields; reports are public, so nobody's e-mail address or telephone number is among them."""
    told = {name: getattr(finding, name) for name in _FIELDS}
    hidden = {name: _hidden(told[name]) for name in _SAID if told[name]}
    return told | hidden | {"fate": finding.fate.value}


def _account(told: dict[str, Any]) -> SourceAccount:
    lists = ("contributors", "records")
    merged = tuple(Merged(**one | {name: tuple(one[name]) for name in lists}) for one in told.get("merged", ()))
    return SourceAccount(**told | {"rows": RowAccount(**told["rows"]), "merged": merged})


def _finding(line: str) -> Finding:
    told = json.loads(line)
    listed = {name: tuple(told.get(name, ())) for name in ("rows", "files")}  # older releases name no files
    return Finding(**told | listed | {"fate": Fate(told["fate"])})
