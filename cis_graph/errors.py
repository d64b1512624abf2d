"""The error tree: each error says what, where and what to do.

CisGraphError
├── SettingsError        a setting cannot be used
├── ValueFault           one value fails its check; the record goes on without it
├── RecordFault          one record cannot be published; the others go on
├── SourceFault          one source cannot be read; its last good state stays
├── ReleaseFault         a release cannot be made, found or published
├── FolderBusy           another process writes to the data folder
├── PullFault            a replica cannot fetch what another server publishes
├── StoreFault           the SPARQL server that holds the graph answers wrongly
│   ├── StoreAway            it cannot be reached
│   └── StoreSilent          it does not answer in time
├── GateClosed           what a contributor hands over cannot be dealt with here or now
└── QueryFault           a query is refused
    ├── QuerySyntaxFault     with line and column, from 1
    ├── QueryForbidden       asks for what is not allowed (SERVICE, LOAD)
    ├── QueryTooLarge        size or nesting above the limit
    ├── QueryTimeout         over the deadline before the first byte
    ├── QueryCrowd           too many of one client at once
    └── QueryOverload        too many of all clients at once, or the server is stopping
"""


class CisGraphError(Exception):
    """Root of all errors of this package."""


class SettingsError(CisGraphError):
    """A setting cannot be used: which, why, and what it may be."""


class ValueFault(CisGraphError, ValueError):
    """One value fails its check; ``french`` says it to the contributor, ``example`` passes the check."""

    def __init__(self, message: str, *, french: str, example: str | None = None) -> None:
        super().__init__(message)
        self.french = french
        self.example = example


class RecordFault(CisGraphError):
    """One record cannot be published, the others go on; ``french`` says it to the contributor."""

    def __init__(self, message: str, *, french: str) -> None:
        super().__init__(message)
        self.french = french


class SourceFault(CisGraphError):
    """One source cannot be read, its last good state stays; ``french`` says it to the contributor."""

    def __init__(self, message: str, *, french: str = "") -> None:
        super().__init__(message)
        self.french = french or f"la source ne peut pas être lue ({message})"


class ReleaseFault(CisGraphError):
    """A release cannot be made, found or published."""


class FolderBusy(CisGraphError):
    """Another process writes to the data folder; ``french`` says it to the operator."""

    def __init__(self, message: str, *, french: str) -> None:
        super().__init__(message)
        self.french = french


class PullFault(CisGraphError):
    """A replica cannot fetch what another server publishes; ``french`` says it to the operator."""

    def __init__(self, message: str, *, french: str) -> None:
        super().__init__(message)
        self.french = french


class StoreFault(CisGraphError):
    """The SPARQL server that holds the graph answers wrongly: with an error, or with what is no answer."""


class StoreAway(StoreFault):
    """The SPARQL server that holds the graph cannot be reached."""


class StoreSilent(StoreFault):
    """The SPARQL server that holds the graph does not answer in time."""


class GateClosed(CisGraphError):
    """What a contributor hands over is too much, too long or too late; ``french`` says it to them."""

    def __init__(self, message: str, *, french: str) -> None:
        super().__init__(message)
        self.french = french


class QueryFault(CisGraphError):
    """A query from outside is refused."""


class QuerySyntaxFault(QueryFault):
    """The query does not parse; ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, *, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryForbidden(QueryFault):
    """The query asks for what is not allowed here."""


class QueryTooLarge(QueryFault):
    """The query is larger or nested deeper than the limit."""


class QueryTimeout(QueryFault):
    """The query gave no first byte before its deadline; ``seconds`` is the limit."""

    def __init__(self, message: str, *, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class QueryCrowd(QueryFault):
    """One client has too many queries under way; try again when one of them has ended."""


class QueryOverload(QueryFault):
    """All clients together have too many queries under way, or the server is stopping; try again later."""
