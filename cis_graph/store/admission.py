"""Who may still ask: so many queries of one client, and so many of all, are under way at once."""

from collections import Counter

from cis_graph.errors import QueryCrowd, QueryOverload

_QUEUE = 16  # queries under way or waiting for each place


class Admission:
    """Counts what is under way for so many places: at most ``each`` of one client, ``most`` of all."""

    def __init__(self, places: int, *, each: int) -> None:
        self.most = places * _QUEUE
        self._each = each
        self._clients: Counter[str] = Counter()

    def enter(self, client: str) -> None:
        """One more query of a client is under way.

        Raises:
            QueryCrowd: the client has too many.
            QueryOverload: all clients together have.
        """
        if self._clients[client] >= self._each:
            raise QueryCrowd(f"You have {self._each} queries under way; wait for one of them to end.")
        if self._clients.total() >= self.most:
            raise QueryOverload("Too many queries are waiting; try again in a few seconds.")
        self._clients[client] += 1

    def leave(self, client: str) -> None:
        """One of them has ended."""
        self._clients[client] -= 1
        if not self._clients[client]:
            del self._clients[client]
