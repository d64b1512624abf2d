"""A real server of an application on a free port of this machine."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def served(
    app: ASGIApp,
    *,
    lifespan: Literal["on", "off"] = "off",
    http: type[asyncio.Protocol] | Literal["auto"] = "auto",
    patience: int = 5,
) -> Iterator[str]:
    """Serves the application in a thread; its address, without a slash at its end.

    With its ``lifespan`` on, the application ends what it started; ``http`` is what reads from its connections, and
    ``patience`` how many seconds one may be silent.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        log_level="warning",
        lifespan=lifespan,
        http=http,
        timeout_keep_alive=patience,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.started
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
