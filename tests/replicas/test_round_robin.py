"""Two replicas behind a round-robin, under publications: no request fails, and no answer mixes two releases."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cis_graph.errors import PullFault
from cis_graph.harvest.transfer import Transfer
from cis_graph.release.replica import pull
from cis_graph.release.shelf import Shelf
from cis_graph.settings import Settings
from tests.pipeline.conftest import Desk
from tests.pipeline.test_under_load import Client, clients, publish, served


@contextmanager
def round_robin(servers: list[str]) -> Iterator[str]:
    """Each connection goes to the next server; the address."""
    following = cycle(servers)
    with socket.create_server(("127.0.0.1", 0)) as door:

        def accept() -> None:
            with suppress(OSError):  # the door is closed
                while True:
                    there = urlsplit(next(following))
                    ours, theirs = door.accept()[0], socket.create_connection((there.hostname, there.port))
                    for ends in ((ours, theirs), (theirs, ours)):
                        threading.Thread(target=relay, args=ends, daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        door.shutdown(socket.SHUT_RDWR)


def relay(source: socket.socket, target: socket.socket) -> None:
    """Hands bytes on until one side ends."""
    with source, suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def keep_pulling(settings: Settings, address: str, stop: threading.Event, wrong: list[str]) -> None:
    """Pulls again and again, as a timer would."""
    with Transfer(address) as source:
        while not stop.is_set():
            try:
                pull(settings, source)
            except PullFault as fault:
                wrong.append(str(fault))
            time.sleep(0.2)


def campaign(desk: Desk, folder: Path, publications: int) -> None:
    """Publishes so many releases, which two replicas follow, while clients ask them in turn without a pause."""
    desk.settings = replace(desk.settings, keep_releases=3)
    key, stop, wrong = publish(desk, 1), threading.Event(), list[str]()
    replicas = [Settings(data=folder / name, keep_releases=1) for name in ("one", "other")]
    with ExitStack() as stack:
        source = stack.enter_context(served(desk.settings.data))
        for settings in replicas:
            with Transfer(source) as transfer:
                pull(settings, transfer)
        door = stack.enter_context(round_robin([stack.enter_context(served(settings.data)) for settings in replicas]))
        asking = [
            Client(door, one.paths, one.headers | {"connection": "close"}, stop) for one in clients(door, key, stop)
        ]
        threads = [threading.Thread(target=client.run) for client in asking]
        threads += [threading.Thread(target=keep_pulling, args=(one, source, stop, wrong)) for one in replicas]
        for thread in threads:
            thread.start()
        try:
            for number in range(2, publications + 2):
                assert publish(desk, number) == key
            last, until = publications + 1, time.monotonic() + 60
            while any(Shelf(one.data).current_number() != last for one in replicas) and time.monotonic() < until:
                time.sleep(0.2)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    assert wrong == []
    assert [mistake for client in asking for mistake in client.wrong][:5] == []
    assert [Shelf(one.data).current_number() for one in replicas] == [last, last]
    assert all(client.answers > publications for client in asking)
    assert all(len(client.releases) > 1 for client in asking)


def test_three_publications_behind_a_round_robin(desk: Desk, tmp_path: Path) -> None:
    """A sample of the campaign below."""
    campaign(desk, tmp_path, 3)


@pytest.mark.torture
def test_fifty_publications_behind_a_round_robin(desk: Desk, tmp_path: Path) -> None:
    """Over 50 publications each answer of either replica is whole and of one release, and both end at the last."""
    campaign(desk, tmp_path, 50)
