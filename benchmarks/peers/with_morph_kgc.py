"""Map registers to RDF with morph-kgc, in an environment that has it: ``python with_morph_kgc.py FOLDER OUT.nt``.

FOLDER is of ``benchmarks.mapped_registers``: ``SLUG/projets.csv`` and ``SLUG/participations.csv`` for each register.
The mapping is ``register.rml.ttl``. Prints figures as JSON; imports and the start of the process do not count.
"""

import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path
from string import Template

import morph_kgc

TEMPLATE = Template(Path(__file__).with_name("register.rml.ttl").read_text(encoding="utf-8"))
PROJECT = " <https://w3id.org/insoc/ontology#Project>"


def configuration(folder: Path) -> str:
    """A section for each register, whose mapping is written beside its files."""
    sections = ["[CONFIGURATION]", "output_format: N-TRIPLES", "number_of_processes: 1", "logging_level: ERROR"]
    for register in sorted(path for path in folder.iterdir() if path.is_dir()):
        files = {"projects": register / "projets.csv", "parts": register / "participations.csv"}
        mapping = register / "mapping.rml.ttl"
        mapping.write_text(TEMPLATE.substitute(slug=register.name, **files), encoding="utf-8")
        sections += [f"[{register.name}]", f"mappings: {mapping}"]
    return "\n".join(sections)


def main() -> None:
    """Writes the triples."""
    folder, out = map(Path, sys.argv[1:])
    sections = configuration(folder)
    started = time.process_time()
    triples = morph_kgc.materialize_set(sections)
    with out.open("w", encoding="utf-8") as file:
        file.writelines(f"{triple} .\n" for triple in triples)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    records = sum(triple.endswith(PROJECT) for triple in triples)
    told = {"records": records, "triples": len(triples), "cpu": seconds, "peak": peak, "version": version("morph-kgc")}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
