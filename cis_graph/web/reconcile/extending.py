"""Values of entities for a list that was reconciled: data extension."""

from collections.abc import Mapping, Sequence

from cis_graph.web import vocabulary as v
from cis_graph.web.facts import Facts, Link, read_facts
from cis_graph.web.languages import Language, marked
from cis_graph.web.reconcile.reading import Extension
from cis_graph.web.visits import Visit

Cell = dict[str, object]
_FETCHED = {
    "name": (v.LABEL, marked("Nom")),
    "description": (v.DESCRIPTION, marked("Description")),
    "homepage": (v.HOMEPAGE, marked("Site")),
    "siren": (v.SIREN, marked("SIREN")),
    "siret": (v.SIRET, marked("SIRET")),
    "rna": (v.RNA, marked("RNA")),
    "type": (v.ACTOR_TYPE, marked("Type d'acteur")),
    "territory": (v.TERRITORY, marked("Territoire")),
    "theme": (v.THEME, marked("Thème")),
    "audience": (v.AUDIENCE, marked("Public")),
    "method": (v.METHOD, marked("Méthode")),
    "start": (v.START, marked("Début")),
    "end": (v.END, marked("Fin")),
    "code": (v.CODE, marked("Code officiel")),
}
_OF_KIND = {
    "actor": ("name", "homepage", "siren", "siret", "rna", "type", "territory"),
    "project": ("name", "description", "homepage", "territory", "theme", "audience", "method", "start", "end"),
    "territory": ("name", "code"),
}
_NUMBERED = frozenset({"siren", "siret", "rna", "code", "start", "end"})  # shown as they are


def proposed(kind: str, language: Language) -> list[dict[str, str]]:
    """What can be fetched of entities of a kind; of all kinds where it is none of ours."""
    return [{"id": name, "name": language.gettext(_FETCHED[name][1])} for name in _OF_KIND.get(kind, _FETCHED)]


def extended(asked: Visit, wanted: Extension) -> Mapping[str, Mapping[str, list[Cell]]]:
    """By entity and property, the values; an entity or a property that we do not know has none."""
    return {one: _values(asked, one, [prop.id for prop in wanted.properties]) for one in dict.fromkeys(wanted.ids)}


def told_properties(wanted: Extension, language: Language) -> list[dict[str, str]]:
    """The properties asked for, by name."""
    known = ((one.id, _FETCHED.get(one.id, ("", one.id))[1]) for one in wanted.properties)
    return [{"id": name, "name": language.gettext(text) if text else name} for name, text in known]


def iri_of(asked: Visit, name: str) -> str | None:
    """The IRI of the entity that ``kind/key`` names; an IRI of ours is read too."""
    kind, key = asked.addresses.split(name) if ":" in name else tuple(name.partition("/")[::2])
    return asked.addresses.entity("project" if kind == "grant" else kind, key)


def _values(asked: Visit, name: str, properties: Sequence[str]) -> dict[str, list[Cell]]:
    iri = iri_of(asked, name)
    facts = read_facts(asked.release, iri, asked.language.code, asked.addresses) if iri else None
    return {prop: list(_cells(asked, prop, facts)) if facts else [] for prop in properties}


def _cells(asked: Visit, prop: str, facts: Facts) -> list[Cell]:
    if prop not in _FETCHED:
        return []
    predicate = _FETCHED[prop][0]
    if links := facts.links(predicate):
        return [_entity(asked, link) for link in links if link.path] or [{"str": link.iri} for link in links]
    if prop in _NUMBERED:
        return [{"str": term.value} for term in facts.values.get(predicate, ())]
    text = facts.text(predicate)
    return [{"str": text.value}] if text else []


def _entity(asked: Visit, link: Link) -> Cell:
    return {"id": "/".join(asked.addresses.split(link.iri)), "name": link.text.value}
