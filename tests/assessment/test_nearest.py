"""Distances worked out by hand, and the nearest of several places."""

import pytest

from assessment.nearest import distance_km, nearest


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((101.0, 36.0), (101.0, 36.0), 0),
        ((101.0, 36.0), (101.0, 37.0), 111.195),  # a degree along a meridian: 6371.0088 km times pi, by 180
        ((0.0, 0.0), (90.0, 0.0), 10007.56),  # a quarter of the equator
        ((0.0, 60.0), (180.0, 60.0), 6671.7),  # over the pole: twice 30 degrees
        ((179.5, 0.0), (-179.5, 0.0), 111.195),  # over the date line
    ],
)
def test_distances_worked_out_by_hand(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert distance_km(one, other) == pytest.approx(km, abs=0.02)
    assert distance_km(other, one) == distance_km(one, other)


def test_the_nearest_is_named_with_its_distance_and_of_equals_the_first() -> None:
    places = {"far": (101.0, 38.0), "north": (101.0, 37.0), "south": (101.0, 35.0)}
    found = nearest((101.0, 36.2), places)
    assert found is not None
    assert found[0] == "north"
    assert found[1] == pytest.approx(0.8 * 111.195, abs=0.02)
    assert nearest((0.0, 0.0), {"b": (0.0, 1.0), "a": (0.0, -1.0)}) == pytest.approx(("b", 111.195), abs=0.02)
    assert nearest((0.0, 0.0), {}) is None
