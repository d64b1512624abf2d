"""XML bytes to a tree: no entity, no network, no bomb."""

from collections.abc import Iterable, Iterator

from lxml import etree

from cis_graph.errors import SourceFault
from cis_graph.harvest.structured import VALUE, table_of
from cis_graph.mapping.tables import Table, XmlFile

LARGEST_XML = 50 * 1024 * 1024  # bytes


def tree(name: str, data: bytes) -> etree._Element:
    """The root of an XML document.

    Raises:
        SourceFault: too large or too deep, not well-formed, or with a document type (it may hold entities).
    """
    if len(data) > LARGEST_XML:
        raise SourceFault(
            f"{name}: more than {LARGEST_XML} bytes; cut it in parts",
            french=f"{name} est trop grand (plus de {LARGEST_XML} octets) : découpez-le",
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        why = " ".join(str(error).split())[:200]
        raise SourceFault(
            f"{name}: not readable as XML: {why}", french=f"{name} n'est pas lisible comme XML ({why})"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceFault(
            f"{name}: it has a document type, which may hold entities; leave <!DOCTYPE> out",
            french=f"{name} contient une déclaration <!DOCTYPE> : retirez-la",
        )
    return root


def xml_table(file: XmlFile, data: bytes) -> Table:
    """The records of an XML document, one row each, under dotted columns.

    Raises:
        SourceFault: it cannot be read (see :func:`tree`), or holds no record.
    """
    records = list(tree(file.name, data).iter(f"{{*}}{file.record}"))
    if not records:
        raise SourceFault(
            f"{file.name}: no element <{file.record}>; see whether the source changed its shape",
            french=f"{file.name} ne contient aucun élément <{file.record}>",
        )
    return table_of(file.name, (_row(record) for record in records))


def _row(record: etree._Element) -> Iterable[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for column, text in _leaves("", record):
        found.setdefault(column, []).append(" ".join(text.split()))
    return ((column, ";".join(filter(None, texts))) for column, texts in found.items())


def _leaves(path: str, element: etree._Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        yield f"{path}@{etree.QName(name).localname}", value
    children = [child for child in element if isinstance(child.tag, str)]
    if not children and path:
        yield path, element.text or ""
    elif (element.text or "").strip():
        yield path or VALUE, element.text
    for child in children:
        name = etree.QName(child).localname
        yield from _leaves(f"{path}.{name}" if path else name, child)
        if (child.tail or "").strip():
            yield path or VALUE, child.tail
