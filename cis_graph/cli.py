"""The command line: one command a station, and what operators need.

Exit codes: 0 done, 1 the data say no, 2 wrong usage, 3 something outside failed.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from cis_graph import __version__, pipeline
from cis_graph.commands import (
    DATA_SAY_NO,
    DONE,
    OUTSIDE_FAILED,
    WRONG_USAGE,
    labelling,
    new_mapper,
    pull,
    token,
    validate,
)
from cis_graph.commands.curating import add_commands
from cis_graph.errors import CisGraphError, FolderBusy, PullFault, ReleaseFault, SettingsError
from cis_graph.harvest.gather import awaits_files
from cis_graph.harvest.pushed import is_pushed
from cis_graph.harvest.snapshots import Snapshots
from cis_graph.mappers import discovered
from cis_graph.mapping.source import Mapper
from cis_graph.processes import end_with_parent
from cis_graph.release.backup import back_up, restore
from cis_graph.release.shelf import Shelf
from cis_graph.resources import DEMONSTRATION
from cis_graph.settings import Settings
from cis_graph.territories.gazetteer import Gazetteer
from cis_graph.territories.place_lines import answer_line
from cis_graph.territories.resolver import Resolver

Command = Callable[[argparse.Namespace, Settings], int]
_LAST = 19  # of the system's ranks: whatever else waits comes first


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        command: Command = options.command
        return command(options, Settings.from_environment())
    except SettingsError as error:
        return _fail(error, WRONG_USAGE)
    except (FolderBusy, PullFault) as error:
        return _fail(f"{error}\ncis-graph : {error.french}", OUTSIDE_FAILED)
    except CisGraphError as error:
        return _fail(error, DATA_SAY_NO)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}", OUTSIDE_FAILED)


def _fail(error: Exception | str, code: int) -> int:
    sys.stderr.write(f"cis-graph: {error}\n")
    return code


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cis-graph", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(commands, "harvest", _harvest, "keep what sources hand over").add_argument("contributors", nargs="*")
    _add(commands, "build", _build, "run all stations: a new release, not yet current")
    _add(commands, "publish", _publish, "make a release current").add_argument("number", nargs="?", type=int)
    _add(commands, "dump", _dump, "write the current release's dumps, unless they are there")
    rollback = _add(commands, "rollback", _rollback, "make an older release current")
    rollback.add_argument("number", nargs="?", type=int)
    patch = _add(commands, "patch", _patch, "change the current release by a SPARQL Update that each build replays")
    patch.add_argument("file", help="the update; - reads standard input")
    patch.add_argument("--who", required=True, help="who decides")
    patch.add_argument("--why", required=True, help="the reason, in a sentence")
    add_commands(partial(_add, commands), _say)
    labelling.declare(_add(commands, "label", labelling.label, "labels without a concept, and what each means"))
    backup = _add(commands, "backup", _backup, "copy what cannot be made again and the current release to a new folder")
    backup.add_argument("folder")
    _add(commands, "restore", _restore, "a new data folder from a backup").add_argument("folder")
    serve = _add(commands, "serve", _serve, "serve the current release; build the demonstration if there is none")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    _add(commands, "status", _status, "what is published, and its canonical hash")
    place = _add(commands, "place", _place, "texts to territories, one JSON line each; - reads lines")
    place.add_argument("texts", nargs="+", metavar="TEXT")
    pull.declare(_add(commands, "pull", pull.pull, "make this a replica of a server, or bring it up to date"))
    new_mapper.declare(_add(commands, "new-mapper", new_mapper.new_mapper, "a mapper that runs, from a sample"))
    token.declare(_add(commands, "token", token.token, "a token with which a contributor may push, told once"))
    validate.declare(_add(commands, "validate", validate.validate, "what would become of a file; nothing is kept"))
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, command: Command, text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(command=command)
    return parser


def _harvest(options: argparse.Namespace, settings: Settings) -> int:
    chosen = _chosen(options.contributors)
    mappers = chosen if options.contributors else _within_reach(chosen, settings)
    return DONE if pipeline.harvest(settings, mappers, _say) else OUTSIDE_FAILED


def _chosen(contributors: Sequence[str]) -> tuple[Mapper, ...]:
    mappers = discovered()
    known = {mapper.source.contributor for mapper in mappers}
    if unknown := sorted(set(contributors) - known):
        raise SettingsError(f"no contributor {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    return tuple(mapper for mapper in mappers if not contributors or mapper.source.contributor in contributors)


def _within_reach(mappers: Iterable[Mapper], settings: Settings) -> tuple[Mapper, ...]:
    """The sources that there is something to harvest from; the others are said to be pushed, or to wait for files."""
    inbox, found = settings.data / "inbox", []
    snapshots = Snapshots(settings.data / "snapshots")
    for mapper in mappers:
        if is_pushed(snapshots.names(mapper.source.slug)):
            _say(f"{mapper.source.slug}: its contributor pushes it; name the contributor to harvest it all the same")
        elif awaits_files(mapper.source, inbox, DEMONSTRATION):
            _say(f"{mapper.source.slug}: waits for its files in {inbox / mapper.source.slug}")
        else:
            found.append(mapper)
    return tuple(found)


def _build(_: argparse.Namespace, settings: Settings) -> int:
    information = pipeline.build(settings, discovered(), _say)
    _say(f"release {information.number} is built: {information.counts['quads']} quads, {information.canonical_hash}")
    if not information.conforms:
        _say(f"it did not pass its checks: see report/checks.json in {Shelf(settings.data).place(information.number)}")
        return DATA_SAY_NO
    return DONE


def _publish(options: argparse.Namespace, settings: Settings) -> int:
    _say(f"release {pipeline.publish(settings, options.number)} is published")
    return DONE


def _dump(_: argparse.Namespace, settings: Settings) -> int:
    _say(f"{pipeline.dump(settings)} holds the dumps of the current release")
    return DONE


def _rollback(options: argparse.Namespace, settings: Settings) -> int:
    _say(f"release {pipeline.rollback(settings, options.number)} is published")
    return DONE


def _patch(options: argparse.Namespace, settings: Settings) -> int:
    data = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    try:
        update = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReleaseFault(f"{options.file} is not UTF-8: {error}") from error
    information = pipeline.patch(settings, update, who=options.who, why=options.why)
    _say(f"release {information.number} is published: {information.counts['quads']} quads")
    return DONE


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    back_up(settings.data, Path(options.folder))
    _say(f"{options.folder} holds the ledger, the snapshots, the patches and the current release")
    return DONE


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    restore(Path(options.folder), settings.data)
    _say(f"{settings.data} is restored from {options.folder}")
    return DONE


def _status(_: argparse.Namespace, settings: Settings) -> int:
    shelf = Shelf(settings.data)
    current = shelf.current_number()
    if current is None:
        raise ReleaseFault("nothing is published yet; build and publish a release first")
    fine = True
    for number in shelf.numbers():
        mark = "*" if number == current else " "
        try:
            information = shelf.information(number)
        except ReleaseFault as fault:
            fine = False
            _say(f"{mark} release {number}  damaged: {fault}")
            continue
        held = "" if information.conforms else "  did not pass its checks"
        _say(f"{mark} release {number}  {information.created}  {information.counts['quads']} quads{held}")
        _say(f"  canonical hash {information.canonical_hash}")
    if current not in shelf.numbers():
        raise ReleaseFault(f"release {current} is to be served and is not there; publish one that is, or restore")
    return DONE if fine else DATA_SAY_NO


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from cis_graph.serving import serve  # noqa: PLC0415 - a web server is only loaded where one is asked for

    pipeline.ensure_release(settings, _say)
    get_context("spawn").Process(target=_dump_beside, args=(settings, os.getpid()), daemon=True).start()
    _say(f"serving on http://{options.host}:{options.port}/")
    serve(settings, options.host, options.port)
    return DONE


def _dump_beside(settings: Settings, server: int) -> None:
    """Writes the dumps while a server runs, and with what it leaves of the processors."""
    end_with_parent(server)
    os.nice(_LAST)
    with suppress(FolderBusy):  # whoever else writes them does what is needed
        pipeline.dump(settings)


def _place(options: argparse.Namespace, _: Settings) -> int:
    resolver = Resolver(Gazetteer.load())
    texts = sys.stdin if options.texts == ["-"] else options.texts
    for text in texts:
        _say(answer_line(resolver, text.rstrip("\n")))
    return DONE
