"""A page in schema.org's words, for search engines: what it is about, and the way to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from cis_graph.web import vocabulary as v
from cis_graph.web.facts import Facts, Link

_TYPES = {
    "project": "Project",
    "actor": "Organization",
    "programme": "FundingScheme",
    "event": "Event",
    "contributor": "Organization",
    "territory": "AdministrativeArea",
    "participation": "Role",
}
_IDENTIFIERS = {v.SIREN: "SIREN", v.SIRET: "SIRET", v.RNA: "RNA"}
_LINKS = {
    v.THEME: "about",
    v.TERRITORY: "areaServed",
    v.PART_OF: "isPartOf",
    v.BROADER: "broader",
}
_LONGEST = 5000  # characters of a description

Thing = Mapping[str, Any]


def structured(kind: str, facts: Facts, homepage: str, crumbs: Sequence[Link], origin: str) -> Thing:
    """The entity and its breadcrumb as one JSON-LD graph; ``origin`` is scheme and host of its page."""
    about: dict[str, Any] = {"@type": _TYPES.get(kind, "DefinedTerm"), "@id": facts.iri, "name": facts.label.value}
    if facts.other_labels:
        about["alternateName"] = [text.value for text in facts.other_labels]
    if facts.description:
        about["description"] = facts.description.value[:_LONGEST]
    if homepage:
        about["url"] = homepage
    for prop, name in _LINKS.items():
        if links := facts.links(prop):
            about[name] = [{"@id": link.iri, "name": link.text.value} for link in links]
    for prop, name in ((v.START, "startDate"), (v.END, "endDate"), (v.ADDRESS, "address")):
        if value := facts.value(prop):
            about[name] = value.value
    identifiers = [
        {"@type": "PropertyValue", "propertyID": name, "value": term.value}
        for prop, name in _IDENTIFIERS.items()
        for term in facts.values.get(prop, ())
    ]
    if identifiers:
        about["identifier"] = identifiers
    return {"@context": "https://schema.org", "@graph": [about, _trail(crumbs, facts, origin)]}


def _trail(crumbs: Sequence[Link], facts: Facts, origin: str) -> Thing:
    steps = [(link.text.value, origin + link.path) for link in crumbs]
    steps.append((facts.label.value, facts.iri))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
