"""The next plan goes in by rows alone: an invented one of five kinds of target is seen on every surface, by its own numbers."""

import csv
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from starlette.applications import Starlette

from loaders import facts
from reports import goals, greening, overview, plans, waste, water
from store import clock, database, records, tracked
from store import facts as known
from tests import asgi
from tests.pages import visits
from views import addresses
from views.http import api, light
from views.text.words import LANGUAGES, Words
from views.visit import Visit
from views.wall import overview as wall

PLAN = {"plan_id": "xn15", "name_zh": "西宁市“十五五”规划（测试）", "name_en": "Xining 15th plan (invented)",
        "short_zh": "“十五五”规划", "short_en": "15th plan", "area_id": "xining", "start_year": "2026", "end_year": "2030",
        "status": "draft", "document_id": "plan15"}  # fmt: skip
DOCUMENT = {"document_id": "plan15", "title_zh": "西宁市“十五五”规划（测试）", "title_en": "Xining 15th plan (invented)",
            "issuer_zh": "测试", "issuer_en": "a test", "issued": "2026-03", "kind": "plan", "seen": "original"}  # fmt: skip
ROW = {"plan_id": "xn15", "tier": "table", "area_id": "xining", "nature": "binding", "due": "2030-12-31", "due_basis": "written",
       "document_id": "plan15"}  # fmt: skip
FROM = {"baseline_op": "=", "baseline_year": "2025", "baseline_basis": "written"}
TARGETS = (
    {"no": "1", "indicator_id": "forest_cover_pct", "kind": "floor", "target_op": ">=", "target_value": "41.5",
     "baseline_value": "38", **FROM},
    {"no": "2", "indicator_id": "worse_than_v_share_pct", "kind": "ceiling", "target_op": "=", "target_value": "0",
     "baseline_value": "0", **FROM},
    {"no": "3", "indicator_id": "lead_cut_pct", "kind": "reduce_by", "target_op": ">=", "target_value": "7.5"},
    {"no": "4", "indicator_id": "grassland_restored_km2", "kind": "cumulative", "target_op": "=", "target_value": "23.4"},
    {"no": "5", "indicator_id": "xiaoxia_class", "area_id": "xiaoxia", "kind": "class", "target_op": "<=", "target_value": "2",
     "target_text_zh": "Ⅱ类", "target_text_en": "Class II", "baseline_value": "3", **FROM},
)  # fmt: skip
KINDS = ["floor", "ceiling", "reduce_by", "cumulative", "class"]
APP = Starlette(routes=[*api.routes(), *light.routes()])


def add(data: Path, table: str, *rows: Mapping[str, str]) -> None:
    """Rows behind those of a tracked file."""
    file = data / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as read:
        columns = next(csv.reader(read))
    with file.open("a", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, columns, restval="", lineterminator="\n")
        writer.writerows(rows)


@pytest.fixture(scope="module", autouse=True)
def with_the_plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store filled from the tracked files and these rows, a day after the plan began."""
    folder = tmp_path_factory.mktemp("next")
    with pytest.MonkeyPatch.context() as patch:
        shutil.copytree(tracked.DATA, folder / "data")
        patch.setattr(tracked, "DATA", folder / "data")
        patch.setenv("XINING_DATABASE_URL", f"sqlite:///{folder / 'next.db'}")
        patch.setenv("XINING_TODAY", "2026-11-23T18:30")
        tracked.read.cache_clear()
        add(folder / "data", "documents", DOCUMENT)
        add(folder / "data", "places", *({"place": f"第{one['no']}项", "en": f"item {one['no']}"} for one in TARGETS))
        add(folder / "data", "plans", PLAN)
        add(folder / "data", "targets", *(ROW | one | {"place": f"第{one['no']}项"} for one in TARGETS))
        facts.fill()
        yield
        database.engine().dispose()
    tracked.read.cache_clear()


def test_it_leads_and_the_plan_before_follows() -> None:
    today = clock.today()
    before = plans.before(today)
    assert (plans.main(today).plan_id, before.plan_id if before else None) == ("xn15", "xn14")
    roles = {one.plan.plan_id: (one.role, one.total) for one in goals.tallies(today)}
    assert roles["xn15"] == ("main", 5)
    assert [roles[name][0] for name in ("xn13", "xn14", "cz2426")] == ["other", "before", "other"]
    mine = [one for one in goals.scoreboard(today) if one.plan.plan_id == "xn15"]
    assert [one.target.kind for one in mine] == KINDS


def test_each_headline_promise_is_of_the_newest_plan_that_makes_it() -> None:
    by_indicator = {one.indicator.indicator_id: one.number for one in overview.overview(clock.today()).headline}
    assert by_indicator["forest_cover_pct"] == "xn15-1"
    assert by_indicator["xiaoxia_class"] == "xn15-5"
    assert by_indicator["reclaimed_water_pct"] == "xn14-15"  # the new one is silent about it
    assert list(by_indicator) == list(goals.HEADLINE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_goals_shows_its_targets_first(lang: str) -> None:
    w, board = Words(lang), visits.html_of(visits.seen("goals", lang))
    short = w.of(known.by_id(records.Plan)["xn15"].short)
    assert short in board
    for value in ("41.5", "7.5", "23.4", {"zh": "Ⅱ类", "en": "Class Ⅱ"}[lang]):
        assert value in board, value
    every = visits.html_of(visits.seen("goals", lang, "plans"))
    assert all(w.of(plan.short) in every for plan in known.every(records.Plan))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_overview_and_wall_name_the_plan_and_its_target(lang: str) -> None:
    w = Words(lang)
    page = visits.html_of(visits.seen("overview", lang))
    assert "41.5" in page
    assert w.of(known.by_id(records.Plan)["xn15"].short) in page
    scene = str(wall.scene(Visit(w, "dark", clock.now(), False)))
    assert "41.5" in scene
    assert w.of(known.by_id(records.Plan)["xn15"].short) in scene


@pytest.mark.parametrize("lang", LANGUAGES)
def test_light_pages_show_it(lang: str) -> None:
    page = asgi.ask(APP, f"/lite/goals?lang={lang}").content.decode()
    short = Words(lang).of(known.by_id(records.Plan)["xn15"].short)
    assert page.index(short) < page.index("41.5")
    assert all(value in page for value in ("41.5", "7.5", "23.4"))
    assert "41.5" in asgi.ask(APP, f"/lite/indicator/forest_cover_pct?lang={lang}").content.decode()


def test_the_api_has_it() -> None:
    body = asgi.ask(APP, "/api/v1/indicators?plan=xn15").json()["indicators"]
    assert [(one["number"], one["kind"], one["target"]["value"]) for one in body] == [
        ("xn15-1", "floor", 41.5), ("xn15-2", "ceiling", 0), ("xn15-3", "reduce_by", 7.5), ("xn15-4", "cumulative", 23.4),
        ("xn15-5", "class", 2)]  # fmt: skip
    assert {one["target"]["due"] for one in body} == {"2030-12-31"}
    assert {one["basis"]["sources"][0]["document_id"] for one in body} == {"plan15"}


def test_themes_show_the_newest_plan_that_promises_anything_of_them() -> None:
    today = clock.today()
    forest = greening.forest(today).target
    assert forest is not None
    assert forest.number == "xn15-1"
    report = water.overview(today)
    assert [one.number for one in report.running] == ["xn15-2", "xn15-5"]
    assert {one.plan.plan_id for one in report.old_plan} == {"xn14"}
    assert {one.plan.plan_id for one in waste.overview(today).promised} == {"xn14"}


@pytest.mark.parametrize("page", ["water", "waste", "greening", "actions", "method"])
def test_no_other_page_fails_of_it(page: str) -> None:
    assert not visits.seen(page, "zh").exception


@pytest.mark.parametrize("path", ["", "water", "waste", "greening", "tasks", "alerts"])
def test_no_other_light_page_fails_of_it(path: str) -> None:
    assert asgi.ask(APP, addresses.light(path)).status_code == 200
