"""``cis-graph token``: a token for a contributor who pushes."""

import argparse
import sys
from datetime import UTC, datetime

from cis_graph.commands import DONE
from cis_graph.errors import SettingsError
from cis_graph.intake.tokens import new_token
from cis_graph.mappers import discovered
from cis_graph.settings import Settings


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("contributor", help="whose records it opens")


def token(options: argparse.Namespace, settings: Settings) -> int:
    """Tells a new token once; its hash goes to the file of tokens, where a line that is taken out ends it.

    Raises:
        SettingsError: no file of tokens is set, or there is no such contributor.
    """
    known = {mapper.source.contributor for mapper in discovered()}
    if options.contributor not in known:
        raise SettingsError(f"no contributor {options.contributor}; there are {', '.join(sorted(known))}")
    if settings.contributor_tokens is None:
        raise SettingsError("CIS_CONTRIBUTOR_TOKENS names no file; set it for this command and for the server")
    day = datetime.now(UTC).date().isoformat()
    sys.stdout.write(new_token(settings.contributor_tokens, options.contributor, day) + "\n")
    return DONE
