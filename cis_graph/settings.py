"""Settings: read once from the environment, checked, then passed in."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from cis_graph.errors import SettingsError

_BLUE_AND_GREEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator chooses; every field is ``CIS_`` and its name in capitals."""

    data: Path = Path("data")
    base: str = "https://carrefour.example/"
    query_timeout: float = 30.0  # seconds
    query_memory: int = 2048  # MiB a worker; below 500 none can open a store
    query_workers: int = 2  # fast places; there are twice as many slow ones
    query_per_client: int = 8
    service_allow: frozenset[str] = frozenset()  # endpoints that SERVICE may ask
    keep_releases: int = 5
    harvest_allow: frozenset[str] = frozenset()  # hosts not on the public internet, ``name`` or ``name:port``
    spark: str = ""  # the master of a Spark cluster that compares pairs; empty: this machine does
    contributor_tokens: Path | None = None  # the file of hashes; None: nobody may push
    store: tuple[str, ...] = ()  # two datasets of a SPARQL server, where each is queried; none: Oxigraph in here
    store_update: tuple[str, ...] = field(default=(), repr=False)  # where each is updated, with a password or not
    store_default_graph: str = ""  # the graph that stands for the default graph where the server has none
    access_log: bool = False  # a line of JSON for each request, on standard error
    admin_token: str = field(default="", repr=False)  # empty: every write is refused
    legal_publisher: str = ""  # what the law asks a site to say; shown as it stands
    legal_director: str = ""
    legal_contact: str = ""
    legal_host: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """The settings of this process.

        Raises:
            SettingsError: a value is no number, no http(s) address, or out of its range.
        """
        given = os.environ if environment is None else environment
        default = cls()
        return cls(
            data=Path(given.get("CIS_DATA") or "data"),
            base=_base(given.get("CIS_BASE") or default.base),
            query_timeout=_number(given, "CIS_QUERY_TIMEOUT", default.query_timeout, least=0.1),
            query_memory=int(_number(given, "CIS_QUERY_MEMORY", default.query_memory, least=512)),
            query_workers=int(_number(given, "CIS_QUERY_WORKERS", default.query_workers, least=1)),
            query_per_client=int(_number(given, "CIS_QUERY_PER_CLIENT", default.query_per_client, least=1)),
            service_allow=_endpoints(given.get("CIS_SERVICE_ALLOW") or ""),
            keep_releases=int(_number(given, "CIS_KEEP_RELEASES", default.keep_releases, least=1)),
            contributor_tokens=Path(text) if (text := given.get("CIS_CONTRIBUTOR_TOKENS")) else None,
            harvest_allow=frozenset((given.get("CIS_HARVEST_ALLOW") or "").replace(",", " ").split()),
            spark=given.get("CIS_SPARK") or "",
            access_log=_switch(given, "CIS_ACCESS_LOG"),
            store=(store := _datasets(given, "CIS_STORE")),
            store_update=_datasets(given, "CIS_STORE_UPDATE") or store,
            store_default_graph=given.get("CIS_STORE_DEFAULT_GRAPH") or "",
            admin_token=(given.get("CIS_ADMIN_TOKEN") or "").strip(),
            legal_publisher=given.get("CIS_LEGAL_PUBLISHER") or "",
            legal_director=given.get("CIS_LEGAL_DIRECTOR") or "",
            legal_contact=given.get("CIS_LEGAL_CONTACT") or "",
            legal_host=given.get("CIS_LEGAL_HOST") or "",
        )


def _base(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or not text.endswith("/"):
        raise SettingsError(f'CIS_BASE is "{text}": give an http(s) address that ends with /')
    return text


def _endpoints(text: str) -> frozenset[str]:
    endpoints = frozenset(text.replace(",", " ").split())
    for endpoint in endpoints:
        parts = urlsplit(endpoint)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise SettingsError(f'CIS_SERVICE_ALLOW holds "{endpoint}": give http(s) addresses, blanks between')
    return endpoints


def _datasets(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """None, or the addresses of two datasets: one is served while the other is filled."""
    addresses = tuple((given.get(name) or "").split())
    if addresses and len(set(addresses)) != _BLUE_AND_GREEN:
        raise SettingsError(f"{name} names {len(addresses)} addresses: give two different ones, a blank between")
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SettingsError(f"{name} holds what is no http(s) address")  # which may hold a password
    return addresses


def _switch(given: Mapping[str, str], name: str) -> bool:
    text = given.get(name) or "off"
    if text not in {"on", "off"}:
        raise SettingsError(f'{name} is "{text}": give on or off')
    return text == "on"


def _number(given: Mapping[str, str], name: str, default: float, *, least: float) -> float:
    text = given.get(name)
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        raise SettingsError(f'{name} is "{text}": give a number') from None
    if not least <= number < inf:
        raise SettingsError(f'{name} is "{text}": give at least {least:g}')
    return number
