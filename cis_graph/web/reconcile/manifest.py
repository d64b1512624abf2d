"""What the service says of itself, in the words of each version."""

from collections.abc import Mapping

from cis_graph.model.recognition import RECOGNISED
from cis_graph.web.entity import KIND_NAMES
from cis_graph.web.languages import Language, marked
from cis_graph.web.reconcile.reading import MOST_QUERIES
from cis_graph.web.vocabulary import INSOC

Told = Mapping[str, object]
DRAFT = "1.0-draft"
WIDTH, HEIGHT = 420, 240  # pixels of a preview
HINTS = {
    "siren": marked("SIREN"),
    "siret": marked("SIRET"),
    "rna": marked("RNA"),
    "territory": marked("Territoire"),
    "theme": marked("Thème"),
    "audience": marked("Public"),
    "method": marked("Méthode"),
    "type": marked("Type d'acteur"),
    "homepage": marked("Site"),
    "year": marked("Année de début"),
    "code": marked("Code officiel"),
}
_EXPLAINED = {
    "territory": marked("Nom, code officiel ou clé d'une commune, intercommunalité, région ou d'un département"),
    "code": marked("Code officiel d'un territoire"),
}


def types(language: Language) -> list[dict[str, str]]:
    """What can be looked for."""
    return [{"id": kind, "name": language.gettext(KIND_NAMES[kind])} for kind in RECOGNISED]


def properties(language: Language) -> list[dict[str, str]]:
    """What a list may say beside a name."""
    return [
        {"id": name, "name": language.gettext(text)}
        | ({"description": language.gettext(_EXPLAINED[name])} if name in _EXPLAINED else {})
        for name, text in HINTS.items()
    ]


def manifest(home: str, base: str, software: str, language: Language) -> Told:
    """The manifest of 0.2; ``home`` is this server's address without a slash at its end."""
    service = f"{home}/reconcile"
    suggested = {
        name: {"service_url": service, "service_path": f"/suggest/{name}"} for name in ("entity", "type", "property")
    }
    return {
        **_both(home, software, language),
        "versions": ["0.2"],
        "identifierSpace": f"{base}id/",
        "schemaSpace": INSOC,
        "view": {"url": f"{service}/view?id={{{{id}}}}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": suggested,
        "extend": {"propose_properties": {"service_url": service, "service_path": "/extend/propose"}},
        "batchSize": MOST_QUERIES,
    }


def draft_manifest(home: str, software: str, language: Language) -> Told:
    """The manifest of the draft of 1.0."""
    return {
        **_both(home, software, language),
        "versions": [DRAFT],
        "view": {"url": f"{home}/reconcile/view?id={{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": []},
        "standardizedScore": True,
        "batchSize": MOST_QUERIES,
    }


def _both(home: str, software: str, language: Language) -> dict[str, object]:
    return {
        "name": language.gettext(marked("Carrefour des innovations sociales")),
        "documentation": f"{home}/reconcile?format=html",
        "serviceVersion": software,
        "defaultTypes": types(language),
    }
