"""The limits of the endpoint, as statements: of a build, and of the server that answers."""

from collections.abc import Iterable

from cis_graph.rdf.iris import RDF, SCHEMA, SD
from cis_graph.rdf.statements import iri, statement, text, typed
from cis_graph.settings import Settings
from cis_graph.store.guard import DEEPEST_NESTING, LARGEST_QUERY


def limit_lines(settings: Settings) -> Iterable[str]:
    """What a query may take, each limit a ``schema:PropertyValue`` of the service."""
    service = f"{settings.base}sparql"
    for name, value, unit, french, english in (
        ("timeout", f"{settings.query_timeout:g}", "SEC", "Durée d'une requête", "Time a query may take"),
        ("memory", str(settings.query_memory), "4L", "Mémoire d'une requête, en Mio", "Memory of a query, in MiB"),
        ("length", str(LARGEST_QUERY), "", "Caractères d'une requête", "Characters of a query"),
        ("nesting", str(DEEPEST_NESTING), "", "Parenthèses ouvertes à la fois", "Brackets open at once"),
    ):
        limit = f"{service}#limit-{name}"
        yield statement(service, f"{SCHEMA}additionalProperty", iri(limit))
        yield statement(limit, f"{RDF}type", iri(f"{SCHEMA}PropertyValue"))
        yield statement(limit, f"{SCHEMA}propertyID", text(name))
        yield statement(limit, f"{SCHEMA}name", text(french, "fr"))
        yield statement(limit, f"{SCHEMA}name", text(english, "en"))
        yield statement(limit, f"{SCHEMA}value", typed(value, "decimal"))
        if unit:
            yield statement(limit, f"{SCHEMA}unitCode", text(unit))
    yield from _services(service, settings.service_allow)


def _services(service: str, allowed: Iterable[str]) -> Iterable[str]:
    hosts = f"{service}#service-hosts"
    yield statement(service, f"{SCHEMA}additionalProperty", iri(hosts))
    yield statement(hosts, f"{RDF}type", iri(f"{SCHEMA}PropertyValue"))
    yield statement(hosts, f"{SCHEMA}propertyID", text("service-hosts"))
    yield statement(hosts, f"{SCHEMA}name", text("Serveurs que SERVICE peut interroger", "fr"))
    yield statement(hosts, f"{SCHEMA}name", text("Servers that SERVICE may ask", "en"))
    for endpoint in sorted(allowed) or ["none"]:
        yield statement(hosts, f"{SCHEMA}value", text(endpoint))
    if allowed:
        yield statement(service, f"{SD}feature", iri(f"{SD}BasicFederatedQuery"))
