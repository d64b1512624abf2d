"""``cis-graph validate``: what would become of a file, nothing kept."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cis_graph.commands import DATA_SAY_NO, DONE
from cis_graph.errors import SettingsError
from cis_graph.harvest.reading import LARGEST_FILE
from cis_graph.intake.examine import examined_files
from cis_graph.intake.ground import Ground
from cis_graph.intake.telling import json_text, lines
from cis_graph.mappers import discovered
from cis_graph.mapping.source import Mapper, Source
from cis_graph.pipeline import project_house
from cis_graph.rdf.report import shacl_report
from cis_graph.release.labelling import label_tables
from cis_graph.settings import Settings


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="the source's file, all of its files, or their folder")
    parser.add_argument("--mapper", required=True, metavar="SLUG", help="the source that the file is of")
    parser.add_argument("--format", choices=("text", "json", "ttl"), default="text", help="ttl: a SHACL report")
    parser.add_argument("--language", choices=("fr", "en"), default="fr")


def validate(options: argparse.Namespace, settings: Settings) -> int:
    """Tells what would become of the file; 1 where something of it would be set aside.

    Raises:
        SettingsError: there is no such mapper, or the files are not those of its source.
        OSError: a file cannot be read.
    """
    mapper = mapper_named(options.mapper)
    files = _files(mapper.source, [Path(name) for name in options.files])
    house = project_house(settings.base)
    examined = examined_files(mapper, files, Ground.of(house, label_tables(settings)), processes=2)
    if options.format == "json":
        sys.stdout.write(json_text(examined) + "\n")
    elif options.format == "ttl":
        report = shacl_report(examined.contributor, examined.findings, house.iris, "ttl")
        sys.stdout.write(report.decode())
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(examined, options.language))
    return DONE if examined.conforms else DATA_SAY_NO


def mapper_named(slug: str) -> Mapper:
    """The mapper of the source with this slug.

    Raises:
        SettingsError: there is none.
    """
    known = {mapper.source.slug: mapper for mapper in discovered()}
    if slug not in known:
        raise SettingsError(f"no mapper {slug}; there are {', '.join(known)}")
    return known[slug]


def _files(source: Source, paths: Sequence[Path]) -> Mapping[str, bytes]:
    """The files by the names that the source declares; a single file may have any name."""
    names = [file.name for file in source.data]
    if len(paths) == 1 and paths[0].is_dir():
        paths = [paths[0] / name for name in names]
    if len(names) == 1 and len(paths) == 1:
        return {names[0]: _bytes(paths[0])}
    given = {path.name: path for path in paths}
    if set(given) != set(names):
        raise SettingsError(f"{source.slug} has the files {', '.join(names)}; give all of them, or their folder")
    return {name: _bytes(path) for name, path in given.items()}


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        raise SettingsError(f"{path}: more than {LARGEST_FILE} bytes; cut it in parts")
    return path.read_bytes()
