"""Hostile requests, the same for the same seed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
LOCAL = (
    "127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}", "[::ffff:127.0.0.1]:{port}", "0.0.0.0:{port}", "2130706433:{port}",
    "0x7f.1:{port}", "127.1:{port}", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[fe80::1]", "[::ffff:10.0.0.1]",
    "127.0.0.1:{port}/redirect",
)  # fmt: skip
ASKED_ELSEWHERE = (
    "SELECT * {{ SERVICE <http://{host}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <http://{host}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?g {{ <http://{host}/> }} SERVICE ?g {{ ?s ?p ?o }} }}",
    "PREFIX e: <http://{host}/> SELECT * {{ SERVICEe:x {{ ?s ?p ?o }} }}",
    "PREFIX e: <http://{host}/> SELECT * {{ \\u0053ERVICE e: {{ ?s ?p ?o }} }}",
    "BASE <http://{host}/> SELECT * {{ FILTER(trueSERVICE<x> {{ ?s ?p ?o }}) }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE SILENT <http://{host}/> {{ ?s ?p ?o }} }} }}",
    "SELECT * FROM <http://{host}/> {{ ?s ?p ?o }}",
    "LOAD <http://{host}/>",
    "LOAD SILENT <http://{host}/> INTO GRAPH <urn:g>",
)
BRACKETS = (("{", "}"), ("(", ")"), ("[", "]"), ("{ { } UNION {", "}"), ("OPTIONAL {", "}"), ("FILTER(!(", "))"))
Maker = Callable[[random.Random], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One request: what it tries, its content type and its body, and the form of answer it wants."""

    kind: str
    content: bytes
    content_type: str = QUERY
    accept: str = "application/sparql-results+json, application/n-triples;q=0.5"


def attacks(seed: int, count: int, port: int) -> Iterator[Attack]:
    """So many requests; those that ask elsewhere lead to a listener on ``port``, or where nobody should go."""
    chance = random.Random(seed)
    for number in range(count):
        if number % 10 == 9:
            yield _no_query(chance)
        elif number % 10 in {3, 6}:
            host = chance.choice(LOCAL).format(port=port)
            yield Attack(kind="elsewhere", content=chance.choice(ASKED_ELSEWHERE).format(host=host).encode())
        else:
            maker = chance.choice(MAKERS)
            attack = Attack(kind=maker.__name__, content=maker(chance).encode())
            yield replace(attack, accept="text/html") if number % 10 == 5 else attack


def product(chance: random.Random) -> str:
    """A cartesian product, streamed, counted or built."""
    triples = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(chance.randint(2, 7)))
    head = chance.choice(
        ["SELECT *", "SELECT (COUNT(*) AS ?n)", "SELECT DISTINCT ?a0 ?c1", "CONSTRUCT { ?a0 ?b1 ?c0 }", "ASK"]
    )
    return f"{head} {{ {triples} {'FILTER(?a0 = 1 && ?a1 = 2)' if head == 'ASK' else ''} }}"


def path(chance: random.Random) -> str:
    """A property path whose closure is everything, several times over."""
    bomb = "<urn:near>|^<urn:far>"
    for _ in range(chance.randint(1, 40)):
        bomb = chance.choice(["({})*", "({})+", "({0})/({0})*", "^({})*", "!(<urn:x>)|({})*"]).format(bomb[:2000])
    return f"SELECT (COUNT(*) AS ?n) {{ ?a ({bomb}) ?b . ?b ({bomb}) ?c }}"


def nesting(chance: random.Random) -> str:
    """Thousands of brackets of one kind, closed or not."""
    opening, closing = chance.choice(BRACKETS)
    depth = chance.choice([127, 500, 5000])
    shut = closing * depth if chance.random() < 0.7 else ""
    return f"SELECT * {{ {opening * depth} {shut} }}"


def growth(chance: random.Random) -> str:
    """A string that doubles again and again."""
    binds = " ".join(
        chance.choice(["BIND(CONCAT({0},{0}) AS {1})", "BIND(REPLACE({0}, '(.)', '$1$1$1') AS {1})"]).format(
            f"?x{n}", f"?x{n + 1}"
        )
        for n in range(chance.randint(10, 60))
    )
    return f"SELECT (STRLEN(?x1) AS ?n) {{ BIND('abcdefgh' AS ?x0) {binds} }}"


def gathering(chance: random.Random) -> str:
    """GROUP_CONCAT over a product."""
    separator = chance.choice(["", "; SEPARATOR = 'x'"])
    return f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d)){separator}) AS ?g) {{ ?a ?b ?c . ?d ?e ?f }}"


def values(chance: random.Random) -> str:
    """VALUES of megabytes, or just under the limit and joined with themselves."""
    many = "(1 2)" * chance.choice([40_000, 400_000])
    return f"SELECT * {{ VALUES (?a ?b) {{ {many} }} ?s ?p ?o }}"


def membership(chance: random.Random) -> str:
    """A list of tens of thousands of members, for each statement."""
    return f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({','.join(map(str, range(chance.choice([1000, 40_000]))))})) }}"


def regex(chance: random.Random) -> str:
    """A pattern that backtracks, or that compiles to millions of states."""
    pattern = chance.choice(["(a*)*b", "(a|a)*$", "((a{1,100}){1,100}){1,100}", "(.*)(.*)(.*)(.*)x", "[" * 500])
    return f"SELECT * {{ ?s <urn:says> ?o . ?t <urn:says> ?u FILTER(REGEX(CONCAT(?o, ?u), '{pattern}')) }}"


def sorting(chance: random.Random) -> str:
    """Everything with everything, in order, from far down."""
    return f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} ORDER BY ?c ?f DESC(?a) LIMIT {10 ** chance.randint(1, 18)} OFFSET {10 ** chance.randint(0, 18)}"


def exists(chance: random.Random) -> str:
    """A condition in a condition in a condition."""
    depth = chance.randint(3, 60)
    inner = "".join(f"FILTER EXISTS {{ ?s{n} ?p{n} ?o{n} . " for n in range(depth))
    return f"SELECT * {{ ?s ?p ?o . {inner} {'}' * depth} }}"


def aloud(chance: random.Random) -> str:
    """Characters that no query should hold."""
    return (
        "SELECT * { ?s ?p '"
        + chance.choice(["\0", "\ufffe", "\\uD800", "\u202e", "\x1b[2J", "\\U00110000"]) * 50
        + "' }"
    )


MAKERS: tuple[Maker, ...] = (
    product, product, path, path, nesting, growth, gathering, values, membership, regex, sorting, exists, aloud,
)  # fmt: skip


def _no_query(chance: random.Random) -> Attack:
    """What is no query at all."""
    kind, content = chance.choice(
        [
            (QUERY, b"\xff\xfe" * 100),
            (QUERY, b" " * 10_000_000),
            (QUERY, b"\0" * 1000),
            (FORM, b"query=%ff%fe"),
            (FORM, b"query=" + b"a" * 10_000_000),
            (FORM, b"&" * 100_000),
            (FORM, b"query=ASK{}&query=ASK{}"),
            ("application/json", b'{"query": "ASK {}"}'),
            ("multipart/form-data; boundary=x", b"--x\r\n" * 1000),
            ("application/sparql-update", b"DROP ALL"),
            ("", b"ASK {}"),
        ]
    )
    return Attack(kind="no query", content=content, content_type=kind)
