"""Two record nodes side by side: what each says of each property, and where they differ."""

from collections.abc import Iterable
from dataclasses import dataclass

from cis_graph.model.decisions import Question, Side
from cis_graph.model.nodes import NodeId
from cis_graph.model.terms import Iri
from cis_graph.rdf.iris import Iris
from cis_graph.web import vocabulary as v
from cis_graph.web.facts import Facts, Link, gathered
from cis_graph.web.matches import Evidence, question_name
from cis_graph.web.properties import named
from cis_graph.web.texts import Text, excerpt
from cis_graph.web.visits import Visit

_SHOWN = (
    v.LABEL, v.OTHER_LABEL, v.ACTOR_TYPE, v.TERRITORY, v.ADDRESS, v.SIREN, v.SIRET, v.RNA, v.HOMEPAGE, v.START, v.END,
    v.THEME, v.AUDIENCE, v.METHOD, v.ACTOR, v.PROJECT, v.DESCRIPTION,
)  # fmt: skip
_LONGEST = 600  # characters of a text
_MOST = 12  # values of one property


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One property: the values of both, and whether both give some and none in common."""

    name: str
    one: tuple[Text, ...]
    other: tuple[Text, ...]
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side: its record and contributor, the entity's page, and how many record nodes it unites."""

    record: Link
    contributor: str
    page: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything one must see to answer one question."""

    parties: tuple[Party, Party]
    rows: tuple[Compared, ...]
    reasons: tuple[Evidence, ...]


def compare(asked: Visit, question: Question) -> Comparison:
    """The two sides of a question as the release that answers tells them."""
    one, other = (_facts(asked, side.node) for side in (question.one, question.other))
    rows = (_row(asked, prop, one, other) for prop in _SHOWN)
    return Comparison(
        parties=(_party(asked, question, question.one, one), _party(asked, question, question.other, other)),
        rows=tuple(row for row in rows if row.one or row.other),
        reasons=tuple(_reasons(asked, question)),
    )


def _facts(asked: Visit, node: NodeId) -> Facts:
    iri = Iris(asked.addresses.base).node(node.contributor, node.record, node.node)
    rows = asked.release.rows("decisions/said", entity=Iri(iri))
    return gathered(rows, iri, asked.language.code, asked.addresses)


def _row(asked: Visit, prop: str, one: Facts, other: Facts) -> Compared:
    mine, theirs = _values(one, prop), _values(other, prop)
    common = {text.value.casefold() for text in mine} & {text.value.casefold() for text in theirs}
    return Compared(
        name=named(prop, asked.language), one=mine, other=theirs, differs=bool(mine and theirs and not common)
    )


def _values(facts: Facts, prop: str) -> tuple[Text, ...]:
    links = facts.links(prop)
    known = {link.iri for link in links}
    texts = (*(link.text for link in links), *(text for text in facts.texts(prop) if text.value not in known))
    return tuple(excerpt(text, _LONGEST) for text in texts[:_MOST])


def _party(asked: Visit, question: Question, side: Side, facts: Facts) -> Party:
    iri = Iris(asked.addresses.base).record(side.node.contributor, side.node.record)
    return Party(
        record=Link(text=facts.label, path=asked.addresses.path(iri) or "", iri=iri),
        contributor=asked.names.of("contributor", side.node.contributor),
        page=f"/{question.kind}/{side.key}",
        count=len(side.members),
    )


def _reasons(asked: Visit, question: Question) -> Iterable[Evidence]:
    for one in sorted(question.reasons, key=lambda one: -abs(one.weight)):
        if one.level != "unknown":
            name = asked.language.gettext(question_name(one.question))
            yield Evidence(name=name, level=one.level, weight=f"{one.weight:+.2f}")
