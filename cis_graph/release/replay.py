"""Updates run on copies of a store: what they change, and whether that may be published."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cis_graph.errors import CisGraphError, QuerySyntaxFault, ReleaseFault
from cis_graph.rdf.iris import RDF, SKOS, Iris
from cis_graph.rdf.quads import lines
from cis_graph.rdf.updates import operations
from cis_graph.release.following import Derived, followed
from cis_graph.store.answering import Limits
from cis_graph.store.asking import Asker
from cis_graph.store.default_graph import about, cited, holds, in_default_graph, name, pointing_to
from cis_graph.store.embedded import EmbeddedStore, change_store
from cis_graph.store.workers import Served, Workers
from cis_graph.validation.judge import ShapeResult
from cis_graph.validation.shapes import ShapesName
from cis_graph.validation.validate import in_batches, validate_batches

_SHAPES: tuple[ShapesName, ...] = ("canonical", "reference")
_TYPES = (f"{RDF}type", f"{SKOS}inScheme")


@dataclass(frozen=True, slots=True)
class Effect:
    """The statements, as N-Quads lines, that an update adds and removes."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()

    def then(self, added: Iterable[str], removed: Iterable[str]) -> "Effect":
        """The effect of this and of what comes after it."""
        add, gone = set(self.added), set(self.removed)
        for line in removed:
            (add.remove if line in add else gone.add)(line)
        for line in added:
            (gone.remove if line in gone else add.add)(line)
        return Effect(frozenset(add), frozenset(gone))


class PatchRefused(ReleaseFault):
    """An update may not be published; ``french`` says it to the curator, ``results`` what breaks which shape."""

    def __init__(self, message: str, *, french: str, results: tuple[ShapeResult, ...] = ()) -> None:
        super().__init__(message)
        self.french = french
        self.results = results


class NothingChanges(PatchRefused):
    """What an update asks for is so already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How an update is run: its number among the patches, what it may take, the base of data IRIs."""

    number: int
    limits: Limits
    base: str


def attempt(update: str, store: Path, folder: Path, asked: Terms) -> tuple[Path, Effect]:
    """Runs an update on copies of ``store`` in ``folder``; the copy that holds its effect.

    Raises:
        NothingChanges: it leaves everything as it is.
        PatchRefused: it is not allowed, fails, or leaves something that breaks a shape.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        now, effect = asyncio.run(_attempted(update, store, folder, asked))
    except CisGraphError as error:
        where = f"line {error.line}: " if isinstance(error, QuerySyntaxFault) else ""
        raise PatchRefused(
            f"The update is refused: {where}{error}", french=f"La mise à jour est refusée : {where}{error}"
        ) from error
    if effect == Effect():
        raise NothingChanges(
            "The update changes nothing: what it speaks of is not there, or is so already",
            french="La mise à jour ne change rien : ce dont elle parle n'y est pas, ou l'est déjà",
        )
    now, effect = _followed(now, store, folder / "derived", effect, Iris(asked.base))
    _hold_to_shapes(EmbeddedStore(now), EmbeddedStore(store), effect)
    return now, effect


def _followed(now: Path, store: Path, folder: Path, effect: Effect, iris: Iris) -> tuple[Path, Effect]:
    """The copy and the effect with what is derived from what an update touched."""
    subjects = {name(quad.subject) for quad in in_default_graph(effect.added | effect.removed)}
    held = EmbeddedStore(now)
    fresh, gone = followed(Derived(EmbeddedStore(store), iris), Derived(held, iris), sorted(subjects))
    fresh, gone = {line for line in fresh if not holds(held, line)}, {line for line in gone if holds(held, line)}
    if not fresh and not gone:
        return now, effect
    change_store(folder, now, _changes(fresh, gone))
    return folder, effect.then(fresh, gone)


async def _attempted(update: str, store: Path, folder: Path, asked: Terms) -> tuple[Path, Effect]:
    effect, now = Effect(), store
    workers = Workers(lambda: Served(0, now), count=1, limits=asked.limits)
    try:
        for number, operation in enumerate(operations(update), 1):
            before = EmbeddedStore(now)
            found = await Asker(workers, Iris(asked.base).records).found(operation, f"p{asked.number}o{number}")
            gone = lines(quad for quad in found.removed - found.added if before.holds(quad))
            fresh = lines(quad for quad in found.added if not before.holds(quad))
            if gone or fresh:
                effect, last = effect.then(fresh, gone), now
                now = folder / f"{number}"
                change_store(now, last, _changes(fresh, gone))
    finally:
        await workers.close()
    return now, effect


def _changes(added: Iterable[str], removed: Iterable[str]) -> Iterable[tuple[bool, bytes]]:
    yield from ((False, f"{line}\n".encode()) for line in removed)
    yield from ((True, f"{line}\n".encode()) for line in added)


def _hold_to_shapes(now: EmbeddedStore, before: EmbeddedStore, effect: Effect) -> None:
    subjects = _touched(now, effect)
    found = _broken(now, subjects)
    if found and (new := found - _broken(before, subjects)):
        results = tuple(sorted(new, key=lambda one: (one.focus, one.rule, one.path or "", one.value or "")))
        raise PatchRefused(
            "The update breaks shapes: " + "; ".join(f"{one.focus} {one.message_en}" for one in results[:5]),
            french="La mise à jour enfreint des règles : "
            + " ; ".join(f"{one.focus} {one.message_fr}" for one in results[:5]),
            results=results,
        )


def _touched(now: EmbeddedStore, effect: Effect) -> Sequence[str]:
    """Subjects of what changed in the default graph; where a type changed, those too that point to them."""
    subjects, typed = set[str](), set[str]()
    for quad in in_default_graph(effect.added | effect.removed):
        subject = name(quad.subject)
        subjects.add(subject)
        if quad.predicate.value in _TYPES:
            typed.add(subject)
    return sorted(subjects.union(*(pointing_to(now, one) for one in typed)))


def _broken(store: EmbeddedStore, subjects: Sequence[str]) -> set[ShapeResult]:
    leading_to = sorted(set().union(*(cited(store, subject) for subject in subjects)))
    stubs = "\n".join(line for iri in leading_to for line in about(store, iri, _TYPES)).encode()
    batches = list(in_batches("\n".join(about(store, subject)).encode() for subject in subjects))
    return {
        result
        for shapes in _SHAPES
        for result in validate_batches(batches, stubs=stubs, shapes=shapes, processes=1)
        if result.severity == "violation"
    }
