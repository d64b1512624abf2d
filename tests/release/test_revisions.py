from pathlib import Path

from cis_graph.mapping.source import Source
from cis_graph.mapping.tables import CsvFile
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.quads import Context
from cis_graph.rdf.told import say, tell
from cis_graph.release.parts import Parts
from cis_graph.release.revisions import record_parts
from tests.support.making import LICENCE, project, record

IRIS = Iris("https://carrefour.example/")
KEYS = ("10", "1", "1!", "1-", "1.2", "1/2", "é", "%", "~", "A", "a", "1#", '1"', "empty")


def source(slug: str) -> Source:
    """A source that hands over one file."""
    file = CsvFile(name="a.csv")
    return Source(slug=slug, contributor=slug, title=slug, homepage="https://a.example/", licence=LICENCE,
                  data=(file,), at_least=1)  # fmt: skip


def test_records_stand_in_order_whatever_their_names(tmp_path: Path) -> None:
    """The part of records is sorted, each line once, though records come in any order and names begin alike."""
    told = []
    for slug in ("b", "a-b", "a"):
        records = [record(slug, key, *([project("p"), project("p-2")] if key != "empty" else [])) for key in KEYS]
        said = say(records, Context(), IRIS)
        told += [tell(one, what, source(slug), IRIS, "") for one, what in zip(records, said, strict=True)]
    parts = Parts(tmp_path)
    parts.write("records", record_parts(told, (), None, IRIS)["records"])  # type: ignore[arg-type]  # no revision
    written = (tmp_path / "records.nq").read_bytes().splitlines()

    assert written == sorted({line.encode() for one in told for line in one.statements})
    assert len(written) > len(KEYS)
