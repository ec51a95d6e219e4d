"""Why there is nothing to show: each reason in its own sentence, and nothing else goes missing with it."""

from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette

from reports import air, budget
from reports.air_days import POLLUTANTS
from reports.found import NoDayError, NothingFoundError
from tests import asgi, live_stores
from tests.pages.visits import html_of, visit
from views.http import light
from views.text import found
from views.text.words import LANGUAGES, Words

FEW = {
    "zh": "2026年知道 279 天（共 365 天），不到全年统计要的 324 天。",
    "en": "2026: 279 of 365 days are known, 324 are needed.",
}
app = Starlette(routes=light.routes())


@pytest.fixture(scope="module")
def january(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows January 2027 whole, of 2026 as much as the archive holds (up to 6 October)."""
    folder = tmp_path_factory.mktemp("january")
    days = [f"2027-01-{n:02}T00:00" for n in range(1, 32)]
    clean = dict.fromkeys(POLLUTANTS, 20.0) | {"co_mgm3": 0.5}
    with live_stores.filled(folder):
        rows = [
            {"place_id": "xining", "item": item, "averaging": "day", "at": live_stores.at(day), "value": value}
            for day in days
            for item, value in clean.items()
        ]
        live_stores.write_readings("cnemc_air", rows, now=live_stores.at("2027-02-01T09:00"))
    return folder / "live.db"


@pytest.fixture
def new_year(january: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1 February 2027 in that store."""
    monkeypatch.setenv("XINING_TODAY", "2027-02-01T10:00")
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{january}")


@pytest.mark.usefixtures("new_year")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_light_page_says_what_is_short_and_keeps_the_same_days_of_last_year(lang: str) -> None:
    page, w = asgi.ask(app, f"/lite/air?lang={lang}", host="green.example").content.decode(), Words(lang)
    assert page.count(FEW[lang]) == 1
    assert w("found.years") not in page
    same = budget.same_period(date(2027, 2, 1))
    assert (same.now.known_days, same.before.known_days) == (31, 31)
    assert w("budget.same_in_force") in page


@pytest.mark.slow  # opens the whole page
@pytest.mark.usefixtures("new_year")
def test_the_page_of_the_air_says_it_too() -> None:
    page = html_of(visit("air", "zh", "year"))
    assert FEW["zh"] in page
    assert Words("zh")("found.years") not in page


def raised(year: int, against: int) -> NothingFoundError:
    with pytest.raises(NothingFoundError) as error:
        budget.budget(year, against, "2012", date(2026, 11, 29))
    return error.value


def test_each_reason_has_its_sentence() -> None:
    zh, en = Words("zh"), Words("en")
    few, apart = raised(2024, 2023), raised(2026, 2017)
    assert found.sentence(few, zh) == "2023年知道 315 天（共 365 天），不到全年统计要的 324 天。"
    assert found.sentence(apart, zh).startswith("2017年和2026年不能相比：")
    assert zh("compare.state") in found.sentence(apart, zh)
    assert en("compare.state") in found.sentence(apart, en)


@pytest.mark.parametrize("ask", [air.year, air.rated])
def test_a_year_of_which_no_day_is_known_is_named(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(NoDayError) as error:
        ask(2012)
    assert found.sentence(error.value, Words("zh")) == "2012年没有查到数据。"
    assert found.sentence(error.value, Words("en")) == "No data were found for 2012."


def test_a_part_without_data_does_not_say_that_the_year_has_none() -> None:
    """The archive ends on 6 October 2026."""
    with pytest.raises(NoDayError) as error:
        budget.counted(2026, air.OLD, date(2026, 11, 10), date(2026, 11, 1))
    assert found.sentence(error.value, Words("zh")) == "2026年11月1日到2026年11月10日没有查到数据。"
    assert found.sentence(error.value, Words("en")) == "No data were found from 1 November 2026 to 10 November 2026."
