"""What measurements depend on: the machine, without its name, and versions."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = (
    "cis-graph", "duckdb", "lxml", "oxigraph", "pydantic", "pyoxigraph", "pyshacl", "rapidfuzz", "rdflib", "tantivy",
    "uvicorn",
)  # fmt: skip


def machine() -> dict[str, str | int | float]:
    """Processor, cores, memory in MiB, kernel, and how busy it is as the measurement starts."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory": memory // 2**20,
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "load": round(os.getloadavg()[0], 1),
    }


def versions() -> dict[str, str]:
    """Python's and those of the packages that do the work."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    named = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
