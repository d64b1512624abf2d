"""Records read back from RDF in the words of ``insoc``: the inverse of :mod:`cis_graph.rdf.documents`."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from cis_graph.errors import RecordFault, SourceFault, ValueFault
from cis_graph.model.dates import StatedDate
from cis_graph.model.identifiers import Rna, Siren, Siret
from cis_graph.model.nodes import Thing
from cis_graph.model.places import Place
from cis_graph.model.records import Actor, Address, Event, Label, Participation, Programme, Project
from cis_graph.rdf.documents import LANGUAGE
from cis_graph.rdf.iris import CONCEPT, INSOC, LOCN, PROV, RDF, Iris
from cis_graph.rdf.quads import Context
from cis_graph.rdf.subjects import parsed

Values = list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
Said = dict[str, Values]  # by predicate
_TYPE = f"{RDF}type"
_COMPUTED = frozenset({f"{INSOC}describes", f"{PROV}wasRevisionOf"})  # ours, and handed out with a record
_CLASSES: Mapping[str, type[Thing]] = {
    f"{INSOC}{made.__name__}": made for made in (Project, Actor, Programme, Participation, Event)
}
_OWN_NAMES = {
    "alternativeLabel": "alternative_labels", "keyword": "keywords", "lesson": "lessons", "outcome": "outcomes",
    "recommendation": "recommendations", "territory": "places", "startDate": "started", "endDate": "ended",
    "theme": "themes", "audience": "audiences", "method": "methods", "actorType": "actor_type", "partOf": "part_of",
    "editionOf": "edition_of", "operatedBy": "operator", "statedPartnerCount": "stated_partner_count",
    "statedProjectCount": "stated_project_count", "yearlyBudget": "yearly_budget", "yearlySupport": "yearly_support",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRecord:
    """One record as RDF tells it: its key, what is said of the document, its things, the values that were refused.

    ``fault`` says why it cannot be made; then there are no things. ``refused`` are node and property, value, why.
    """

    contributor: str
    key: str
    about: Said = field(default_factory=dict)
    things: tuple[Thing, ...] = ()
    refused: tuple[tuple[str, str, ValueFault], ...] = ()
    fault: RecordFault | None = None


def records_told(name: str, data: bytes, syntax: str, iris: Iris) -> tuple[ToldRecord, ...]:
    """The records of RDF, by their documents' IRIs; all graphs are read as one.

    Raises:
        SourceFault: the data are not of this syntax, or tell of no record under ``{base}id/record/``.
    """
    root = iris.record("", "").removesuffix("/")
    documents: dict[str, dict[str, Said]] = {}
    for quad in parsed(name, data, syntax, root):
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else str(quad.subject)
        document, mark, node = subject.partition("#")
        told = documents.setdefault(document, {}).setdefault(node if mark else "", {})
        told.setdefault(quad.predicate.value, []).append(quad.object)
    ours = {document: nodes for document, nodes in documents.items() if _is_record(document, root)}
    if not ours:
        raise SourceFault(
            f"{name}: no record; its nodes stand under {root}CONTRIBUTOR/KEY#NODE",
            french=f"{name} ne contient aucune fiche : ses nœuds sont sous {root}CONTRIBUTEUR/CLÉ#NŒUD",
        )
    blank = any(document.startswith("_:") for document in documents)
    return tuple(_record(document, root, nodes, blank=blank) for document, nodes in sorted(ours.items()))


def rebased(name: str, data: bytes, syntax: str, iris: Iris, base: Iris) -> bytes:
    """RDF as sorted N-Triples whose data IRIs stand under another base; graph names are left out.

    Raises:
        SourceFault: the data are not of this syntax.
    """

    def moved(term: Any) -> Any:  # noqa: ANN401 - any term
        if isinstance(term, ox.NamedNode) and term.value.startswith(f"{iris.base}id/"):
            return ox.NamedNode(base.base + term.value.removeprefix(iris.base))
        return term

    quads = parsed(name, data, syntax, iris.record("", "").removesuffix("/"))
    triples = (ox.Triple(moved(it.subject), it.predicate, moved(it.object)) for it in quads)
    return b"".join(sorted({f"{triple} .\n".encode() for triple in triples}))


def documents_without(ntriples: bytes, contributor: str, keys: Collection[str], iris: Iris) -> bytes:
    """N-Triples without those of a contributor's records with these keys."""
    gone = {f"<{iris.record(contributor, key)}".encode() for key in keys}
    lines = ntriples.splitlines(keepends=True)
    return b"".join(line for line in lines if re.split(rb"[#>]", line, maxsplit=1)[0] not in gone)


def _is_record(document: str, root: str) -> bool:
    return document.startswith(root) and "/v/" not in document and document.removeprefix(root).count("/") == 1


def _record(document: str, root: str, nodes: dict[str, Said], *, blank: bool) -> ToldRecord:
    contributor, _, key = document.removeprefix(root).partition("/")
    about, refused, made = nodes.pop("", {}), list[tuple[str, str, ValueFault]](), list[Thing]()
    if blank:
        fault = RecordFault("a node has no IRI; name it", french="un nœud n'a pas d'IRI : nommez-le")
        return ToldRecord(contributor=contributor, key=unquote(key), fault=fault)
    try:
        addresses = {node: said for node, said in nodes.items() if f"{LOCN}Address" in _texts(said.get(_TYPE, []))}
        for node, said in sorted(nodes.items()):
            if node not in addresses:
                made.append(_Node(document, unquote(node), said, addresses, refused).thing())
        return ToldRecord(contributor=contributor, key=unquote(key), about=about, things=tuple(made),
                          refused=tuple(refused))  # fmt: skip
    except RecordFault as fault:
        return ToldRecord(contributor=contributor, key=unquote(key), fault=fault)


@dataclass(frozen=True, slots=True)
class _Node:
    """One node under way."""

    document: str
    name: str
    said: Said
    addresses: Mapping[str, Said]
    refused: list[tuple[str, str, ValueFault]]

    def thing(self) -> Thing:
        """The node as what its class says.

        Raises:
            RecordFault: no class or several of ours, an unknown property, or something needed that is missing.
        """
        classes = [_CLASSES[one] for one in _texts(self.said.get(_TYPE, [])) if one in _CLASSES]
        if len(classes) != 1:
            raise _not_made(self.name, "one class of insoc", "une classe d'insoc")
        (made,) = classes
        fields = dict(self._fields(made))
        named: dict[str, Any] = {} if made is Participation else {"node": self.name}
        try:
            return made(**named, **fields)
        except TypeError:  # something needed is missing
            raise _not_made(self.name, "a label, an actor, a project, a role or a date",
                            "un nom, un acteur, un projet, un rôle ou une date") from None  # fmt: skip

    def _fields(self, made: type[Thing]) -> Iterator[tuple[str, Any]]:
        known = made.__dataclass_fields__
        for predicate, values in self.said.items():
            if predicate == _TYPE or predicate in _COMPUTED:
                continue
            name = _names().get(predicate, "")
            own = _OWN_NAMES.get(name, name)
            if made is Event and name in {"actor", "project"}:
                own = f"{name}s"
            if own not in known:
                raise _not_made(self.name, f"nothing of {predicate}", f"rien de {predicate}")
            read = [one for value in values if (one := self._read(name, value)) is not None]
            if read:
                is_list = str(known[own].type).startswith("tuple")
                yield own, tuple(sorted(read, key=str)) if is_list else read[0]

    def _read(self, name: str, value: object) -> Any:  # noqa: ANN401 - as the field has it
        text = value.value if isinstance(value, ox.NamedNode | ox.Literal) else str(value)
        try:
            _check_language(value)
            return self._value(name, text)
        except ValueFault as fault:
            self.refused.append((name, text, fault))
            return None

    def _value(self, name: str, text: str) -> Any:  # noqa: ANN401 - as the field has it
        if name in _PARSERS:
            return _PARSERS[name](text)
        if name in {"partOf", "editionOf", "operatedBy", "actor", "project", "programme"}:
            return unquote(self._node_of(text))
        if name == "address":
            return self._address(self.addresses.get(self._node_of(text), {}))
        return text

    def _node_of(self, iri: str) -> str:
        document, _, node = iri.partition("#")
        if document != self.document or not node:
            raise RecordFault(f"{iri} is no node of the record", french=f"{iri} n'est pas un nœud de la fiche")
        return node

    def _address(self, said: Said) -> Address | None:
        found = {name: _texts(said.get(f"{LOCN}{name}", [])) for name in _ADDRESS}
        parts = {own: found[name][0] for name, own in _ADDRESS.items() if found[name]}
        return Address(**parts) if "full" in parts else None


_ADDRESS = {"fullAddress": "full", "thoroughfare": "street", "postCode": "postcode", "postName": "town"}


def _not_made(node: str, english: str, french: str) -> RecordFault:
    return RecordFault(f'"{node}" must have {english}', french=f"« {node} » doit avoir {french}")


def _check_language(value: object) -> None:
    if isinstance(value, ox.Literal) and (value.language or LANGUAGE).partition("-")[0] != LANGUAGE:
        said = f"{value.value}@{value.language}"
        raise ValueFault(f"{said} is not French", french=f"{said} n'est pas en français")


def _texts(values: Values) -> list[str]:
    return [value.value for value in values if isinstance(value, ox.NamedNode | ox.Literal)]


def _place(iri: str) -> Place:
    key = iri.rpartition("/")[2]
    return Place(text=key, territory=key)


def _label(iri: str) -> Label:
    scheme, _, key = iri.removeprefix(CONCEPT).partition("/")
    if not key or not iri.startswith(CONCEPT):
        raise ValueFault(f"{iri} is no concept", french=f"{iri} n'est pas un concept")
    made: Any = scheme
    return Label(text=key, scheme=made, concept=key)


def _euros(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueFault(f"{text} is no amount", french=f"{text} n'est pas un montant") from None


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueFault(f"{text} is no count", french=f"{text} n'est pas un nombre")
    return int(text)


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "territory": _place, "startDate": StatedDate.parse, "endDate": StatedDate.parse, "siren": Siren.parse,
    "siret": Siret.parse, "rna": Rna.parse, "amount": _euros, "yearlyBudget": _euros, "yearlySupport": _euros,
    "statedPartnerCount": _count, "statedProjectCount": _count, "theme": _label, "audience": _label, "method": _label,
    "actorType": _label, "role": _label, "kind": _label,
}  # fmt: skip


@cache
def _names() -> Mapping[str, str]:
    """The context's name of each property."""
    content = Context().content
    found = {}
    for name, what in content.items():
        compact = what["@id"] if isinstance(what, dict) else str(what)
        prefix, _, local = compact.partition(":")
        if prefix in content and local:
            found[f"{content[prefix]}{local}"] = name
    return found
