"""From IRIs to the paths of our pages and back; data IRIs stand under the base whatever host serves them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.convertors import Convertor

from cis_graph.web.vocabulary import CONCEPTS

ENTITIES = ("project", "actor", "programme", "event", "participation", "contributor", "territory")
SCHEMES = ("theme", "audience", "method", "role", "actor-type")
KINDS = (*ENTITIES, *SCHEMES)


class KindConvertor(Convertor[str]):
    """A part of a path that is one of the kinds."""

    regex = "|".join(KINDS)

    def convert(self, value: str) -> str:
        """The kind."""
        return value

    def to_string(self, value: str) -> str:
        """The kind."""
        return value


_KEY = re.compile(r"[A-Za-z0-9_~-]{1,120}")
_RECORD = re.compile(r"[A-Za-z0-9_~-]{1,120}/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}){1,600}")
_CONTROL = re.compile(r"%(?:[01][0-9A-Fa-f]|7[Ff])")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where things of one base are found on this server."""

    base: str

    def entity(self, kind: str, key: str) -> str | None:
        """The IRI of an entity or a concept; None where kind or key cannot be one."""
        if kind not in KINDS or not _KEY.fullmatch(key):
            return None
        return f"{CONCEPTS}{kind}/{key}" if kind in SCHEMES else f"{self.base}id/{kind}/{key}"

    def record(self, rest: str) -> str | None:
        """The IRI of a record from ``contributor/local id`` as it stands in the raw path; None where it cannot be."""
        segments = rest.split("/")
        if not _RECORD.fullmatch(rest) or _CONTROL.search(rest) or {"", ".", ".."} & set(segments):
            return None
        return f"{self.base}id/record/{rest}"

    def path(self, iri: str) -> str | None:
        """The path of the page about this IRI, without host or language; None where we have none."""
        return _path(self.base, iri)

    def split(self, iri: str) -> tuple[str, str]:
        """The kind and the key of an IRI of ours, both empty for others."""
        return _split(self.base, iri)

    def contributor(self, record: str) -> str:
        """The slug of the contributor whose record this is."""
        return record.removeprefix(f"{self.base}id/record/").split("/", 1)[0]


@lru_cache(16_384)
def _path(base: str, iri: str) -> str | None:
    addresses = Addresses(base)
    if iri.startswith(CONCEPTS):
        scheme, _, key = iri.removeprefix(CONCEPTS).partition("/")
        return f"/{scheme}/{key}" if addresses.entity(scheme, key) else None
    rest = iri.removeprefix(f"{base}id/")
    if rest == iri:
        return None
    kind, _, key = rest.partition("/")
    if kind == "record":
        return f"/id/record/{key}" if addresses.record(key.split("#", 1)[0]) else None
    return f"/{kind}/{key}" if addresses.entity(kind, key) else None


@lru_cache(16_384)
def _split(base: str, iri: str) -> tuple[str, str]:
    path = _path(base, iri)
    if path is None or path.startswith("/id/"):
        return "", ""
    _, kind, key = path.split("/", 2)
    return kind, key


@lru_cache(16_384)
def is_web_link(address: str) -> bool:
    """Whether a page may link there: an absolute http(s) address with a host and no space or control character."""
    if any(character <= " " for character in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
