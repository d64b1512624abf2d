import pytest

from cis_graph.errors import SourceFault
from cis_graph.harvest import structured
from cis_graph.harvest.reading import read
from cis_graph.mapping.tables import JsonFile, Table, YamlFile


def json_rows(text: str | bytes, *records: str) -> Table:
    """What a JSON document reads as."""
    table = read(JsonFile(name="x.json", records=records), text.encode() if isinstance(text, str) else text)
    assert isinstance(table, Table)
    return table


def yaml_rows(text: str | bytes) -> Table:
    """What a YAML document reads as."""
    table = read(YamlFile(name="x.yml"), text.encode() if isinstance(text, str) else text)
    assert isinstance(table, Table)
    return table


def test_nested_objects_are_dotted_columns() -> None:
    """A feature's properties and point are columns of their own; columns come in the order first met."""
    table = json_rows(
        '{"features": [{"properties": {"name": "A", "tags": ["x", "y"]}, "geometry": {"coordinates": [2.5, 48]}},'
        ' {"properties": {"city": "Lyon"}}]}',
        "features",
    )
    assert table.columns == ("properties.name", "properties.tags", "geometry.coordinates", "properties.city")
    assert dict(table.rows[0]) == {
        "properties.name": "A",
        "properties.tags": "x;y",
        "geometry.coordinates": "2.5;48",
    }
    assert dict(table.rows[1]) == {"properties.city": "Lyon"}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("null", ""),
        ("true", "true"),
        ("12", "12"),
        ("12.0", "12"),
        ("12.50", "12.5"),
        ("[]", ""),
        ('[{"a": 1}]', '[{"a": 1}]'),
        ("[[1, 2], [3]]", "[[1, 2], [3]]"),
        ('"é\\u00e9"', "éé"),
        ('"\\ud800"', "?"),
    ],
)
def test_values_are_text(value: str, cell: str) -> None:
    """Whatever JSON holds is a text that can be written; lists of objects stay JSON."""
    assert json_rows(f'[{{"a": {value}}}]').rows[0]["a"] == cell


def test_what_is_no_object_is_a_row_that_will_be_noticed() -> None:
    """A text where a record should be keeps its row number and stands in a column of its own; null is a blank row."""
    table = json_rows('[{"a": "1"}, "two", null, [3]]')
    assert [dict(row) for row in table.rows] == [{"a": "1"}, {"(valeur)": "two"}, {}, {"(valeur)": "3"}]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not readable as JSON"),
        ("{", "not readable as JSON"),
        ('{"a": 1}', "no list of records at the top"),
        ('[{"a": NaN}]', "NaN is no number"),
        ('[{"a": -Infinity}]', "-Infinity is no number"),
        ('[{"a": 1, "a": 2}]', '"a" stands twice'),
        ('[{"a.b": 1, "a": {"b": 2}}]', '"a.b" stands twice'),
        ('[{"a": ' + "9" * 5000 + "}]", "not readable as JSON"),
        ('[{"a": ' + "[" * 100_000 + "]" * 100_000 + "}]", "levels within each other"),
        ('[{"a": ' + "[" * 40 + "]" * 40 + "}]", "levels within each other"),
        ('{"a": ' * 40 + "1" + "}" * 40, "no list of records"),
        ("[" + '{"a": ' * 40 + "1" + "}" * 40 + "]", "levels within each other"),
    ],
)
def test_hostile_json_fails_the_source(text: str, says: str) -> None:
    """What cannot be read safely is refused whole, and said."""
    with pytest.raises(SourceFault, match=says):
        json_rows(text)


def test_a_number_beyond_all_numbers_is_no_number() -> None:
    """1e999 is text that no coordinate or amount accepts, not a crash."""
    assert json_rows('[{"a": 1e999}]').rows[0]["a"] == "inf"


def test_the_list_is_where_it_was_said_to_be() -> None:
    """A document whose list moved fails the source."""
    with pytest.raises(SourceFault, match="no list of records at features"):
        json_rows('{"items": []}', "features")


def test_json_is_utf_8() -> None:
    """A mark is passed over; other encodings are refused, for JSON has one."""
    assert json_rows(b'\xef\xbb\xbf[{"a": "\xc3\xa9"}]').rows[0]["a"] == "é"
    with pytest.raises(SourceFault, match="not readable as UTF-8"):
        json_rows(b'[{"a": "\xe9"}]')


def test_too_many_columns_fail_the_source() -> None:
    """A document whose objects each have keys of their own would fill the report with columns."""
    text = "[" + ",".join(f'{{"k{number}": 1}}' for number in range(structured.MOST_COLUMNS + 1)) + "]"
    with pytest.raises(SourceFault, match="columns"):
        json_rows(text)


def test_too_large_a_document_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Size is checked before anything is read."""
    monkeypatch.setattr(structured, "LARGEST_JSON", 10)
    monkeypatch.setattr(structured, "LARGEST_YAML", 10)
    for reading in (json_rows, yaml_rows):
        with pytest.raises(SourceFault, match="more than 10 bytes"):
            reading("[" + " " * 20 + "]")


def test_a_yaml_record_stands_under_its_key() -> None:
    """The key is a column; lists of words are joined, lists of objects are JSON."""
    table = yaml_rows(
        "Défi A:\n  titre: A\n  mots: [x, y]\n  faits:\n  - n: 1\nDéfi B:\n  titre: B\n  site:\n    url: u\n"
    )
    assert table.columns == ("(clé)", "titre", "mots", "faits", "site.url")
    assert dict(table.rows[0]) == {"(clé)": "Défi A", "titre": "A", "mots": "x;y", "faits": '[{"n": "1"}]'}
    assert dict(table.rows[1]) == {"(clé)": "Défi B", "titre": "B", "site.url": "u"}


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("01000", "01000"),
        ("no", "no"),
        ("2019-02-01", "2019-02-01"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        (".nan", ".nan"),
        ("null", ""),
        ("~", ""),
        ("", ""),
        ('"null"', "null"),
        ("!!python/object/apply:os.system [ls]", "ls"),
        ("!!int nine", "nine"),
        ("!!binary aGVsbG8=", "aGVsbG8="),
        ('"\\ud800"', "?"),
    ],
)
def test_yaml_scalars_stay_as_they_are_written(written: str, cell: str) -> None:
    """A postcode is no octal number, a country no boolean, and a tag makes nothing run."""
    assert yaml_rows(f"k:\n  a: {written}\n").rows[0]["a"] == cell


def test_an_alias_repeats_what_it_names() -> None:
    """Honest aliases are read; a merge is a column that will be noticed."""
    table = yaml_rows("a: &a\n  x: 1\nb: *a\nc:\n  <<: *a\n")
    assert [dict(row) for row in table.rows] == [
        {"(clé)": "a", "x": "1"},
        {"(clé)": "b", "x": "1"},
        {"(clé)": "c", "<<.x": "1"},
    ]


LAUGHS = "a0: &a0 [lol, lol]\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 10)}]\n" for number in range(1, 12)
)
CHAIN = "a0: &a0 {x: 1}\n" + "".join(f"a{number}: &a{number} {{x: *a{number - 1}}}\n" for number in range(1, 1500))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LAUGHS, "more than"),
        ("a: &a [*a]\n", "more than"),
        (CHAIN, "levels within each other"),
        ("a: " + "[" * 10_000 + "\n", "levels within each other"),
        ("a:\n  b: 1\n  b: 2\n", '"b" stands twice'),
        ("a: 1\na: 2\n", '"a" stands twice'),
        ("a:\n  (clé): 2\n", "stands twice"),
        ("- a\n- b\n", "no mapping at the top"),
        ("", "no mapping at the top"),
        ("a: *nobody\n", "not readable as YAML"),
        ("a: 'never closed\n", "not readable as YAML"),
        ("a: 1\n---\nb: 2\n", "not readable as YAML"),
        ("? [1]\n: 2\n", "not readable as YAML"),
        ("a: \x00\n", "not readable as YAML"),
    ],
)
def test_hostile_yaml_fails_the_source(text: str, says: str) -> None:
    """Bombs, cycles, depth, twins and fragments are refused whole, and said."""
    with pytest.raises(SourceFault, match=says):
        yaml_rows(text)


def test_what_is_no_mapping_under_a_key_is_a_row_that_will_be_noticed() -> None:
    """A key with a text alone keeps its key; without its needed columns it will be set aside."""
    assert dict(yaml_rows("a: alone\n").rows[0]) == {"(clé)": "a", "(valeur)": "alone"}
