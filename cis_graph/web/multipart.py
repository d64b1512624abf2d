"""Forms with files (RFC 7578), read strictly: few parts, each with a name."""

import re
from dataclasses import dataclass

from cis_graph.web.languages import marked
from cis_graph.web.problems import Problem, bad_request

_MOST_PARTS = 20
_LONGEST_HEAD = 2_000  # bytes of a part's headers
_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_NAME = re.compile(r'(?<![a-z*])name="([^"]*)"')
_FILENAME = re.compile(r'filename="([^"]*)"')
_CONTENT_TYPE = re.compile(r"^content-type:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One field; ``filename`` is None where it is no file, ``content_type`` empty where none is told."""

    name: str
    filename: str | None
    data: bytes
    content_type: str = ""


def parts_of(content_type: str, body: bytes) -> tuple[Part, ...]:
    """The fields of a form, in their order.

    Raises:
        Problem: it is not well formed, or has more parts than any form of ours.
    """
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise _malformed()
    mark = b"--" + (boundary[1] or boundary[2]).encode("latin-1", "replace")
    first, *pieces = (b"\r\n" + body).split(b"\r\n" + mark, _MOST_PARTS + 1)
    if first.strip() or not pieces or not pieces[-1].startswith(b"--"):
        raise _malformed()
    return tuple(map(_part, pieces[:-1]))


def _part(piece: bytes) -> Part:
    head, blank, data = piece.partition(b"\r\n\r\n")
    if not blank or len(head) > _LONGEST_HEAD:
        raise _malformed()
    headers = head.decode("utf-8", "replace")
    name, filename = _NAME.search(headers), _FILENAME.search(headers)
    if name is None:
        raise _malformed()
    kind = _CONTENT_TYPE.search(headers)
    return Part(
        name=name[1],
        filename=filename[1] if filename else None,
        data=data,
        content_type=kind[1].strip() if kind else "",
    )


def _malformed() -> Problem:
    return bad_request("form", marked("Le formulaire n'est pas bien formé (multipart/form-data)."))
