"""The same network by another way: a filter as one SPARQL query over the default graph."""

from collections.abc import Iterable

from cis_graph.model.network import NetworkFilter
from cis_graph.model.ties import CROWD, weight

PREFIXES = """PREFIX insoc: <https://w3id.org/insoc/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX igeo: <http://rdf.insee.fr/def/geo#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX role: <https://w3id.org/insoc/concept/role/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
CONCEPTS = "https://w3id.org/insoc/concept"
CLASSES = {"region": "Region", "departement": "Departement", "epci": "Intercommunalite", "commune": "Commune"}
SIDES = {
    "cooperates": "role:cooperative skos:member ?role{x} .",
    "funds": "FILTER(?role{x} = role:financeur)",
    "receives": "FILTER(?role{x} IN (role:porteur, role:co-porteur, role:beneficiaire, role:laureat))",
}
LEADS = "{held} FILTER(?rolel IN (role:porteur, role:co-porteur))"


def held(number: int, side: str, x: str) -> str:
    """A participation of an end on its side; ``x`` names its variables."""
    pattern = f"?part{x} insoc:project ?project ; insoc:actor ?actor{number} ; insoc:role ?role{x} . "
    return pattern + SIDES[side].format(x=x)


def placed(number: int, side: str, place: str) -> str:
    """Where an end works: what its participations say, else where the actor is, else where the project is."""
    own = f"FILTER NOT EXISTS {{ {held(number, side, 'o')} ?parto insoc:territory ?owno }}"
    away = f"FILTER NOT EXISTS {{ ?actor{number} insoc:territory ?ownp }}"
    return (
        f"{{ {held(number, side, 'p')} ?partp insoc:inArea {place} }} UNION "
        f"{{ {held(number, side, 'p')} ?actor{number} insoc:inArea {place} {own} }} UNION "
        f"{{ {held(number, side, 'p')} ?project insoc:inArea {place} {own} {away} }}"
    )


def query(asked: NetworkFilter, base: str) -> str:
    """The SELECT of source, target and weight."""
    ties = ("cooperation", "funding") if asked.tie == "all" else (asked.tie,)
    meetings = " UNION ".join(f"{{ {meeting(tie, asked, base)} }}" for tie in ties)
    one, other = ("?place1", "?place2") if asked.level else ("?actor1", "?actor2")
    swap = "false" if asked.tie == "funding" else f"STR({one}) > STR({other})"
    return (
        f"{PREFIXES}SELECT ?source ?target (SUM(?share) AS ?weight) WHERE {{ "
        f"{{ SELECT DISTINCT ?source ?target ?tie ?project ?actor1 ?actor2 ?share WHERE {{ {meetings} "
        f"BIND(IF({swap}, {other}, {one}) AS ?source) BIND(IF({swap}, {one}, {other}) AS ?target) }} }} "
        f"}} GROUP BY ?source ?target HAVING(SUM(?share) >= {weight(asked.least)})"
    )


def meeting(tie: str, asked: NetworkFilter, base: str) -> str:
    """Two parties of one project under every filter, and what it weighs."""
    sides = ("cooperates", "cooperates") if tie == "cooperation" else ("funds", "receives")
    ends = list(enumerate(sides, 1))
    lines = [f"{{ SELECT DISTINCT ?project ?actor{n} {{ {held(n, side, 'a')} }} }}" for n, side in ends]
    lines += [*rule(tie), *about(asked, base, ends), *around(asked, base, ends), *timed(asked, ends)]
    if asked.level:
        lines += [level(number, side, asked.level) for number, side in ends]
    return " ".join([f'BIND("{tie}" AS ?tie)', *lines])


def rule(tie: str) -> Iterable[str]:
    """Who is tied to whom, and the share of the project."""
    second = f"EXISTS {{ {LEADS.format(held=held(2, 'receives' if tie == 'funding' else 'cooperates', 'l'))} }}"
    if tie == "funding":
        yield f"{{ SELECT ?project (COUNT(DISTINCT ?actor3) AS ?n) {{ {held(3, 'receives', 'c')} }} GROUP BY ?project }}"
        yield f"FILTER(?actor1 != ?actor2) FILTER(?n + 1 < {CROWD} || {second})"
        yield "BIND(ROUND(1000000 / ?n) / 1000000 AS ?share)"
        return
    first = f"EXISTS {{ {LEADS.format(held=held(1, 'cooperates', 'l'))} }}"
    yield "?project insoc:cooperatingActorCount ?n . FILTER(STR(?actor1) < STR(?actor2))"
    yield "FILTER NOT EXISTS { ?project insoc:kind ?grant }"
    yield f"FILTER(?n < {CROWD} || {first} || {second})"
    yield "BIND(ROUND(1000000 / (?n - 1)) / 1000000 AS ?share)"


def values(variable: str, keys: Iterable[str], space: str) -> str:
    """The keys as IRIs."""
    return f"VALUES ?{variable} {{ {' '.join(f'<{space}{key}>' for key in keys)} }}"


def about(asked: NetworkFilter, base: str, ends: list[tuple[int, str]]) -> Iterable[str]:
    """What the project must be about, its kind, and who says so."""
    for prop, keys in (("theme", asked.themes), ("audience", asked.audiences), ("method", asked.methods)):
        if keys:
            wide = f"?project insoc:{prop}/skos:broader* ?it"
            yield f"FILTER EXISTS {{ {values('it', keys, f'{CONCEPTS}/{prop}/')} {wide} }}"
    if asked.kinds:
        yield f"FILTER({'' if asked.kinds == ('grant',) else 'NOT '}EXISTS {{ ?project insoc:kind ?grant }})"
    for number, side in ends if asked.contributors else ():
        told = f"{held(number, side, 'c')} ?partc prov:wasDerivedFrom/prov:wasAttributedTo ?who"
        yield f"FILTER EXISTS {{ {values('who', asked.contributors, f'{base}id/contributor/')} {told} }}"


def around(asked: NetworkFilter, base: str, ends: list[tuple[int, str]]) -> Iterable[str]:
    """What one of both ends must be."""
    tests: list[list[str]] = []
    if asked.roles:
        given = values("wide", asked.roles, f"{CONCEPTS}/role/")
        tests.append([f"{given} {held(n, side, 'r')} ?roler skos:broader* ?wide" for n, side in ends])
    if asked.types:
        given = values("type", asked.types, f"{CONCEPTS}/actor-type/")
        tests.append([f"{given} ?actor{n} insoc:actorType/skos:broader* ?type" for n, _ in ends])
    if asked.actors:
        given = values("ego", asked.actors, f"{base}id/actor/")
        tests.append([f"{given} FILTER(?actor{n} = ?ego)" for n, _ in ends])
    if asked.territories:
        given = values("area", asked.territories, f"{base}id/territory/")
        tests.append([f"{given} {placed(n, side, '?area')}" for n, side in ends])
    for test in tests:
        yield f"FILTER({' || '.join(f'EXISTS {{ {pattern} }}' for pattern in test)})"


def level(number: int, side: str, name: str) -> str:
    """The territories of a level that an end works in, those of today; an arrondissement counts for its commune."""
    place = f"?place{number}"
    return (
        f"{{ SELECT DISTINCT ?project ?actor{number} {place} {{ {placed(number, side, place)} "
        f"{place} a igeo:{CLASSES[name]} FILTER NOT EXISTS {{ {place} dcterms:isReplacedBy ?later }} "
        f"FILTER NOT EXISTS {{ {place} insoc:within ?outer . ?outer a igeo:Commune "
        f"FILTER(?outer != {place} && {'true' if name == 'commune' else 'false'}) }} }} }}"
    )


def timed(asked: NetworkFilter, ends: list[tuple[int, str]]) -> Iterable[str]:
    """From the later beginning to the earlier end, within the period asked for."""
    if not (asked.begins or asked.ends):
        return
    for n, side in ends:
        yield (
            f"{{ SELECT ?project ?actor{n} (MIN(?b) AS ?own{n}) (MAX(?e) AS ?till{n}) {{ {held(n, side, 't')} "
            f"OPTIONAL {{ ?partt insoc:beginsOn ?b }} OPTIONAL {{ ?partt insoc:endsOn ?e }} }} "
            f"GROUP BY ?project ?actor{n} }}"
        )
    yield "OPTIONAL { ?project insoc:beginsOn ?whole } OPTIONAL { ?project insoc:endsOn ?last }"
    for n, _ in ends:
        yield f"BIND(COALESCE(?own{n}, ?whole) AS ?b{n}) BIND(COALESCE(?till{n}, ?last) AS ?l{n})"
        yield f"BIND(IF(BOUND(?b{n}) && BOUND(?l{n}) && ?l{n} < ?b{n}, ?never, ?l{n}) AS ?e{n})"
    yield "BIND(COALESCE(IF(?b1 > ?b2, ?b1, ?b2), ?b1, ?b2) AS ?begins)"
    yield "BIND(COALESCE(IF(?e1 < ?e2, ?e1, ?e2), ?e1, ?e2) AS ?low)"
    yield "BIND(COALESCE(IF(?e1 > ?e2, ?e1, ?e2), ?e1, ?e2) AS ?high)"
    yield (
        "BIND(IF(!BOUND(?low) || !BOUND(?begins) || ?low >= ?begins, ?low, IF(?high > ?begins, ?high, ?begins)) AS ?ends)"
    )
    yield "FILTER(BOUND(?begins) || BOUND(?ends))"
    if asked.begins:
        yield f'FILTER(!BOUND(?ends) || ?ends >= "{asked.begins.isoformat()}"^^xsd:date)'
    if asked.ends:
        yield f'FILTER(!BOUND(?begins) || ?begins <= "{asked.ends.isoformat()}"^^xsd:date)'
