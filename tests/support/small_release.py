"""A small release in memory, behind the same protocols as the real one; names are invented."""

import hashlib
import re
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from cis_graph import resources
from cis_graph.errors import QueryFault, QuerySyntaxFault, ReleaseFault
from cis_graph.model.accounts import Merged, RowAccount, SourceAccount
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.meetings import Matchmaker, Meeting, Party
from cis_graph.model.network import Network
from cis_graph.model.quality import QualityProfile, QualityState
from cis_graph.model.recognition import Candidate, Feature, Sought
from cis_graph.model.releases import (
    DumpFile,
    Mention,
    OpenRelease,
    Query,
    QueryAnswer,
    RdfFormat,
    ReleaseInformation,
    ResultFormat,
    SearchAnswer,
    SearchHit,
    SearchQuestion,
    Unrecalled,
)
from cis_graph.model.terms import Iri, Literal, Row, Statements, Term
from cis_graph.store import lookups
from cis_graph.store.embedded import serialised
from cis_graph.store.forms import GRAPHS, RESULTS
from tests.support.elsewhere import ELSEWHERE, answered, remote
from tests.support.small_network import invented_network

BASE = "https://carrefour.example/"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
FIXTURE = Path(__file__).parent / "fixture.trig"
INFORMATION = ReleaseInformation(
    number=7,
    created="2026-11-21T20:00:00Z",
    software="0.1.0",
    ontology="0.1.0",
    canonical_hash="5f" * 32,
    base=BASE,
    inputs={"reseau-clairiere": "0" * 64},
    counts={"project": 62, "actor": 4, "contributor": 2, "territory": 7, "record": 2, "participation": 5},
)
FACETS = {
    "theme": {"lien-social": 61, "agriculture": 2},
    "area": {"region-84": 3, "region-11": 1, "region-04": 1, "departement-69": 2, "departement-01": 1},
    "epci": {"epci-200046977": 2},
    "commune": {"commune-69123": 2},
    "actor": {"clairiere": 1},
    "year": {"2018": 2, "2019": 1},
}
MENTIONS = {
    "territory/region-84": Mention(label="Auvergne-Rhône-Alpes"),
    "territory/region-11": Mention(label="Île-de-France"),
    "territory/region-04": Mention(label="La Réunion"),
    "territory/departement-69": Mention(label="Rhône", above=("region-84",)),
    "territory/departement-01": Mention(label="Ain", above=("region-84",)),
    "territory/epci-200046977": Mention(label="Métropole de Lyon", above=("departement-69", "region-84")),
    "territory/commune-69123": Mention(label="Lyon", above=("epci-200046977", "departement-69", "region-84")),
    "actor/clairiere": Mention(label="La Clairière"),
}
FINDINGS = (
    Finding(
        contributor="fondation-lavande",
        source="fondation-lavande-fiches",
        fate=Fate.VALUE_REFUSED,
        rule="date-form",
        message_fr="« 2019/02 » n'est pas une date.",
        message_en='"2019/02" is not a date.',
        remedy_fr="Écrivez jj/mm/aaaa.",
        remedy_en="Write dd/mm/yyyy.",
        record="fiche-12",
        rows=(12,),
        field="Date de début",
        value="2019/02 <b>",
        example="02/2019",
    ),
    Finding(
        contributor="fondation-lavande",
        source="fondation-lavande-fiches",
        fate=Fate.RECORD_REJECTED,
        rule="no-label",
        message_fr="La fiche n'a pas de nom.",
        message_en="The record has no name.",
        remedy_fr="Donnez-lui un nom.",
        remedy_en="Name it.",
        record="fiche-13",
        rows=(13,),
        field="Nom",
    ),
)


def fixture_store(more: int = 60) -> ox.Store:
    """The fixture and as many more small projects, so that lists have several pages."""
    store = ox.Store()
    store.load(path=str(FIXTURE), format=ox.RdfFormat.TRIG)
    store.load(path=str(resources.ONTOLOGY / "dataset.ttl"), format=ox.RdfFormat.TURTLE, base_iri=BASE)
    insoc, skos = "https://w3id.org/insoc/ontology#", "http://www.w3.org/2004/02/skos/core#"
    for number in range(1, more + 1):
        project = f"{BASE}id/project/jardin-{number}"
        areas = " , ".join(
            f"<{BASE}id/territory/{key}>" for key in ("commune-99102", "departement-99", "region-98", "pays-fr")
        )
        turtle = (
            f'<{project}> a <{insoc}Project> ; <{skos}prefLabel> "Jardin partagé n° {number}"@fr ;'
            f'<http://purl.org/dc/terms/description> "Des habitants cultivent ensemble une parcelle de la commune."@fr ;'
            f"<{insoc}theme> <https://w3id.org/insoc/concept/theme/lien-social> ;"
            f"<{insoc}territory> <{BASE}id/territory/commune-99102> ; <{insoc}inArea> {areas} ;"
            f"<http://www.w3.org/ns/prov#wasDerivedFrom> <{BASE}id/record/reseau-clairiere/le-verger> ."
        )
        store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    return store


@dataclass(slots=True)
class SmallRelease:
    """An open release over a store in memory."""

    store: ox.Store
    information: ReleaseInformation = INFORMATION
    writing: bool = False
    files: tuple[DumpFile, ...] = ()
    is_patched: bool = False

    @property
    def recalled(self) -> OpenRelease:
        """Nothing: each page is made in a thread."""
        raise Unrecalled

    @property
    def network(self) -> Network:
        """The invented network."""
        return invented_network().tables

    @property
    def matchmaker(self) -> Matchmaker:
        """One meeting, whatever is asked."""
        return SmallMatchmaker()

    def rows(self, query: str, **bindings: Term) -> tuple[Row, ...]:
        """The solutions of a query file."""
        text = (resources.SPARQL / f"{query}.rq").read_text(encoding="utf-8")
        if ELSEWHERE:
            return remote(self.store).rows(text, bindings)
        found = self.store.query(text, substitutions=_substitutions(bindings))
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return tuple(
            {name: _term(value) for name, value in zip(names, solution, strict=True) if value is not None}
            for solution in found
        )

    def about(self, subjects: Iterable[str], predicates: Collection[str] = ()) -> Mapping[str, Statements]:
        """What the default graph says of things."""
        if ELSEWHERE:
            return remote(self.store).about(subjects, predicates)
        return lookups.about(self.store, subjects, predicates)

    def pointing(self, iri: str, predicates: Iterable[str]) -> Statements:
        """What the default graph has point to a thing."""
        return (
            remote(self.store).pointing(iri, predicates) if ELSEWHERE else lookups.pointing(self.store, iri, predicates)
        )

    def names(self, iris: Iterable[str]) -> Mapping[str, tuple[Term, ...]]:
        """What things are called."""
        return {iri: said.get(LABEL, ()) for iri, said in self.about(iris, (LABEL,)).items()}

    def told(self, nodes: Iterable[str]) -> Mapping[str, Statements]:
        """What nodes say in their records' graphs."""
        return remote(self.store).told(nodes) if ELSEWHERE else lookups.told(self.store, nodes)

    def graph(self, query: str, format_: RdfFormat, **bindings: Term) -> bytes:
        """The graph of a CONSTRUCT file."""
        text = (resources.SPARQL / f"{query}.rq").read_text(encoding="utf-8")
        if ELSEWHERE:
            return remote(self.store).graph(text, bindings, format_)
        found = self.store.query(text, substitutions=_substitutions(bindings))
        assert isinstance(found, ox.QueryTriples)
        return ox.serialize(found, format=GRAPHS[format_]) or b""

    def description(self, iri: str, format_: RdfFormat) -> bytes:
        """The triples of which the IRI is the subject."""
        if ELSEWHERE:
            return serialised(remote(self.store).quads(subject=iri, graph=""), format_)
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
        return ox.serialize((quad.triple for quad in quads), format=GRAPHS[format_]) or b""

    def record(self, iri: str, format_: RdfFormat) -> bytes:
        """The record's graph."""
        if ELSEWHERE:
            return serialised(found, format_) if (found := remote(self.store).quads(graph=iri)) else b""
        quads = list(self.store.quads_for_pattern(None, None, None, ox.NamedNode(iri)))
        triples = (quad.triple for quad in quads)
        return ox.serialize(triples, format=GRAPHS[format_]) or b"" if quads else b""

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """Names that contain the text, by name."""
        found = []
        named = self.store.query("SELECT ?s ?l WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }")
        assert isinstance(named, ox.QuerySolutions)
        for row in named:
            match = re.fullmatch(r".*/(?:id|concept)/([a-z-]+)/([^/]+)", row["s"].value)
            kinds = ("project", "actor", "territory", "theme", "audience", "method", "programme")
            if (
                match
                and match[1] in kinds
                and row["l"].language == "fr"
                and question.text.casefold() in row["l"].value.casefold()
            ):
                found.append(SearchHit(kind=match[1], key=match[2], label=row["l"].value, detail="Val-Fleuri"))
        found.sort(key=lambda hit: (hit.label, hit.key))
        counts: dict[str, int] = {}
        for hit in found:
            counts[hit.kind] = counts.get(hit.kind, 0) + 1
        chosen = [hit for hit in found if question.kind in {"", hit.kind}]
        first = (question.page - 1) * question.size
        return SearchAnswer(
            total=len(chosen),
            hits=tuple(chosen[first : first + question.size]),
            kinds=counts,
            facets=FACETS if found else {},
            mentions=MENTIONS,
        )

    def suggest(self, text: str) -> tuple[SearchHit, ...]:
        """Names that contain the text."""
        return self.search(SearchQuestion(text=text)).hits

    def dumps(self) -> tuple[DumpFile, ...]:
        """Those given, else a file of ours as if it were one; none while they are being written."""
        if self.writing:
            return ()
        return self.files or (DumpFile(name="all.nq.gz", size=FIXTURE.stat().st_size, sha256="ab" * 32, path=FIXTURE),)

    def replicable(self) -> tuple[DumpFile, ...]:
        """A file of ours as if it were the release."""
        sha256 = hashlib.sha256(FIXTURE.read_bytes()).hexdigest()
        return (DumpFile(name="parts/all.nq", size=FIXTURE.stat().st_size, sha256=sha256, path=FIXTURE),)

    def empty_examples(self) -> dict[str, str]:
        """One that is empty."""
        return {"actors-near": "2026-11-20"}

    def recognise(self, sought: Sought) -> tuple[Candidate, ...]:
        """Names that hold the text; the first that is the text is a match."""
        found = []
        for hit in self.search(SearchQuestion(text=sought.text, size=100)).hits:
            same = hit.label.casefold() == sought.text.casefold()
            if not sought.kinds or hit.kind in sought.kinds:
                name = Feature(name="name", value=1.0 if same else 0.5)
                found.append(
                    Candidate(
                        kind=hit.kind,
                        key=hit.key,
                        label=hit.label,
                        detail=hit.detail,
                        score=100.0 * name.value,
                        match=same,
                        features=(name, *(Feature(name=hint.name, value=0.0) for hint in sought.hints)),
                    )
                )
        return tuple(sorted(found, key=lambda one: -one.score)[: sought.limit])

    def findings(self, contributor: str) -> tuple[Finding, ...]:
        """The contributor's report."""
        return tuple(finding for finding in FINDINGS if finding.contributor == contributor)

    def quality(self) -> dict[str, tuple[QualityState, ...]]:
        """One contributor, measured in two releases."""
        dimensions = {"findability": 20.0, "territory": 10.0, "actors": 15.0, "time_and_source": 10.0, "reuse": 5.0}
        profile = QualityProfile(projects=2, dimensions=dimensions, tiers={"A": 1, "B": 1}, lacking={"partners": 1})
        before = replace(profile, dimensions=dimensions | {"actors": 5.0}, lacking={"actors": 2})
        states = enumerate((before, profile), 6)
        created = "2026-11-21T20:00:00Z"
        return {"reseau-clairiere": tuple(QualityState(release=n, created=created, profile=one) for n, one in states)}

    def accounts(self, contributor: str) -> tuple[SourceAccount, ...]:
        """Three rows: two records, one row set aside."""
        rows = RowAccount(read=3, in_records=2, rejected=1)
        merged = Merged(record="le-verger", entity="project/verger", others=1, contributors=("fondation-lavande",),
                        records=("fondation-lavande/fiche-12",))  # fmt: skip
        return (
            SourceAccount(
                contributor=contributor,
                source=contributor,
                rows=rows,
                records=2,
                alone=1,
                together=1,
                rejected=0,
                merged=(merged,),
            ),
        )


class SmallMatchmaker:
    """Has everybody meet the first two gardens."""

    def of(self, kind: str, key: str, *, most: int) -> tuple[Meeting, ...]:
        """The first garden, near by; the second one in the same département."""
        one = Party(kind=kind, key=key, label=key, detail="")
        gardens = [Party(kind="project", key=f"jardin-{n}", label=f"Jardin <b> {n}", detail="Val") for n in (1, 2)]
        near = Meeting(one=one, other=gardens[0], themes=("agriculture", "lien-social"), audiences=("tous",),
                       methods=(), kilometres=12, areas=())  # fmt: skip
        there = Meeting(one=one, other=gardens[1], themes=(), audiences=(), methods=("inconnue",), kilometres=None,
                        areas=("departement-99",))  # fmt: skip
        return (near, there)[:most]

    def within(self, territory: str, *, most: int) -> tuple[Meeting, ...]:
        """The same."""
        assert territory
        return self.of("project", "verger", most=most)


@dataclass(slots=True)
class SmallShelf:
    """A shelf with one release, or with none."""

    release: SmallRelease | None

    def current(self) -> OpenRelease | None:
        """The release."""
        return self.release

    def at(self, number: int) -> OpenRelease | None:
        """The release, under its number."""
        return self.release if self.release and self.release.information.number == number else None

    def visited(self) -> OpenRelease | None:
        """The release."""
        return self.release

    def published(self) -> tuple[ReleaseInformation, ...]:
        """It and one before it."""
        if self.release is None:
            return ()
        now = self.release.information
        return (now, replace(now, number=now.number - 1, created="2026-10-20T20:00:00Z"))


@dataclass(slots=True)
class SmallRunner:
    """Runs queries in this process; ``fault`` is raised instead where given, ``cut`` after the first bytes."""

    release: SmallRelease | None
    fault: QueryFault | None = None
    cut: bool = False
    asked: list[Query] = field(default_factory=list)

    async def run(self, query: Query, *, results: ResultFormat, graph: RdfFormat) -> QueryAnswer:
        """The answer, in two pieces."""
        self.asked.append(query)
        if self.fault:
            raise self.fault
        if self.release is None:
            raise ReleaseFault("nothing is published")
        if ELSEWHERE and not self.cut:
            number = self.release.information.number
            return await answered(self.release.store, number, query, results=results, graph=graph)
        graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(it) for it in query.default_graphs]
        try:
            found = self.release.store.query(query.text, default_graph=graphs or None)
        except SyntaxError as error:
            line, column = re.findall(r"\d+", str(error))[:2] if "error at" in str(error) else (1, 1)
            raise QuerySyntaxFault(str(error.args[0]), line=int(line), column=int(column)) from None
        if isinstance(found, ox.QueryTriples):
            media, body = GRAPHS[graph].media_type, ox.serialize(found, format=GRAPHS[graph])
        else:
            media, body = RESULTS[results].media_type, found.serialize(format=RESULTS[results])
        return QueryAnswer(media_type=media, release=self.release.information.number, body=self._pieces(body or b""))

    async def close(self) -> None:
        """Nothing to end."""

    async def _pieces(self, body: bytes) -> AsyncIterator[bytes]:
        yield body[:10]
        if self.cut:
            raise QueryFault("cut")
        yield body[10:]


def _substitutions(
    bindings: dict[str, Term],
) -> dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    return {ox.Variable(name): _oxigraph(term) for name, term in bindings.items()}


def _oxigraph(term: Term) -> ox.NamedNode | ox.Literal:
    return ox.NamedNode(term.value) if isinstance(term, Iri) else ox.Literal(term.value)


def _term(value: object) -> Term:
    if isinstance(value, ox.NamedNode):
        return Iri(value.value)
    if isinstance(value, ox.Literal):
        return Literal(value.value, value.datatype.value, value.language or "")
    raise TypeError(f"{value} is neither IRI nor literal")
