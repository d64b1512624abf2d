"""``cis-graph token``: a token for a contributor who pushes."""

import argparse
import sys
from datetime import UTC, datetime

from cis_graph.commands import DONE
from cis_graph.commands.contributors import contributor_named
from cis_graph.errors import SettingsError
from cis_graph.intake.tokens import new_token
from cis_graph.settings import Settings


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("contributor", help="whose records it opens")


def token(options: argparse.Namespace, settings: Settings) -> int:
    """Tells a new token once; its hash goes to the file of tokens, where a line that is taken out ends it.

    Raises:
        SettingsError: no file of tokens is set, or there is no such contributor.
    """
    contributor = contributor_named(options.contributor)
    if settings.contributor_tokens is None:
        raise SettingsError("CIS_CONTRIBUTOR_TOKENS names no file; set it for this command and for the server")
    day = datetime.now(UTC).date().isoformat()
    sys.stdout.write(new_token(settings.contributor_tokens, contributor, day) + "\n")
    return DONE
