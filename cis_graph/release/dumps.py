"""The dumps of a published release: whole, for each contributor, the network; packed, with checksums and licences."""

import gzip
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from cis_graph.model.releases import DumpFile
from cis_graph.rdf.conversion import rewritten
from cis_graph.rdf.iris import DCTERMS
from cis_graph.release.description import DUMP_FORMATS
from cis_graph.release.network_dumps import network_dumps
from cis_graph.release.parts import DEFAULT_GRAPH, PARTS, Parts
from cis_graph.release.writing import writing

ALL = "all"
CHECKSUMS = "SHA256SUMS"
LICENCES = "LICENCES.txt"
_NOTE = "The dataset as a whole: Licence Ouverte 2.0 (etalab-2.0). Records, under what their contributor says:"
_LEVEL = 6
_UNDER_WAY = ".writing-"


def dump_place(release: Path) -> Path:
    """Where the dumps of a release stand."""
    return release.parent.parent / "dumps" / release.name


def write_dumps(release: Path, base: str, also: Callable[[Path, Path], None] | None = None) -> Path:
    """Writes every dump of a release, which appear together; nothing is done where they are there already.

    ``also`` is given the release and the folder, and writes more files there.

    Raises:
        FolderBusy: another process writes dumps there.
    """
    place = dump_place(release)
    if place.exists():
        return place
    with writing(place.parent, "dump"):
        _sweep(place.parent, release.parent)
        with tempfile.TemporaryDirectory(prefix=_UNDER_WAY, dir=place.parent) as under_way:
            folder = Path(under_way) / "dumps"
            folder.mkdir()
            if also is not None:
                also(release, folder)
            _write(Parts(release / PARTS), network_dumps(release), folder, base)
            folder.rename(place)
    return place


def _sweep(dumps: Path, releases: Path) -> None:
    """Removes the dumps of releases that are gone, and what writers that were killed left behind."""
    for old in dumps.iterdir():
        if old.name.startswith(_UNDER_WAY) or (old.name.isdecimal() and not (releases / old.name).exists()):
            shutil.rmtree(old)


def read_dumps(place: Path) -> tuple[DumpFile, ...]:
    """The files of a release's dumps, by name; empty where they are not written yet."""
    if not (place / CHECKSUMS).exists():
        return ()
    lines = (line.split("  ", 1) for line in (place / CHECKSUMS).read_text(encoding="ascii").splitlines())
    return tuple(
        DumpFile(name=name, size=(place / name).stat().st_size, sha256=digest, path=place / name)
        for digest, name in lines
    )


def _write(parts: Parts, network: Iterable[tuple[str, bytes]], folder: Path, base: str) -> None:
    provenance = list(parts.merged(["provenance"]))
    with ExitStack() as stack:
        whole = stack.enter_context(_packed(folder / f"{ALL}.nq.gz"))
        own: dict[str, IO[bytes]] = {}
        for line in parts.merged():
            whole.write(line)
            slug = _contributor(line, base)
            if slug:
                if slug not in own:
                    own[slug] = stack.enter_context(_packed(folder / f"{slug}.nq.gz"))
                own[slug].write(line)
    for quads in sorted(folder.glob("*.nq.gz")):
        _in_other_formats(quads, parts)
    for name, content in network:
        with _packed(folder / f"{name}.gz") as out:
            out.write(content)
    (folder / LICENCES).write_text(_licences(provenance, base), encoding="utf-8")
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir()))
    (folder / CHECKSUMS).write_text("".join(list(sums)), encoding="ascii")


def _in_other_formats(quads: Path, parts: Parts) -> None:
    """The same in the other formats; Turtle of the whole holds the default graph alone."""
    for extension, media_type in DUMP_FORMATS.items():
        target = quads.with_name(quads.name.replace(".nq.", f".{extension}."))
        if target == quads:
            continue
        if target.name == f"{ALL}.ttl.gz":
            with tempfile.TemporaryFile() as plain, _packed(target) as out:
                plain.writelines(parts.merged(DEFAULT_GRAPH))
                plain.seek(0)
                rewritten(plain, out, media_type)
        else:
            with gzip.open(quads, "rb") as packed, _packed(target) as out:
                rewritten(cast("IO[bytes]", packed), out, media_type)


@contextmanager
def _packed(path: Path) -> Iterator[IO[bytes]]:
    """A gzip file without the time or the name of anything, so that the same lines give the same bytes."""
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=_LEVEL, mtime=0) as target,
    ):
        yield cast("IO[bytes]", target)


def _contributor(line: bytes, base: str) -> str:
    """The contributor of whom a line is: what its records say, and what is said of them and of itself."""
    for folder in (f"<{base}id/record/", f"<{base}id/contributor/"):
        if line.startswith(folder.encode()):
            return line[len(folder) :].split(b">", 1)[0].split(b"/", 1)[0].decode()
    return ""


def _licences(provenance: Iterable[bytes], base: str) -> str:
    told = []
    for line in provenance:
        subject, prop, rest = line.decode().split(" ", 2)
        if subject.startswith(f"<{base}id/contributor/") and prop in {f"<{DCTERMS}license>", f"<{DCTERMS}rights>"}:
            told.append(f"{subject[1:-1].rpartition('/')[2]}: {rest.strip(' .<>' + chr(10))}")
    return "\n".join([_NOTE, *sorted(told), ""])
