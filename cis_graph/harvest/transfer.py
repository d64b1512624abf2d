"""Fetches files whose size and checksum are known, from a server that may be slow, broken or lying."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

import httpx

from cis_graph.errors import PullFault, SettingsError

_GONE = {404, 410}
_PIECE = 1 << 18  # bytes


class Gone(PullFault):
    """What was asked for is not there, or no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds without a byte, and the slowest rate that is borne after them, in bytes a second."""

    silence: float = 60.0
    slowest: int = 16 * 1024


class Transfer:
    """A connection to one server; follows no redirect and asks no proxy."""

    def __init__(self, address: str, patience: Patience | None = None) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
            raise SettingsError(f'"{address}": give the http(s) address of a server that publishes releases')
        self.address = address.rstrip("/")
        self._patience = patience or Patience()
        self._http = httpx.Client(timeout=self._patience.silence, trust_env=False, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def text(self, path: str, *, most: int) -> bytes:
        """A small file of at most ``most`` bytes.

        Raises:
            PullFault: there is none to be had.
        """
        return b"".join(self._pieces(path, most, {}))

    def save(self, path: str, target: Path, *, size: int, sha256: str) -> None:
        """Writes a file of that size and checksum to ``target``, whole or not at all.

        Raises:
            PullFault: the server hands over something else, or too slowly.
        """
        under_way = target.with_name(f"{target.name}.part")
        digest, written = hashlib.sha256(), 0
        with under_way.open("wb") as file:
            for piece in self._pieces(path, size, {"sha256": sha256}):
                file.write(piece)
                digest.update(piece)
                written += len(piece)
            file.flush()
            os.fsync(file.fileno())
        if written != size or digest.hexdigest() != sha256:
            under_way.unlink()
            raise PullFault(
                f"{self.address}{path} is not what the list of files promises ({written} bytes of {size}); "
                "what is served here stays as it was: try again, and tell who runs that server",
                french=f"{self.address}{path} n'est pas ce que promet la liste des fichiers ({written} octets sur "
                f"{size}) ; ce qui est servi ici ne change pas : réessayez, et prévenez qui tient ce serveur",
            )
        under_way.replace(target)

    def _pieces(self, path: str, most: int, asked: Mapping[str, str]) -> Iterator[bytes]:
        until = monotonic() + self._patience.silence + most / self._patience.slowest
        read = 0
        with self._answered(path, asked) as answer:
            for piece in answer.iter_raw(_PIECE):
                read += len(piece)
                if read > most:
                    raise _fault(f"{self.address}{path}", f"more than {most} bytes", f"plus de {most} octets")
                if monotonic() > until:
                    raise _fault(f"{self.address}{path}", "too slow", "trop lent")
                yield piece

    @contextmanager
    def _answered(self, path: str, asked: Mapping[str, str]) -> Iterator[httpx.Response]:
        address = f"{self.address}{path}"
        try:
            with self._http.stream(
                "GET", address, params=asked, headers={"Accept-Encoding": "identity", "Accept": "*/*"}
            ) as answer:
                if answer.status_code in _GONE:
                    raise Gone(f"{address} is not there", french=f"{address} n'existe pas")
                if answer.status_code != httpx.codes.OK:
                    raise _fault(address, f"status {answer.status_code}", f"réponse {answer.status_code}")
                if answer.headers.get("content-encoding", "identity") != "identity":
                    raise _fault(address, "sent in a coding nobody asked for", "envoyé dans un codage non demandé")
                yield answer
        except httpx.HTTPError as error:
            what = str(error) or type(error).__name__
            raise _fault(address, what, what) from error


def _fault(address: str, what: str, french: str) -> PullFault:
    return PullFault(
        f"{address}: {what}; what is served here stays as it was, and what was fetched is used next time",
        french=f"{address} : {french} ; ce qui est servi ici ne change pas, et ce qui est arrivé ne sera plus demandé",
    )
