"""``cis-graph new-mapper``: a mapper that already runs, from a sample."""

import argparse
import re
import sys
from importlib import invalidate_caches
from pathlib import Path

from cis_graph import mappers
from cis_graph.commands import DONE
from cis_graph.errors import SettingsError
from cis_graph.intake.draft.columns import Found, left_out, parts_of
from cis_graph.intake.draft.sample import Sample, sample_of
from cis_graph.intake.draft.writing import About, mapper_code, used_of
from cis_graph.intake.ground import resolution_of
from cis_graph.model.records import NO_LICENCE
from cis_graph.pipeline import project_house
from cis_graph.release.labelling import label_tables
from cis_graph.settings import Settings

_SHOWN = 60  # characters of a value
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("slug", metavar="SLUG", help="the source's name: small letters, figures, hyphens")
    parser.add_argument("sample", metavar="SAMPLE", help="a file as the source hands it over (CSV, XLSX, JSON, XML)")
    parser.add_argument("--contributor", help="whose source it is; its slug, that of the source by default")
    parser.add_argument("--title", help="the contributor's name")
    parser.add_argument("--homepage", default="https://example.org/")
    parser.add_argument("--licence", default=NO_LICENCE, help="an IRI; without one facts alone are published")
    parser.add_argument("--to", metavar="FOLDER", help="where the mapper goes, among the others by default")


def new_mapper(options: argparse.Namespace, settings: Settings) -> int:
    """Writes the mapper and tells what was found.

    Raises:
        SettingsError: the slug is none, or there is such a mapper.
        SourceFault: the sample cannot be read.
    """
    if not _SLUG.fullmatch(options.slug):
        raise SettingsError(f'"{options.slug}" is no slug: small letters, figures and hyphens, a letter first')
    folder = Path(options.to) if options.to else Path(mappers.__file__).parent
    path = folder / f"{options.slug.replace('-', '_')}.py"
    if path.exists():
        raise SettingsError(f"{path} is there already; take another slug, or remove it first")
    given = Path(options.sample)
    sample = sample_of(given.name, given.read_bytes())
    house = project_house(settings.base)
    found = parts_of(sample.table, resolution_of(house, label_tables(settings)))
    about = About(
        slug=options.slug,
        contributor=options.contributor or options.slug,
        title=options.title or options.slug.replace("-", " ").title(),
        homepage=options.homepage,
        licence=options.licence,
    )
    path.write_text(mapper_code(about, sample, found), encoding="utf-8")
    invalidate_caches()
    sys.stdout.writelines(f"{line}\n" for line in _told(path, options.slug, given, sample, used_of(found)))
    return DONE


def _told(path: Path, slug: str, given: Path, sample: Sample, found: tuple[Found, ...]) -> list[str]:
    ignored = len(sample.table.columns) - len(found)
    return [
        f"{len(sample.table.rows)} rows, {len(sample.table.columns)} columns: {len(found)} mapped, {ignored} ignored",
        *(f"  {one.column} -> {one.part} ({one.scheme or one.type})" for one in found),
        "ignored:",
        *(
            f"  {name} ({count} rows{f', such as: {value[:_SHOWN]}' if value else ''})"
            for name, count, value in left_out(sample.table, found)
        ),
        f"{path} is written. Then:",
        f"  cis-graph validate {given} --mapper {slug}",
        f"  three to ten rows of the sample into tests/mappers/{slug}/sample/{given.name}",
        f"  make golden ONLY={slug}",
    ]
