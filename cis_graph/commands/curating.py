"""The commands of those who decide who is who: same, different, unmerge, review."""

import argparse
import getpass
from collections.abc import Callable, Sequence
from typing import Protocol

from cis_graph.commands.reviewing import Reviewing, review
from cis_graph.errors import SettingsError
from cis_graph.rdf.iris import Iris
from cis_graph.reconciliation.decisions import Recorded
from cis_graph.release.desk import Desk
from cis_graph.release.shelf import Shelf
from cis_graph.settings import Settings

Say = Callable[[str], None]
Command = Callable[[argparse.Namespace, Settings], int]
_NAMES = "a key, an address, /kind/key or contributor/record#node"
_SHOWN = 5  # decisions that are overruled, one a line


class Adds(Protocol):
    """Adds a command to the command line."""

    def __call__(self, name: str, command: Command, text: str) -> argparse.ArgumentParser:
        """The parser of a command that runs so."""


def add_commands(add: Adds, say: Say) -> None:
    """Adds the four commands."""
    for name, text in (
        ("same", "decide that two records or entities are one thing"),
        ("different", "decide that two records or entities are two things"),
    ):
        _decided(add(name, _pairing(name, say), text), ("A", "B"))
    _decided(add("unmerge", _unmerging(say), "part all records of an entity; each has its own key back"), ("ENTITY",))
    asking = add("review", _reviewing(say), "what only a person can tell, the most valuable first")
    asking.add_argument("--json", action="store_true", help="a JSON line a question, also on a terminal")
    by_whom(asking)


def _decided(parser: argparse.ArgumentParser, names: Sequence[str]) -> None:
    for name in names:
        parser.add_argument(name.lower(), metavar=name, help=_NAMES)
    parser.add_argument("--why", required=True, help="the reason, in a sentence")
    by_whom(parser)


def by_whom(parser: argparse.ArgumentParser) -> None:
    """The argument that says who decides."""
    parser.add_argument(
        "--by", "--who", default=None, help="who decides; the user of this system where nobody is named"
    )


def _pairing(name: str, say: Say) -> Command:
    def run(options: argparse.Namespace, settings: Settings) -> int:
        desk = Desk(settings)
        decide = desk.same if name == "same" else desk.different
        return _told(decide(options.a, options.b, by=who(options), why=options.why), say)

    return run


def _unmerging(say: Say) -> Command:
    def run(options: argparse.Namespace, settings: Settings) -> int:
        return _told(Desk(settings).unmerge(options.entity, by=who(options), why=options.why), say)

    return run


def _reviewing(say: Say) -> Command:
    def run(options: argparse.Namespace, settings: Settings) -> int:
        release = Shelf(settings.data).served()
        reviewing = Reviewing(desk=Desk(settings), release=release, iris=Iris(settings.base), say=say)
        return review(reviewing, options, who(options))

    return run


def who(options: argparse.Namespace) -> str:
    """Who decides.

    Raises:
        SettingsError: nobody is named and the system knows no user.
    """
    if options.by:
        return str(options.by)
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise SettingsError("this system knows no user; say who decides with --by") from error


def _told(recorded: Recorded, say: Say) -> int:
    """Says what was written; 0 whether or not it was decided so already."""
    if not recorded.written:
        say("already decided so; nothing is written")
        return 0
    for one in recorded.overruled[:_SHOWN]:
        answer = "same" if one.same else "different"
        say(f"overrules {answer} {one.first} {one.second} ({one.by}, {one.date}: {one.why})")
    if more := recorded.overruled[_SHOWN:]:
        say(f"overrules {len(more)} more")
    count = len(recorded.written)
    first = recorded.written[0]
    what = f"{'=' if first.same else '≠'}".join((f"{first.first} ", f" {first.second}"))
    say(f"{what}{f' and {count - 1} more pairs' if count > 1 else ''}: kept, the next build hears it")
    return 0
