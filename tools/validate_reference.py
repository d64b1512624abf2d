"""Holds the bundled territories and the schemes to their shapes, and remembers that they passed.

usage: python -m tools.validate_reference
"""

import sys

from cis_graph.pipeline import project_house
from cis_graph.processes import processors
from cis_graph.release.reference import STAMP, check_reference, fingerprint
from cis_graph.resources import TERRITORIES
from cis_graph.settings import Settings


def main() -> int:
    """Writes the stamp where nothing breaks a shape; says what does otherwise."""
    house = project_house(Settings().base)
    violations = check_reference(house, processors())
    for violation in violations:
        print(f"{violation.focus}: {violation.rule}: {violation.message_en} {violation.remedy_en}")
    if violations:
        return 1
    (TERRITORIES / STAMP).write_text(f"{fingerprint(house)}\n", encoding="ascii")
    print(f"{len(house.gazetteer.territories)} territories and the schemes pass")
    return 0


if __name__ == "__main__":
    sys.exit(main())
