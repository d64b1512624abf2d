"""Long answers: how long a query takes to its last byte, and how much comes."""

from benchmarks.harness.processes import MIB
from benchmarks.harness.servers import Answer, Server
from benchmarks.harness.timing import served


def asked(server: Server, query: str, accept: str) -> dict[str, float]:
    """Milliseconds, the server's processor milliseconds, and the answer's MiB and lines."""
    answers: list[Answer] = []
    figures = served(server.pid, lambda: answers.append(server.query(query, accept)))
    return figures | {"answer, MiB": answers[0].size / MIB, "answer, lines": answers[0].lines}
