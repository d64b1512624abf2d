"""Connections that answer what is asked again byte for byte, and have everything else parsed and passed on."""

from asyncio import AbstractEventLoop
from typing import Any, ClassVar

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from cis_graph.web.verbatim import VERBATIM, Exchange, Standing, Verbatim

LONGEST = 8 * 1024  # bytes of a request that is remembered


def connections(known: Verbatim) -> type[HttpToolsProtocol]:
    """The connections of a server that answers from ``known``: a class, as the server makes them itself."""
    return type("Connection", (_Connection,), {"known": known})


class _Connection(HttpToolsProtocol):
    """A connection that knows which bytes are one whole request."""

    known: ClassVar[Verbatim]

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any], _loop: AbstractEventLoop | None
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.app = self.known.watching(self.app)
        self._between = True  # the next byte begins a request
        self._begun = 0  # requests

    def on_message_begin(self) -> None:
        """A request begins."""
        self._between, self._begun = False, self._begun + 1
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """A request has come to its end."""
        self._between = True
        super().on_message_complete()

    def data_received(self, data: bytes) -> None:
        """Answers from memory what is a whole request that is known, when nothing else is under way."""
        if not self._between or len(data) > LONGEST or not data.startswith(b"GET "):
            super().data_received(data)
            return
        client = self.client[0] if self.client else ""
        if self._is_free() and (answer := self.known.again(client, data)):
            self._answer(answer)
            return
        self._begun = 0
        super().data_received(data)
        if self._begun == 1 and self._between and self.cycle is not None and self.cycle.keep_alive:
            self.scope["state"][VERBATIM] = Exchange(client, data)

    def _is_free(self) -> bool:
        answering = self.cycle is not None and not self.cycle.response_complete
        return not (answering or self.flow.write_paused or self.transport.is_closing())

    def _answer(self, answer: Standing) -> None:
        dated = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        self.transport.write(b"".join((answer.begin, *dated, answer.rest)))
        self.on_response_complete()
