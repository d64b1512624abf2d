import http.client
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.hostile.campaign import LIGHT, ask, children
from tests.hostile.served import serving

SECONDS = 2.0
ENDLESS = f"/sparql?query={quote('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }')}"
STREAM = f"/sparql?query={quote('SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }')}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """The port and the process number of a server."""
    settings = {"CIS_QUERY_TIMEOUT": str(SECONDS), "CIS_QUERY_MEMORY": "512"}
    with serving(tmp_path_factory.mktemp("served"), settings) as found:
        yield found


def opened(port: int, path: str, method: str = "GET") -> socket.socket:
    """A connection on which a request was sent."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n".encode())
    return connection


def everything(connection: socket.socket) -> bytes:
    """What comes until the server closes."""
    received = bytearray()
    while piece := connection.recv(65536):
        received += piece
    return bytes(received)


def at_work(process: int) -> bool:
    """Whether any process that the server has started is running, not waiting to be asked."""
    return "R" in children(process).values()


def test_before_the_first_byte_a_deadline_is_a_503(served: tuple[int, int]) -> None:
    """The limit, where the data are, and when to come back."""
    reply = ask(served[0], "198.51.100.1", ENDLESS)
    assert (reply.status, reply.whole, reply.again) == (503, True, True)
    assert b"/data" in reply.body


def test_after_the_first_byte_a_deadline_breaks_the_connection(served: tuple[int, int]) -> None:
    """The last chunk never comes, so that a client sees an incomplete read."""
    with opened(served[0], STREAM) as connection:
        received = everything(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"transfer-encoding: chunked" in head.lower()
    assert not body.endswith(b"\r\n0\r\n\r\n")  # a row may end in 0
    client = http.client.HTTPConnection("127.0.0.1", served[0], timeout=20)
    client.request("GET", STREAM, headers={"Accept": "text/csv"})
    with pytest.raises(http.client.IncompleteRead):
        client.getresponse().read()
    client.close()


@pytest.mark.parametrize(("path", "status"), [(LIGHT, 200), (STREAM, 200), (ENDLESS, 503)])
def test_head_is_told_what_get_would_be(served: tuple[int, int], path: str, status: int) -> None:
    """HEAD has no body, and a query whose answer has begun is not run to its end for it."""
    connection = http.client.HTTPConnection("127.0.0.1", served[0], timeout=20)
    connection.request("HEAD", path, headers={"Accept": "text/csv"})
    response = connection.getresponse()
    assert (response.status, response.read()) == (status, b"")
    connection.request("HEAD", LIGHT, headers={"Accept": "text/csv"})  # the connection still stands
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.parametrize("path", [ENDLESS, STREAM], ids=["before the answer", "within it"])
def test_a_client_that_goes_away_frees_its_worker(served: tuple[int, int], path: str) -> None:
    """Eight queries whose clients leave make room for eight more at once."""
    port, process = served
    for _ in range(8):
        connection = opened(port, path)
        if path == STREAM:
            connection.recv(10)
        else:
            time.sleep(0.05)
        connection.close()
    reply = ask(port, "127.0.0.1", LIGHT)
    assert reply.status == 200
    until = time.monotonic() + SECONDS / 2
    while busy := at_work(process):  # one look: a worker that starts in a freed one's place works for a moment too
        if time.monotonic() > until:
            break
        time.sleep(0.02)
    assert not busy


def test_who_reads_slowly_is_cut(served: tuple[int, int]) -> None:
    """An answer read byte by byte holds a worker no longer than any other."""
    port, _ = served
    connections = [opened(port, STREAM) for _ in range(4)]
    until = time.monotonic() + SECONDS + 1.5
    while time.monotonic() < until:
        for connection in connections:
            connection.recv(1)
        time.sleep(0.1)
    for connection in connections:
        with connection:
            assert not everything(connection).endswith(b"\r\n0\r\n\r\n")
    assert ask(port, "198.51.100.2", LIGHT).status == 200


def test_a_crowd_is_turned_away_in_good_order(served: tuple[int, int]) -> None:
    """A thousand clients at once: some wait for their deadline, the rest are told at once to come back."""
    port, process = served
    found: Counter[tuple[int, bool]] = Counter()

    def client(number: int) -> None:
        for query in range(10):
            reply = ask(port, f"203.0.113.{(number * 10 + query) % 250}", ENDLESS)
            found[reply.status, reply.again] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found.values()) == 1000
    assert set(found) <= {(503, True), (429, True)}
    assert ask(port, "198.51.100.3", LIGHT).status == 200
    assert len(children(process)) <= 40


def test_a_client_with_too_many_queries_is_told_so(served: tuple[int, int]) -> None:
    """The ninth query of one address is answered by 429, a query of another is not."""
    port, _ = served
    connections = [opened(port, ENDLESS) for _ in range(8)]
    time.sleep(0.3)
    refused, other = ask(port, "127.0.0.1", ENDLESS), ask(port, "198.51.100.4", LIGHT)
    for connection in connections:
        connection.close()
    assert (refused.status, refused.again) == (429, True)
    assert other.status == 200
