"""One number, one value: page, light page, API and table say the same of the same thing."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette

import dashboard
from tests import asgi, live_stores
from tests.pages import visits

APP = Starlette(routes=dashboard.routes)


@pytest.fixture(scope="module", autouse=True)
def offline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, live_stores.filled(tmp_path_factory.mktemp("same")):
        patch.setenv("XINING_TODAY", "2026-11-23")
        yield


def text(path: str) -> str:
    answer = asgi.ask(APP, path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def asked(path: str) -> Any:
    return asgi.ask(APP, f"/api/v1/{path}").json()


def rows(table: str, **values: str) -> list[dict[str, str]]:
    """The rows of a table to take home that have these values."""
    lines = csv.DictReader(io.StringIO(asgi.ask(APP, f"/data/{table}.csv").content.decode("utf-8-sig")))
    return [row for row in lines if all(row[name] == value for name, value in values.items())]


def latest(number: str) -> dict[str, Any]:
    """What the API gives as the latest of a promise."""
    (one,) = (one for one in asked("indicators")["indicators"] if one["number"] == number)
    return {**one["latest"], "indicator_id": one["indicator_id"], "area_id": one["area_id"]}


@pytest.mark.parametrize(
    ("number", "page", "light", "shown"),
    [
        ("xn14-1", "greening", "greening", "37.8"),  # forest cover
        ("xn14-7", "goals", "goals", "96.2"),  # good days, official
        ("xn14-6", "goals", "goals", "32"),  # fine particles, official
    ],
)
def test_a_published_figure(number: str, page: str, light: str, shown: str) -> None:
    one = latest(number)
    assert f"{one['value']:g}" == shown
    assert shown in visits.whole(page, "zh")
    assert shown in text(f"/lite/{light}")
    assert shown in text(f"/lite/indicator/{one['indicator_id']}")
    series = asked(f"indicators/{one['indicator_id']}")["series"]
    assert one["value"] in [
        point["value"] for some in series for point in some["figures"] if point["period"] == one["period"]
    ]
    table = rows("figures", indicator_id=one["indicator_id"], area_id=one["area_id"], period=one["period"].rstrip("?"))
    assert one["value"] in [float(row["value"]) for row in table if row["value"]]


def test_the_days_of_the_year() -> None:
    (year,) = asked("air/year?year=2026")["years"]
    assert (year["good_days"], year["known_days"]) == (258, 279)
    assert f"{year['good_day_share_pct']:.1f}" == "92.5"
    assert "92.5" in visits.html_of(visits.seen("air", "zh", "year"))
    assert "92.5" in text("/lite/air")
    days = asked("air/daily?from=2026-01-01&to=2026-10-06&limit=500")["days"]
    assert len([day for day in days if day["aqi"] is not None]) == 279


def test_the_class_of_the_river_where_it_leaves() -> None:
    (section,) = (one for one in asked("water/sections")["sections"] if one["section_id"] == "xiaoxia")
    annual = section["annual"]
    assert (annual["year"], annual["water_class"]) == (2023, 3)
    assert "Ⅲ" in text("/lite/section/xiaoxia")
    assert "Ⅲ" in visits.html_of(visits.seen("water", "zh"))
    known = rows("section_classes", section_id="xiaoxia", period="2023")
    assert {row["water_class"] for row in known} == {"3"}


def test_the_waste_put_to_use() -> None:
    flow = asked("waste")["flow"]
    share = f"{100 * flow['used_10kt'] / flow['generated_10kt']:.1f}"
    assert share == "92.1"
    assert share in visits.html_of(visits.seen("waste", "zh"))
    assert share in text("/lite/waste")
    used = rows("figures", indicator_id="isw_used_10kt", area_id="xining", period=flow["period"])
    assert flow["used_10kt"] in [float(row["value"]) for row in used]
