"""The only way tables are opened: read-only, with bounded threads and memory, no files, no extensions, no settings."""

from pathlib import Path

import duckdb

from cis_graph.errors import ReleaseFault

_SHUT_IN: dict[str, str | bool | int | float | list[str]] = {
    "access_mode": "READ_ONLY",
    "threads": 2,
    "memory_limit": "512MB",
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "lock_configuration": True,
}


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """The tables of one release.

    Raises:
        ReleaseFault: there are none, or they cannot be read.
    """
    try:
        connection = duckdb.connect(str(path), config=_SHUT_IN)
        connection.execute("SELECT 1 FROM pairs LIMIT 1").fetchall()
    except duckdb.CatalogException as error:
        raise ReleaseFault(f"{path} holds tables of an earlier version: build and publish a release anew") from error
    except duckdb.Error as error:
        raise ReleaseFault(f"{path} cannot be opened as network tables: {error}") from error
    return connection
