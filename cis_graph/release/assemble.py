"""A built directory: parts, store, text index, reports and what the release says of itself."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from cis_graph import __version__
from cis_graph.model.releases import ReleaseInformation
from cis_graph.rdf.examples import examples
from cis_graph.release.changes import make_changed_store
from cis_graph.release.checks import canonical_violations, write_checks
from cis_graph.release.contents import Contents, House
from cis_graph.release.curation import Curation, replay
from cis_graph.release.description import PART, description_lines
from cis_graph.release.findable import findable
from cis_graph.release.information import write_accounts, write_findings, write_information
from cis_graph.release.network import write_network
from cis_graph.release.opened import SEARCH, STORE
from cis_graph.release.parts import PARTS, Parts
from cis_graph.release.reference import STAMP, reference_violations
from cis_graph.release.trials import Trial, read_trials, tried, write_trials
from cis_graph.resources import SPARQL
from cis_graph.search.writing import write_index
from cis_graph.settings import Settings
from cis_graph.store.embedded import EmbeddedStore

ONTOLOGY_VERSION = "0.3.0"


def assemble(  # noqa: PLR0913 - what a release is made of, each part named
    place: Path,
    number: int,
    said: Contents,
    house: House,
    settings: Settings,
    *,
    before: Path | None,
    processes: int,
    curation: Curation | None = None,
) -> ReleaseInformation:
    """Fills ``place``; ``before`` is the directory of the current release, with which this one is compared."""
    parts = Parts(place / PARTS)
    for name, lines in said.parts.items():
        parts.write(name, lines)
    set_aside = replay(curation, place, parts, before) if curation else ()
    parts.write(PART, description_lines(parts, settings))
    write_findings(place, (*said.findings, *set_aside))
    write_accounts(place, said.accounts)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    with ThreadPoolExecutor(1) as beside:  # loading a store leaves the interpreter to others
        quads = beside.submit(make_changed_store, place / STORE, parts, before)
        sound = _sound(place, parts, before, house, processes)
        write_index(place / SEARCH, findable(said.entities, house.gazetteer, house.schemes))
        write_network(place, said.entities, said.parties, house, before=before)
    trials = _trials(place, before, created[:10])
    information = ReleaseInformation(
        number=number,
        created=created,
        software=__version__,
        ontology=ONTOLOGY_VERSION,
        canonical_hash=parts.canonical_hash(),
        base=house.iris.base,
        inputs=dict(said.inputs),
        counts=_counts(said, house) | {"quads": quads.result()},
        conforms=sound and not any(one.fault for one in trials),
    )
    write_information(place, information)
    return information


def _sound(place: Path, parts: Parts, before: Path | None, house: House, processes: int) -> bool:
    """Whether reference data and entities keep to their shapes; the report says where they do not."""
    violations = (
        *reference_violations(house, place.parent / STAMP, processes),
        *canonical_violations(parts, Parts((before or Path("none")) / PARTS), processes),
    )
    write_checks(place, violations)
    return not violations


def _trials(place: Path, before: Path | None, day: str) -> tuple[Trial, ...]:
    earlier = read_trials(before) if before else {}
    trials = tried(EmbeddedStore(place / STORE), examples(SPARQL / "examples"), earlier, day)
    write_trials(place, trials)
    return trials


def _counts(said: Contents, house: House) -> dict[str, int]:
    kinds: Counter[str] = Counter("grant" if entity.is_grant else entity.kind for entity in said.entities)
    concepts = {scheme: len(keys) for scheme, keys in house.schemes.keys.items()}
    return {**kinds, **concepts, **said.counts, "territory": len(house.gazetteer.territories)}
