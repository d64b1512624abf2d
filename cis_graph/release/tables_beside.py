"""What pages ask beside the store, made in other processes while the parts of a release are written."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cis_graph.entities.merge import Entity
from cis_graph.processes import beside
from cis_graph.release.findable import findable
from cis_graph.release.house import House
from cis_graph.release.network import write_network
from cis_graph.release.opened import SEARCH
from cis_graph.search.writing import write_index


@contextmanager
def tables_beside(place: Path, entities: tuple[Entity, ...], house: House, before: Path | None) -> Iterator[None]:
    """Makes the text index and the network tables, which follow from the entities alone, while what is within is done.

    From nothing there is time for one after the other, and no memory for both at once; where there is a release
    ``before`` the parts are soon written.
    """

    def search() -> None:
        write_index(place / SEARCH, findable(entities, house.gazetteer, house.schemes))

    def network() -> None:
        write_network(place, entities, house, before=before)

    def both() -> None:
        search()
        network()

    works: Sequence[Callable[[], None]] = (both,) if before is None else (search, network)
    with ExitStack() as stack:
        for work in works:
            stack.enter_context(beside(work))
        yield
