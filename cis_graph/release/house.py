"""The house: territories, schemes and words that every station may look things up in."""

from dataclasses import dataclass

from cis_graph.rdf.iris import Iris
from cis_graph.rdf.quads import Context
from cis_graph.rdf.schemes import Schemes
from cis_graph.territories.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every station may look things up in; ``vocabulary`` is the ontology and the schemes as lines."""

    iris: Iris
    gazetteer: Gazetteer
    schemes: Schemes
    vocabulary: frozenset[str]
    context: Context
