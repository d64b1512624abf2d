"""Publications while clients ask: no request fails, and no answer mixes two releases."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from cis_graph.model.releases import SearchQuestion
from tests.pipeline.conftest import GOOD, Desk

ROOT = Path(__file__).parents[2]
SELECT = (
    "SELECT ?it ?label ?text { ?it <http://www.w3.org/2004/02/skos/core#prefLabel> ?label "
    "OPTIONAL { ?it <http://purl.org/dc/terms/description> ?text } FILTER(CONTAINS(?label, 'parution')) }"
)
SAID = re.compile(r"parution[ +-](\d+)")


@dataclass
class Client:
    """Asks in turn until it is told to stop; what is wrong is kept."""

    server: str
    paths: tuple[str, ...]
    headers: dict[str, str]
    stop: threading.Event
    answers: int = 0
    releases: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Asks each path in turn, with the tag of its last answer every second time."""
        tags: dict[str, str] = {}
        with httpx.Client(base_url=self.server, timeout=30) as client:
            while not self.stop.is_set():
                for number, path in enumerate(self.paths):
                    known = {"if-none-match": tags[path]} if path in tags and (self.answers + number) % 2 else {}
                    try:
                        answer = client.get(path, headers=self.headers | known)
                    except httpx.HTTPError as error:
                        self.wrong.append(f"{path}: {error!r}")
                        continue
                    self.answers += 1
                    tags |= {path: answer.headers["etag"]} if "etag" in answer.headers else {}
                    self.wrong += self._mixed(path, answer, known.get("if-none-match", ""))

    def _mixed(self, path: str, answer: httpx.Response, known: str) -> Iterator[str]:
        release = int(answer.headers.get("x-release", 0))
        self.releases.add(release)
        tag = answer.headers.get("etag", "")
        if tag and not tag.startswith(f'"{release}-'):
            yield f"{path}: release {release} with the tag {tag}"
        if answer.status_code == 304:
            if tag != known:
                yield f"{path}: 304 for {known} with the tag {tag}"
        elif answer.status_code != 200:
            yield f"{path}: {answer.status_code} {answer.text[:200]}"
        elif (said := {int(number) for number in SAID.findall(answer.text)}) != {release}:
            yield f"{path}: release {release} says {sorted(said)}"


@contextmanager
def served(data: Path) -> Iterator[str]:
    """A server of its own process over the releases of a data folder; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "server:app", "--port", str(port), "--log-level", "warning"]
    given = {"CIS_DATA": str(data), "CIS_QUERY_MEMORY": "1024"}
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | given)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            time.sleep(0.1)
            try:
                if httpx.get(f"{address}/healthz").status_code == 200:
                    break
            except httpx.ConnectError:
                assert process.poll() is None, "the server ended"
        yield address
    finally:
        process.terminate()
        process.wait()


def publish(desk: Desk, number: int) -> str:
    """Publishes the release of that number, which says it in several places; the key of its project."""
    title = {"Nom": f"La Ruche, parution {number}", "Description": f"Des ruches partagées : parution {number}."}
    desk.hand_over(GOOD | title)
    release = desk.publish()
    assert release.information.number == number
    (hit,) = release.search(SearchQuestion(text="ruche parution", kind="project", size=2)).hits
    return hit.key


def clients(server: str, key: str, stop: threading.Event) -> tuple[Client, ...]:
    """One for pages and search, one for data, one for queries, one for queries shown as pages."""
    page, query = f"/project/{key}", f"/sparql?{urlencode({'query': SELECT})}"
    asked: tuple[tuple[tuple[str, ...], str], ...] = (
        ((page, "/search?q=parution", f"/en{page}"), "text/html"),
        ((f"{page}.ttl", f"{page}.trig", f"{page}.jsonld"), "*/*"),
        ((query, f"{query}&format=csv"), "application/sparql-results+json"),
        ((f"{query}&format=html", "/search?q=ruche+parution"), "text/html"),
    )
    return tuple(Client(server, paths, {"accept": accept}, stop) for paths, accept in asked)


def campaign(desk: Desk, publications: int) -> None:
    """Publishes so many releases, each of which removes the one before, while clients ask without a pause."""
    desk.settings = replace(desk.settings, keep_releases=1)
    key, stop = publish(desk, 1), threading.Event()
    with served(desk.settings.data) as server:
        asking = clients(server, key, stop)
        threads = [threading.Thread(target=client.run) for client in asking]
        for thread in threads:
            thread.start()
        try:
            for number in range(2, publications + 2):
                assert publish(desk, number) == key
        finally:
            time.sleep(0.5)
            stop.set()
            for thread in threads:
                thread.join()
    wrong = [mistake for client in asking for mistake in client.wrong]
    assert wrong[:5] == []
    assert all(client.answers > publications for client in asking)
    assert all(len(client.releases) > 1 for client in asking)


def test_five_publications_under_load(desk: Desk) -> None:
    """A sample of the campaign below."""
    campaign(desk, 5)


@pytest.mark.torture
def test_fifty_publications_under_load(desk: Desk) -> None:
    """Over 50 publications each answer is whole and of one release: its header, its tag and all it says agree."""
    campaign(desk, 50)
