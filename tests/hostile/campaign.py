"""A campaign of several hostile clients against a served application, with a well-behaved one who measures."""

import contextlib
import http.client
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import quote

from tests.hostile.attacks import Attack

HOSTILE = 4
LIGHT = f"/sparql?query={quote('SELECT ?o { <urn:node:5> <urn:says> ?o }')}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; ``status`` 0 where the connection broke before an answer, ``whole`` False where it broke in one."""

    status: int
    whole: bool = False
    body: bytes = b""
    again: bool = False
    seconds: float = 0.0


@dataclass(slots=True)
class Campaign:
    """What each side saw."""

    replies: list[tuple[Attack, Reply]] = field(default_factory=list)
    behaved: list[Reply] = field(default_factory=list)

    def statuses(self) -> Counter[int]:
        """How often each status came."""
        return Counter(reply.status for _, reply in self.replies)


def ask(port: int, client: str, path: str = "/sparql", attack: Attack | None = None, accept: str = "*/*") -> Reply:
    """The reply to one request from a client's address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Accept": attack.accept if attack else accept, "X-Forwarded-For": client}
    if attack is not None and attack.content_type:
        headers["Content-Type"] = attack.content_type
    started = time.perf_counter()
    try:
        with contextlib.closing(connection):
            connection.request("POST" if attack else "GET", path, attack.content if attack else None, headers)
            response = connection.getresponse()
            again = response.getheader("Retry-After") is not None
            try:
                body = response.read()
            except http.client.IncompleteRead:
                return Reply(response.status, again=again)
            return Reply(response.status, whole=True, body=body, again=again, seconds=time.perf_counter() - started)
    except (OSError, http.client.HTTPException):
        return Reply(0)


def measure(port: int, rounds: int) -> list[Reply]:
    """A well-behaved client's short queries and pages."""
    replies = []
    for number in range(rounds):
        replies.append(ask(port, "192.0.2.1", LIGHT))
        replies.append(ask(port, "192.0.2.1", f"/project/jardin-{number % 60 + 1}", accept="text/html"))
        time.sleep(0.02)
    return replies


def fight(port: int, attacks: Sequence[Attack]) -> Campaign:
    """Sends the attacks from hostile clients at once, one after the other each, until none is left."""
    waiting: SimpleQueue[Attack] = SimpleQueue()
    for attack in attacks:
        waiting.put(attack)
    campaign = Campaign()

    def hostile(client: str) -> None:
        with contextlib.suppress(Empty):
            while True:
                attack = waiting.get_nowait()
                campaign.replies.append((attack, ask(port, client, attack=attack)))

    threads = [threading.Thread(target=hostile, args=(f"198.51.100.{n}",)) for n in range(HOSTILE)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        campaign.behaved += measure(port, 5)
    return campaign


def well_formed(reply: Reply) -> bool:
    """Whether a body that came whole reads as a whole one."""
    if reply.body[:1] == b"{":
        try:
            return "head" in json.loads(reply.body)
        except ValueError:
            return False
    if reply.body[:1] == b"<" and b"<html" in reply.body[:200]:
        return reply.body.rstrip().endswith(b"</html>")
    return not reply.body or reply.body.endswith(b".\n")


def p95(replies: Sequence[Reply]) -> float:
    """The 95th percentile of the seconds the replies took."""
    return sorted(reply.seconds for reply in replies)[int(len(replies) * 0.95)]


@contextlib.contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """A port on both loopback addresses, and who has connected to it."""
    connected: list[str] = []
    four = socket.create_server(("127.0.0.1", 0))
    port: int = four.getsockname()[1]
    sockets = [four]
    with contextlib.suppress(OSError):  # no IPv6 here
        sockets.append(socket.create_server(("::1", port), family=socket.AF_INET6))

    def accept(server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, address = server.accept()
                connected.append(str(address))
                connection.close()

    threads = [threading.Thread(target=accept, args=(server,), daemon=True) for server in sockets]
    for thread in threads:
        thread.start()
    try:
        yield port, connected
    finally:
        for server in sockets:
            server.shutdown(socket.SHUT_RDWR)
            server.close()
        for thread in threads:
            thread.join()


def children(process: int) -> dict[int, str]:
    """The processes that a process has started, each with the letter of its state."""
    found = {}
    for place in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            state, parent = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
            if int(parent) == process:
                found[int(place.name)] = state
    return found


def resident(process: int) -> int:
    """The memory of a process and of those it has started, in MiB."""
    pages = 0
    for number in (process, *children(process)):
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()[1])
    return pages >> 8
