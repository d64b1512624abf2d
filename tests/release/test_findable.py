from cis_graph.pipeline import project_house
from cis_graph.release.findable import findable


def test_a_departement_is_found_by_its_number() -> None:
    """People write 28 for Eure-et-Loir; a région's code, which nobody writes, names nothing."""
    house = project_house("https://carrefour.example/")
    named = {one.key: one.named() for one in findable((), house.gazetteer, house.schemes) if one.kind == "territory"}

    assert ("28",) == named["departement-28"].names
    assert ("2A",) == named["departement-2A"].names
    assert () == named["region-84"].names == named["commune-28085"].names
