"""A district chosen before: what belongs to it on the pages of the site, by the name its residents use."""

from html import unescape
from pathlib import Path

import pytest

from tests import live_stores
from tests.live_stores import at, hours, write_readings
from tests.pages.visits import html_of, visit
from views.text.words import LANGUAGES, Words


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("water", "river"),
        ("actions", "reports"),
        ("actions", "plan"),
        ("greening", "parks"),
        ("waste", "plan"),
        ("goals", "plan"),
    ],
)
def test_a_page_has_a_line_of_the_district_chosen(page: str, word: str, lang: str) -> None:
    w = Words(lang)
    html = unescape(html_of(visit(page, lang, district="datong")))
    line = next(
        part for part in html.split("<p>") if part.startswith("<strong>" + ("大通县" if lang == "zh" else "Datong"))
    )
    assert w("district.river_at", name="").strip() in line if word == "river" else w(f"district.{word}") in line


def test_a_county_is_called_one() -> None:
    assert "没有查到本县的公开计划" in html_of(visit("actions", "zh", district="huangyuan"))
    assert "没有查到本区的公开计划" in html_of(visit("actions", "zh", district="chengxi"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_menu_of_every_page_names_the_seven_and_marks_the_chosen(lang: str) -> None:
    html = html_of(visit("goals", lang, district="chengbei"))
    group = html.split(f'aria-label="{Words(lang)("district.choose")}"')[1].split("</div>")[0]
    assert group.count("?district=") == 7
    assert f'?district=chengbei&amp;lang={lang}" target="_self" aria-current=true' in group
    assert "/lite/district/chengbei" in group


def test_the_air_begins_with_the_nearest_station_that_has_a_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = "2026-11-23T18:00"
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T18:30")
    with live_stores.filled(tmp_path):
        rows = hours("xining", "aqi", at(moment), [80.0], primary_pollutants="PM10")
        write_readings("cnemc_air", rows + hours("3055A", "aqi", at(moment), [91.0]), now=at(moment))
        run = visit("air", "zh", district="chengbei")
    assert run.selectbox[0].value == "3055A"
    assert Words("zh")("district.preselected", name="城北区") in html_of(run)
