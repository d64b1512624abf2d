import json

import pytest

from cis_graph.errors import SourceFault
from cis_graph.harvest.parts import Part, joined
from cis_graph.harvest.reading import read
from cis_graph.mapping.origins import NumberedPages, Sitemap
from cis_graph.mapping.tables import (
    DataFile,
    FeedFile,
    JsonFile,
    JsonLinesFile,
    PagesFile,
    RdfFile,
    Table,
    TextPage,
    XmlFile,
)

XML = XmlFile(name="a.xml", record="projet")
LINES = JsonLinesFile(name="a.jsonl")
FEED = FeedFile(name="feed.xml")
PAGE = PagesFile(name="page.html", item="Event")
TURTLE = RdfFile(name="a.ttl", syntax="ttl", record="urn:Project")
BOMB = (
    b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]><l><projet>&m;</projet></l>"
)


def rows(file: DataFile, data: bytes | str) -> list[dict[str, str]]:
    """The rows of a file."""
    content = read(file, data.encode() if isinstance(data, str) else data)
    assert isinstance(content, Table)
    return [dict(row) for row in content.rows]


def test_an_xml_records_elements_and_attributes_are_columns() -> None:
    """Wherever the records stand, whatever their namespaces; what is repeated is joined."""
    data = """<?xml version="1.0" encoding="iso-8859-1"?>
    <liste xmlns="urn:n" xmlns:x="urn:x"><groupe><projet id="1" x:etat="ouvert"><nom>Épicerie
      solidaire</nom><lieu code="69123"><ville>Lyon</ville></lieu><theme>a</theme><theme>b</theme></projet></groupe>
      <projet id="2"><nom/></projet></liste>"""

    assert rows(XML, data.encode("iso-8859-1")) == [
        {
            "@id": "1",
            "@etat": "ouvert",
            "nom": "Épicerie solidaire",
            "lieu@code": "69123",
            "lieu.ville": "Lyon",
            "theme": "a;b",
        },
        {"@id": "2", "nom": ""},
    ]


def test_text_between_an_xml_records_elements_is_kept() -> None:
    """Mixed content loses no word."""
    (row,) = rows(XML, "<l><projet>avant <b>gras</b> après <!-- rien --></projet></l>")

    assert row == {"(valeur)": "avant;après", "b": "gras"}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not readable as XML"),
        (b"<l><projet></l>", "not readable as XML"),
        (b"<l>\x00<projet/></l>", "not readable as XML"),
        (b"<l/>", "no element <projet>"),
        (BOMB, "document type|not readable"),
        (b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l><projet>&a;</projet></l>', "document type"),
        (b"<a>" * 100_000, "not readable as XML"),
        (b"<l>" + b" " * 60_000_000 + b"</l>", "more than"),
    ],
)
def test_hostile_xml_fails_the_source(data: bytes, why: str) -> None:
    """No entity is resolved, no depth is followed, no size is swallowed."""
    with pytest.raises(SourceFault, match=rf"a\.xml: .*({why})") as caught:
        rows(XML, data)
    assert "root:" not in str(caught.value)


def test_each_line_of_json_is_a_row() -> None:
    """A blank line keeps its number; U+2028 within a text ends no line."""
    data = '{"id":1,"lieu":{"ville":"Lyon"}}\r\n\n{"id":2,"nom":"a\u2028b"}\n'

    assert rows(LINES, data) == [{"id": "1", "lieu.ville": "Lyon"}, {}, {"id": "2", "nom": "a\u2028b"}]


@pytest.mark.parametrize("line", ["[1]", "1", '"a"', "{", '{"a":1,"a":2}', '{"a":NaN}', '{"a":' * 5000])
def test_a_line_that_is_no_object_fails_the_source_by_its_number(line: str) -> None:
    """The fault says which line."""
    with pytest.raises(SourceFault, match=r"a\.jsonl line 2"):
        rows(LINES, f'{{"id":1}}\n{line}\n')


RSS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Fil</title>
<item><title>Un</title><link>https://a.example/1</link><pubDate>Mon, 02 Mar 2020 10:00:00 GMT</pubDate>
<category>santé</category><category>aînés</category><description>&lt;b&gt;Texte&lt;/b&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Fil</title><entry><id>urn:1</id><title>Un</title>
<link href="https://a.example/1"/><updated>2020-03-02T10:00:00Z</updated><category term="santé"/></entry></feed>"""


def test_rss_and_atom_entries_have_the_same_columns() -> None:
    """An entry without an id goes by its link."""
    (rss,), (atom,) = rows(FEED, RSS), rows(FEED, ATOM)

    assert rss.keys() == atom.keys()
    assert (rss["id"], rss["title"], rss["categories"]) == ("https://a.example/1", "Un", "santé;aînés")
    assert (atom["id"], atom["link"], atom["updated"]) == ("urn:1", "https://a.example/1", "2020-03-02T10:00:00Z")


@pytest.mark.parametrize("data", ["", "<html><body/></html>", "<opml/>", "{}", "<rss", BOMB.decode()])
def test_what_is_no_feed_fails_the_source(data: str) -> None:
    """An address that gives a page today gave a feed yesterday."""
    with pytest.raises(SourceFault, match=r"feed\.xml: "):
        rows(FEED, data)


def html(*items: object) -> str:
    """A page that holds items as JSON-LD."""
    return "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in items) + "<p>Texte"


def test_items_of_a_page_are_read_from_json_ld_and_microdata() -> None:
    """Both say the same in the same columns; other types are left alone."""
    event = {"@context": "https://schema.org", "@type": "Event", "name": "Rencontre", "location": {"name": "Lyon"}}
    graph = {"@context": "https://schema.org", "@graph": [event, {"@type": "Person", "name": "x"}]}
    microdata = """<div itemscope itemtype="https://schema.org/Event"><b itemprop="name">Rencontre</b>
    <span itemprop="location" itemscope itemtype="https://schema.org/Place"><i itemprop="name">Lyon</i></span></div>"""

    for page in (html(event), html(graph), microdata):
        (row,) = rows(PAGE, page)
        assert (row["name"], row["location.name"]) == ("Rencontre", "Lyon")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"<p>rien</p>",
        b'<script type="application/ld+json">{</script>',
        b'<script type="application/ld+json">' + b"[" * 5000 + b"</script>",
        b"<div itemscope itemtype='https://schema.org/Event'>" * 3000,
    ],
)
def test_a_page_without_a_readable_item_gives_no_row(data: bytes) -> None:
    """What people see there is not our business; nothing crashes."""
    assert len(rows(PAGE, data)) <= 3000


def test_pages_of_a_sitemap_keep_their_addresses() -> None:
    """Each row says where it came from."""
    at = Sitemap(url="https://a.example/s.xml", under="https://a.example/")
    pages = [Part(f"https://a.example/{n}", html({"@type": "Event", "name": str(n)}).encode()) for n in range(2)]
    file = PagesFile(name="page.html", item="Event", at=at)

    assert [row["(adresse)"] for row in rows(file, joined(pages))] == ["https://a.example/0", "https://a.example/1"]


@pytest.mark.parametrize(
    ("syntax", "data"),
    [
        ("ttl", '<urn:1> a <urn:Project>; <urn:n> "Un"@fr, "One"; <urn:in> [ <urn:c> "69" ]. <urn:2> <urn:n> "x".'),
        (
            "nt",
            (
                '<urn:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:Project> .\n<urn:1> <urn:n> "Un"@fr .\n'
                '<urn:1> <urn:n> "One" .\n<urn:1> <urn:in> _:b .\n_:b <urn:c> "69" .\n'
            ),
        ),
        (
            "jsonld",
            (
                '{"@id":"urn:1","@type":"urn:Project","urn:n":[{"@value":"Un","@language":"fr"},"One"],'
                '"urn:in":{"urn:c":"69"}}'
            ),
        ),
        ("trig", '<urn:g> { <urn:1> a <urn:Project>; <urn:n> "Un"@fr, "One"; <urn:in> [ <urn:c> "69" ] }'),
    ],
)
def test_each_subject_of_the_class_is_a_row_in_every_syntax(syntax: str, data: str) -> None:
    """Predicates are columns, a blank node's stand after a dot, what is repeated is joined."""
    file = RdfFile(name="a.rdf", syntax=syntax, record="urn:Project")  # type: ignore[arg-type]

    (row,) = rows(file, data)
    assert (row["(IRI)"], row["urn:n"], row["urn:in.urn:c"]) == ("urn:1", "Un;One", "69")


@pytest.mark.parametrize("data", ["<urn:1> a", "@prefix", "\x00", "<a b> <c> <d>.", '{"@context":"http://x/"}'])
def test_what_is_no_rdf_fails_the_source_with_its_place(data: str) -> None:
    """Line and column are the parser's."""
    with pytest.raises(SourceFault, match=r"a\.ttl: not readable as RDF \(ttl\)"):
        rows(TURTLE, data)


def test_a_remote_json_ld_context_is_never_fetched() -> None:
    """A harvest reads what it holds and asks nobody else."""
    file = RdfFile(name="a.jsonld", syntax="jsonld", record="urn:Project")

    with pytest.raises(SourceFault, match="not readable as RDF"):
        rows(file, '{"@context":"http://127.0.0.1:9/context","@id":"urn:1","@type":"Project"}')


def test_blank_nodes_in_a_circle_end() -> None:
    """A graph that leads back to itself gives a row."""
    (row,) = rows(TURTLE, '_:a a <urn:Project>; <urn:p> _:b. _:b <urn:p> _:a; <urn:n> "x".')

    assert row["urn:p.urn:n"] == "x"


def test_a_list_in_several_answers_is_one_table() -> None:
    """Rows count on from answer to answer; columns are those of all."""
    file = JsonFile(name="a.json", at=NumberedPages(url="https://a.example/{page}"))
    data = joined([Part("https://a.example/1", b'[{"a":1}]'), Part("https://a.example/2", b'[{"b":2}]')])

    assert rows(file, data) == [{"a": "1"}, {"b": "2"}]


def test_a_text_in_several_answers_is_refused() -> None:
    """A page's text has no rows to put together."""
    file = TextPage(name="page.txt", at=NumberedPages(url="https://a.example/{page}"))

    with pytest.raises(SourceFault, match=r"page\.txt: .* no rows"):
        read(file, joined([Part("https://a.example/1", b"text")]))
