"""What is compared of an actor or a project: small values, made once, that any machine can be handed."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from cis_graph.reconciliation.names import Name, plain_words

_PLATFORMS = frozenset({
    "helloasso.com", "facebook.com", "framasite.org", "wordpress.com", "linkedin.com", "twitter.com", "x.com",
    "instagram.com", "youtube.com", "google.com", "linktr.ee", "blogspot.com", "wixsite.com", "ulule.com", "jimdo.com",
})  # fmt: skip
_FREE_MAIL = frozenset({
    "gmail.com", "orange.fr", "wanadoo.fr", "laposte.net", "free.fr", "yahoo.fr", "hotmail.fr", "hotmail.com",
    "outlook.fr", "outlook.com", "sfr.fr", "live.fr", "bbox.fr", "neuf.fr", "protonmail.com",
})  # fmt: skip
_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?([^/?#:]+)(?::\d+)?(/[^?#]*)?", re.IGNORECASE)
_INDEX = re.compile(r"(?:index\.\w+)?/*$")
_SHORTEST_NAMED = 5  # letters
_SAME_LETTERS = 88
_EDITION = re.compile(r"(?:#|\b(?:phase|saison|edition|volet|tome|n) *)(\d{1,2})\b|\b((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where a thing is: its communes, the départements that they are in or it covers, by key; words of towns."""

    communes: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()

    @property
    def departement(self) -> str | None:
        """The only département, where there is one."""
        return next(iter(self.departements)) if len(self.departements) == 1 else None


NOWHERE = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """One actor or project as it is compared; what a record does not say is empty.

    ``name`` comes first in ``names``. ``host`` is that of a website on a host that no platform shares out, ``own_host``
    the same where it is named after the thing; ``page`` is an address on a platform. ``mail`` and ``telephone`` are
    those of an organisation, ``mail_host`` where its address is on a host of its own. ``point`` is WGS84 degrees. For a
    project ``leads`` is the name of who leads it, ``year`` its first, ``editions`` the numbers in its title,
    ``telling`` the words of its description. ``projects`` are what an actor takes part in, with its role, and
    ``partners`` the names beside it. ``is_seated`` tells that ``where`` is the actor's own place, not its project's.
    ``digest`` is that of what a record says of it: two of one digest are equal but for what is around them.
    """

    contributor: str
    name: Name
    names: tuple[Name, ...]
    where: Where = NOWHERE
    is_seated: bool = False
    rna: str | None = None
    siren: str | None = None
    host: str | None = None
    own_host: str | None = None
    page: str | None = None
    mail: str | None = None
    mail_host: str | None = None
    telephone: str | None = None
    point: tuple[float, float] | None = None
    leads: Name | None = None
    year: int | None = None
    editions: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    telling: tuple[str, ...] = ()
    partners: frozenset[str] = frozenset()
    projects: frozenset[str] = field(default=frozenset())
    digest: bytes = field(default=b"", compare=False)


def website(address: str | None) -> tuple[str | None, str | None]:
    """The host of a site of one's own, or else the address of a page on a shared platform."""
    found = _ADDRESS.match((address or "").strip())
    if not found:
        return None, None
    host, path = found[1].lower(), _INDEX.sub("", found[2] or "").lower()
    platform = host in _PLATFORMS or any(host.endswith(f".{one}") for one in _PLATFORMS)
    if not platform:
        return host, None
    return None, f"{host}{path}" if path or host not in _PLATFORMS else None


def named_after(host: str | None, label: str) -> str | None:
    """The host where it bears the letters of a name: then it is that of nobody else."""
    stem, letters = (host or "").rpartition(".")[0].replace("-", ""), plain_words(label).replace(" ", "")
    if min(len(stem), len(letters)) < _SHORTEST_NAMED:
        return host if host and stem == letters else None
    return host if fuzz.partial_ratio(stem, letters) >= _SAME_LETTERS else None


def mail_host(address: str | None) -> str | None:
    """The host of an e-mail address where it is its owner's, not that of a free service."""
    host = (address or "").rpartition("@")[2].lower()
    return host if host and host not in _FREE_MAIL else None


def editions_of(title: str) -> frozenset[str]:
    """The years and ordinal numbers in a title that tell one edition from another."""
    return frozenset(number or year for number, year in _EDITION.findall(f"{plain_words(title)} {_marked(title)}"))


def _marked(title: str) -> str:
    return " ".join(re.findall(r"#\d+", title))


def where(
    territories: Iterable[str], containers: Callable[[str], frozenset[str]], inside: Callable[[str], frozenset[str]]
) -> Where:
    """Where territories are, by their keys; a whole country is no place. ``inside`` gives the keys in a territory."""
    communes: set[str] = set()
    departements: set[str] = set()
    for key in territories:
        outer = containers(key)
        if key.startswith("pays-"):
            continue
        if key.startswith("commune-"):
            communes |= _level(outer, "commune")
        above = _level(outer, "departement")
        departements |= above or set().union(*(_level(containers(one), "departement") for one in inside(key)))
    return Where(communes=frozenset(communes), departements=frozenset(departements))


def joined(places: Iterable[Where]) -> Where:
    """Where several places are together."""
    every = tuple(places)
    return Where(
        communes=frozenset().union(*(one.communes for one in every)),
        departements=frozenset().union(*(one.departements for one in every)),
        towns=frozenset().union(*(one.towns for one in every)),
    )


def _level(keys: Iterable[str], level: str) -> set[str]:
    return {key for key in keys if key.startswith(f"{level}-")}
