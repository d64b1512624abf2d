"""Comunica over two of our endpoints: ``python -m tests.comunica.federation`` writes what was asked and answered."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cis_graph import resources
from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.server import served
from tests.support.small_release import BASE, SmallRelease, SmallRunner, SmallShelf, fixture_store

FOLDER = Path(__file__).parent
PACKAGE = FOLDER / "node_modules" / "@comunica" / "query-sparql" / "package.json"
RUN = FOLDER / "run.json"
QUERY = """PREFIX insoc: <https://w3id.org/insoc/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?project ?elsewhere WHERE {
  ?project a insoc:Project ; insoc:theme ?theme .
  ?theme skos:exactMatch ?elsewhere .
}"""  # the first line of the pattern is known to one endpoint, the second to the other
MATCHES = """<https://w3id.org/insoc/concept/theme/agriculture> <http://www.w3.org/2004/02/skos/core#exactMatch>
    <https://other.example/farming> ."""
_PATIENCE = 120  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request and what became of it."""

    method: str
    path: str
    accept: str
    query: str
    status: int
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What Comunica answered, and what it asked each endpoint for that."""

    answers: list[dict[str, str]]
    asked: dict[str, list[Asked]]


@dataclass(slots=True)
class Recorder:
    """Passes requests on and remembers them."""

    app: ASGIApp
    seen: list[Asked] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        body = bytearray()

        async def received() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = {name.decode(): value.decode() for name, value in message["headers"]}
                given = dict(parse_qsl(scope["query_string"].decode()) + parse_qsl(body.decode()))
                self.seen.append(
                    Asked(
                        method=scope["method"],
                        path=scope["path"],
                        accept=headers.get("accept", ""),
                        query=given.get("query", ""),
                        status=message["status"],
                        content_type=answered.get("content-type", ""),
                    )
                )
            await send(message)

        await self.app(scope, received, sent)


def versions() -> dict[str, str]:
    """Those of Comunica and Node."""
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return {"@comunica/query-sparql": json.loads(PACKAGE.read_text(encoding="utf-8"))["version"], "node": node}


def federated() -> Run:
    """Asks Comunica over an endpoint that knows projects and one that knows matches of their themes."""
    matches = ox.Store()
    matches.load(MATCHES.encode(), format=ox.RdfFormat.TURTLE)
    matches.load(path=str(resources.ONTOLOGY / "dataset.ttl"), format=ox.RdfFormat.TURTLE, base_iri=BASE)
    with _endpoint(fixture_store(0)) as (one, first), _endpoint(matches) as (two, second):
        command = ["node", "ask.js", QUERY, f"{one}/sparql", f"{two}/sparql"]
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=_PATIENCE, check=True)
    return Run(answers=json.loads(done.stdout), asked={"projects": first.seen, "matches": second.seen})


@contextmanager
def _endpoint(store: ox.Store) -> Iterator[tuple[str, Recorder]]:
    release = SmallRelease(store)
    recorder = Recorder(create_app(Settings(), SmallShelf(release), SmallRunner(release)))
    with served(recorder) as address:
        yield address, recorder


def written(run: Run) -> dict[str, Any]:
    """The run as it is kept."""
    return {"versions": versions(), "query": QUERY, **asdict(run)}


if __name__ == "__main__":
    RUN.write_text(json.dumps(written(federated()), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
