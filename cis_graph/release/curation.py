"""Curators' patches in a release: replayed in a build, or one more on top of the current release."""

import os
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cis_graph.model.findings import Fate, Finding
from cis_graph.model.releases import ReleaseInformation
from cis_graph.rdf.quads import of_named_graphs
from cis_graph.release.information import REPORT, read_information, write_information
from cis_graph.release.loading import make_changed_store
from cis_graph.release.network import NETWORK
from cis_graph.release.opened import SEARCH, STORE
from cis_graph.release.parts import GRAPHS, PARTS, Parts
from cis_graph.release.patches import Damaged, Patch
from cis_graph.release.replay import Effect, PatchRefused, Terms, attempt
from cis_graph.release.shelf import Shelf
from cis_graph.release.totals import Totals, counts_of, sum_of, write_totals
from cis_graph.store.answering import Limits

CURATORS = "curation"  # stands for the contributor in the report on patches
_SCRATCH = "scratch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """The patches to replay, in order, and what each may take."""

    patches: tuple[Patch | Damaged, ...]
    limits: Limits
    base: str  # of data IRIs


def replay(curation: Curation, place: Path, parts: Parts, before: Path | None) -> tuple[Finding, ...]:
    """Changes the parts of the release in ``place`` as patches say; one that may not be is set aside and told."""
    if not curation.patches:
        return ()
    scratch = place / _SCRATCH
    now, effect, findings = scratch / "0", Effect(), list[Finding]()
    scratch.mkdir()
    make_changed_store(now, parts, before)
    for patch in curation.patches:
        try:
            now, one = _attempt(patch, now, scratch / f"{patch.number}", curation)
            effect = effect.then(one.added, one.removed)
        except PatchRefused as refused:
            findings.append(_set_aside(patch, refused))
    change_parts(parts, effect)
    shutil.rmtree(scratch)
    return tuple(findings)


def revise(shelf: Shelf, patch: Patch, limits: Limits) -> tuple[ReleaseInformation, Path]:
    """A release in a directory of its own that is the current one with a patch; nothing is left where it is refused.

    Raises:
        ReleaseFault: nothing is published yet.
        PatchRefused: the update may not be published.
    """
    before = shelf.served_place()
    number, place = shelf.new()
    terms = _terms(patch, limits, read_information(before).base)
    try:
        store, effect = attempt(patch.update, before / STORE, place / _SCRATCH, terms)
        store.rename(place / STORE)
        shutil.rmtree(place / _SCRATCH)
        for name in (SEARCH, REPORT):
            shutil.copytree(before / name, place / name, copy_function=os.link)
        if (before / NETWORK).exists():
            os.link(before / NETWORK, place / NETWORK)
        information = _revised(before, number, place, effect)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return information, place


def _revised(before: Path, number: int, place: Path, effect: Effect) -> ReleaseInformation:
    parts, last = Parts(place / PARTS), read_information(before)
    parts.begin(Parts(before / PARTS))
    change_parts(parts, effect)
    everything = sum_of(parts, before, last.base)
    write_totals(place, Totals(counted=counts_of(parts, before, last.base), sum=everything), last.base)
    information = replace(
        last,
        number=number,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        canonical_hash=everything.hash,
        counts={**last.counts, "quads": everything.quads},
    )
    write_information(place, information)
    return information


def change_parts(parts: Parts, effect: Effect) -> None:
    """Takes statements out of every part; adds those of the default graph to patches, others to curators' graphs."""
    apart = of_named_graphs(effect.added | effect.removed)
    parts.change(effect.added - apart, effect.removed - apart)
    if apart:
        parts.write(GRAPHS, (parts.lines(GRAPHS) - effect.removed) | (effect.added & apart))


def _attempt(patch: Patch | Damaged, store: Path, folder: Path, curation: Curation) -> tuple[Path, Effect]:
    if isinstance(patch, Damaged):
        raise PatchRefused(
            f"The file is not as it was written: {patch.why}",
            french=f"Le fichier n'est plus tel qu'il a été écrit : {patch.why}",
        )
    return attempt(patch.update, store, folder, _terms(patch, curation.limits, curation.base))


def _terms(patch: Patch, limits: Limits, base: str) -> Terms:
    return Terms(number=patch.number, limits=limits, base=base)


def _set_aside(patch: Patch | Damaged, refused: PatchRefused) -> Finding:
    return Finding(
        contributor=CURATORS,
        source="patches",
        fate=Fate.RECORD_REJECTED,
        rule="patch-set-aside",
        message_fr=f"La correction {patch.number} est mise de côté. {refused.french}.",
        message_en=f"Patch {patch.number} is set aside. {refused}.",
        remedy_fr="Écrivez une nouvelle correction, ou laissez celle-ci : chaque version l'essaie de nouveau.",
        remedy_en="Write a new patch, or leave this one: each build tries it again.",
        record=f"{patch.number:04}",
        value=patch.update if isinstance(patch, Patch) else None,
    )
