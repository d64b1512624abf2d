"""The properties our pages read, under the names the ontology gives them."""

INSOC = "https://w3id.org/insoc/ontology#"
CONCEPTS = "https://w3id.org/insoc/concept/"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
IGEO = "http://rdf.insee.fr/def/geo#"
OWL = "http://www.w3.org/2002/07/owl#"
LOCN = "http://www.w3.org/ns/locn#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "insoc": INSOC,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "igeo": IGEO,
    "locn": LOCN,
    "xsd": XSD,
}

TYPE = RDF + "type"
LABEL = SKOS + "prefLabel"
OTHER_LABEL = SKOS + "altLabel"
DEFINITION = SKOS + "definition"
BROADER = SKOS + "broader"
NOTATION = SKOS + "notation"
DESCRIPTION = DCTERMS + "description"
LICENCE = DCTERMS + "license"
PART_OF = DCTERMS + "isPartOf"
REPLACED_BY = DCTERMS + "isReplacedBy"
COMMENT = RDFS + "comment"
HOMEPAGE = FOAF + "homepage"
ADDRESSES = LOCN + "address"
ADDRESS = LOCN + "fullAddress"
START = SCHEMA + "startDate"
END = SCHEMA + "endDate"
KEYWORD = SCHEMA + "keywords"
SAME_AS = SCHEMA + "sameAs"
LATITUDE = SCHEMA + "latitude"
LONGITUDE = SCHEMA + "longitude"
CODE = IGEO + "codeINSEE"
RIGHTS = DCTERMS + "rights"
SOURCE = DCTERMS + "source"
MODIFIED = DCTERMS + "modified"
ISSUED = DCTERMS + "issued"
CREATOR = DCTERMS + "creator"
DATE = DCTERMS + "date"
DEPRECATED = OWL + "deprecated"
DERIVED_FROM = PROV + "wasDerivedFrom"
ATTRIBUTED_TO = PROV + "wasAttributedTo"
ON_BEHALF_OF = PROV + "actedOnBehalfOf"
NOTE = SKOS + "editorialNote"

ACTOR = INSOC + "actor"
PROJECT = INSOC + "project"
ROLE = INSOC + "role"
PROGRAMME = INSOC + "underProgramme"
OPERATED_BY = INSOC + "operatedBy"
TERRITORY = INSOC + "territory"
WITHIN = INSOC + "within"
KIND = INSOC + "kind"
THEME = INSOC + "theme"
AUDIENCE = INSOC + "audience"
METHOD = INSOC + "method"
ACTOR_TYPE = INSOC + "actorType"
SIREN = INSOC + "siren"
SIRET = INSOC + "siret"
RNA = INSOC + "rna"
AMOUNT = INSOC + "amount"
YEARLY_BUDGET = INSOC + "yearlyBudget"
YEARLY_SUPPORT = INSOC + "yearlySupport"
EUROS = frozenset({AMOUNT, YEARLY_BUDGET, YEARLY_SUPPORT})
PROJECT_COUNT = INSOC + "statedProjectCount"
RECOMMENDATION = INSOC + "recommendation"
LESSON = INSOC + "lesson"
OUTCOME = INSOC + "outcome"
PARTNER_COUNT = INSOC + "statedPartnerCount"
EDITION = INSOC + "edition"
DESCRIBES = INSOC + "describes"
MERGED_THROUGH = INSOC + "mergedThrough"
MATCHES = INSOC + "matches"
EVIDENCE = INSOC + "evidence"
SCORE = INSOC + "score"
COOPERATES_WITH = INSOC + "cooperatesWith"
TAKES_PART_IN = INSOC + "takesPartIn"
IN_AREA = INSOC + "inArea"


def shortened(iri: str) -> str:
    """The IRI as ``prefix:name`` where we know the prefix, else as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
