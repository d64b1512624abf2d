"""The only way from a worker to other servers: it asks the allowed endpoints at checked addresses and follows nothing.

The store's own HTTP client can neither be watched nor be told where to connect. So the worker, which has no network
where the system allows, is given one port on its own loopback; behind it stands this process.
"""

import os
import socket
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import httpx

from cis_graph.model.internet import is_public
from cis_graph.processes import end_with_parent
from cis_graph.store.cell import raise_loopback

_SECONDS = 10.0  # to connect, and between two pieces
_MOST_ASKED = 1024 * 1024  # bytes
_MOST_ANSWERED = 64 * 1024 * 1024  # bytes
Resolver = Callable[[str, int], Iterable[str]]


def open_egress(endpoints: Sequence[str], alone: Callable[[], bool]) -> str:
    """Starts the process before ``alone`` shuts this one in; the address under which each endpoint has its number."""
    ours, theirs = socket.socketpair()
    worker = os.getpid()
    if os.fork() == 0:
        ours.close()
        end_with_parent(worker)
        _serve(theirs, endpoints)
    theirs.close()
    if alone():
        raise_loopback()
    with ours, socket.create_server(("127.0.0.1", 0)) as door:
        socket.send_fds(ours, [b"."], [door.fileno()])
        return f"http://127.0.0.1:{door.getsockname()[1]}"


def _serve(channel: socket.socket, endpoints: Sequence[str]) -> None:
    """Answers at the door it is handed, until the worker ends; never returns."""
    for inherited in (0, 1):
        os.close(inherited)
    _, (door, *_), _, _ = socket.recv_fds(channel, 1, 1)
    server = ThreadingHTTPServer(("", 0), _handler(endpoints), bind_and_activate=False)
    server.socket.close()
    server.socket = socket.socket(fileno=door)
    server.serve_forever()


def addresses(host: str, port: int) -> list[str]:
    """What the resolver of this machine says."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def checked(url: httpx.URL, resolve: Resolver = addresses) -> str:
    """The address to connect to: the operator's own where the endpoint is one, else one of a host that is all public.

    Raises:
        httpx.ConnectError: the name leads nowhere, or to an address that is not public.
    """
    host = url.host
    with suppress(ValueError):
        return str(ip_address(host))
    if host == "localhost":
        return "127.0.0.1"
    try:
        found = list(resolve(host, url.port or (443 if url.scheme == "https" else 80)))
    except OSError as error:
        raise httpx.ConnectError(f"{host} is not found: {error}") from error
    if not found or not all(map(is_public, found)):
        raise httpx.ConnectError(f"{host} does not lead to public addresses only: {found}")
    return found[0]


def forwarded(endpoint: str, query: bytes, content_type: str, accept: str) -> tuple[int, str, bytes]:
    """The endpoint's answer: status, content type and body; a redirect, or too much, is no answer.

    Raises:
        httpx.HTTPError: there is none.
    """
    url = httpx.URL(endpoint)
    headers = {"Host": url.netloc.decode(), "Content-Type": content_type, "Accept": accept}
    there = url.copy_with(host=checked(url))
    with (
        httpx.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False) as client,
        client.stream("POST", there, content=query, headers=headers, extensions={"sni_hostname": url.host}) as answer,
    ):
        if answer.status_code != httpx.codes.OK:
            raise httpx.RequestError(f"{endpoint} answered {answer.status_code}")
        body = bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > _MOST_ANSWERED:
                raise httpx.RequestError(f"{endpoint} answered more than {_MOST_ANSWERED} bytes")
        return answer.status_code, answer.headers.get("content-type", ""), bytes(body)


def _handler(endpoints: Sequence[str]) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            try:
                endpoint = endpoints[int(self.path.removeprefix("/"))]
                query = self.rfile.read(min(length, _MOST_ASKED))
                given = (self.headers.get("content-type", ""), self.headers.get("accept", ""))
                status, kind, body = forwarded(endpoint, query, *given)
            except (httpx.HTTPError, LookupError, ValueError) as error:
                status, kind, body = 502, "text/plain", str(error).encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Door
