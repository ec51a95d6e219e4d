"""One number by itself: complete, tiny, old ones marked, open to frames, and the same as on the pages."""

import gzip
import re
from html import unescape

import pytest
from starlette.applications import Starlette

from reports import indicator
from store import clock, tracked
from tests import asgi
from views import addresses
from views.http import numbers as served
from views.http.shell import Shell
from views.text.words import LANGUAGES, Words
from views.ui import figure_cards
from views.ui import number as numbers

NOW = "2026-11-23T18:30"
LARGEST_BYTES = 2_500
INDICATORS = tuple(tracked.read("indicators")["indicator_id"])
app = Shell(Starlette(routes=served.routes()))


@pytest.fixture(scope="module", autouse=True)
def at_that_hour() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_TODAY", NOW)
        yield


def asked(address: str) -> asgi.Answer:
    return asgi.ask(app, address, host="green.example")


def text(answer: asgi.Answer) -> str:
    return unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", answer.content.decode(), flags=re.S))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*numbers.LIVE, *INDICATORS])
def test_each_is_complete_and_tiny(name: str, lang: str) -> None:
    w, answer = Words(lang), asked(f"/embed/number/{name}?lang={lang}&theme=dark")
    assert answer.status_code == 200
    assert len(gzip.compress(answer.content)) < LARGEST_BYTES
    assert b"<script" not in answer.content
    assert "set-cookie" not in answer.headers
    said = text(answer)
    if name in INDICATORS:
        known = indicator.of(name, clock.today())
        assert w.of(known.row.name) in said
        if known.latest is None:
            assert w("site.not_found") in said
            return
        bare = re.sub(r"\s", "", said)
        assert re.sub(r"\s", "", figure_cards.value(known.latest, w)) in bare
        assert w(f"number.statistic.{known.row.statistic}") in said
        assert (w("number.older", year=known.latest.end_year) in said) == (known.latest.end_year < 2025)
    assert w("wall.source", name="").strip() in said
    assert re.search(r"20\d\d", said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_value_of_the_past_is_marked(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No hour came for a year: neither the air nor the river is of now."""
    monkeypatch.setenv("XINING_TODAY", "2027-11-23T18:30")
    for name in numbers.LIVE:
        answer = asked(f"/embed/number/{name}?lang={lang}")
        assert Words(lang)("number.not_now") in text(answer)
        assert 'class="old"' in answer.content.decode()


def test_frames_of_other_sites_may_show_it_and_not_its_page() -> None:
    shown, told = asked("/embed/number/aqi"), asked("/number/aqi")
    assert "frame-ancestors *" in shown.headers["content-security-policy"]
    assert "frame-ancestors *" not in told.headers["content-security-policy"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*numbers.LIVE, "good_day_share_pct"])
def test_its_page_gives_citation_and_frame(name: str, lang: str) -> None:
    w, given = Words(lang), asked(f"/number/{name}?lang={lang}").content.decode()
    assert "<iframe" not in given  # it is a text to be copied
    page = unescape(given)
    assert f'<iframe src="http://green.example/embed/number/{name}?lang={lang}&theme=light"' in unescape(page)
    assert w("data.cite") in page
    assert addresses.number(name) in page


def test_there_is_no_other() -> None:
    for address in ("/embed/number/nothing", "/number/nothing"):
        answer = asked(f"{address}?lang=en")
        assert (answer.status_code, answer.content.decode()) == (404, Words("en")("number.none"))


def test_words_of_an_indicator_stay_text() -> None:
    assert asked("/embed/number/%3Cscript%3E").status_code == 404
