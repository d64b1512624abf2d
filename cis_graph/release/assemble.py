"""A built directory: parts, store, text index, reports and what the release says of itself."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cis_graph import __version__
from cis_graph.handover import handing_over
from cis_graph.model.findings import Finding
from cis_graph.model.releases import ReleaseInformation
from cis_graph.processes import processors
from cis_graph.rdf.examples import examples
from cis_graph.release.checks import canonical_violations, write_checks
from cis_graph.release.contents import Contents
from cis_graph.release.counting import DESCRIPTION, Counted
from cis_graph.release.curation import Curation, replay
from cis_graph.release.description import description_lines
from cis_graph.release.house import House
from cis_graph.release.information import write_accounts, write_findings, write_information
from cis_graph.release.loading import make_changed_store
from cis_graph.release.makings import write_makings
from cis_graph.release.opened import STORE
from cis_graph.release.parts import GRAPHS, PARTS, PATCHES, Elsewhere, Parts
from cis_graph.release.quality import write_quality
from cis_graph.release.reference import STAMP, fingerprint, reference_violations
from cis_graph.release.totals import Totals, counts_of, sum_of, write_totals
from cis_graph.release.trials import Trial, read_trials, tried, write_trials
from cis_graph.resources import SPARQL
from cis_graph.settings import Settings
from cis_graph.store.embedded import EmbeddedStore

ONTOLOGY_VERSION = "0.3.0"


def assemble(
    place: Path,
    number: int,
    said: Contents,
    house: House,
    settings: Settings,
    *,
    before: Path | None,
    curation: Curation,
) -> ReleaseInformation:
    """Fills ``place``, which was begun; ``before`` is the directory of the current release, its measure."""
    makings = _makings_written(place, said, curation)
    parts, earlier = Parts(place / PARTS), Parts((before or Path("none")) / PARTS)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    with ThreadPoolExecutor(2, "store") as threads:  # loading and asking a store leave the interpreter to others
        with handing_over(str) as (give, written):
            tried_out = threads.submit(_load, place, parts, before, created[:10], written)
            held, set_aside = _write_parts(parts, before, said, settings, curation, give)
        summed = threads.submit(sum_of, parts, before, settings.base)  # while other processes check
        write_findings(place, set_aside)
        write_accounts(place, said.accounts)
        write_quality(place, number, created, said.quality, before)
        sound = _sound(place, parts, earlier, house)
    totals = Totals(counted=held, sum=summed.result())
    if not curation.patches:
        totals = replace(totals, reference=fingerprint(house), makings=makings)
    write_totals(place, totals, settings.base)
    information = ReleaseInformation(
        number=number,
        created=created,
        software=__version__,
        ontology=ONTOLOGY_VERSION,
        canonical_hash=totals.sum.hash,
        base=settings.base,
        inputs=dict(said.inputs),
        counts=_counts(said, house) | {"quads": totals.sum.quads},
        conforms=sound and not any(one.fault for one in tried_out.result()),
    )
    write_information(place, information)
    return information


def begin(place: Path, before: Path | None) -> None:
    """Has a release say what the one ``before`` says, until its parts say something else."""
    Parts(place / PARTS).begin(Parts((before or Path("none")) / PARTS))


def _makings_written(place: Path, said: Contents, curation: Curation) -> str:
    """The sha256 of what entities follow from, which is written and let go; nothing of it is true where patches are."""
    sha = "" if curation.patches else write_makings(place, said.makings)
    said.makings.clear()
    return sha


def _write_parts(
    parts: Parts,
    before: Path | None,
    said: Contents,
    settings: Settings,
    curation: Curation,
    give: Callable[[str], None],
) -> tuple[Counted, tuple[Finding, ...]]:
    """What the parts hold, the description apart, and the patches set aside; each part is given once it is done."""
    patched = bool(curation.patches)
    names = {**said.parts, PATCHES: (), GRAPHS: ()}
    for name, lines in names.items():
        if isinstance(lines, Elsewhere):
            lines.wait()
        else:
            parts.say(name, lines)
        if not patched:
            give(name)
    set_aside = replay(curation, parts.folder.parent, parts, before)
    held = counts_of(parts, before, settings.base)
    parts.write(DESCRIPTION, description_lines(parts, held, settings))
    for name in (*(names if patched else ()), DESCRIPTION):
        give(name)
    return held, set_aside


def _sound(place: Path, parts: Parts, before: Parts, house: House) -> bool:
    """Whether reference data and entities keep to their shapes; the report says where they do not."""
    violations = (
        *reference_violations(house, place.parent / STAMP, processors()),
        *canonical_violations(parts, before, processors()),
    )
    write_checks(place, violations)
    return not violations


def _load(place: Path, parts: Parts, before: Path | None, day: str, written: Iterable[str]) -> tuple[Trial, ...]:
    """Makes the store of the parts as they are written, and tries every example on it."""
    make_changed_store(place / STORE, parts, before, written)
    earlier = read_trials(before) if before else {}
    trials = tried(EmbeddedStore(place / STORE), examples(SPARQL / "examples"), earlier, day)
    write_trials(place, trials)
    return trials


def _counts(said: Contents, house: House) -> dict[str, int]:
    concepts = {scheme: len(keys) for scheme, keys in house.schemes.keys.items()}
    return {**said.counts(), **concepts, "territory": len(house.gazetteer.territories)}
