"""What tells an entity from others of its name: identifiers, places, site, themes; for the text index."""

from collections.abc import Iterable

from cis_graph.model.records import Actor, Label, Project
from cis_graph.rdf.schemes import Schemes
from cis_graph.territories.gazetteer import Gazetteer, Territory

_Pairs = tuple[tuple[str, str], ...]
Facts = dict[str, _Pairs]
_LEVELS = frozenset({"commune", "epci", "departement", "region"})


def actor_facts(actor: Actor, gazetteer: Gazetteer, schemes: Schemes) -> Facts:
    """Those of an actor."""
    siren = actor.siren or (actor.siret.siren if actor.siret else None)
    numbers = {"siren": siren, "siret": actor.siret, "rna": actor.rna}
    known: Facts = {name: ((str(number), str(number)),) for name, number in numbers.items() if number}
    return (
        known
        | _places(actor, gazetteer)
        | _topic("type", (actor.actor_type,) if actor.actor_type else (), schemes)
        | _site(actor.homepage)
    )


def project_facts(project: Project, gazetteer: Gazetteer, schemes: Schemes) -> Facts:
    """Those of a project."""
    year = str(project.started.first_day().year) if project.started else ""
    began: Facts = {"year": ((year, year),)} if year else {}
    return (
        _places(project, gazetteer)
        | _topic("theme", project.themes, schemes)
        | _topic("audience", project.audiences, schemes)
        | _topic("method", project.methods, schemes)
        | _site(project.homepage)
        | began
    )


def territory_facts(territory: Territory, gazetteer: Gazetteer) -> Facts:
    """Those of a territory: its code, and what it lies in."""
    code: Facts = {"code": ((territory.code, territory.code),)} if territory.code else {}
    return code | {"territory": _named(gazetteer.containers(territory.key) - {territory.key}, gazetteer)}


def _places(value: Project | Actor, gazetteer: Gazetteer) -> Facts:
    own = {place.territory for place in value.places if place.territory}
    keys = frozenset[str]().union(*map(gazetteer.containers, own))
    return {"territory": _named(keys, gazetteer)} if keys else {}


def _named(keys: Iterable[str], gazetteer: Gazetteer) -> _Pairs:
    known = gazetteer.territories
    return tuple((key, known[key].name) for key in sorted(keys) if known[key].level in _LEVELS)


def _topic(name: str, labels: Iterable[Label], schemes: Schemes) -> Facts:
    keys = {label.concept: label.scheme for label in labels if label.concept}
    found = tuple((key, schemes.labels.get((scheme, key), key)) for key, scheme in sorted(keys.items()))
    return {name: found} if found else {}


def _site(homepage: str | None) -> Facts:
    return {"homepage": ((homepage, homepage),)} if homepage else {}
