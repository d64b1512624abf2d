"""Records and entities as JSON-LD documents, under the keys of ``ontology/context.jsonld``."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from cis_graph.model.dates import StatedDate
from cis_graph.model.nodes import Thing, things
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Address, Event, Label, Participation, Programme, Project, Record
from cis_graph.rdf.iris import XSD, Iris, concept

Document = dict[str, Any]
IriOf = Callable[[str], str]  # of a node name, or of an entity's key

LANGUAGE = "fr"
ADDRESS = "-address"  # what an address node adds to its actor's name


def record_document(record: Record, iris: Iris) -> Document:
    """What a record says, as one named graph of its own nodes."""

    def iri_of(node: str) -> str:
        return iris.node(record.contributor, record.key, node)

    documents = [
        document for _, thing in things(record) for document in node_documents(thing, thing.node, iri_of, iris)
    ]
    return {"id": iris.record(record.contributor, record.key), "@graph": documents}


def node_documents(node: Thing, name: str, iri_of: IriOf, iris: Iris) -> Iterable[Document]:
    """One node as one document, and one more for its address; ``name`` is its node name or its entity's key."""
    document = {"id": iri_of(name), "type": type(node).__name__, **_fields(node, iri_of, iris)}
    if isinstance(node, Actor) and node.address is not None:
        address = iri_of(f"{name}{ADDRESS}")
        document["address"] = address
        yield _filled(_address(node.address, address))
    yield _filled(document)


def _fields(node: Thing, iri_of: IriOf, iris: Iris) -> Document:
    match node:
        case Project():
            return _project(node, iri_of, iris)
        case Actor():
            return _actor(node, iri_of, iris)
        case Programme():
            return _programme(node, iri_of)
        case Participation():
            return _participation(node, iri_of, iris)
        case Event():
            return _event(node, iri_of, iris)


def _project(project: Project, iri_of: IriOf, iris: Iris) -> Document:
    return {
        "label": _text(project.label),
        "alternativeLabel": _texts(project.alternative_labels),
        "description": _text(project.description),
        "homepage": project.homepage,
        "territory": _territories(project.places, iris),
        "startDate": _date(project.started),
        "endDate": _date(project.ended),
        "theme": _concepts(project.themes),
        "audience": _concepts(project.audiences),
        "method": _concepts(project.methods),
        "keyword": _texts(project.keywords),
        "lesson": _texts(project.lessons),
        "outcome": _texts(project.outcomes),
        "statedPartnerCount": project.stated_partner_count,
        "statedProjectCount": project.stated_project_count,
        "kind": _concepts((project.kind,) if project.kind else ()),
        "partOf": _iri(project.part_of, iri_of),
        "edition": project.edition,
        "editionOf": _iri(project.edition_of, iri_of),
    }


def _actor(actor: Actor, iri_of: IriOf, iris: Iris) -> Document:
    return {
        "label": _text(actor.label),
        "alternativeLabel": _texts(actor.alternative_labels),
        "actorType": _concepts((actor.actor_type,) if actor.actor_type else ()),
        "territory": _territories(actor.places, iris),
        "siren": actor.siren,
        "siret": actor.siret,
        "rna": actor.rna,
        "homepage": actor.homepage,
        "keyword": _texts(actor.keywords),
        "edition": actor.edition,
        "editionOf": _iri(actor.edition_of, iri_of),
    }


def _programme(programme: Programme, iri_of: IriOf) -> Document:
    return {
        "label": _text(programme.label),
        "alternativeLabel": _texts(programme.alternative_labels),
        "startDate": _date(programme.started),
        "endDate": _date(programme.ended),
        "audience": _concepts(programme.audiences),
        "yearlyBudget": _euros(programme.yearly_budget),
        "yearlySupport": _euros(programme.yearly_support),
        "statedProjectCount": programme.stated_project_count,
        "operatedBy": _iri(programme.operator, iri_of),
        "homepage": programme.homepage,
    }


def _participation(participation: Participation, iri_of: IriOf, iris: Iris) -> Document:
    return {
        "actor": iri_of(participation.actor),
        "project": iri_of(participation.project),
        "role": _concepts((participation.role,)),
        "programme": _iri(participation.programme, iri_of),
        "startDate": _date(participation.started),
        "endDate": _date(participation.ended),
        "amount": _euros(participation.amount),
        "territory": _territories(participation.places, iris),
    }


def _event(event: Event, iri_of: IriOf, iris: Iris) -> Document:
    return {
        "label": _text(event.label),
        "startDate": _date(event.started),
        "endDate": _date(event.ended),
        "territory": _territories(event.places, iris),
        "actor": [iri_of(actor) for actor in event.actors],
        "project": [iri_of(project) for project in event.projects],
        "theme": _concepts(event.themes),
        "method": _concepts(event.methods),
        "outcome": _texts(event.outcomes),
        "recommendation": _texts(event.recommendations),
    }


def _address(address: Address, iri: str) -> Document:
    return {
        "id": iri,
        "type": "Address",
        "fullAddress": address.full,
        "thoroughfare": address.street,
        "postCode": address.postcode,
        "postName": address.town,
    }


def _filled(document: Document) -> Document:
    return {key: value for key, value in document.items() if value is not None and value not in ([], {})}


def _text(text: str | None) -> Mapping[str, str] | None:
    return {LANGUAGE: text} if text else None


def _texts(texts: tuple[str, ...]) -> Mapping[str, list[str]] | None:
    return {LANGUAGE: list(texts)} if texts else None


def _date(stated: StatedDate | None) -> Mapping[str, str] | None:
    return {"@value": stated.text, "@type": XSD + stated.precision.value} if stated else None


def _euros(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")


def _concepts(labels: tuple[Label, ...]) -> list[str]:
    return [concept(label.scheme, label.concept) for label in labels if label.concept]


def _territories(places: tuple[Place, ...], iris: Iris) -> list[str]:
    return [iris.entity("territory", place.territory) for place in places if place.territory]


def _iri(name: str | None, iri_of: IriOf) -> str | None:
    return iri_of(name) if name else None
