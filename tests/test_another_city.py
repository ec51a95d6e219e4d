"""Another city goes in by its data alone (docs/another-city.md): a made-up one of two sections and one station."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from store import city, sources, tracked
from tests.served import ROOT

CITY = """
id = "anshi"
code = "999900"
name_zh = "安"
name_en = "Anshi"
province = "anprovince"
province_areas = []
province_zh = "安省"
province_code = "990000"
longitude = 100.0
bounds = [99, 29, 101, 31]
latitude = 30.0
neighbours = []
work_zone = "anzone"
work_district = ["andistrict", "anbridge"]
hotlines = ["an_plan", "安一"]

[names]
river = ["安河", "River An"]
outflow = ["安桥", "An Bridge"]
hills = ["安山", "An Hills"]
district = ["安区", "An"]
neighbours = ["邻近城市", "cities nearby"]

[river]
basin = "anhe_basin"
main = "anhe"
inflow = "anspring"
outflow = "anbridge"
green = ["anhe"]

[maps]
whole = [99, 29, 101, 31]
valley = [99.8, 29.8, 100.2, 30.2]
deeper = [99.8, 29.7, 100.2, 30.2]

[green]
built_up = "anshi"
hills = "anhills"
wetland_park = "anwetland"
core = "ancore"
bounds = [99.5, 29.5, 100.5, 30.5]

[green.boxes]
middle = ["anshi"]
"""
# What holds for every city stays; of all other tables only the header does.
OF_ALL = (
    "units",
    "indicators",
    "items",
    "observances",
    "places",
    "documents",
    "sources.toml",
    "LICENSES",
    "standards",
    "geo",
)
AREAS = (("anshi", "安市", "Anshi", "city"), ("anhe", "安河", "River An", "river"),
         ("anhe_basin", "安河流域", "An basin", "zone"),
         ("anspring", "安泉断面", "An Spring section", "section"), ("anbridge", "安桥断面", "An Bridge section", "section"),
         ("andistrict", "安区", "An District", "district"))  # fmt: skip
PLAN = {"plan_id": "an1", "name_zh": "安市规划", "name_en": "Anshi plan", "short_zh": "安市规划", "short_en": "Anshi plan",
        "area_id": "anshi", "start_year": 2021, "end_year": 2025, "status": "final", "document_id": "an_plan"}  # fmt: skip
DOCUMENT = {"document_id": "an_plan", "title_zh": "安市规划", "title_en": "Anshi plan", "issuer_zh": "安市", "issuer_en": "Anshi",
            "issued": "2021", "kind": "plan", "seen": "original"}  # fmt: skip
TARGET = {"plan_id": "an1", "no": "1", "tier": "table", "indicator_id": "forest_cover_pct", "area_id": "anshi", "kind": "floor",
          "nature": "binding", "target_op": ">=", "target_value": 12.5, "due": "2025-12-31", "due_basis": "written",
          "document_id": "an_plan", "place": "安一"}  # fmt: skip
FIGURE = {"indicator_id": "forest_cover_pct", "area_id": "anshi", "period": "2024", "period_basis": "written",
          "document_id": "an_plan", "place": "安一", "basis": "none", "op": "=", "value": 11.25, "unit_id": "%",
          "kind": "stated",
          "confidence": "primary"}  # fmt: skip
STATION = {"station_id": "9901A", "name_zh": "安站", "name_en": "An station", "area_id": "andistrict", "lon": 100.01,
           "lat": 30.01, "role": "assessment", "first_seen_year": 2024, "last_seen_year": 2026, "state": "active",
           "document_id": "an_plan", "place": "安一"}  # fmt: skip
RIVER = {"type": "Feature", "id": "anhe", "properties": {"area_id": "anhe", "name_zh": "安河", "name_en": "River An", "level": 1},
         "geometry": {"type": "LineString", "coordinates": [[100, 30], [100.1, 30]]}}  # fmt: skip
META = {"attribution_zh": "测试", "attribution_en": "a test", "note_zh": "", "note_en": "", "sources": {}}
GEO: dict[str, list[Any]] = {"rivers": [RIVER], "districts": [], "green_areas": [], "places": [], "ridges": []}
ASKED = ("/api/v1/now", "/api/v1/indicators", "/api/v1/indicators/forest_cover_pct", "/api/v1/figures", "/api/v1/air/daily",
         "/api/v1/air/year", "/api/v1/air/hourly?place=9901A", "/api/v1/water/sections", "/api/v1/water/readings",
         "/api/v1/documents?document=an_plan", "/api/v1/standards", "/api/v1/sources", "/api/v1/ndvi", "/api", "/lite/goals",
         "/lite/water",
         "/lite/greening", "/lite/district", "/lite/section/anbridge",
         "/lite/station/9901A", "/lite/indicator/forest_cover_pct")  # fmt: skip
ASKING = """
import json, sys
from starlette.applications import Starlette
from loaders import facts
from tests import asgi
from views.http import api, light
facts.fill()
app = Starlette(routes=[*api.routes(), *light.routes()])
def answered(address):
    try:
        one = asgi.ask(app, address)
    except Exception as error:
        return [500, f"{type(error).__name__}: {error}"]
    return [one.status_code, one.content.decode()]
print(json.dumps({address: answered(address) for address in json.loads(sys.argv[1])}))
"""


def table(data: Path, name: str, *rows: Mapping[str, Any]) -> None:
    """A table with these rows alone."""
    with (tracked.DATA / f"{name}.csv").open(encoding="utf-8", newline="") as read:
        columns = next(csv.reader(read))
    with (data / f"{name}.csv").open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def nationwide() -> list[dict[str, str]]:
    """The documents that tables which stay name: of sources, of environment days, of the index."""
    named = {one.document_id for one in sources.declared().values()} | {"hj633_2012", "hj633_2026"}
    with (tracked.DATA / "observances.csv").open(encoding="utf-8", newline="") as read:
        named |= {row["document_id"] for row in csv.DictReader(read)}
    with (tracked.DATA / "documents.csv").open(encoding="utf-8", newline="") as read:
        return [row for row in csv.DictReader(read) if row["document_id"] in named]


def section(name: str, order: int) -> dict[str, Any]:
    return {"section_id": name, "river_id": "anhe", "order_downstream": order, "control": "national", "public_feed": "yes",
            "target_class": 3, "target_year": 2025, "target_document_id": "an_plan", "lon": 100 + order / 100, "lat": 30,
            "accuracy_km": 1, "document_id": "an_plan", "place": "安一"}  # fmt: skip


def day(n: int) -> dict[str, Any]:
    return {"date": date(2025, 1, 1) + timedelta(days=n), "pm25_ugm3": 20, "pm10_ugm3": 60 if n % 10 else 200, "so2_ugm3": 8,
            "no2_ugm3": 20, "co_mgm3": 0.6, "document_id": "archive_quotsoft"}  # fmt: skip


def write(data: Path) -> None:
    """The whole folder of the made-up city."""
    data.mkdir()
    for file in sorted(tracked.DATA.iterdir()):
        if file.name in OF_ALL or file.stem in OF_ALL:
            (shutil.copytree if file.is_dir() else shutil.copy)(file, data / file.name)
        elif file.suffix == ".csv":
            table(data, file.stem)
    (data / "city.toml").write_text(CITY, encoding="utf-8")
    table(data, "documents", *nationwide())
    added: dict[str, Mapping[str, Any]] = {"documents": DOCUMENT, "places": {"place": "安一", "en": "one"}}
    for name, row in added.items():
        with (data / f"{name}.csv").open("a", encoding="utf-8", newline="") as written:
            columns = (tracked.DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
            csv.DictWriter(written, columns, restval="", lineterminator="\n").writerow(row)
    for shapes, shape in GEO.items():
        (data / "geo" / f"{shapes}.geojson").write_text(
            json.dumps({"type": "FeatureCollection", "metadata": META, "features": shape}), "utf-8"
        )
    table(data, "areas", *(dict(zip(("area_id", "name_zh", "name_en", "kind"), row, strict=True)) for row in AREAS))
    table(data, "water_sections", section("anspring", 1), section("anbridge", 2))
    rest: dict[str, Mapping[str, Any]] = {"plans": PLAN, "targets": TARGET, "figures": FIGURE, "air_stations": STATION}
    for name, row in rest.items():
        table(data, name, row)
    table(data, "air_daily", *map(day, range(365)))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What a process of its own answers that was given this folder: the city is read when a process starts."""
    folder = tmp_path_factory.mktemp("city")
    write(folder / "data")
    environment = {"XINING_DATA": str(folder / "data"), "XINING_DATABASE_URL": f"sqlite:///{folder / 'city.db'}",
                   "XINING_TODAY": "2026-01-10T12:00"}  # fmt: skip
    command = [sys.executable, "-c", ASKING, json.dumps(ASKED)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return {address: tuple(one) for address, one in json.loads(done.stdout.splitlines()[-1]).items()}


@pytest.mark.slow
def test_every_address_answers(answers: dict[str, tuple[int, str]]) -> None:
    assert {address: text[:200] for address, (status, text) in answers.items() if status != 200} == {}


@pytest.mark.slow
def test_its_own_numbers_are_shown(answers: dict[str, tuple[int, str]]) -> None:
    body = {address: json.loads(text) for address, (_, text) in answers.items() if text.startswith("{")}
    sections = body["/api/v1/water/sections"]["sections"]
    assert [(one["section_id"], one["target"]["water_class"]) for one in sections] == [("anspring", 3), ("anbridge", 3)]
    (year,) = (one for one in body["/api/v1/air/year"]["years"] if one["year"] == 2025)
    assert (year["known_days"], year["bad_days"]) == (365, 37)  # every tenth day: 0, 10 … 360
    (promise,) = body["/api/v1/indicators"]["indicators"]
    assert (promise["target"]["value"], promise["official"]["value"]) == (12.5, 11.25)
    assert body["/api/v1/air/hourly?place=9901A"]["hours"] == []
    assert "11.25" in answers["/lite/indicator/forest_cover_pct"][1]
    assert "安桥断面" in answers["/lite/section/anbridge"][1]
    assert "安站" in answers["/lite/station/9901A"][1]


def test_a_city_without_a_name_is_refused() -> None:
    assert city.read(CITY).river.outflow == "anbridge"
    with pytest.raises(city.CityError, match=r"city\.toml"):
        city.read(CITY.replace('name_en = "Anshi"\n', ""))
    with pytest.raises(city.CityError, match=r"city\.toml"):
        city.read("id = ")
