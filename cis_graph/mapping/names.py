"""Names made comparable, and node names made of them."""

import re

from anyascii import anyascii


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens (``Les Petits Frères`` to ``les-petits-freres``)."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")
