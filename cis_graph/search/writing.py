"""The text index of a release, written once."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import tantivy

from cis_graph.search.documents import IDENTIFIERS, OPEN_END, Findable, Named, plain, prepared, schema, words
from cis_graph.search.profiles import Profile

_WRITER_MEMORY = 50_000_000  # bytes
_json = json.JSONEncoder(ensure_ascii=False).encode


def write_index(folder: Path, entities: Iterable[Findable]) -> None:
    """An index of entities in an empty folder.

    Documents come in an order that favours nobody, a hash of their keys: equals stay in it whatever is asked.
    """
    folder.mkdir(parents=True, exist_ok=True)
    index = prepared(tantivy.Index(schema(), path=str(folder)))
    spelled = [(" ".join(words(one.label)), one) for one in entities]  # a space comes before every letter and digit
    spelled.sort(key=lambda one: (one[0], one[1].kind, one[1].key))
    ranked = [(rank, spelling, one) for rank, (spelling, one) in enumerate(spelled)]
    writer = index.writer(_WRITER_MEMORY, 1)
    for place, (rank, spelling, one) in enumerate(sorted(ranked, key=_shuffled)):
        writer.add_document(_document(one.named(), spelling, rank, place))
    writer.commit()
    writer.wait_merging_threads()


def _shuffled(ranked: tuple[int, str, Findable]) -> bytes:
    one = ranked[2]
    return hashlib.sha256(f"{one.kind} {one.key}".encode()).digest()


def _document(named: Named, spelled: str, alphabet: int, shuffled: int) -> tantivy.Document:
    """What is found of a thing whose label is ``spelled`` so, its words between spaces."""
    point = named.point
    document = tantivy.Document()
    document.add_text("hit", _json(_hit(named)))
    document.add_text("kind", named.kind)
    document.add_text("entity", f"{named.kind}/{named.key}")
    identifiers = [key for name in IDENTIFIERS for key, _ in named.facts.get(name, ())]
    others = (word for name in (*named.names, *identifiers) for word in words(name))
    document.add_text("names", " ".join((spelled, *others)).strip())
    document.add_text("exact", spelled)
    document.add_text("text", plain(" ".join((named.label, *named.names, named.text))))
    for name, keys in named.filters.items():
        for key in sorted(keys):
            document.add_text(name, key)
    if named.began or named.ended:
        document.add_unsigned("began", named.began or named.ended or 0)
        document.add_unsigned("ended", named.ended or OPEN_END)
    if point:
        document.add_float("latitude", point.latitude)
        document.add_float("longitude", point.longitude)
    told = {"names": named.names, "facts": dict(named.facts)}
    document.add_text("told", _json(told))
    document.add_unsigned("alphabet", alphabet)
    document.add_unsigned("shuffled", shuffled)
    if named.profile:
        _add_profile(document, named, named.profile)
    return document


def _hit(named: Named) -> Mapping[str, str | float | None]:
    """The fields of a :class:`~cis_graph.model.releases.SearchHit`."""
    point = named.point
    return {
        "kind": named.kind,
        "key": named.key,
        "label": named.label,
        "detail": named.detail,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
    }


def _add_profile(document: tantivy.Document, named: Named, profile: Profile) -> None:
    document.add_bytes("profile", profile.packed())
    document.add_text("who", f"{named.kind}/{named.key}")
    document.add_text("meets", named.kind)
    terms = {"stated": profile.concepts, "circle": profile.circle}
    if profile.point is None:
        terms["spread"] = profile.areas
    for name, values in terms.items():
        for value in values:
            document.add_text(name, value)
