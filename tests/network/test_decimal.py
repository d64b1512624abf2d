import random

from cis_graph.model.ties import weight
from cis_graph.network.exports.columns import decimal


def test_a_weight_as_a_number_is_the_one_nearest_to_its_decimals() -> None:
    """Number and text of a weight are one value, from a millionth to sums of many projects."""
    chance = random.Random(6)
    parts = [1, 999_999, 1_000_000, 12_346, *(chance.randrange(10**15) for _ in range(2_000))]

    assert [decimal(each) for each in parts] == [float(weight(each)) for each in parts]
