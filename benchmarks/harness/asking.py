"""Long answers: how long a query takes to its last byte, and how much comes."""

from benchmarks.harness.processes import MIB
from benchmarks.harness.servers import Answer, Server
from benchmarks.harness.timing import served


def asked(server: Server, query: str, accept: str, times: int = 1) -> dict[str, float]:
    """Milliseconds, the server's processor milliseconds, the answer's MiB and lines: the mean of ``times`` in a row."""
    answers: list[Answer] = []
    found = served(server.pid, lambda: answers.extend(server.query(query, accept) for _ in range(times)))
    figures = {figure: value / times for figure, value in found.items()}
    return figures | {"answer, MiB": answers[0].size / MIB, "answer, lines": answers[0].lines}
