from pathlib import Path

from tools.make_territories import (
    Json,
    Made,
    communes,
    departements,
    epcis,
    former_regions,
    regions,
    shared_parents,
    summed,
    write,
)
from tools.territory_names import old_names, successors

TODAY: list[Json] = [
    {
        "code": "91228",
        "nom": "Évry-Courcouronnes",
        "type": "commune-actuelle",
        "departement": "91",
        "population": 66000,
    },
    {"code": "91228", "nom": "Évry", "type": "commune-deleguee", "chefLieu": "91228"},
    {"code": "91182", "nom": "Courcouronnes", "type": "commune-deleguee", "chefLieu": "91228"},
    {"code": "69387", "nom": "Lyon 7e Arrondissement", "type": "arrondissement-municipal", "commune": "69123"},
]


def test_bytes_depend_on_rows_alone(tmp_path: Path) -> None:
    """The same rows give the same bytes under any file name, at any time."""
    for name in ("a.gz", "b.gz"):
        write(tmp_path / name, ("key",), [{"key": "é"}])
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_overseas_region() -> None:
    """An overseas région lies in France and in Outre-mer."""
    made = next(regions([{"code": "04", "nom": "La Réunion", "zone": "drom"}]))
    assert (made.key, made.within) == ("region-04", ("pays-fr", "pays-om"))


def test_departement_in_two_regions() -> None:
    """A département lies in its région and in the one that ended."""
    former = [{"code": "82", "name": "Rhône-Alpes", "region": "84", "departements": "01 69"}]
    made = next(departements([{"code": "69", "nom": "Rhône", "region": "84"}], former))
    assert made.within == ("region-82", "region-84")
    assert next(former_regions(former)).ended == "2015-12-31"


def test_communes() -> None:
    """A commune lies in its EPCI and département, an arrondissement in its commune, and delegated ones are left out."""
    made = list(communes(TODAY, [{"code": "200", "membres": [{"code": "91228"}]}], {"91228": (48.6, 2.4)}))
    assert [one.within for one in made] == [("departement-91", "epci-200"), ("commune-69123",)]


def test_epci_across_a_border() -> None:
    """An EPCI whose communes lie in two départements lies in the région they share, and in no département."""
    row = {"code": "1", "nom": "CC", "type": "CC", "membres": [{"code": "a"}, {"code": "b"}]}
    around = {"a": frozenset({"departement-1", "region-9", "pays-fr"}), "b": frozenset({"departement-2", "region-9"})}
    made = next(epcis([row], around, {"a": frozenset(), "b": frozenset()}))
    assert made.within == ("region-9",)
    assert frozenset() == shared_parents([])


def test_sums() -> None:
    """A département counts its communes' inhabitants and stands at the mean of their points."""
    outer = Made(key="departement-1", level="departement", code="1", name="D", within=())
    inner = [
        Made(
            key=f"commune-{n}",
            level="commune",
            code=n,
            name=n,
            within=("departement-1",),
            point=(float(n), 2.0),
            population=5,
        )
        for n in "13"
    ]
    made = summed({one.key: one for one in (outer, *inner)})["departement-1"]
    assert (made.population, made.point) == (10, (2.0, 2.0))


def test_old_codes_and_names() -> None:
    """What was merged leads to the living commune, by name and by code, through every step of its history."""
    history: list[Json] = [
        {"id": "1", "code": "78228", "nom": "Évry-Petit-Bourg", "successeur": "2"},
        {"id": "2", "code": "91228", "nom": "Évry"},
        {"id": "3", "code": "99999", "nom": "Nulle-Part"},
    ]
    assert successors(TODAY, history) == {"91228": "91228", "91182": "91228", "78228": "91228"}
    names = {(one.name, one.key, one.kind) for one in old_names(TODAY, [], history)}
    expected = {
        ("78228", "commune-91228", "former-code"),
        ("91182", "commune-91228", "former-code"),
        ("Courcouronnes", "commune-91228", "delegated"),
        ("Évry", "commune-91228", "renamed"),
        ("Évry-Petit-Bourg", "commune-91228", "former-name"),
    }
    assert expected == names
