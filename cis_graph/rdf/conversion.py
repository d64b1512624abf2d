"""RDF from one serialisation to another, for documents of ours that are small enough to be held."""

from typing import IO

import pyoxigraph as ox

from cis_graph.model.media import RDF_MEDIA_TYPES
from cis_graph.model.releases import RdfFormat
from cis_graph.rdf.iris import PREFIXES


def converted(data: bytes, source: RdfFormat, target: RdfFormat, *, base: str | None = None) -> bytes:
    """The same triples in another serialisation, sorted, so that equal graphs give equal bytes.

    Raises:
        SyntaxError: the data are not of that source format.
    """
    quads = {*ox.parse(input=data, format=_format(source), base_iri=base)}
    prefixes = None if target == "nt" else PREFIXES
    return ox.serialize(sorted(quads, key=str), format=_format(target), prefixes=prefixes) or b""


def rewritten(source: IO[bytes], target: IO[bytes], media_type: str) -> None:
    """N-Quads to another serialisation with our prefixes, as a stream; graph names go where it has none."""
    form = ox.RdfFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type} is no serialisation of RDF")
    quads = ox.parse(input=source, format=ox.RdfFormat.N_QUADS)
    if form.supports_datasets:
        ox.serialize(quads, output=target, format=form, prefixes=PREFIXES)
    else:
        ox.serialize((quad.triple for quad in quads), output=target, format=form, prefixes=PREFIXES)


def _format(name: RdfFormat) -> ox.RdfFormat:
    found = ox.RdfFormat.from_media_type(RDF_MEDIA_TYPES[name])
    if found is None:
        raise ValueError(f"{name} is no serialisation of RDF")
    return found
