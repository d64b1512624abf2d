"""``python -m tests.support.builder FOLDER``: builds in processes of their own, each of which may be killed.

It loads what all builds share once. For each line ``N`` on standard input it forks a process that hands over rows that
depend on N, builds, publishes and, every third time, patches; it says the process's number, then how it ended.
"""

import os
import sys
import traceback
from pathlib import Path

from cis_graph import pipeline
from cis_graph.release.replay import PatchRefused
from tests.pipeline.conftest import GOOD, Desk, small_house

_PATCH = (
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX insoc: <https://w3id.org/insoc/ontology#> "
    'INSERT {{ ?it skos:altLabel "{number}" }} WHERE {{ ?it a insoc:Project }}'
)


def work(desk: Desk, number: int) -> None:
    """One harvest, build and publication, and now and then a patch."""
    other = {**GOOD, "N°": "2", "Nom": "La Miellerie", "SIRET": "", "Description": f"Du miel, {number} fois par jour."}
    rows = (GOOD | {"Description": f"Des ruches partagées, {number} en tout."}, other)
    desk.hand_over(*rows[: 1 + number % 2])
    desk.publish()
    if number % 3 == 0:
        pipeline.patch(desk.settings, _PATCH.format(number=number), who="Alix", why="a test")


def main(folder: Path) -> None:
    """Forks a process a line until standard input ends; nothing here may start a thread."""
    small_house()
    desk = Desk(folder)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _run(desk, int(line))
        _say(child)
        _say(os.waitpid(child, 0)[1])


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _run(desk: Desk, number: int) -> None:
    try:
        work(desk, number)
    except PatchRefused:
        os._exit(3)
    except BaseException:  # noqa: BLE001 - whatever it is, the process ends here and the test reads its code
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
