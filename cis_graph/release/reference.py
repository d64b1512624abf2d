"""Territories and schemes against their shapes: once when they are made, and again only where they changed."""

import hashlib
from pathlib import Path

from cis_graph.rdf.iris import RDF
from cis_graph.rdf.reference import description
from cis_graph.release.house import House
from cis_graph.resources import SHAPES, TERRITORIES
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.validate import in_batches, validate_batches

STAMP = "reference.sha256"


def fingerprint(house: House) -> str:
    """The sha256 of the territories, the words and the rules they are held to."""
    digest = hashlib.sha256(house.gazetteer.fingerprint.encode())
    for line in sorted(house.vocabulary):
        digest.update(line.encode())
    digest.update((SHAPES / "reference.ttl").read_bytes())
    return digest.hexdigest()


def reference_violations(house: House, stamp: Path, processes: int) -> tuple[ShapeResult, ...]:
    """What breaks the shapes of reference data; nothing is looked at where they passed before.

    ``stamp`` is a file beside the releases that remembers what passed; one comes with the project.
    """
    now = fingerprint(house)
    known = {path.read_text(encoding="ascii").strip() for path in (stamp, TERRITORIES / STAMP) if path.exists()}
    if now in known:
        return ()
    violations = check_reference(house, processes)
    if not violations:
        stamp.write_text(f"{now}\n", encoding="ascii")
    return violations


def check_reference(house: House, processes: int) -> tuple[ShapeResult, ...]:
    """What breaks the shapes of territories, concepts and the ontology."""
    territories = ["\n".join(description(one, house.iris)) for one in house.gazetteer.territories.values()]
    words = "\n".join(sorted(house.vocabulary))
    lines = "\n".join([words, *territories]).splitlines()
    types = "\n".join(line for line in lines if f" <{RDF}type> " in line).encode()
    batches = in_batches(one.encode() for one in territories)
    results = validate_batches([words.encode(), *batches], stubs=types, shapes="reference", processes=processes)
    return tuple(result for result in results if result.severity == "violation")
