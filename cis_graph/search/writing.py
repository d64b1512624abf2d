"""The text index of a release: written whole, or as that of the last one with some documents changed."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import tantivy

from cis_graph.search.alphabet import FILE, Alphabet, Spelled
from cis_graph.search.documents import IDENTIFIERS, OPEN_END, Findable, Named, plain, prepared, schema, words
from cis_graph.search.profiles import Profile

_WRITER_MEMORY = 50_000_000  # bytes
_MOST_GONE = 1 / 16  # of all documents: more would be felt in what is found first
_REPLACED = ("meta.json", ".managed.json")  # files that the library writes anew
_LOCK = ".lock"

Name = tuple[str, str]  # the kind and the key of a document

_json = json.JSONEncoder(ensure_ascii=False).encode


def write_index(folder: Path, entities: Iterable[Findable]) -> None:
    """An index of entities in an empty folder.

    Documents come in an order that favours nobody, a hash of their keys: equals stay in it whatever is asked.
    """
    folder.mkdir(parents=True, exist_ok=True)
    index = prepared(tantivy.Index(schema(), path=str(folder)))
    known = _spelled(entities)
    alphabet = Alphabet.of(known)
    _add(index.writer(_WRITER_MEMORY, 1), known, alphabet)
    alphabet.write(folder)


def revise_index(folder: Path, before: Path, names: AbstractSet[Name], entities: Iterable[Findable]) -> bool:
    """The index of the folder ``before`` in an empty one, where some documents (kind, key) are now ``entities``.

    Its files are linked; what is gone counts in the statistics of words until an index is made whole. Whether that can
    be: it is not where too much would be gone, or where the one before is of another kind.
    """
    last, known = Alphabet.read(before), _spelled(entities)
    alphabet = last.revised(names, known) if last else None
    if alphabet is None or alphabet.gone > _MOST_GONE * len(alphabet.places):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for path in before.iterdir():
        if path.name in _REPLACED:
            shutil.copyfile(path, folder / path.name)
        elif path.name != FILE and not path.name.endswith(_LOCK):
            os.link(path, folder / path.name)
    index = prepared(tantivy.Index.open(str(folder)))
    writer = index.writer(_WRITER_MEMORY, 1)
    for kind, key in names:
        writer.delete_documents_by_term("entity", f"{kind}/{key}")
    _add(writer, known, alphabet)
    alphabet.write(folder)
    return True


def _spelled(entities: Iterable[Findable]) -> Mapping[Spelled, Findable]:
    """What can be found by how it is spelled, its words between spaces: one comes before every letter and digit."""
    return {(" ".join(words(one.label)), one.kind, one.key): one for one in entities}


def _add(writer: tantivy.IndexWriter, known: Mapping[Spelled, Findable], alphabet: Alphabet) -> None:
    shuffled = sorted((_shuffled(one), spelled) for spelled, one in known.items())
    for place, spelled in shuffled:
        writer.add_document(_document(known[spelled].named(), spelled[0], alphabet.places[spelled], place))
    writer.commit()
    writer.wait_merging_threads()


def _shuffled(one: Findable) -> int:
    digest = hashlib.sha256(f"{one.kind} {one.key}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 1


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
