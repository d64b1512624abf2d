"""Hostile files of every shape that is read, each made by chance from a seed."""

import io
import json
import random
import string
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

from cis_graph.mapping.tables import (
    CsvFile,
    DataFile,
    FeedFile,
    JsonFile,
    JsonLinesFile,
    PagesFile,
    RdfFile,
    TextPage,
    XlsFile,
    XlsxFile,
    XmlFile,
    YamlFile,
)

COLUMNS = ("N°", "Nom", "Description", "Début", "SIRET", "Latitude", "Longitude", "Lieu", "Thèmes")
NASTY = (
    "", "\x00", "\u202egnp.exe", "\u200b", "\ufeff", "\U0001f600", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2",
    "<script>alert(1)</script>", "&amp;" * 40, '"', '""', "'", ";", "\t", "\\", "\x1b[31m", "\x85", "\u2028", "é",
    "e\u0301" * 30, "\U0001d56c" * 20, "NULL", "NaN", "1e999", "9" * 400, "-0", "31/02/2019", "../../etc/passwd", "${jndi:x}",
    "%s%n", "{{7*7}}", "https://" + "a" * 3000, "javascript:alert(1)", "http://[::1", "a@b.example", "06 12 34 56 78",
    "]]>", "<!--", "_:x", "a" * 70_000,
)  # fmt: skip
SYNTAXES = ("ttl", "nt", "rdf", "jsonld", "trig", "nq", "n3")


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file with how it is declared, and what was done to it."""

    kind: str
    file: DataFile
    data: bytes


def hostile_files(seed: int, count: int) -> Iterator[HostileFile]:
    """So many files, always the same ones for a seed, the kinds in turn."""
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        kind = KINDS[number % len(KINDS)]
        made = kind(chance)
        yield made if chance.random() < 0.5 else HostileFile(made.kind, made.file, _spoilt(chance, made.data))


def _text(chance: random.Random) -> str:
    draw = chance.random()
    if draw < 0.4:
        return chance.choice(NASTY)
    if draw < 0.8:
        return "".join(chance.choices(string.ascii_letters + " éàç,;", k=chance.randint(0, 30)))
    return "".join(chr(chance.choice((chance.randrange(32), chance.randrange(0x300), chance.randrange(0xD800))))
                   for _ in range(chance.randint(1, 40)))  # fmt: skip


def _row(chance: random.Random) -> dict[str, str]:
    return {name: _text(chance) for name in COLUMNS if chance.random() < 0.95} | (
        {_text(chance): _text(chance)} if chance.random() < 0.1 else {}
    )


def _spoilt(chance: random.Random, data: bytes) -> bytes:
    """The same bytes cut, doubled, turned, or with some of them changed."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(5):
            case 0:
                del out[at:]
            case 1:
                out[at:at] = chance.randbytes(chance.randint(1, 8))
            case 2:
                out[at:at] = out[max(0, at - 50) : at] * chance.randint(1, 20)
            case 3 if at < len(out):
                out[at] ^= 1 << chance.randrange(8)
            case _:
                out[at:at] = chance.choice(NASTY).encode("utf-8", "surrogatepass")
    return bytes(out)


def _encoded(chance: random.Random, text: str) -> bytes:
    return text.encode(chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-32")), "replace")


def _quoted(chance: random.Random, cell: str) -> str:
    return f'"{cell}"' if chance.random() < 0.5 else cell


def _csv(chance: random.Random) -> HostileFile:
    mark = chance.choice(",;\t|")
    head = mark.join(COLUMNS) if chance.random() < 0.9 else _text(chance)
    rows = [mark.join(_quoted(chance, cell) for cell in _row(chance).values()) for _ in range(chance.randint(0, 12))]
    data = _encoded(chance, chance.choice(("\n", "\r\n", "\r")).join([head, *rows]))
    return HostileFile("csv", CsvFile(name="a.csv", delimiter=mark, encoded_by_line=chance.random() < 0.2,
                                      prose=frozenset({"Description"}) if chance.random() < 0.3 else frozenset()), data)  # fmt: skip


def _long_line(chance: random.Random) -> HostileFile:
    size = chance.randint(1, 8) << 20
    return HostileFile("long-line", CsvFile(name="a.csv"), (",".join(COLUMNS) + "\n").encode() + b"a" * size)


def _json(chance: random.Random) -> HostileFile:
    rows = [_row(chance) for _ in range(chance.randint(0, 8))]
    text = chance.choice(
        (
            lambda: json.dumps(rows),
            lambda: json.dumps({"rows": rows}),
            lambda: "[" * chance.randint(1, 100_000),
            lambda: '{"a":' * chance.randint(1, 5_000) + "1" + "}" * chance.randint(0, 5_000),
            lambda: json.dumps(rows).replace('"Nom"', '"N\\u00b0"'),
            lambda: f'[{{"N°": {"9" * chance.randint(1, 6_000)}}}]',
            lambda: '[{"N°": NaN, "Nom": 1e999}]',
            lambda: '[{"N°": "\\ud800"}]',
        )
    )()
    lines = chance.random() < 0.3
    file: DataFile = JsonLinesFile(name="a.jsonl") if lines else JsonFile(name="a.json")
    return HostileFile("json", file, _encoded(chance, text))


def _yaml(chance: random.Random) -> HostileFile:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(f'*{chr(97 + n)}' for _ in range(9))}]\n" for n in range(9)
    )
    text = chance.choice((bomb, "a: &a [*a]", "!!python/object/apply:os.system ['true']", "? " * 3000,
                          "".join(f"k{n}: {json.dumps(_row(chance))}\n" for n in range(4))))  # fmt: skip
    return HostileFile("yaml", YamlFile(name="a.yml"), _encoded(chance, text))


def _xml(chance: random.Random) -> HostileFile:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    text = chance.choice(
        (
            f"<!DOCTYPE r [{entities}]><r><it><Nom>&j;</Nom></it></r>",
            '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><it><Nom>&x;</Nom></it></r>',
            '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r><it/></r>',
            "<r>" + "<it>" * chance.randint(1, 3_000),
            "<r>" + "".join(f"<it><Nom>{_text(chance)}</Nom></it>" for _ in range(5)) + "</r>",
            f"<r>{'<it a=' + chr(34) + 'x' * 100_000 + chr(34) + '/>'}</r>",
        )
    )
    feed = chance.random() < 0.3
    file: DataFile = FeedFile(name="a.rss") if feed else XmlFile(name="a.xml", record="it")
    return HostileFile("xml", file, _encoded(chance, text))


def _page(chance: random.Random) -> HostileFile:
    item = json.dumps({"@type": "Event", "name": _text(chance), "@graph": [{"@type": "Event"}] * 3})
    text = f'<html><script type="application/ld+json">{item}</script>' + "<div itemscope>" * chance.randint(0, 400)
    file: DataFile = PagesFile(name="a.html", item="Event") if chance.random() < 0.7 else TextPage(name="a.txt")
    return HostileFile("page", file, _encoded(chance, text))


def _rdf(chance: random.Random) -> HostileFile:
    text = chance.choice(
        (
            f'@prefix s: <https://schema.org/> . <urn:a> a s:Event ; s:name "{_text(chance)}" .',
            "<urn:a> <urn:b> " + "[ <urn:b> " * chance.randint(1, 3_000),
            "( " * chance.randint(1, 3_000),
            '{"@context": "http://127.0.0.1:9/context", "@id": "urn:a"}',
            "<urn:a> <urn:b> <<( " * 200,
            '<!DOCTYPE r [<!ENTITY a "aaaa">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&a;</rdf:RDF>',
        )
    )
    syntax: Any = chance.choice(SYNTAXES)
    return HostileFile(
        "rdf", RdfFile(name="a.rdf", syntax=syntax, record="https://schema.org/Event"), text.encode("utf-8", "replace")
    )


def _workbook(chance: random.Random) -> HostileFile:
    book = Workbook()
    sheet = book.active
    sheet.title = "Feuil1"
    sheet.append(list(COLUMNS))
    for _ in range(chance.randint(0, 4)):
        sheet.append(["".join(c for c in cell[:30_000] if c.isprintable()) for cell in _row(chance).values()])
    if chance.random() < 0.2:
        sheet["XFD1048576"] = "far"
    out = io.BytesIO()
    book.save(out)
    return HostileFile("xlsx", XlsxFile(name="a.xlsx", sheet="Feuil1"), out.getvalue())


def _zip_bomb(chance: random.Random) -> HostileFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"<Types/>")
        size = chance.choice((1, 30, 260)) << 20
        made.writestr(chance.choice(("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "../../x")), bytes(size))
    return HostileFile("zip", XlsxFile(name="a.xlsx", sheet="Feuil1"), out.getvalue())


def _old_workbook(chance: random.Random) -> HostileFile:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return HostileFile("xls", XlsFile(name="a.xls", sheet="Feuil1"), head + chance.randbytes(chance.randint(0, 4_096)))


def _rare(chance: random.Random) -> HostileFile:
    return chance.choice((_zip_bomb, _old_workbook, _long_line))(chance)


# what costs most to make comes once in a round of fifty
_ROUND: tuple[Callable[[random.Random], HostileFile], ...] = (_csv, _json, _xml, _csv, _json, _rdf, _page, _yaml)
KINDS = (*_ROUND * 6, _workbook, _rare)
