"""An examination in words: lines for a terminal, JSON for a machine."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Literal

from cis_graph.model.findings import Fate, Finding
from cis_graph.model.gate import SET_ASIDE, Examined, Outcome
from cis_graph.model.notices import Both
from cis_graph.model.quality import DIMENSIONS, LACKING
from cis_graph.resolution.notices import UNKNOWN_LABEL

Language = Literal["fr", "en"]
UNKNOWN_PLACES = frozenset({"lieu-inconnu", "lieu-ambigu"})
_EACH = 20  # records or findings shown of one kind
_A_FEW = 3  # findings shown of one rule that set nothing aside

_HEADINGS = {
    Fate.SOURCE_FAILED: Both("La source ne peut pas être lue", "The source cannot be read"),
    Fate.SOURCE_ALARM: Both("Alertes sur la source", "Alarms on the source"),
    Fate.RECORD_REJECTED: Both("Mis de côté", "Set aside"),
    Fate.VALUE_REFUSED: Both("Valeurs refusées (la fiche est publiée)", "Values refused (the record is published)"),
    Fate.WARNING: Both("À améliorer", "Could be better"),
    Fate.ADVICE: Both("Informations manquantes", "Information missing"),
}
_UNMAPPED = Both("Libellés sans correspondance", "Labels without a concept")
_PLACES = Both("Lieux non reconnus", "Places not known")
_LACKING = Both("Pour gagner un niveau, il manque", "To climb a tier, there lacks")
_EXAMPLE = Both("par exemple :", "for example:")
_GOOD = Both("Conforme : rien n'est mis de côté.", "Conforms: nothing is set aside.")
_BAD = Both("Non conforme : {count} mises de côté.", "Does not conform: {count} set aside.")
_ROWS = Both(
    "{source} : {read} lignes lues, {in_records} dans une fiche, {rejected} mises de côté, {blank} vides",
    "{source}: {read} rows read, {in_records} in a record, {rejected} set aside, {blank} blank",
)
_RECORDS = Both(
    "{records} fiches : {published} publiables, {rejected} mises de côté par les règles (SHACL)",
    "{records} records: {published} fit to be published, {rejected} set aside by the rules (SHACL)",
)
_OUTCOMES: Mapping[Outcome, Both] = {
    "published": Both("Publié : version {release}.", "Published: release {release}."),
    "unchanged": Both("La version {release} le disait déjà.", "Release {release} says so already."),
    "under-way": Both(
        "La version où paraîtra ce qui est publiable est en construction ; cette adresse dira comment cela finit.",
        "The release with what is fit to be published is being made; this address will say how that ends.",
    ),
    "kept": Both(
        "Gardé : la prochaine construction publiera ce qui est publiable.",
        "Kept: the next build will publish what is fit to be.",
    ),
    "refused": Both("Refusé : rien n'en est gardé.", "Refused: nothing of it is kept."),
    "interrupted": Both(
        "Interrompu avant d'être publié : envoyez de nouveau.", "Interrupted before it was published: push it again."
    ),
}
_QUALITY = Both("Qualité : {score} sur 100, niveau {tier}", "Quality: {score} out of 100, tier {tier}")


def lines(examined: Examined, language: Language) -> Iterator[str]:
    """The examination for somebody at a terminal."""
    rows = examined.rows
    yield _in(_ROWS, language).format(source=examined.source, read=rows.read, in_records=rows.in_records,
                                      rejected=rows.rejected, blank=rows.blank)  # fmt: skip
    published = len(examined.published)
    yield _in(_RECORDS, language).format(
        records=examined.records, published=published, rejected=examined.records - published
    )
    yield from (f"  {key}  {label}" for key, label in list(examined.published.items())[:_EACH])
    if published > _EACH:
        yield f"  … {published - _EACH}"
    for fate, heading in _HEADINGS.items():
        of_fate = [one for one in examined.findings if one.fate is fate]
        if of_fate:
            yield f"{_in(heading, language)} ({len(of_fate)})"
            yield from _grouped(of_fate, language)
    yield from _counted(_in(_UNMAPPED, language), unmapped(examined.findings))
    yield from _counted(_in(_PLACES, language), unknown_places(examined.findings))
    yield from _quality(examined, language)
    count = sum(one.fate in SET_ASIDE for one in examined.findings)
    yield _in(_GOOD, language) if examined.conforms else _in(_BAD, language).format(count=count)


def as_json(examined: Examined) -> dict[str, object]:
    """The examination as JSON, the findings as they stand in a release's report."""
    quality = examined.quality
    return {
        "contributor": examined.contributor,
        "source": examined.source,
        "conforms": examined.conforms,
        "rows": asdict(examined.rows),
        "records": examined.records,
        "published": dict(examined.published),
        "findings": [finding_json(one) for one in examined.findings],
        "unmapped": [
            {"scheme": scheme, "label": label, "times": count}
            for (scheme, label), count in unmapped(examined.findings).items()
        ],
        "places": [{"text": text, "times": count} for (_, text), count in unknown_places(examined.findings).items()],
        "quality": quality and {"score": quality.score, "tier": quality.tier, **asdict(quality)},
    }


def ended(outcome: Outcome, release: int | None) -> Both:
    """How a push stands, in a sentence."""
    told = _OUTCOMES[outcome]
    return Both(told.french.format(release=release), told.english.format(release=release))


def json_text(examined: Examined) -> str:
    """The examination as the text of a JSON document."""
    return json.dumps(as_json(examined), ensure_ascii=False, indent=1)


def finding_json(finding: Finding) -> dict[str, object]:
    """A finding as JSON."""
    return asdict(finding) | {"fate": finding.fate.value}


def unmapped(findings: tuple[Finding, ...]) -> dict[tuple[str, str], int]:
    """How often each label without a concept stands there, by its scheme's French name and its text."""
    return _counts(one for one in findings if one.rule == UNKNOWN_LABEL)


def unknown_places(findings: tuple[Finding, ...]) -> dict[tuple[str, str], int]:
    """How often each place that leads nowhere stands there."""
    return _counts(one for one in findings if one.rule in UNKNOWN_PLACES)


def _counts(findings: Iterator[Finding]) -> dict[tuple[str, str], int]:
    return dict(Counter((one.field or "", one.value or "") for one in findings).most_common())


def _grouped(findings: list[Finding], language: Language) -> Iterator[str]:
    by_rule: dict[str, list[Finding]] = {}
    for one in findings:
        by_rule.setdefault(one.rule, []).append(one)
    for rule, told in by_rule.items():
        shown = told[: _EACH if told[0].fate in SET_ASIDE else _A_FEW]
        yield f"  [{rule}] x {len(told)}"
        for one in shown:
            yield f"    {_where(one)}{one.message_en if language == 'en' else one.message_fr}"
            if one.example:
                yield f"      {_in(_EXAMPLE, language)} {one.example}"
        if len(told) > len(shown):
            yield f"    … {len(told) - len(shown)}"
        yield f"    → {told[0].remedy_en if language == 'en' else told[0].remedy_fr}"


def _where(finding: Finding) -> str:
    files = ", ".join(dict.fromkeys(finding.files))
    rows = ", ".join(map(str, finding.rows[:_EACH]))
    parts = [part for part in (files, rows, finding.record or "") if part]
    return f"{' · '.join(parts)} : " if parts else ""


def _counted(heading: str, counts: dict[tuple[str, str], int]) -> Iterator[str]:
    if counts:
        yield f"{heading} ({len(counts)})"
        yield from (f"  {text}{f' ({field})' if field else ''} x {count}"
                    for (field, text), count in list(counts.items())[:_EACH])  # fmt: skip


def _quality(examined: Examined, language: Language) -> Iterator[str]:
    if examined.quality is None:
        return
    quality = examined.quality
    yield _in(_QUALITY, language).format(score=quality.score, tier=quality.tier or "-")
    yield "  " + ", ".join(f"{name} {quality.dimensions[name]:.1f}/{most}" for name, most in DIMENSIONS.items())
    if quality.lacking:
        yield f"{_in(_LACKING, language)} :"
        yield from (f"  {_in(LACKING[name], language)} x {count}" for name, count in quality.lacking.items())


def _in(both: Both, language: Language) -> str:
    return both.english if language == "en" else both.french
