"""Who changes something, and why: what every change of a curator says."""

from cis_graph.errors import ReleaseFault

_LONGEST = 500  # characters


def check_said(*, who: str, why: str) -> None:
    """Lets a change pass that says both.

    Raises:
        ReleaseFault: one is missing or too long.
    """
    for name, text in (("who", who), ("why", why)):
        if not text.strip() or len(text) > _LONGEST:
            raise ReleaseFault(f"Say {name} in 1 to {_LONGEST} characters; {len(text)} are given")
