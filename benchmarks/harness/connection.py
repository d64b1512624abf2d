"""One client that keeps its connection and takes little of the processor, so that what is measured is the server."""

import socket
from http.client import HTTPException
from typing import Self

from benchmarks.harness.servers import PATIENCE

_PIECE = 1 << 17  # bytes read at once


class Connection:
    """A connection to a server on this machine; answers are of a stated length or in chunks."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def get(self, path: str, accept: str) -> int:
        """Reads the answer to its end; its length as it came, head and all.

        Raises:
            HTTPException: its status is not 200, or the connection ended before it did.
        """
        asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\nAccept-Encoding: identity\r\n\r\n"
        self._socket.sendall(asked.encode("ascii"))
        came = b""
        while (end := came.find(b"\r\n\r\n")) < 0:
            came += self._piece(path)
        head = came[:end].lower()
        if head.split(b" ", 2)[1] != b"200":
            raise HTTPException(f"{path}: {came[:80]!r}")
        if b"\r\ntransfer-encoding: chunked" in head:
            while not came.endswith(b"\r\n0\r\n\r\n"):
                came += self._piece(path)
            return len(came)
        length = int(head.partition(b"\r\ncontent-length:")[2].split(b"\r", 1)[0])
        while len(came) < end + 4 + length:
            came += self._piece(path)
        return len(came)

    def _piece(self, path: str) -> bytes:
        piece = self._socket.recv(_PIECE)
        if not piece:
            raise HTTPException(f"{path}: the answer was cut")
        return piece
