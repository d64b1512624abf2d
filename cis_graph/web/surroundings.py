"""One entity with what stands around it, looked up in the release in few steps, each of which asks for all it needs."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from cis_graph.model.releases import OpenRelease
from cis_graph.model.terms import Iri, Literal, Row, Statements, Term
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

_CREDIT = {
    "licence": v.LICENCE,
    "rights": v.RIGHTS,
    "page": v.SOURCE,
    "modified": v.MODIFIED,
    "issued": v.ISSUED,
}
_TIE = {"role": v.ROLE, "start": v.START, "end": v.END, "amount": v.AMOUNT}
_DECISION = {"score": v.SCORE, "by": v.CREATOR, "date": v.DATE, "why": v.COMMENT}


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

    def participants(self) -> Iterator[Row]:
        """Who takes part in this project: role, actor, type, programme, dates and amount; as rows of a query."""
        ties = self._release.about(_iris(self.pointing, v.PROJECT))
        ends = [iri for said in ties.values() for iri in _iris(said, v.ACTOR)]
        actors = self._release.about(dict.fromkeys(ends), (v.LABEL, v.ACTOR_TYPE))
        for tie, said in ties.items():
            told = {"participation": Iri(tie), **_first(said, _TIE)}
            for actor in _iris(said, v.ACTOR) if "role" in told else ():
                several = {"label": actors[actor].get(v.LABEL, ()), "type": actors[actor].get(v.ACTOR_TYPE, ())}
                if several["label"]:
                    yield from _rows({**told, "item": Iri(actor), **self._programme(said, several)}, several)

    def sources(self) -> Iterator[Row]:
        """Some of the records it is derived from: contributor, licence or rights, original page and dates."""
        for record, said in self._records.items():
            for contributor, names in self._release.names(_iris(said, v.ATTRIBUTED_TO)).items():
                told = {"record": Iri(record), "contributor": Iri(contributor), **_first(said, _CREDIT)}
                yield from _rows(told, {"name": names})

    def tellers(self) -> Iterator[Row]:
        """Who tells of it: each contributor with the number of its records."""
        if len(self.own.get(v.DERIVED_FROM, ())) > _SOURCES:
            yield from self._release.rows("pages/tellers", entity=Iri(self._iri))
            return
        by_record = [set(_iris(said, v.ATTRIBUTED_TO)) for said in self._records.values()]
        for contributor, names in self._release.names(sorted(set().union(*by_record))).items():
            records = Literal(str(sum(contributor in one for one in by_record)))
            yield from _rows({"contributor": Iri(contributor), "records": records}, {"name": names})

    def disputed(self, properties: Collection[str]) -> Iterator[Row]:
        """What records say of these properties where they differ in one: value, record, edition."""
        nodes = _iris(self.pointing, v.DESCRIBES)
        if len(nodes) > _MANY:
            if self._release.rows("pages/disputed", entity=Iri(self._iri)):
                yield from self._release.rows("pages/statements", entity=Iri(self._iri))
            return
        said = self._release.told(nodes) if len(nodes) > 1 else {}  # one alone disagrees with nobody
        for prop in properties:
            if len({value for one in said.values() for value in one.get(prop, ())}) > 1:
                for node, one in said.items():
                    record = Iri(node.partition("#")[0])
                    for value in one.get(prop, ()):
                        told = {"property": Iri(prop), "value": value, "record": record}
                        yield from _rows(told, {"edition": one.get(v.EDITION, ())})

    def matches(self) -> Iterator[Row]:
        """Why its records stand together: the nodes of each match, its evidence, score, decision."""
        wanted = _iris(self.own, v.MERGED_THROUGH)[:_MATCHES]
        for match, said in self._release.about(wanted).items():
            several = {"node": said.get(v.MATCHES, ()), "evidence": said.get(v.EVIDENCE, ())}
            if all(several.values()):
                yield from _rows({"match": Iri(match), **_first(said, _DECISION)}, several)

    @cached_property
    def _records(self) -> Mapping[str, Statements]:
        return self._release.about(_iris(self.own, v.DERIVED_FROM)[:_SOURCES])

    def _programme(self, said: Statements, several: dict[str, tuple[Term, ...]]) -> dict[str, Term]:
        """The programme of a participation, if it has a name, which is added to ``several``."""
        for programme, names in self._release.names(_iris(said, v.PROGRAMME)).items():
            if names:
                several["programmeLabel"] = names
                return {"programme": Iri(programme)}
        return {}


def _iris(said: Statements, prop: str) -> list[str]:
    return [term.value for term in said.get(prop, ()) if isinstance(term, Iri)]


def _first(said: Statements, names: Mapping[str, str]) -> dict[str, Term]:
    """By name, one value of each property that has any."""
    return {name: said[prop][0] for name, prop in names.items() if prop in said}


def _rows(told: dict[str, Term], several: Mapping[str, tuple[Term, ...]]) -> Iterator[Row]:
    """As few rows as hold every value of what has several; each holds what is told once."""
    for place in range(max(map(len, several.values()), default=0) or 1):
        yield {**told, **{name: values[place % len(values)] for name, values in several.items() if values}}
