"""Results as files: all figures as JSON, and a table of their medians as Markdown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.harness.rounds import Measured, Summary, ratios, summaries

TIMES = "ratio"
RESULTS = Path(__file__).parents[1] / "results"


def result(
    *,
    name: str,
    sentence: str,
    set_name: str,
    projects: int,
    machine: Mapping[str, str | int | float],
    versions: Mapping[str, str],
    measured: Measured,
) -> dict[str, Any]:
    """Everything about one run, ready for JSON."""
    return {
        "benchmark": name,
        "measures": sentence,
        "set": set_name,
        "projects": projects,
        "machine": dict(machine),
        "versions": dict(versions),
        "medians": _plain(summaries(measured)),
        "ratios": _plain(ratios(measured)),
        "rounds": {peer: [dict(one) for one in rounds] for peer, rounds in measured.items()},
    }


def write(found: Mapping[str, Any], folder: Path = RESULTS) -> Path:
    """Writes ``SET/name.json`` and ``SET/name.md``; the latter's path."""
    place = folder / str(found["set"])
    place.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, indent=1, ensure_ascii=False)
    (place / f"{found['benchmark']}.json").write_text(text + "\n", encoding="utf-8")
    path = place / f"{found['benchmark']}.md"
    path.write_text(markdown(found), encoding="utf-8")
    return path


def markdown(found: Mapping[str, Any]) -> str:
    """The table of a result."""
    machine, peers = found["machine"], list(found["medians"])
    lines = [
        f"# {found['benchmark']}, set {found['set']}",
        "",
        found["measures"],
        "",
        _explained(peers, len(found["rounds"][peers[0]]), doubt=_is_doubted(found)),
        "",
        *_table(found, peers),
        "",
        *_listed(found.get("remarks", ())),
        f"`python -m benchmarks --set {found['set']} --only {found['benchmark']}` on {machine['cores']} cores of "
        f"{machine['processor']}, {machine['memory']} MiB, {machine['system']}, load {machine['load']} at the start; "
        + ", ".join(f"{name} {number}" for name, number in found["versions"].items())
        + ".",
    ]
    return "\n".join(lines) + "\n"


def _listed(remarks: Sequence[str]) -> list[str]:
    return [*(f"- {remark}" for remark in remarks), ""] if remarks else []


def _is_doubted(found: Mapping[str, Any]) -> bool:
    return any(one.get("doubt") for figures in found["ratios"].values() for one in figures.values())


def _explained(peers: list[str], rounds: int, *, doubt: bool) -> str:
    said = (
        f"Medians of {rounds} round{'s' if rounds > 1 else ''}, in brackets the spread: most less least, by the median"
    )
    if len(peers) < 2:
        return f"{said}."
    told = f"{said}; {TIMES} is {peers[0]} by the other, round by round"
    return f"{told}, ± two standard errors of its median." if doubt else f"{told}."


def _table(found: Mapping[str, Any], peers: list[str]) -> list[str]:
    figures = list(dict.fromkeys(figure for peer in peers for figure in found["medians"][peer]))
    header = ["", *(column for peer in peers for column in ((peer, TIMES) if peer in found["ratios"] else (peer,)))]
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    for figure in figures:
        cells = [figure]
        for peer in peers:
            cells.append(_median(found["medians"][peer].get(figure)))
            if peer in found["ratios"]:
                cells.append(_ratio(found["ratios"][peer].get(figure)))
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _median(summary: Mapping[str, float] | None) -> str:
    if not summary:
        return ""
    return (
        f"{_number(summary['median'])} ({summary['spread']:.0%})" if summary["spread"] else _number(summary["median"])
    )


def _ratio(summary: Mapping[str, float] | None) -> str:
    if not summary:
        return ""
    spread = f" ({summary['least']:.3g} to {summary['most']:.3g})" if summary["spread"] else ""
    doubt = f" ± {2 * summary['doubt']:.0%}" if summary.get("doubt") else ""
    return f"{summary['median']:.3g}{doubt}{spread}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def _plain(found: Mapping[str, Mapping[str, Summary]]) -> dict[str, dict[str, dict[str, float]]]:
    return {
        peer: {figure: {**asdict(one), "spread": one.spread} for figure, one in figures.items()}
        for peer, figures in found.items()
    }
