"""The IRIs of the house: data under a base, vocabulary constant."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

INSOC = "https://w3id.org/insoc/ontology#"
CONCEPT = "https://w3id.org/insoc/concept/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
FOAF = "http://xmlns.com/foaf/0.1/"
GEO = "http://www.opengis.net/ont/geosparql#"
IGEO = "http://rdf.insee.fr/def/geo#"
SCHEMA = "https://schema.org/"
LOCN = "http://www.w3.org/ns/locn#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
SH = "http://www.w3.org/ns/shacl#"
DQV = "http://www.w3.org/ns/dqv#"
DCAT = "http://www.w3.org/ns/dcat#"
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"

PREFIXES = {
    "insoc": INSOC,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "dqv": DQV,
    "foaf": FOAF,
    "geo": GEO,
    "igeo": IGEO,
    "locn": LOCN,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sd": SD,
    "sh": SH,
    "skos": SKOS,
    "void": VOID,
    "xsd": XSD,
}


def concept(scheme: str, key: str) -> str:
    """The constant IRI of a concept."""
    return f"{CONCEPT}{scheme}/{key}"


@lru_cache(maxsize=10_000)  # a record's key comes with each of its nodes, and most nodes have the names of others
def _step(name: str) -> str:
    """A name as one step of a path."""
    return quote(name, safe="")


@dataclass(frozen=True, slots=True)
class Iris:
    """Data IRIs under ``base``, which ends with a slash."""

    base: str

    def entity(self, kind: str, key: str) -> str:
        """A canonical project, actor, programme, event, participation, territory or contributor."""
        return f"{self.base}id/{kind}/{key}"

    def tie(self, one: str, other: str) -> str:
        """The tie of two actors, whose keys are in order."""
        return f"{self.base}id/tie/{one}-{other}"

    @property
    def records(self) -> str:
        """What the names of all records begin with."""
        return f"{self.base}id/record/"

    def record(self, contributor: str, key: str) -> str:
        """A record: the document, and the name of its graph."""
        return f"{self.records}{contributor}/{_step(key)}"

    def node(self, contributor: str, key: str, node: str) -> str:
        """A node of a record, a hash IRI in it."""
        return f"{self.record(contributor, key)}#{_step(node)}"
