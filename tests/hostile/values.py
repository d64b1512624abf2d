"""Five hundred hostile values, the same each time: markup, script addresses, writing from right to left, control
characters, template syntax, formulas, and texts of a megabyte.
"""

import random
from collections.abc import Iterator

import pyoxigraph as ox

from tests.support.small_release import BASE

_RUNS = (
    "<script>hit()</script>", "</script><script>hit()</script>", "<img src=x onerror=hit()>", "<svg/onload=hit()>",
    '"><b onmouseover=hit()>', "'><iframe srcdoc='<script>hit()</script>'>", "</title><script>hit()</script>",
    "<!--", "--><script>hit()</script>", "<![CDATA[", "]]><script>hit()</script>", "</textarea></style><script>hit()</script>",
    "<math><mtext></table><mglyph><style><img onerror=hit() src>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:hit()'>", "<form action=//evil.example><input name=q>",
    "&lt;script&gt;hit()&lt;/script&gt;", "&#60;script&#62;hit()", "\\u003cscript\\u003ehit()\\u003c/script\\u003e",
)  # fmt: skip
_ADDRESSES = (
    "javascript:hit()", "JaVaScRiPt:hit()", "java\tscript:hit()", " javascript:hit()", "data:text/html,<script>hit()</script>",
    "vbscript:hit()", "//evil.example/", 'https://evil.example/"onclick=hit()', "http://[::1", "https://a@b:c@d/%00",
)  # fmt: skip
_TEMPLATES = (
    "{{ 7 * 7 }}", "{% for x in range(9) %}", "{{ page.__class__.__mro__ }}", "{# hidden #}", "${7*7}", "#{7*7}", "%(names)s",
    "%s%n%x", "{0.__class__}", "<%= 7 * 7 %>", "{{ config }}", "@{x}", "$(id)", "`id`",
)  # fmt: skip
_DIRECTIONS = (
    "\u202egnp.exe",
    "\u2066\u202dabc\u2069",
    "שלום <b>",
    "مرحبا \u200f!",
    "\u200b\u200d\ufeff",
    "Z\u0301\u0302\u0303" * 60,
)
_CONTROLS = (
    "\x00nul",
    "\x07bell\x1b[31mred",
    "a\x08\x0b\x0cb",
    "\x7f\x80\x9f",
    "line\r\nSet-Cookie: x=1",
    "\u2028\u2029",
    "\ufffe\uffff",
)
_FORMULAS = ('=HYPERLINK("http://evil.example")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1+1", "\r=1")
_FAMILIES = (_RUNS, _ADDRESSES, _TEMPLATES, _DIRECTIONS, _CONTROLS, _FORMULAS)
_LONG = ("x" * 1_000_000, "<b>" * 333_000, "é " * 500_000, "&" * 1_000_000)

INSOC, SKOS, SCHEMA = "https://w3id.org/insoc/ontology#", "http://www.w3.org/2004/02/skos/core#", "https://schema.org/"
TEXTS = (
    f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{SKOS}definition", f"{SKOS}notation", f"{SKOS}editorialNote",
    "http://purl.org/dc/terms/description", f"{SCHEMA}keywords", f"{SCHEMA}startDate", f"{SCHEMA}endDate", f"{INSOC}lesson",
    f"{INSOC}outcome", f"{INSOC}recommendation", f"{INSOC}siren", f"{INSOC}siret", f"{INSOC}rna", f"{INSOC}amount",
    f"{INSOC}statedPartnerCount", f"{INSOC}edition", "http://www.w3.org/ns/locn#fullAddress",
    "http://rdf.insee.fr/def/geo#codeINSEE",
)  # fmt: skip
KINDS = {"project": "Project", "actor": "Actor", "programme": "Programme", "event": "Event", "territory": "Territory"}


def hostile_values(count: int = 500, seed: int = 10) -> Iterator[str]:
    """So many different values: each of the list, the long ones, then several put together at random."""
    chance = random.Random(seed)
    known = [*(value for family in _FAMILIES for value in family), *_LONG]
    yield from known[:count]
    for number in range(count - len(known)):
        parts = [chance.choice(chance.choice(_FAMILIES)) for _ in range(chance.randint(2, 4))]
        yield f"{chance.choice(('', ' ', chr(34), chr(39)))}{''.join(parts)} {number}"


def hostile_quads(number: int, value: str) -> Iterator[ox.Quad]:
    """A thing of each kind whose every text is the value, tied to each other; the record says the same."""

    def iri(kind: str) -> ox.NamedNode:
        return ox.NamedNode(f"{BASE}id/{kind}/h{number}")

    record = ox.NamedNode(f"{BASE}id/record/reseau-clairiere/h{number}")
    typed = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for kind, name in KINDS.items():
        yield ox.Quad(iri(kind), typed, ox.NamedNode(INSOC + name))
        for prop in TEXTS:
            literal = ox.Literal(value, language="fr") if prop.endswith("Label") else ox.Literal(value)
            yield ox.Quad(iri(kind), ox.NamedNode(prop), literal)
        yield ox.Quad(iri(kind), ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom"), record)
        yield ox.Quad(iri(kind), ox.NamedNode("http://xmlns.com/foaf/0.1/homepage"), ox.Literal(value))
        yield ox.Quad(iri(kind), ox.NamedNode(f"{INSOC}territory"), iri("territory"))
    part = iri("participation")
    role = ox.NamedNode("https://w3id.org/insoc/concept/role/porteur")
    for prop, end in (
        ("actor", iri("actor")),
        ("project", iri("project")),
        ("role", role),
        ("underProgramme", iri("programme")),
    ):
        yield ox.Quad(part, ox.NamedNode(INSOC + prop), end)
    yield ox.Quad(part, typed, ox.NamedNode(f"{INSOC}Participation"))
    node = ox.NamedNode(f"{record.value}#project")
    yield ox.Quad(node, ox.NamedNode(f"{INSOC}describes"), iri("project"))
    for prop in TEXTS:
        yield ox.Quad(node, ox.NamedNode(prop), ox.Literal(value), record)
    yield ox.Quad(
        record,
        ox.NamedNode("http://www.w3.org/ns/prov#wasAttributedTo"),
        ox.NamedNode(f"{BASE}id/contributor/reseau-clairiere"),
    )
