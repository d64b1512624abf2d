"""Contributors as commands name them."""

from cis_graph.errors import SettingsError
from cis_graph.mappers import discovered


def contributors() -> tuple[str, ...]:
    """Every contributor that a source is of, in order."""
    return tuple(sorted({mapper.source.contributor for mapper in discovered()}))


def contributor_named(name: str) -> str:
    """The contributor of that name.

    Raises:
        SettingsError: there is none.
    """
    known = contributors()
    if name not in known:
        raise SettingsError(f"no contributor {name}; there are {', '.join(known)}")
    return name
