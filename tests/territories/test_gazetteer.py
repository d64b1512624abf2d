import shutil
from pathlib import Path

import pytest

from cis_graph import resources
from cis_graph.territories.gazetteer import Gazetteer, GazetteerFault


def test_counts(gazetteer: Gazetteer) -> None:
    """The gazetteer holds the communes, arrondissements, EPCI, départements and régions of 2026."""
    levels: dict[str, int] = {}
    for territory in gazetteer.territories.values():
        levels[territory.level] = levels.get(territory.level, 0) + 1
    expected = {
        "commune": 34_969 + 45,
        "epci": 1_255 + 11,
        "departement": 109,
        "region": 26,
        "ancienne-region": 16,
        "pays": 2,
    }
    assert expected == levels


def test_arrondissement(gazetteer: Gazetteer) -> None:
    """Lyon 7e lies in Lyon, its métropole, its département, both its régions and France."""
    expected = {
        "commune-69387",
        "commune-69123",
        "epci-200046977",
        "departement-69",
        "region-82",
        "region-84",
        "pays-fr",
    }
    assert expected == gazetteer.containers("commune-69387")


def test_former_region(gazetteer: Gazetteer) -> None:
    """Rhône-Alpes ended with 2015, lies in Auvergne-Rhône-Alpes and holds its eight départements."""
    former = gazetteer.territories["region-82"]
    assert (former.ended, former.replaced_by, former.within) == ("2015-12-31", "region-84", ("region-84",))
    held = {
        key for key, one in gazetteer.territories.items() if one.level == "departement" and "region-82" in one.within
    }
    assert {f"departement-{code}" for code in ["01", "07", "26", "38", "42", "69", "73", "74"]} == held
    assert "region-84" in gazetteer.territories["departement-69"].within


def test_every_metropolitan_departement_outside_unchanged_regions_has_a_former_region(gazetteer: Gazetteer) -> None:
    """A département lay in another région before 2016 exactly where régions were joined."""
    joined = {one.replaced_by for one in gazetteer.territories.values() if one.level == "ancienne-region"}
    for one in gazetteer.territories.values():
        if one.level == "departement":
            now = [key for key in one.within if gazetteer.territories[key].level == "region"]
            before = [key for key in one.within if gazetteer.territories[key].level == "ancienne-region"]
            assert (1, int(now[0] in joined)) == (len(now), len(before)), one.name


def test_codes_alone_clash(gazetteer: Gazetteer) -> None:
    """Code 01 is a région and a département, which keys tell apart."""
    assert gazetteer.territories["region-01"].name == "Guadeloupe"
    assert gazetteer.territories["departement-01"].name == "Ain"


def test_epci_is_within_only_what_holds_all_its_communes(gazetteer: Gazetteer) -> None:
    """Of 1,255 EPCI 89 lie in no single département and 26 in no single région."""
    epts = {key for key, one in gazetteer.territories.items() if "epci-200054781" in one.within and one.level == "epci"}
    outer = [
        {parent.split("-")[0] for parent in gazetteer.containers(key)}
        for key, one in gazetteer.territories.items()
        if one.level == "epci" and key not in epts
    ]
    assert (len(epts), len(outer)) == (11, 1_255)
    assert sum(1 for levels in outer if "departement" not in levels) == 89
    assert sum(1 for levels in outer if "region" not in levels) == 26


def test_containment_of_an_epci_is_that_of_its_communes(gazetteer: Gazetteer) -> None:
    """Whatever contains an EPCI contains each of its communes."""
    for key, one in gazetteer.territories.items():
        if one.level == "epci":
            for commune in gazetteer.communes[key]:
                assert gazetteer.containers(key) <= gazetteer.containers(commune)


def test_overseas(gazetteer: Gazetteer) -> None:
    """La Réunion lies in Outre-mer and in France, and Bretagne does not lie in Outre-mer."""
    assert gazetteer.territories["region-04"].within == ("pays-fr", "pays-om")
    assert gazetteer.contains("pays-om", "commune-97411")
    assert not gazetteer.contains("pays-om", "region-53")


def test_contains_is_reflexive(gazetteer: Gazetteer) -> None:
    """A territory contains itself."""
    assert all(gazetteer.contains(key, key) for key in gazetteer.territories)


def test_unknown_key(gazetteer: Gazetteer) -> None:
    """Asking for what contains an unknown key is an error."""
    with pytest.raises(KeyError):
        gazetteer.containers("commune-00000")


def test_fingerprint_is_that_of_the_data(gazetteer: Gazetteer, tmp_path: Path) -> None:
    """The same files have the same fingerprint wherever they lie, and another alias gives another."""
    copy = shutil.copytree(resources.TERRITORIES, tmp_path / "data")
    assert gazetteer.fingerprint == Gazetteer.load(copy).fingerprint
    with (copy / "aliases.csv").open("a", encoding="utf-8") as file:
        file.write("Le Neuf-Trois,departement-93,alias\n")
    assert gazetteer.fingerprint != Gazetteer.load(copy).fingerprint


@pytest.mark.parametrize("name", ["territories.csv.gz", "names.csv.gz"])
@pytest.mark.parametrize("harm", ["cut", "changed", "removed", "no gzip"])
def test_damaged_file(tmp_path: Path, name: str, harm: str) -> None:
    """A damaged, changed or absent file is refused with its name."""
    copy = shutil.copytree(resources.TERRITORIES, tmp_path / "data")
    content = (copy / name).read_bytes()
    harmed = {"cut": content[:1000], "changed": content[:-1] + bytes([content[-1] ^ 1]), "no gzip": b"key\n1\n"}
    (copy / name).unlink()
    if harm in harmed:
        (copy / name).write_bytes(harmed[harm])
    with pytest.raises(GazetteerFault, match=name.replace(".", r"\.")):
        Gazetteer.load(copy)


def test_absent_sums(tmp_path: Path) -> None:
    """Data whose sums are not beside them are refused."""
    copy = shutil.copytree(resources.TERRITORIES, tmp_path / "data")
    (copy / "SHA256SUMS").unlink()
    with pytest.raises(GazetteerFault, match="SHA256SUMS"):
        Gazetteer.load(copy)


def test_alias_of_nothing(tmp_path: Path) -> None:
    """An alias must lead to a territory of the gazetteer."""
    copy = shutil.copytree(resources.TERRITORIES, tmp_path / "data")
    with (copy / "aliases.csv").open("a", encoding="utf-8") as file:
        file.write("Atlantide,region-00,alias\n")
    with pytest.raises(GazetteerFault, match="Atlantide"):
        Gazetteer.load(copy)
