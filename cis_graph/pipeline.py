"""The stations in order, one call each: from snapshots to a release on the shelf."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack
from functools import cache, partial
from pathlib import Path

from cis_graph.concepts.meaning import by_meaning
from cis_graph.errors import ReleaseFault, SettingsError, SourceFault
from cis_graph.harvest.bundled import is_bundled
from cis_graph.harvest.client import Client
from cis_graph.harvest.gather import gathered
from cis_graph.harvest.snapshots import Snapshots
from cis_graph.harvest.state import SourceState, source_state
from cis_graph.intake.ground import resolution_of
from cis_graph.mappers import discovered
from cis_graph.mapping.source import Mapper
from cis_graph.memory import Memory, software
from cis_graph.model.findings import Finding
from cis_graph.model.releases import ReleaseInformation
from cis_graph.processes import looking_at_the_young, processors
from cis_graph.rdf.iris import Iris
from cis_graph.rdf.quads import Context
from cis_graph.rdf.reference import stub_lines, vocabulary_lines
from cis_graph.rdf.schemes import load_schemes
from cis_graph.reconciliation.apart import Apart, matching_apart
from cis_graph.reconciliation.compared import Comparing
from cis_graph.reconciliation.forked import in_processes
from cis_graph.reconciliation.ledger import Ledger
from cis_graph.reconciliation.matching import Matcher
from cis_graph.reconciliation.reading import Geography
from cis_graph.reconciliation.reconcile import reconciled
from cis_graph.reconciliation.remembered import Comparisons
from cis_graph.release.assemble import assemble, begin
from cis_graph.release.contents import contents
from cis_graph.release.curation import CURATORS, Curation, revise
from cis_graph.release.datasets import stage
from cis_graph.release.desk import Desk
from cis_graph.release.dumps import write_dumps
from cis_graph.release.house import House
from cis_graph.release.information import read_findings, read_information, write_findings
from cis_graph.release.labelling import label_tables
from cis_graph.release.makings import Follows
from cis_graph.release.merging import merged
from cis_graph.release.patches import Patches
from cis_graph.release.reading import Maker, Read, reading_apart
from cis_graph.release.shelf import Shelf
from cis_graph.release.tables import write_tables
from cis_graph.release.tables_beside import tables_beside
from cis_graph.release.taking_in import TakenIn, take_in
from cis_graph.release.telling import Teller, ground
from cis_graph.release.totals import Last
from cis_graph.release.writing import alone
from cis_graph.resources import CURATION, DEMONSTRATION
from cis_graph.settings import Settings
from cis_graph.store.answering import Limits
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.validation.verdicts import Verdicts

Say = Callable[[str], None]


@alone("harvest")
def harvest(settings: Settings, mappers: Iterable[Mapper], say: Say, bundle: Path = DEMONSTRATION) -> bool:
    """Keeps what each source hands over; whether every source could be harvested."""
    snapshots = Snapshots(settings.data / "snapshots")
    fine = True
    with ExitStack() as stack:

        @cache
        def client() -> Client:
            return stack.enter_context(Client(settings.data / "http-cache.sqlite", allowed=settings.harvest_allow))

        for mapper in mappers:
            try:
                snapshot, new = gathered(
                    mapper.source, snapshots, inbox=settings.data / "inbox", bundle=bundle, client=client
                )
                say(f"{mapper.source.slug}: {'new' if new else 'unchanged'}, snapshot {snapshot.sha256[:12]}")
            except SourceFault as fault:
                fine = False
                say(str(fault))
    return fine


@alone("build")
@looking_at_the_young()
def build(
    settings: Settings, mappers: Iterable[Mapper], say: Say, *, curation: Path = CURATION, house: House | None = None
) -> ReleaseInformation:
    """Runs every station and puts a new release on the shelf, not yet current; ``house`` is that of the project.

    Raises:
        ReleaseFault: the ledger or a decision cannot be read.
    """
    shelf, log, mappers = Shelf(settings.data), settings.data / "ledger.jsonl", tuple(mappers)
    house, before = house or project_house(settings.base), shelf.current_place()
    last, tables = Last.of(before, settings.base), label_tables(settings, curation)
    decisions, matcher = Desk(settings, curation).decisions(), _matcher(house, settings)
    with (
        tables_beside(house, before, goes_on=bool(last.makings)) as made,
        matching_apart(matcher, decisions) as matching,
        Memory.opened(settings.data / "cache" / "records.db", *ground(house, tables)) as memory,
    ):
        maker = Maker(house, partial(resolution_of, house, tables, by_meaning()), memory, matcher.aliases)
        reading = reading_apart(_states(settings, shelf, mappers, say), maker)
        teller = Teller(house, memory, last.states.get, matching.hear)
        states, told, findings, heard, matched = _taken_in(settings, mappers, reading, teller, matching, say)
        number, place = _begun(shelf, before, findings)  # while records are matched
        del findings
        ledger = Ledger.load(log)
        found = reconciled(heard, matched, decisions, ledger, number, then=partial(made.begin, place))
        follows = Follows.of(told, found, last.makings)
        entities = merged(place, told, found, follows.changed, partial(made.passing, changed=follows.changed))
        say(f"{len(told)} records, {len(found.clusters)} entities: writing release {number}")
        said = contents(states, told, found, entities, house, follows=follows, last=last)
        said, grown = said.following(made.parts(), made.counts), found.ledger
        del told, found, entities, heard, matched, follows  # they go as soon as they are written
        information = assemble(place, number, said, house, settings, before=before, curation=_curation(settings))
        made.wait()
    _tell_curators(place, say)
    grown.append_to(log, ledger)
    shelf.finish(number, place)
    return information


@alone("publish")
def publish(settings: Settings, number: int | None = None) -> int:
    """Makes a release current, the newest where no number is given; those over ``keep_releases`` go.

    Raises:
        ReleaseFault: there is no such release, or it did not pass its checks.
    """
    shelf = _shelf(settings)
    if number is None:
        number = next(iter(shelf.numbers()), None)
    if number is None:
        raise ReleaseFault("There is no release to publish; build one first")
    shelf.publish(number)
    shelf.keep(settings.keep_releases)
    return number


@alone("patch")
def patch(settings: Settings, update: str, *, who: str, why: str) -> ReleaseInformation:
    """Copies the current release, changes it as a SPARQL Update says, and publishes it; each build replays the update.

    Raises:
        PatchRefused: the update is not allowed, changes nothing or breaks a shape; nothing is left of it.
        ReleaseFault: nothing is published yet, or who or why is not said.
    """
    shelf, patches = _shelf(settings), _patches(settings)
    one = patches.draft(update, who=who, why=why)
    information, place = revise(shelf, one, _limits(settings))
    patches.keep(one, place)
    try:
        shelf.finish(information.number, place)
        shelf.publish(information.number)
    except BaseException:
        patches.drop(one)
        shelf.drop(information.number)
        raise
    shelf.keep(settings.keep_releases)
    return information


@alone("rollback")
def rollback(settings: Settings, number: int | None = None) -> int:
    """Makes an older release current, the one before the current where no number is given.

    Raises:
        ReleaseFault: there is no such release.
    """
    return _shelf(settings).rollback(number)


def dump(settings: Settings) -> Path:
    """Writes the dumps of the current release, unless they are there; their folder.

    Raises:
        ReleaseFault: nothing is published yet.
    """
    place = Shelf(settings.data).served_place()
    return write_dumps(place, read_information(place).base, write_tables)


def ensure_release(settings: Settings, say: Say) -> None:
    """Harvests, builds and publishes where nothing is published yet."""
    if Shelf(settings.data).current_number() is None:
        mappers = tuple(mapper for mapper in discovered() if is_bundled(mapper.source, DEMONSTRATION))
        harvest(settings, mappers, say)
        build(settings, mappers, say)
        say(f"release {publish(settings)} is published")


def project_house(base: str) -> House:
    """All territories, schemes and words of the project, with data IRIs under ``base``."""
    return House(
        iris=Iris(base),
        gazetteer=Gazetteer.load(),
        schemes=load_schemes(),
        vocabulary=frozenset(vocabulary_lines()),
        context=Context(),
    )


def _matcher(house: House, settings: Settings) -> Matcher:
    ground = software() + house.gazetteer.fingerprint.encode()
    memory = None if settings.spark else Comparisons(settings.data / "cache", ground)
    return Matcher.load(CURATION, Geography.of(house.gazetteer), comparing(settings), memory)


def comparing(settings: Settings) -> Comparing:
    """Where pairs are compared: on this machine, or on the Spark cluster that the settings name.

    Raises:
        SettingsError: they name one, and the library for it is not installed.
    """
    if not settings.spark:
        return in_processes(processors())
    try:
        from cis_graph.reconciliation.spark import on_spark  # noqa: PLC0415 - an extra that few install
    except ImportError as error:
        raise SettingsError(f"CIS_SPARK asks for what is not installed ({error.name}): add cis-graph[spark]") from error
    return on_spark(settings.spark)


def _states(settings: Settings, shelf: Shelf, mappers: Iterable[Mapper], say: Say) -> Iterable[SourceState]:
    """Of the sources that were ever harvested, each made when it is asked for and held by nobody here."""
    snapshots, current = Snapshots(settings.data / "snapshots"), shelf.current_number()
    good = shelf.information(current).inputs if current in shelf.numbers() else {}
    harvested = list[Mapper]()
    for mapper in mappers:
        if mapper.source.slug in good or snapshots.is_known(mapper.source.slug):
            harvested.append(mapper)
        else:
            say(f"{mapper.source.slug}: never harvested, left out")
    return (source_state(mapper, snapshots, good.get(mapper.source.slug)) for mapper in harvested)


def _taken_in(
    settings: Settings,
    mappers: Iterable[Mapper],
    reading: AbstractContextManager[Iterable[Read]],
    teller: Teller,
    matching: Apart,
    say: Say,
) -> TakenIn:
    stubs = _stubs(mappers, teller.house)
    with reading as read, Verdicts.opened(settings.data / "cache" / "verdicts.db", stubs) as verdicts:
        return take_in(_said(read, say), teller, stubs, verdicts, matching)


def _said(read: Iterable[Read], say: Say) -> Iterable[Read]:
    for some in read:
        if isinstance(some, SourceState):
            say(f"{some.source.slug}: {some.rows.read} rows, {some.count} records, {len(some.findings)} findings")
        yield some


def _begun(shelf: Shelf, before: Path | None, findings: Iterable[Finding]) -> tuple[int, Path]:
    """A new release that has its findings, and says what the one before says."""
    number, place = shelf.new()
    begin(place, before)
    write_findings(place, findings)
    return number, place


def _tell_curators(place: Path, say: Say) -> None:
    for finding in read_findings(place, CURATORS):
        say(finding.message_en)


def _stubs(mappers: Iterable[Mapper], house: House) -> bytes:
    contributors = {mapper.source.contributor for mapper in mappers}
    return stub_lines(house.vocabulary, house.gazetteer.territories, sorted(contributors), house.iris)


def _shelf(settings: Settings) -> Shelf:
    """The shelf, which puts a release where it is served from before it becomes current."""
    return Shelf(settings.data, stage=partial(stage, settings))


def _patches(settings: Settings) -> Patches:
    return Patches(settings.data / CURATORS)


def _curation(settings: Settings) -> Curation:
    return Curation(patches=tuple(_patches(settings).every()), limits=_limits(settings), base=settings.base)


def _limits(settings: Settings) -> Limits:
    return Limits(seconds=settings.query_timeout, memory=settings.query_memory)
