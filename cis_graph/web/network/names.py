"""What filters, nodes and roles are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from cis_graph.model.network import NetworkNode, NetworkTie
from cis_graph.model.ties import weight
from cis_graph.web.facts import Link
from cis_graph.web.languages import Language, marked
from cis_graph.web.network.filters import Given
from cis_graph.web.texts import Text, stated_date
from cis_graph.web.visits import Visit

LEVEL_NAMES = {
    "": marked("Acteurs"),
    "region": marked("Régions"),
    "departement": marked("Départements"),
    "epci": marked("Intercommunalités"),
    "commune": marked("Communes"),
}
TIE_NAMES = {
    "cooperation": marked("Coopération"),
    "funding": marked("Financement"),
    "all": marked("Coopération et financement"),
}
KIND_NAMES = {"project": marked("Projets"), "grant": marked("Subventions")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value of a filter with its name."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One filter of the form with the values it may take; the first asks nothing where it may be left out."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieLine:
    """A tie as a line of a table; ``exact`` is its weight with all decimals, as the exports have it."""

    source: Link
    target: Link
    exact: str
    tie: NetworkTie
    when: str
    evidence: str


def choices(asked: Visit, asking: Given) -> tuple[Choice, ...]:
    """The filters of the form that are chosen from a list."""
    told, query = asked.language.gettext, asking.query
    network = asked.release.network
    places = {
        node.key: f"{node.label} ({told(LEVEL_NAMES[level])})"
        for level in ("region", "departement")
        for node in network.territories(level)
    }
    lists = (
        ("theme", marked("Thème"), asked.names.under("theme"), query.theme),
        ("audience", marked("Public"), asked.names.under("audience"), query.audience),
        ("method", marked("Méthode"), asked.names.under("method"), query.method),
        ("role", marked("Rôle de l'un des deux"), asked.names.under("role"), query.role),
        ("type", marked("Type de l'un des deux"), asked.names.under("type"), query.type),
        ("territory", marked("Territoire de l'un des deux"), places, query.territory),
        ("contributor", marked("Selon"), asked.names.under("contributor"), query.contributor),
        ("kind", marked("Par"), {key: told(name) for key, name in KIND_NAMES.items()}, query.kind),
    )
    named = [
        ("tie", marked("Liens"), TIE_NAMES, query.tie or "cooperation"),
        ("level", marked("Entre"), LEVEL_NAMES, query.level),
    ]
    first = [
        Choice(name=name, label=told(label), options=_options({key: told(it) for key, it in names.items()}, (value,)))
        for name, label, names, value in named
    ]
    rest = [
        Choice(
            name=name, label=told(label), options=_options({"": told(marked("Tous"))} | dict(names), values or ("",))
        )
        for name, label, names, values in lists
    ]
    return (*first, *rest)


def _options(names: Mapping[str, str], values: tuple[str, ...] | list[str]) -> tuple[Option, ...]:
    """The values there are, and those asked for that there are not."""
    every = dict(names) | {value: value for value in values if value not in names}
    return tuple(Option(value=key, name=name, chosen=key in values) for key, name in every.items())


def link(asked: Visit, node: NetworkNode) -> Link:
    """The link to a node's page."""
    iri = asked.addresses.entity(node.kind, node.key) or ""
    return Link(text=Text(node.label), path=f"/{node.kind}/{node.key}", iri=iri)


def tie_line(asked: Visit, asking: Given, tie: NetworkTie, nodes: Mapping[str, NetworkNode]) -> TieLine:
    """One tie as a line."""
    ends = {"source": tie.source, "target": tie.target}
    return TieLine(
        source=link(asked, nodes[tie.source]),
        target=link(asked, nodes[tie.target]),
        exact=weight(tie.weight),
        tie=tie,
        when=when(tie, asked.language),
        evidence=asking.address("/network/evidence", **ends),
    )


def when(tie: NetworkTie, language: Language) -> str:
    """The time of a tie in years: from the first to the last, an arrow where it goes on."""
    begins = stated_date(str(tie.begins.year), language.code) if tie.begins else ""
    ends = stated_date(str(tie.ends.year), language.code) if tie.ends else "→"
    if not tie.begins and not tie.ends:
        return ""
    return begins if begins == ends else f"{begins} \u2013 {ends}" if tie.ends else f"{begins} {ends}"
