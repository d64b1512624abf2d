"""A web server of our own on loopback, that behaves as badly as it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler], None]


class Elsewhere:
    """A site: what it does for each path, and which requests it saw (path, headers by their names in small letters)."""

    def __init__(self) -> None:
        self.behaviours: dict[str, Behaviour] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.netloc = ""

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.netloc}{path}"

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [path for path, _ in self.seen if path != "/robots.txt"]

    def on(self, path: str, behaviour: Behaviour) -> str:
        """Behaves so at a path, query included; its address."""
        self.behaviours[path] = behaviour
        return self.url(path)

    def gives(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        """Answers so at a path; underscores in names of headers stand for hyphens."""
        data = body.encode() if isinstance(body, str) else body
        return self.on(path, answering(data, status, **headers))


def answering(data: bytes, status: int = 200, **headers: str) -> Behaviour:
    """A whole answer."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content_Length": str(len(data)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(data)

    return answer


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One behaviour a request, the last for all that follow."""
    left = list(behaviours)

    def answer(request: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """A site that answers until the end of the block; 404 at every path it was told nothing of."""
    site = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            site.behaviours.get(self.path, answering(b"not here", 404))(self)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.netloc = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
