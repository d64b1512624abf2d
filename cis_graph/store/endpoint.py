"""A SPARQL server over HTTP: queries, updates, and every way in which it may fail."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

import httpx

from cis_graph.errors import QuerySyntaxFault, StoreAway, StoreFault, StoreSilent

RESULTS_JSON = "application/sparql-results+json"
TRIPLES = "application/n-triples, text/turtle;q=0.8"
UNREADABLE = (SyntaxError, ValueError, OSError, MemoryError)  # what reading an answer raises where it is none
_TOLD = 500  # characters of what a server says is wrong
_WRONG_QUERY = 400
_VIRTUOSO_STATE, _CUT_SHORT = "x-sql-state", "S1TAT"  # how Virtuoso says that an answer is not whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One dataset of a server: where it is queried and updated.

    ``default_graph`` is the named graph that stands for the default graph where the server has none of its own; empty
    where it has one.
    """

    query: str
    update: str = field(repr=False)  # may hold a password
    default_graph: str = ""


class Reader:
    """The bytes of an answer as a file to read, until its deadline; ``fault`` is what ended it early."""

    def __init__(self, answer: httpx.Response, until: float) -> None:
        self._pieces = answer.iter_bytes()  # as they come: a piece of a given size is waited for
        self._until = until  # of the monotonic clock
        self._left = b""
        self.fault: StoreFault | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size`` where that is given; none at the end."""
        if not self._left:
            self._left = self._next()
        cut = len(self._left) if size < 0 else size
        data, self._left = self._left[:cut], self._left[cut:]
        return data

    def _next(self) -> bytes:
        if monotonic() < self._until:
            try:
                return next(self._pieces, b"")
            except httpx.HTTPError as error:
                self.fault = _of(error)
        else:
            self.fault = StoreSilent("The SPARQL server does not end its answer in time.")
        raise OSError(str(self.fault))


class Server:
    """Speaks to SPARQL servers; one client is shared by all threads of a process."""

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=16)
        self._http = httpx.Client(trust_env=False, follow_redirects=False, limits=limits)

    def close(self) -> None:
        """Ends every connection."""
        self._http.close()

    @contextmanager
    def asked(
        self,
        endpoint: Endpoint,
        query: str,
        accept: str,
        *,
        graphs: Sequence[tuple[str, str]] = (),
        seconds: float | None = None,
    ) -> Iterator[Reader]:
        """The answer to a query; ``graphs`` are ``default-graph-uri`` and ``named-graph-uri`` with their values.

        Raises:
            StoreFault: there is no answer.
            QuerySyntaxFault: the server does not understand the query.
        """
        patience = self._seconds if seconds is None else seconds
        form = [("query", query), *graphs]
        headers = {"Accept": accept, "Accept-Encoding": "identity"}
        data: dict[str, list[str]] = {}
        for name, value in form:
            data.setdefault(name, []).append(value)
        until = monotonic() + patience
        try:
            with self._http.stream("POST", endpoint.query, data=data, headers=headers, timeout=patience) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise _refused(answer)
                if answer.headers.get(_VIRTUOSO_STATE, "").startswith(_CUT_SHORT):
                    raise StoreFault("The SPARQL server gives a part of the answer, its own time being over.")
                yield Reader(answer, until)
        except httpx.HTTPError as error:
            raise _of(error) from error

    def update(self, endpoint: Endpoint, text: str, *, seconds: float) -> None:
        """Runs an update.

        Raises:
            StoreFault: the server did not.
        """
        headers = {"Content-Type": "application/sparql-update"}
        try:
            answer = self._http.post(endpoint.update, content=text.encode(), headers=headers, timeout=seconds)
        except httpx.HTTPError as error:
            raise _of(error) from error
        if not answer.is_success:
            raise StoreFault(f"The SPARQL server refuses an update ({answer.status_code}): {answer.text[:_TOLD]}")


def _refused(answer: httpx.Response) -> StoreFault | QuerySyntaxFault:
    told = b""
    for piece in answer.iter_bytes(_TOLD):
        told += piece
        if len(told) >= _TOLD:
            break
    text = " ".join(told[:_TOLD].decode("utf-8", "replace").split())
    if answer.status_code == _WRONG_QUERY:
        return QuerySyntaxFault(f"the store does not take it: {text}", line=1, column=1)
    return StoreFault(f"The SPARQL server answers {answer.status_code}: {text}")


def _of(error: httpx.HTTPError) -> StoreFault:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return StoreAway("The SPARQL server cannot be reached.")
    if isinstance(error, httpx.TimeoutException):
        return StoreSilent("The SPARQL server does not answer in time.")
    return StoreFault(f"The SPARQL server cut its answer: {error}")
