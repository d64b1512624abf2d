"""Where a source's files come from, declared: one address, or a list that goes over several answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One file at one address: a published file, an export, a feed, a GoGoCarto ``elements.json``."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPages:
    """A JSON list in numbered answers, as WordPress REST gives it; it ends with an empty one, or where the server says.

    ``{page}`` in the address stands for the number of the answer, from 1. An answer's list is at ``records``; the
    server says how many there are in ``X-WP-TotalPages``, or answers 400 or 404 to the first that is not there.
    """

    url: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A JSON list cut by ``{offset}``, from 0 in steps of ``step``, as Opendatasoft's ``records`` gives it.

    Its servers refuse what lies beyond 10,000: an ``exports/jsonl`` :class:`Address` gives everything at once.
    """

    url: str
    step: int = 100
    records: tuple[str, ...] = ("results",)


@dataclass(frozen=True, slots=True, kw_only=True)
class OaiPmh:
    """All records of an OAI-PMH 2.0 repository, in one metadata format, of one set where it is named."""

    url: str
    metadata: str = "oai_dc"
    set: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """The pages that a sitemap names (an index of sitemaps too) and whose address starts with ``under``."""

    url: str
    under: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SparqlEndpoint:
    """The answer of a SPARQL endpoint to one SELECT or CONSTRUCT."""

    url: str
    query: str


Origin = Address | NumberedPages | Counted | OaiPmh | Sitemap | SparqlEndpoint
