"""The network shown as N-Triples: each tie a weighted statement under the address it was asked at."""

from collections.abc import Iterator

from cis_graph.model.ties import weight
from cis_graph.network.exports.columns import Told
from cis_graph.rdf.iris import DCTERMS, INSOC, PROV, RDF, RDFS
from cis_graph.rdf.statements import iri, statement, text, typed


def triples(told: Told) -> bytes:
    """N-Triples, which are Turtle too; sorted."""
    return "".join(f"{line}\n" for line in sorted(_lines(told))).encode()


def _lines(told: Told) -> Iterator[str]:
    name = told.names()
    yield statement(told.address, f"{DCTERMS}title", text(told.title, "fr"))
    for node in told.shown.nodes:
        yield statement(name(node.key), f"{RDFS}label", text(node.label, "fr"))
    for tie in told.shown.ties:
        subject = f"{told.address}#{tie.source}_{tie.target}"
        yield statement(subject, f"{RDF}subject", iri(name(tie.source)))
        yield statement(subject, f"{RDF}object", iri(name(tie.target)))
        if told.shown.asked.tie == "cooperation" and not told.shown.asked.level:
            yield statement(subject, f"{RDF}predicate", iri(f"{INSOC}cooperatesWith"))
        yield statement(subject, f"{INSOC}weight", typed(weight(tie.weight), "decimal"))
        if tie.begins:
            yield statement(subject, f"{INSOC}beginsOn", typed(tie.begins.isoformat(), "date"))
        if tie.ends:
            yield statement(subject, f"{INSOC}endsOn", typed(tie.ends.isoformat(), "date"))
        yield statement(subject, f"{PROV}wasDerivedFrom", iri(told.address))
