"""The wall between a harvest and inner networks: an address is looked up once, judged, and then connected to."""

import socket
from collections.abc import Iterable

import httpx

from cis_graph.model.internet import is_public

_PORTS = {"http": 80, "https": 443}


class ForbiddenHost(httpx.TransportError):
    """The host is not on the public internet and no setting allows it."""


class Wall(httpx.BaseTransport):
    """Connects to public addresses only, or to the hosts in ``allowed`` (``name`` or ``name:port``).

    The address that was judged is the one connected to, so that a name cannot mean another machine a moment later;
    each redirect comes through here again.
    """

    def __init__(self, inner: httpx.BaseTransport, allowed: Iterable[str] = ()) -> None:
        self._inner = inner
        self._allowed = frozenset(allowed)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Passes a request on to the address its host has now.

        Raises:
            ForbiddenHost: one of the host's addresses is private, loopback, link-local, multicast or reserved.
            httpx.UnsupportedProtocol: it is no http(s) address.
            httpx.ConnectError: the host has no address.
        """
        host, standard = request.url.host, _PORTS.get(request.url.scheme)
        if standard is None or not host:
            raise httpx.UnsupportedProtocol(f"{request.url} is no http(s) address")
        port = request.url.port or standard
        address = self._judged(host, port)
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=address)
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Closes the connections."""
        self._inner.close()

    def _judged(self, host: str, port: int) -> str:
        try:
            found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"{host} has no address: {error}") from error
        if not {host, f"{host}:{port}"} & self._allowed and not all(map(is_public, found)):
            raise ForbiddenHost(f"{host} is not on the public internet; CIS_HARVEST_ALLOW can allow it")
        return found[0]
