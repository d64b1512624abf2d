"""``release.json`` and the reports of a release, written and read."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from cis_graph.errors import ReleaseFault
from cis_graph.model.accounts import RowAccount, SourceAccount
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.releases import ReleaseInformation

MANIFEST = "release.json"
REPORT = "report"
ACCOUNTS = "accounts.json"


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
    """Writes one report a contributor, a finding a line."""
    folder = place / REPORT
    folder.mkdir()
    by_contributor: dict[str, list[Finding]] = {}
    for finding in findings:
        by_contributor.setdefault(finding.contributor, []).append(finding)
    for contributor, found in by_contributor.items():
        lines = (json.dumps(asdict(one) | {"fate": one.fate.value}, ensure_ascii=False) for one in found)
        (folder / f"{contributor}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_accounts(place: Path, accounts: Iterable[SourceAccount]) -> None:
    """Writes where the rows and records of every source ended."""
    text = json.dumps([asdict(one) for one in accounts], indent=2, ensure_ascii=False)
    (place / REPORT / ACCOUNTS).write_text(text + "\n", encoding="utf-8")


def read_accounts(place: Path, contributor: str) -> tuple[SourceAccount, ...]:
    """The accounts of a contributor's sources."""
    every = json.loads((place / REPORT / ACCOUNTS).read_text(encoding="utf-8"))
    mine = (one for one in every if one["contributor"] == contributor)
    return tuple(SourceAccount(**one | {"rows": RowAccount(**one["rows"])}) for one in mine)


def read_findings(place: Path, contributor: str) -> tuple[Finding, ...]:
    """A contributor's report; empty where there is nothing to say."""
    known = {path.stem: path for path in (place / REPORT).glob("*.jsonl")}
    if contributor not in known:
        return ()
    with known[contributor].open(encoding="utf-8", newline="\n") as lines:
        return tuple(map(_finding, lines))


def _finding(line: str) -> Finding:
    fields = json.loads(line)
    listed = {name: tuple(fields.get(name, ())) for name in ("rows", "files")}  # older releases name no files
    return Finding(**fields | listed | {"fate": Fate(fields["fate"])})
