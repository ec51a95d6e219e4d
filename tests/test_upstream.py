"""The stand-in holds the traps its protocols hold: what passes here would pass there."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import requests

from tests.upstream import Upstream, upstream
from tests.upstreams.world import ZONE

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE)


@pytest.fixture(scope="module")
def server() -> Iterator[Upstream]:
    with upstream(NOW) as made:
        yield made


def ask(server: Upstream, verb: str, path: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.request(verb, server.address + path, timeout=10)


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("POST", "/CityData/GetAQIDataPublishLive?cityName=西宁市"),
        ("GET", "/CityData/GetAQIDataPublishLiveInfo?cityCode=630100"),
        ("GET", "/HourChangesPublish/GetCityDayAqiHistoryByCondition?citycode=630100"),
        ("GET", "/air/data/china_cities_20140512.csv"),
        ("GET", "/air/data/china_cities_20261124.csv"),
        ("GET", "/nowhere"),
    ],
)
def test_what_is_asked_wrongly_is_answered_with_a_page(verb: str, path: str, server: Upstream) -> None:
    answer = ask(server, verb, path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/v1/air-quality?latitude=36.6&longitude=101.8&hourly=pm10&past_days=93", "Past days is invalid"),
        ("/v1/air-quality?latitude=36.6&longitude=101.8&hourly=pm11", "invalid String value pm11"),
        (
            "/rst/api/v1/MOD13Q1/subset?latitude=36.6&longitude=101.8&band=250m_16_days_NDVI"
            "&startDate=A2026001&endDate=A2026161&kmAboveBelow=1&kmLeftRight=1",
            "exceeds 10",
        ),
    ],
)
def test_what_is_asked_too_much_is_refused(path: str, message: str, server: Upstream) -> None:
    answer = ask(server, "GET", path)
    assert answer.status_code == 400
    assert message in answer.text


def test_the_water_platform_answers_nobody_who_comes_in_by_the_side(server: Upstream) -> None:
    page, ajax = "/GJZ/Business/Publish/Main.html", "/GJZ/Ajax/Publish.ashx"
    areas, rows = {"action": "getArea_RiverDic"}, {"action": "getRealDatas", "AreaID": "630000"}
    right = {"User-Agent": "Mozilla/5.0 x", "X-Requested-With": "XMLHttpRequest", "Referer": server.address + page}
    with requests.Session() as session:
        session.trust_env = False

        def posted(form: dict[str, str], headers: dict[str, str]) -> str:
            return session.post(server.address + ajax, data=form, headers=headers, timeout=10).text

        assert posted(rows, right) == "-1"  # cold
        session.get(server.address + page, timeout=10)
        assert posted(rows, right) == "-1"  # without the second step
        for missing in right:
            assert posted(areas, {name: value for name, value in right.items() if name != missing}) == "-1", missing
        assert posted(areas, right) != "-1"
        assert '"result":1' in posted(rows, right)


def test_the_world_stands_still_until_it_is_moved_and_is_the_same_for_the_same_seed(server: Upstream) -> None:
    path = "/CityData/GetAQIDataPublishLive?cityName=西宁市"
    first = ask(server, "GET", path).text
    assert ask(server, "GET", path).text == first
    with upstream(NOW) as other:
        assert ask(other, "GET", path).text == first
        other.world.advance(hours=1)
        assert "2026-11-23T11:00:00" in ask(other, "GET", path).text
    with upstream(NOW, seed=2) as other:
        assert ask(other, "GET", path).text != first
