"""The code of a mapper, from what was found in a sample."""

import re
import textwrap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from cis_graph.intake.draft.columns import Found
from cis_graph.intake.draft.sample import Sample, literal

_WIDTH = 105  # of a line of column names, which a comment may follow
_VALUES = ("Amount", "Degrees", "FrenchDate", "Listed", "RnaNumber", "SirenNumber", "SiretNumber", "Site", "Text")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a sample cannot say of its source."""

    slug: str
    contributor: str
    title: str
    homepage: str
    licence: str


def mapper_code(about: About, sample: Sample, found: tuple[Found, ...]) -> str:
    """A module that reads the sample: columns with a part are mapped, all others ignored by name."""
    parts = {one.part: one for one in found}
    is_actor, body, used = _tells_of_actors(parts), _body(parts), used_of(found)
    keyed = "key" not in parts
    return "\n".join(
        [
            f'"""{about.slug}: {"actors" if is_actor else "projects"}, from a draft; say here what it is."""\n',
            *_imports(sample, body, used, keyed=keyed),
            *_source(about, sample),
            *_row(sample, used),
            *(_says() if keyed else ()),
            f"def to_record({'told: keys.Keyed' if keyed else 'row: Row'}) -> Record:",
            f'    """The {"structure" if is_actor else "project"} of a row."""',
            *(["    row: Row = told.row"] if keyed else []),
            body,
            "\n",
            f"MAPPER = Mapper(SOURCE, (Row,), to_record{', keys.keyed(says)' if keyed else ''})",
            "",
        ]
    )


def used_of(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The columns that the record tells; what tells of projects has no place in a structure."""
    body = _body({one.part: one for one in found})
    return tuple(one for one in found if re.search(rf"\brow\.{one.part}\b", body))


def _body(parts: Mapping[str, Found]) -> str:
    return "\n".join(_actor(parts) if _tells_of_actors(parts) else _project(parts))


def _tells_of_actors(parts: Collection[str]) -> bool:
    """A row with an address or an identifier, and no date or description, is of somebody rather than something."""
    is_located = not {"street", "siret", "siren", "rna", "latitude", "postcode"}.isdisjoint(parts)
    return is_located and {"started", "description", "themes"}.isdisjoint(parts)


def _imports(sample: Sample, body: str, used: tuple[Found, ...], *, keyed: bool) -> Iterator[str]:
    kinds = {one.type for one in used}
    modules = [name for name, used in (("keys", keyed), ("postal", "postal." in f"{body}{kinds}")) if used]
    if modules:
        yield f"from cis_graph.mapping import {', '.join(modules)}"
    if "led(" in body:
        yield "from cis_graph.mapping.leading import led"
    yield "from cis_graph.mapping.row import SourceRow, column"
    yield "from cis_graph.mapping.source import Mapper, Source"
    yield f"from cis_graph.mapping.tables import {type(sample.file).__name__}"
    yield f"from cis_graph.mapping.values import {', '.join(name for name in _VALUES if name in kinds)}"
    made = [name for name in ("Actor", "Label", "Project") if f"{name}(" in body]
    yield f"from cis_graph.model.records import {', '.join(sorted([*made, 'Record']))}"
    yield ""


def _source(about: About, sample: Sample) -> Iterator[str]:
    told = [f"{name}={literal(getattr(about, name))}" for name in about.__dataclass_fields__]
    yield "SOURCE = Source("
    yield f"    {', '.join(told[:3])},"
    yield f"    {', '.join(told[3:])},"
    yield f"    data=({sample.code},),"
    yield "    at_least=1,"
    yield ")  # fmt: skip\n\n"


def _row(sample: Sample, found: tuple[Found, ...]) -> Iterator[str]:
    mapped = {one.column for one in found}
    ignored = [literal(name) for name in sample.table.columns if name not in mapped]
    yield "class Row(SourceRow):"
    yield '    """One row, under the source\'s own column names; what is ignored may well be worth mapping."""\n'
    if ignored:
        lines = textwrap.fill(
            ", ".join(name.replace(" ", "\0") for name in ignored),
            _WIDTH,
            initial_indent="    ignored = frozenset({",
            subsequent_indent="        ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield f"{lines}}})  # fmt: skip\n".replace("\0", " ")
    for one in found:
        needed = one.part in {"key", "title"}
        kind = one.type if needed else f"{one.type} | None"
        yield f"    {one.part}: {kind} = column({literal(one.column)})"
    yield "\n"


def _says() -> Iterator[str]:
    yield "def says(row: Row) -> str:"
    yield '    """What tells one row from another, for want of an identifier."""'
    yield "    return keys.identity(*(value for _, value in row))"
    yield "\n"


def _key(parts: Mapping[str, Found]) -> str:
    return "row.key" if "key" in parts else "told.key"


def _modified(parts: Mapping[str, Found]) -> str:
    return ", modified=row.modified" if "modified" in parts else ""


def _places(parts: Mapping[str, Found]) -> Iterator[str]:
    code, town = ("row.postcode" if "postcode" in parts else "None", "row.town" if "town" in parts else "None")
    if {"postcode", "town"} & set(parts):
        yield f"places=postal.places({code}, {town}),"
    if {"latitude", "longitude"} <= set(parts):
        yield "coordinates=postal.points(row.latitude, row.longitude),"


def _actor(parts: Mapping[str, Found]) -> Iterator[str]:
    yield "    structure = Actor("
    yield '        node="structure",'
    yield "        label=row.title,"
    yield from (f"        {line}" for line in _places(parts))
    if "street" in parts:
        code, town = (f"row.{name}" if name in parts else "None" for name in ("postcode", "town"))
        yield f"        address=postal.address(row.street, {code}, {town}),"
    yield from _identity(parts)
    yield "    )"
    yield f"    return SOURCE.record({_key(parts)}, actors=(structure,){_modified(parts)})"


def _identity(parts: Mapping[str, Found]) -> Iterator[str]:
    if "kind" in parts:
        yield '        actor_type=Label(text=row.kind, scheme="actor-type") if row.kind else None,'
    yield from (f"        {name}=row.{name}," for name in ("siret", "siren", "rna") if name in parts)
    if "site" in parts:
        yield "        homepage=row.site,"


def _project(parts: Mapping[str, Found]) -> Iterator[str]:
    plain = {"description": "description", "started": "started", "ended": "ended", "homepage": "site"}
    yield "    project = Project("
    said = [
        'node="project"',
        "label=row.title",
        *(f"{name}=row.{part}" for name, part in plain.items() if part in parts),
    ]
    yield f"        {', '.join(said)},"
    yield from (f"        {line}" for line in _places(parts))
    for name in ("theme", "audience", "method"):
        if f"{name}s" in parts:
            yield f'        {name}s=tuple(Label(text=text, scheme="{name}") for text in row.{name}s or ()),'
    yield "    )  # fmt: skip"
    if "lead" not in parts:
        yield f"    return SOURCE.record({_key(parts)}, projects=(project,){_modified(parts)})"
        return
    known = "".join(f", {name}=row.{name}" for name in ("siret", "siren", "rna") if name in parts)
    yield f'    lead = Actor(node="lead", label=row.lead{known}) if row.lead else None'
    yield f"    return led(SOURCE, {_key(parts)}, project, lead{_modified(parts)})"
