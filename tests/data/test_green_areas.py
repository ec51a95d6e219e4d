"""The schematic outlines satellite greenness is taken in: what they hold, and that they never pass for published ones."""

import shapely
from shapely.geometry import Point, shape

from store import geo, tracked

OUTLINES = {feature["id"]: feature for feature in geo.features("green_areas")}
KM2_A_DEGREE2 = 111.195**2 * 0.8027  # at 36.6° north


def test_outlines_are_valid_areas_the_tables_know_and_reported_to_be_schematic() -> None:
    areas = tracked.read("areas")["area_id"]
    for area, feature in OUTLINES.items():
        result = feature["properties"]
        assert shape(feature["geometry"]).is_valid
        assert result["area_id"] == area
        assert area in set(areas)
        assert (result["quality"], result["accuracy_m"]) == ("schematic", 2000)
        assert "示意" in result["name_zh"]
        assert "schematic" in result["name_en"]
        assert set(result["sources"]) <= set(geo.collection("green_areas")["metadata"]["sources"])


def test_the_urban_core_holds_every_station_that_judges_the_city() -> None:
    """4162A, which reports since 2026, stands 0.3 km outside its western edge, drawn before."""
    core = shape(OUTLINES["urban_core"]["geometry"])
    stations = tracked.read("air_stations")
    judging = stations[stations["role"] == "assessment"]
    assert len(judging) >= 4
    for one in judging[judging["station_id"] != "4162A"].itertuples():
        assert core.contains(Point(one.lon, one.lat)), one.station_id
    assert 80 < core.area * KM2_A_DEGREE2 < 140


def test_the_mountains_lie_on_both_sides_of_the_core_and_hold_their_parks() -> None:
    core, mountains = (shape(OUTLINES[name]["geometry"]) for name in ("urban_core", "nanbeishan"))
    assert core.disjoint(mountains)
    assert core.distance(mountains) < 0.01
    places = {feature["properties"]["name_zh"]: feature for feature in geo.features("places")}
    for name in ("南山公园", "北山（宁寿塔）"):
        assert mountains.contains(shape(places[name]["geometry"])), name
    city = shapely.union_all([shape(feature["geometry"]) for feature in geo.features("districts")])
    assert city.contains(core)
    assert city.contains(mountains)
