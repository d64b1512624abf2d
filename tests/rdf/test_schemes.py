from pathlib import Path
from typing import get_args

import pytest

from cis_graph.model.records import Scheme
from cis_graph.rdf.schemes import load_schemes

PREFIXES = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX theme: <https://w3id.org/insoc/concept/theme/>
PREFIX role: <https://w3id.org/insoc/concept/role/>
"""


def test_keys_and_french_labels_are_read(tmp_path: Path) -> None:
    """A concept is known by its key, and named in French."""
    path = tmp_path / "schemes.ttl"
    path.write_text(
        PREFIXES + 'theme:sante skos:inScheme theme: ; skos:prefLabel "Santé"@fr, "Health"@en .\n'
        'role:porteur skos:inScheme role: ; skos:prefLabel "Lead"@en .\nrole:cooperative skos:member role:porteur .',
        encoding="utf-8",
    )
    schemes = load_schemes(path)

    assert schemes.keys == {"theme": {"sante"}, "role": {"porteur"}}
    assert schemes.labels == {("theme", "sante"): "Santé"}
    assert schemes.cooperative_roles == {"porteur"}


def test_a_blank_concept_is_an_error(tmp_path: Path) -> None:
    """A concept without an IRI could never be cited."""
    path = tmp_path / "schemes.ttl"
    path.write_text(PREFIXES + "[] skos:inScheme theme: .", encoding="utf-8")

    with pytest.raises(TypeError, match="no concept IRI"):
        load_schemes(path)


def test_the_projects_schemes_are_those_of_records() -> None:
    """Every scheme a record may name has concepts, each with a French label."""
    schemes = load_schemes()

    assert set(schemes.keys) == set(get_args(Scheme))
    assert set(schemes.labels) == {(scheme, key) for scheme, keys in schemes.keys.items() for key in keys}


def test_cooperative_roles_are_roles_and_funding_is_none() -> None:
    """Who only pays does not cooperate."""
    schemes = load_schemes()

    assert schemes.cooperative_roles <= schemes.keys["role"]
    assert {"porteur", "partenaire"} <= schemes.cooperative_roles
    assert "financeur" not in schemes.cooperative_roles
