"""One entity with what stands around it, looked up in the release in few steps, each of which asks for all it needs."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from cis_graph.model.releases import OpenRelease
from cis_graph.model.terms import Iri, Row, Statements, Term
from cis_graph.web import vocabulary as v

_SOURCES = 12  # shown of one entity, in the store's order, as names of thousands would have to be read to sort them
_MATCHES = 31
_MANY = 50  # records: what more of them say is asked for by a query
_POINTING = {
    "project": (v.PROJECT, v.PART_OF),
    "actor": (v.ACTOR, v.OPERATED_BY, v.ON_BEHALF_OF),
    "territory": (v.REPLACED_BY,),
}
_OF_AN_ACTOR = (
    v.TYPE, v.LABEL, v.OTHER_LABEL, v.DESCRIPTION, v.HOMEPAGE, v.ACTOR_TYPE, v.TERRITORY, v.ADDRESSES, v.SIREN, v.SIRET,
    v.RNA, v.START, v.END, v.THEME, v.PART_OF, v.BROADER, v.KIND, v.PARTNER_COUNT, v.PROJECT_COUNT, v.YEARLY_BUDGET,
    v.YEARLY_SUPPORT, v.DERIVED_FROM, v.MERGED_THROUGH, v.REPLACED_BY, v.DEPRECATED, v.COMMENT,
)  # fmt: skip
"""What an actor's page shows of it: some cooperate with thousands, whom nobody reads here."""


class Part(NamedTuple):
    """A participation seen from one of its ends: IRIs, with all names of the others; dates and amount as stated."""

    iri: str
    role: str
    item: str
    names: tuple[Term, ...] = ()
    kind: str = ""  # the type of an actor
    actor: str = ""
    actor_names: tuple[Term, ...] = ()
    programme: str = ""
    programme_names: tuple[Term, ...] = ()
    start: str = ""
    end: str = ""
    amount: str = ""


class Match(NamedTuple):
    """Why two records stand together: their nodes, the evidence, the score, and who decided when and why."""

    nodes: tuple[str, ...]
    evidence: tuple[str, ...]
    score: str
    by: str
    date: str
    why: str


class Credit(NamedTuple):
    """Where a record comes from: its contributor with all its names, its licence, its page, its date."""

    record: str
    contributor: str
    names: tuple[Term, ...]
    licence: Term | None = None
    page: Term | None = None
    changed: Term | None = None


class Teller(NamedTuple):
    """A contributor with all its names, and how many of its records tell of the entity."""

    iri: str
    names: tuple[Term, ...]
    records: int


class Said(NamedTuple):
    """A value that a record gives of a property, in one edition of its source where there are several."""

    property: str
    value: Term
    record: str
    edition: str = ""


class Surroundings:
    """What the release says of one entity, of its records and matches, and of what points to it."""

    def __init__(self, release: OpenRelease, iri: str, kind: str = "") -> None:
        self._release, self._iri, self._kind = release, iri, kind

    @cached_property
    def own(self) -> Statements:
        """What it says of the entity itself, with its address as it is written."""
        wanted = _OF_AN_ACTOR if self._kind == "actor" else ()
        own = self._release.about((self._iri,), wanted)[self._iri]
        if v.ADDRESSES not in own:
            return own
        written = self._release.rows("pages/address", entity=Iri(self._iri))
        return {**own, v.ADDRESS: tuple(row["written"] for row in written)}

    @cached_property
    def pointing(self) -> Statements:
        """By property, what points to the entity: the properties that its kind is pointed to by."""
        return self._release.pointing(self._iri, (v.DESCRIBES, *_POINTING.get(self._kind, (v.BROADER,))))

    def participants(self) -> Iterator[Part]:
        """Who takes part in this project: all that have a role, and a name."""
        ties = self._release.about(_iris(self.pointing, v.PROJECT))
        ends = {tie: _iris(said, v.ACTOR) for tie, said in ties.items() if v.ROLE in said}
        wanted = dict.fromkeys(iri for actors in ends.values() for iri in actors)
        actors = self._release.about(wanted, (v.LABEL, v.ACTOR_TYPE))
        for tie, iris in ends.items():
            if named := next((iri for iri in iris if actors[iri].get(v.LABEL)), None):
                said = ties[tie]
                programme, programme_names = self._programme(said)
                yield Part(
                    tie,
                    _value(said, v.ROLE),
                    named,
                    actors[named][v.LABEL],
                    kind=_value(actors[named], v.ACTOR_TYPE),
                    programme=programme,
                    programme_names=programme_names,
                    start=_value(said, v.START),
                    end=_value(said, v.END),
                    amount=_value(said, v.AMOUNT),
                )

    def sources(self) -> Iterator[Credit]:
        """Some of the records it is derived from."""
        for record, said in self._records.items():
            for contributor, names in self._release.names(_iris(said, v.ATTRIBUTED_TO)[:1]).items():
                licence = _first(said, v.LICENCE) or _first(said, v.RIGHTS)
                changed = _first(said, v.MODIFIED) or _first(said, v.ISSUED)
                yield Credit(record, contributor, names, licence, _first(said, v.SOURCE), changed)

    def tellers(self) -> Iterator[Teller]:
        """Who tells of it."""
        if len(self.own.get(v.DERIVED_FROM, ())) > _SOURCES:
            yield from self._many_tellers()
            return
        by_record = [_iris(said, v.ATTRIBUTED_TO) for said in self._records.values()]
        for contributor, names in self._release.names(sorted({one for told in by_record for one in told})).items():
            yield Teller(contributor, names, sum(contributor in told for told in by_record))

    def _many_tellers(self) -> Iterator[Teller]:
        found: dict[str, list[Row]] = {}
        for row in self._release.rows("pages/tellers", entity=Iri(self._iri)):
            found.setdefault(row["contributor"].value, []).append(row)
        for iri, rows in found.items():
            yield Teller(iri, tuple(row["name"] for row in rows), int(rows[0]["records"].value))

    def disputed(self, properties: Collection[str]) -> Iterator[Said]:
        """What records say of these properties where they differ in one."""
        nodes = _iris(self.pointing, v.DESCRIBES)
        if len(nodes) > _MANY:
            if self._release.rows("pages/disputed", entity=Iri(self._iri)):
                yield from map(_said, self._release.rows("pages/statements", entity=Iri(self._iri)))
            return
        said = self._release.told(nodes) if len(nodes) > 1 else {}  # one alone disagrees with nobody
        for prop in properties:
            if len({value for one in said.values() for value in one.get(prop, ())}) > 1:
                for node, one in said.items():
                    editions = _values(one, v.EDITION) or ("",)
                    for value in one.get(prop, ()):
                        for edition in editions:
                            yield Said(prop, value, node.partition("#")[0], edition)

    def matches(self) -> Iterator[Match]:
        """Why its records stand together."""
        wanted = _iris(self.own, v.MERGED_THROUGH)[:_MATCHES]
        for said in self._release.about(wanted).values():
            nodes, evidence = _values(said, v.MATCHES), _values(said, v.EVIDENCE)
            if nodes and evidence:
                told = (_value(said, prop) for prop in (v.SCORE, v.CREATOR, v.DATE, v.COMMENT))
                yield Match(nodes, evidence, *told)

    @cached_property
    def _records(self) -> Mapping[str, Statements]:
        return self._release.about(_iris(self.own, v.DERIVED_FROM)[:_SOURCES])

    def _programme(self, said: Statements) -> tuple[str, tuple[Term, ...]]:
        """The programme of a participation with its names, if it has any."""
        if v.PROGRAMME not in said:
            return "", ()
        named = self._release.names(_iris(said, v.PROGRAMME)).items()
        return next(((programme, names) for programme, names in named if names), ("", ()))


def _iris(said: Statements, prop: str) -> list[str]:
    return [term.value for term in said.get(prop, ()) if isinstance(term, Iri)]


def _values(said: Statements, prop: str) -> tuple[str, ...]:
    return tuple(term.value for term in said.get(prop, ()))


def _value(said: Statements, prop: str) -> str:
    """One value of a property, empty where it has none."""
    return said[prop][0].value if prop in said else ""


def _first(said: Statements, prop: str) -> Term | None:
    return said[prop][0] if prop in said else None


def _said(row: Row) -> Said:
    edition = row["edition"].value if "edition" in row else ""
    return Said(row["property"].value, row["value"], row["record"].value, edition)
