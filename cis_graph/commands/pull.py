"""``cis-graph pull``: this data folder becomes a replica of a server, or is brought up to date."""

import argparse
import sys

from cis_graph.commands import DONE
from cis_graph.errors import SettingsError
from cis_graph.harvest.transfer import Transfer
from cis_graph.release.replica import pull as pulled
from cis_graph.release.replica import source_of
from cis_graph.settings import Settings


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("address", nargs="?", help="the server to copy; by default that of the last time")


def pull(options: argparse.Namespace, settings: Settings) -> int:
    """Fetches the release that the server serves, and switches to it.

    Raises:
        SettingsError: no address is given, and none was before.
        PullFault: the server offers nothing usable; what is served stays as it was.
    """
    address = options.address or source_of(settings.data)
    if not address:
        raise SettingsError("give the address of the server to copy: cis-graph pull https://…")
    with Transfer(address) as source:
        got = pulled(settings, source)
    news = f": {got.fetched} bytes fetched, {got.kept} were here" if got.new else " already"
    sys.stdout.write(f"release {got.number} is served{news}\n")
    return DONE
