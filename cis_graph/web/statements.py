"""Who says what: where sources disagree on a single value, each value with those who give it and the one kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cis_graph.model.terms import Iri, Term
from cis_graph.web.facts import Facts
from cis_graph.web.languages import Language
from cis_graph.web.properties import named
from cis_graph.web.surroundings import Said
from cis_graph.web.texts import Text, readable
from cis_graph.web.vocabulary import (
    ACTOR_TYPE,
    END,
    HOMEPAGE,
    LABEL,
    PARTNER_COUNT,
    PROJECT_COUNT,
    RNA,
    SIREN,
    SIRET,
    START,
    YEARLY_BUDGET,
    YEARLY_SUPPORT,
)

ASKED = (
    LABEL, START, END, PARTNER_COUNT, PROJECT_COUNT, YEARLY_BUDGET, YEARLY_SUPPORT, ACTOR_TYPE, SIREN, SIRET, RNA,
    HOMEPAGE,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """A contributor who gives a value, in one edition of its source where there are several."""

    contributor: Text
    record: str
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One value with all who give it."""

    value: Text
    claimants: tuple[Claimant, ...]
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A single-valued property on which sources differ."""

    name: str
    claims: tuple[Claim, ...]


def disagreements(
    told: Iterable[Said], facts: Facts, names: Mapping[str, Text], language: Language
) -> tuple[Disagreement, ...]:
    """Every property on which the records of one entity differ; ``names`` are those of contributors, by slug."""
    said: dict[str, dict[Term, set[Claimant]]] = {}
    for one in told:
        claimant = _claimant(one, facts, names)
        said.setdefault(one.property, {}).setdefault(one.value, set()).add(claimant)
    return tuple(
        Disagreement(name=named(prop, language), claims=_claims(prop, said[prop], facts))
        for prop in ASKED
        if len(said.get(prop, {})) > 1
    )


def _claimant(said: Said, facts: Facts, names: Mapping[str, Text]) -> Claimant:
    path = facts.addresses.path(said.record) or ""
    slug = facts.addresses.contributor(said.record)
    return Claimant(contributor=names.get(slug) or Text(slug), record=path, edition=said.edition)


def _claims(prop: str, values: Mapping[Term, set[Claimant]], facts: Facts) -> tuple[Claim, ...]:
    kept = facts.values.get(prop, ())
    claims = [
        Claim(
            value=_shown(prop, value, facts),
            claimants=each_once(who),
            kept=value in kept,
        )
        for value, who in values.items()
    ]
    return tuple(sorted(claims, key=lambda claim: (not claim.kept, claim.value.value)))


def each_once(claimants: Iterable[Claimant]) -> tuple[Claimant, ...]:
    """One claimant for each contributor and edition: its first record stands for all."""
    in_order = sorted(claimants, key=lambda one: (one.contributor.value.casefold(), one.edition, one.record))
    first: dict[tuple[str, str], Claimant] = {}
    for one in in_order:
        first.setdefault((one.contributor.value, one.edition), one)
    return tuple(first.values())


def _shown(prop: str, value: Term, facts: Facts) -> Text:
    if isinstance(value, Iri):
        known = [link.text for link in facts.links(prop) if link.iri == value.value]
        return known[0] if known else Text(value.value.rpartition("/")[2] or value.value)
    return readable(prop, value, facts.language)
