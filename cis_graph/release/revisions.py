"""Parts that say again what they said of most subjects: what they say of the others, where that is known."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from cis_graph.rdf.iris import Iris
from cis_graph.rdf.provenance import snapshot_iri
from cis_graph.rdf.quads import Blocks
from cis_graph.rdf.reference import containment_lines, territory_lines
from cis_graph.rdf.told import Told
from cis_graph.release.house import House
from cis_graph.release.parts import Revision
from cis_graph.release.reference import fingerprint
from cis_graph.release.totals import Last
from cis_graph.validation.records import record_of

Part = Iterable[str] | Blocks | Revision


def reference_part(house: House, last: Last) -> Part:
    """Words and territories with all that contains them; nothing to say where they are those of the last release."""
    if last.reference == fingerprint(house):
        return Revision()
    territories = territory_lines(house.gazetteer, house.iris), containment_lines(house.gazetteer, house.iris)
    return chain(house.vocabulary, *territories)


def record_parts(told: Sequence[Told], contributors: Sequence[str], last: Last, iris: Iris) -> Mapping[str, Part]:
    """What records say, and what there is to say of them and of who tells them."""
    if not last.reference:
        return {
            # each line of a record begins with "<", its IRI and "#", with which nothing that another says begins
            "records": Blocks(one.lines for one in sorted(told, key=lambda one: f"{one.iri}#")),
            "provenance": chain(contributors, (line for one in told for line in one.provenance)),
        }
    states = {snapshot_iri(one.iri, one.seen.sha256): one.iri for one in told}
    touched = {record_of(state) for state in last.states.keys() - states.keys()}
    touched |= {iri for state, iri in states.items() if state not in last.states}
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
