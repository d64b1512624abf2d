"""Has a query from outside run, with a base for its relative IRIs, and tells what is wrong with it where it stands."""

import re
from dataclasses import replace

from cis_graph.errors import QueryFault, QuerySyntaxFault, QueryTimeout
from cis_graph.model.releases import Query, QueryAnswer
from cis_graph.web.clients import ClientGone, client_of, dropped, unless_gone
from cis_graph.web.faults import told_faults
from cis_graph.web.languages import marked
from cis_graph.web.negotiation import GRAPHS, RESULTS, RESULTS_JSON, TURTLE, Representation, graph_format, result_format
from cis_graph.web.problems import Problem, of_status
from cis_graph.web.visits import Visit

_MOST_SHOWN = 4 * 1024 * 1024  # bytes of an answer shown on a page
_RELATIVE = re.compile(r"""<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>"{}|^`\\\x00-\x20]*>""")


async def run(asked: Visit, query: Query, form: Representation) -> QueryAnswer:
    """The answer, in ``form`` if it is of that kind, else as JSON or Turtle.

    Raises:
        Problem: the query is refused, or nothing is published.
    """
    results = result_format(form if form in RESULTS else RESULTS_JSON)
    graph = graph_format(form if form in GRAPHS else TURTLE)
    based = bool(_RELATIVE.search(query.text))
    text = f"BASE <{asked.addresses.base}sparql>\n{query.text}" if based else query.text
    sent = replace(query, text=text, client=client_of(asked.request))
    with told_faults(asked):
        try:
            return await unless_gone(asked.request, asked.site.queries.run(sent, results=results, graph=graph))
        except ClientGone:
            raise of_status(503) from None  # nobody reads it
        except QuerySyntaxFault as fault:
            if not based:
                raise
            raise QuerySyntaxFault(str(fault), line=max(1, fault.line - 1), column=fault.column) from fault


async def gathered(asked: Visit, found: QueryAnswer) -> bytes:
    """The whole answer, as long as a page can show it.

    Raises:
        Problem: the answer is too long for a page, or was cut before its end: nothing of the page is sent by then.
    """
    with told_faults(asked):
        try:
            return await _whole(found)
        except QueryFault as fault:
            raise QueryTimeout(str(fault), seconds=asked.site.settings.query_timeout) from fault


async def _whole(found: QueryAnswer) -> bytes:
    body = bytearray()
    try:
        async for chunk in found.body:
            body += chunk
            if len(body) > _MOST_SHOWN:
                raise Problem(
                    413,
                    "answer-too-large",
                    title=marked("La réponse est trop longue pour une page"),
                    detail=marked("Ajoutez LIMIT, ou demandez-la en CSV ou en JSON (« format=csv »)."),
                )
    finally:
        await dropped(found)
    return bytes(body)
