"""Parts that say again what they said of most subjects: what they say of the others, where that is known."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain

from cis_graph.entities.merge import Entity
from cis_graph.entities.statements import (
    Led,
    entity_documents,
    link_lines,
    redirect_lines,
    source_lines,
    tombstone_lines,
)
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.provenance import snapshot_iri
from cis_graph.rdf.quads import Blocks
from cis_graph.rdf.reference import containment_lines, territory_lines
from cis_graph.rdf.told import Told
from cis_graph.reconciliation.reconcile import Reconciled
from cis_graph.reconciliation.statements import match_lines
from cis_graph.release.house import House
from cis_graph.release.parts import Elsewhere, Revision
from cis_graph.release.reference import fingerprint
from cis_graph.release.totals import Last
from cis_graph.validation.records import record_of

Part = Iterable[str] | Blocks | Revision | Elsewhere


def reference_part(house: House, last: Last) -> Part:
    """Words and territories with all that contains them; nothing to say where they are those of the last release."""
    if last.reference == fingerprint(house):
        return Revision()
    territories = territory_lines(house.gazetteer, house.iris), containment_lines(house.gazetteer, house.iris)
    return chain(house.vocabulary, *territories)


def entity_parts(
    entities: Sequence[Entity],
    found: Reconciled,
    changed: AbstractSet[str] | None,
    touched: Iterable[str],
    house: House,
) -> Mapping[str, Part]:
    """What entities are, and what leads to them: all, or those ``changed`` (``kind/key``) alone where that is known.

    Once it is written what they are, entities are held here no more.
    ``touched`` are the records whose nodes may be others than they were, by IRI.
    """
    iris = house.iris
    if changed is None:
        return {
            "entities": house.context.lines(entity_documents(entities, iris), iris.base),
            "links": _links(found, iris),
        }
    about = [f"<{iris.entity(*name.split('/'))}{end}".encode() for name in changed for end in ("> ", "#")]
    leading = {f"<{iri}> ".encode() for one in entities for iri in _leading(one, found, iris)}
    gone = [f"<{iri}#".encode() for iri in touched]
    keys = {one.key for one in entities}
    only = replace(
        found,
        clusters=tuple(one for one in found.clusters if one.key in keys),
        redirects=tuple(one for one in found.redirects if f"{one[0]}/{one[1]}" in changed),
        withdrawn=tuple(one for one in found.withdrawn if f"{one[0]}/{one[1]}" in changed),
    )
    documents = entity_documents(entities, iris, beside=led(found))
    return {
        "entities": Revision(tuple(about), house.context.lines(documents, iris.base)),
        "links": Revision((*about, *leading, *gone), _links(only, iris)),
    }


def _leading(entity: Entity, found: Reconciled, iris: Iris) -> Iterable[str]:
    """The nodes that tell of an entity, and the addresses that they have of their own."""
    for node in entity.members:
        yield iris.node(node.contributor, node.record, node.node)
        yield iris.entity(entity.kind, found.own[node])


def _links(found: Reconciled, iris: Iris) -> Iterable[str]:
    yield from source_lines(led(found), iris)
    yield from link_lines(led(found), found.own, iris)
    yield from match_lines(found, iris)
    yield from redirect_lines(found.redirects, iris)
    yield from tombstone_lines(found.withdrawn, iris)


def led(found: Reconciled) -> Iterable[Led]:
    """Every entity by its name, with what leads to it."""
    for one in found.clusters:
        yield Led(found.ledger.entries[one.members[0]].kind, one.key, one.members)


def touched_records(told: Iterable[Told], last: Last) -> AbstractSet[str] | None:
    """The records, by IRI, that are in another state than they were, or gone; None where all are to be told anew."""
    if not last.reference:
        return None
    states = {snapshot_iri(one.iri, one.seen.sha256): one.iri for one in told}
    touched = {record_of(state) for state in last.states.keys() - states.keys()}
    return touched | {iri for state, iri in states.items() if state not in last.states}


def record_parts(
    told: Sequence[Told], contributors: Sequence[str], touched: AbstractSet[str] | None, iris: Iris
) -> Mapping[str, Part]:
    """What records say, what is said of them, and who tells them; of those ``touched`` alone where that is known."""
    if touched is None:
        return {
            # each line of a record begins with "<", its IRI and "#", with which nothing that another says begins
            "records": Blocks(one.lines for one in sorted(told, key=lambda one: f"{one.iri}#")),
            "provenance": chain(contributors, (line for one in told for line in one.provenance)),
        }
    again = [one for one in told if one.iri in touched]
    beginnings = tuple(f"<{iri}{end}".encode() for iri in touched for end in ("> ", "#", "/v/"))
    everybody = {f"<{iris.entity('contributor', '')}", *(line.split(" ", 1)[0] for line in contributors)}
    about = (line for one in again for line in one.provenance)
    return {
        "records": Revision(beginnings, (line for one in again for line in one.statements)),
        "provenance": Revision(
            (*beginnings, *(one.encode() for one in everybody)),
            chain(contributors, about),
        ),
    }
