"""One file for each contributor's source; found by folder, independent of each other."""

import pkgutil
from importlib import import_module

from cis_graph.mapping.source import Mapper


def discovered() -> tuple[Mapper, ...]:
    """The mappers of this folder, by their sources' slugs."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    mappers: list[Mapper] = [module.MAPPER for module in modules]
    return tuple(sorted(mappers, key=lambda mapper: mapper.source.slug))
