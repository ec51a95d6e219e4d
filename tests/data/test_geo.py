"""The tracked shapes: valid, inside the city's bounds, small, and never without their source."""

import pytest
import shapely
from shapely.geometry import Point, shape

from store import geo, tracked

NAMES = ("districts", "rivers", "places")
# The city with the headwaters of its rivers and the Huangshui's way out of it.
BOUNDS = shapely.box(100.8, 36.0, 102.2, 37.6)


@pytest.mark.parametrize("name", NAMES)
def test_shapes_are_valid_named_and_within_bounds(name: str) -> None:
    ids = [feature["id"] for feature in geo.features(name)]
    assert len(ids) == len(set(ids))
    for feature in geo.features(name):
        drawn = shape(feature["geometry"])
        assert drawn.is_valid, feature["id"]
        assert BOUNDS.contains(drawn), feature["id"]
        assert feature["properties"]["name_zh"]
        assert feature["properties"]["name_en"]


@pytest.mark.parametrize("name", NAMES)
def test_each_file_names_where_it_comes_from(name: str) -> None:
    about = geo.collection(name)["metadata"]
    assert about["crs"] == "WGS-84"
    assert about["attribution_zh"]
    assert about["attribution_en"]


def test_districts_carry_tianditu_and_the_approval_number() -> None:
    about = geo.collection("districts")["metadata"]
    assert "天地图" in about["attribution_zh"]
    assert about["map_approval"] == "GS（2024）0650号"
    assert about["map_approval_status"] == "to_be_confirmed"


def test_sources_named_by_features_are_described() -> None:
    for name, of in (("rivers", lambda p: p["sources"]), ("places", lambda p: [p["source"]])):
        known = set(geo.collection(name)["metadata"]["sources"])
        named = {source for feature in geo.features(name) for source in of(feature["properties"])}
        assert named == known


def test_districts_leave_no_gap_and_hold_their_labels() -> None:
    shapes = [shape(feature["geometry"]) for feature in geo.features("districts")]
    assert shapely.coverage_is_valid(shapes)
    assert shapely.union_all(shapes).geom_type == "Polygon"
    for feature, drawn in zip(geo.features("districts"), shapes, strict=True):
        assert drawn.contains(Point(feature["properties"]["label_point"]))


def test_areas_named_by_shapes_are_known() -> None:
    areas = tracked.read("areas").set_index("area_id")
    for feature in geo.features("districts"):
        assert areas.loc[feature["properties"]["area_id"], "adcode"] == feature["properties"]["adcode"]
    for name in ("rivers", "places"):
        named = {feature["properties"].get("area_id") for feature in geo.features(name)} - {None}
        assert named <= set(areas.index)


def test_points_lie_within_their_accuracy_of_their_district() -> None:
    districts = {f["properties"]["area_id"]: shape(f["geometry"]) for f in geo.features("districts")}
    for feature in geo.features("places"):
        facts = feature["properties"]
        off_km = districts[facts["area_id"]].distance(shape(feature["geometry"])) * 111
        assert off_km <= facts["accuracy_m"] / 1000, feature["id"]


def test_rivers_join_the_river_they_run_into() -> None:
    lines = {feature["id"]: shape(feature["geometry"]) for feature in geo.features("rivers")}
    joins = {
        "beichuan": "baoku heilin dongxia",
        "nanchuan_2": "nanchuan_1",
        "huangshui_1": "xinachuan yaoshui",
        "huangshui_2": "huangshui_1 beichuan nanchuan_2",
        "huangshui_3": "huangshui_2 shatangchuan",
    }
    into = {river: other for other, rivers in joins.items() for river in rivers.split()}
    assert set(lines) - set(into) == {"huangshui_3"}  # the last one leaves the city
    for river, other in into.items():
        mouth = Point(lines[river].coords[-1])  # every line runs downstream
        assert mouth.distance(lines[other]) < 0.01, river


def test_the_shapes_stay_small() -> None:
    assert sum((tracked.DATA / "geo" / f"{name}.geojson").stat().st_size for name in NAMES) <= 40_000
