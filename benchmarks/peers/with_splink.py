"""Group the rows of a set with Splink, in an environment that has it: ``python with_splink.py KIND TRAIN SET OUT.csv``.

KIND is project or actor, TRAIN and SET are CSV files of ``benchmarks.matched_set --rows``. Model and threshold come
from TRAIN alone: u by random sampling, m from its truth, the threshold of the best pairwise F1. OUT gets each row's
group. Links join as they do in the project, the best first, never two different register numbers or editions; Splink
itself has connected components. Prints figures as JSON.
"""

import csv
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

Edge = tuple[float, str, str]

THRESHOLDS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)
EXCLUSIVE = ("siren", "rna", "editions")
_PLACE = {
    "output_column_name": "place",
    "comparison_levels": [
        {
            "sql_condition": "coalesce(commune_l = commune_r, departement_l = departement_r) is null",
            "label_for_charts": "unknown",
            "is_null_level": True,
        },
        {"sql_condition": "commune_l = commune_r", "label_for_charts": "commune"},
        {"sql_condition": "departement_l = departement_r", "label_for_charts": "département"},
        {"sql_condition": "ELSE", "label_for_charts": "apart"},
    ],
}
_SHARED = "len(list_intersect(words_l, words_r)) / least(len(words_l), len(words_r))"
_WORDS = {
    "output_column_name": "words",
    "comparison_levels": [
        {"sql_condition": "words_l is null or words_r is null", "label_for_charts": "unknown", "is_null_level": True},
        *({"sql_condition": f"{_SHARED} >= {share}", "label_for_charts": f"{share}"} for share in (0.7, 0.5, 0.3)),
        {"sql_condition": "ELSE", "label_for_charts": "less"},
    ],
}


def name(column: str) -> Any:  # noqa: ANN401 - of a library without types here
    """Three levels of likeness, the same name weighed by how often it is borne."""
    return cl.JaroWinklerAtThresholds(column, [0.95, 0.88, 0.75]).configure(term_frequency_adjustments=True)


SETTINGS = {
    "project": SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            name("name"), name("leads"), _PLACE, _WORDS,
            *(cl.ExactMatch(one) for one in ("year", "editions", "siren", "host", "page")),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("glued"), block_on("rare", "departement"), block_on("rare", "leads"), block_on("leads", "commune"),
            block_on("host", "rare"), block_on("page"), block_on("rare", "second"),
        ],
    ),
    "actor": SettingsCreator(
        link_type="dedupe_only",
        comparisons=[name("name"), _PLACE, cl.ExactMatch("siren"), cl.ExactMatch("rna"), cl.ExactMatch("host")],
        blocking_rules_to_generate_predictions=[
            block_on("glued"), block_on("siren"), block_on("rna"), block_on("rare", "departement"),
            block_on("rare", "second"),
        ],
    ),
}  # fmt: skip


def read(path: str) -> list[dict[str, str]]:
    """The rows of a file with the two rarest words of their names."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts = Counter(word for row in rows for word in set(row["name"].split()))
    for row in rows:
        words = sorted(set(row["name"].split()), key=lambda word: (counts[word], word))
        row["rare"], row["second"] = (*words, "", "")[:2]
    return rows


def linked(rows: list[dict[str, str]], kind: str, model: dict[str, Any] | None = None) -> tuple[list[Edge], Any]:
    """The scored pairs of some rows, the best first, and the model, learned from their truth where none is given."""
    connection = duckdb.connect()
    table = pa.Table.from_pylist([{column: value or None for column, value in row.items()} for row in rows])
    connection.register("told", table)
    connection.execute("create table things as select * replace (string_split(words, ' ') as words) from told")
    linker = Linker(DuckDBAPI(connection=connection).register("things"), model or SETTINGS[kind], log_level=40)
    if model is None:
        linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        linker.training.estimate_m_from_label_column("truth")
        model = linker.misc.save_model_to_json()
    found = linker.inference.predict(threshold_match_probability=min(THRESHOLDS)).as_duckdbpyrelation()
    edges = found.project("match_probability, unique_id_l, unique_id_r").fetchall()
    return sorted(edges, key=lambda edge: (-edge[0], edge[1:])), model


def grouped(rows: list[dict[str, str]], edges: Iterable[Edge]) -> dict[str, str]:
    """The group of each row: the best links first, never two values of what excludes."""
    home = {row["unique_id"]: row["unique_id"] for row in rows}
    members = {one: [one] for one in home}
    marks = {row["unique_id"]: {sign: row[sign] for sign in EXCLUSIVE if row[sign]} for row in rows}
    for _, a, b in edges:
        one, other = home[a], home[b]
        if one == other or any(marks[one][sign] != marks[other][sign] for sign in marks[one].keys() & marks[other]):
            continue
        marks[one] |= marks.pop(other)
        for member in members[other]:
            home[member] = one
        members[one] += members.pop(other)
    return home


def f1(found: Mapping[str, str], rows: Iterable[Mapping[str, str]]) -> float:
    """Pairwise F1 of groups against the truth."""
    truth = {row["unique_id"]: row["truth"] for row in rows}
    sizes = (Counter(found.values()), Counter(truth.values()), Counter((found[one], truth[one]) for one in truth))
    mine, true, both = (sum(n * (n - 1) / 2 for n in counts.values()) for counts in sizes)
    return 2 * both / (mine + true)


def learned(rows: list[dict[str, str]], kind: str) -> tuple[Any, float, float]:
    """The model, its best threshold, and the share of true pairs times the number of rows."""
    edges, model = linked(rows, kind)
    at = {bound: f1(grouped(rows, (edge for edge in edges if edge[0] >= bound)), rows) for bound in THRESHOLDS}
    true = sum(n * (n - 1) for n in Counter(row["truth"] for row in rows).values())
    return model, max(at, key=lambda bound: at[bound]), true / (len(rows) - 1)


def main() -> None:
    """Writes the groups."""
    kind, train, scored, out = sys.argv[1:]
    model, threshold, mates = learned(read(train), kind)
    rows, started = read(scored), time.process_time()
    model["probability_two_random_records_match"] = mates / len(rows)
    edges, _ = linked(rows, kind, model)
    found = grouped(rows, (edge for edge in edges if edge[0] >= threshold))
    seconds = time.process_time() - started
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(found.items())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"threshold": threshold, "f1": f1(found, rows), "cpu": seconds, "peak": peak}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
