"""What a query can be made of, for completion: prefixes, classes and properties as the release counts them."""

import json
from collections import defaultdict
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from cis_graph.model.releases import OpenRelease
from cis_graph.web.answers import answer
from cis_graph.web.negotiation import JSON
from cis_graph.web.visits import Site, visit

Described = dict[str, Any]


def router(site: Site) -> APIRouter:
    """The schema's route."""
    routes = APIRouter(tags=["sparql"])

    @routes.get("/sparql/schema.json", summary="Prefixes, classes and properties in use, with their names and counts")
    def schema(request: Request) -> Response:
        asked = visit(site, request)
        return answer(asked, JSON, lambda: _written(asked.release), vary="Accept-Encoding")

    return routes


def schema_of(release: OpenRelease) -> Described:
    """Prefixes by name; classes and properties by IRI, the most used first, each class with its properties."""
    rows = release.rows("description/prefixes")
    return {
        "prefixes": {row["prefix"].value: row["namespace"].value for row in rows},
        "classes": _terms(release, "description/classes", "entities"),
        "properties": _terms(release, "description/properties", "triples"),
        "propertiesByClass": _by_class(release),
    }


def _written(release: OpenRelease) -> bytes:
    return json.dumps(schema_of(release), ensure_ascii=False, separators=(",", ":")).encode()


def _terms(release: OpenRelease, query: str, count: str) -> Described:
    """Terms by IRI with their count and their names by language."""
    found: Described = {}
    for row in release.rows(query):
        term = found.setdefault(row["term"].value, {count: int(row["count"].value), "names": {}})
        for language in ("fr", "en"):
            if language in row:
                term["names"][language] = row[language].value
    return found


def _by_class(release: OpenRelease) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in release.rows("description/uses"):
        found[row["class"].value].append(row["property"].value)
    return found
