"""Every page runs in both languages without an exception; choices change what is shown."""

import pytest

from dashboard import PAGES
from tests.pages.visits import html_of, seen, visit, whole


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs(name: str, lang: str) -> None:
    app = seen(name, lang)
    assert not app.exception
    assert "<h1>" in html_of(app) or "scene" in html_of(app)


@pytest.mark.parametrize("name", PAGES)
def test_every_chart_and_map_has_words(name: str) -> None:
    app = seen(name, "zh")
    for kind in ("plotly_chart", "deck_gl_json_chart"):
        for chart in app.get(kind):
            assert chart.proto.alt


def test_the_share_to_keep_changes_the_days_left() -> None:
    app = visit("air", "zh", "year")
    before = html_of(app)
    app.button_group[0].set_value(90.0).run()
    assert not app.exception
    assert html_of(app) != before
    assert "全年最多超标 36 天" in html_of(app)  # 365 × 10 %
    assert "不超过 36 天的可能性" in html_of(app)


def test_the_calendar_is_judged_as_chosen() -> None:
    app = visit("air", "en", "year")
    app.selectbox[0].set_value(2025)
    app.selectbox[1].set_value("HJ 633-2026").run()
    assert "91.5%" in html_of(app)
    app.selectbox[1].set_value("HJ 633-2012").run()
    assert "94.8%" in html_of(app)


def test_the_scoreboard_is_filtered() -> None:
    app = visit("goals", "zh")
    everything = html_of(app).count("<summary><span")
    next(box for box in app.selectbox if box.key == "filter_theme").set_value("water").run()
    assert not app.exception
    assert 0 < html_of(app).count("<summary><span") < everything


PROVINCE = {
    "zh": ("青海湖、龙羊峡等重点湖库", "优良", "省里给2025年定的9项重点任务", "不是西宁市的承诺"),
    "en": (
        "Qinghai Lake, Longyangxia",
        "good to excellent",
        "9 priorities the province set itself for 2025",
        "not a promise",
    ),
}


@pytest.mark.parametrize("lang", PROVINCE)
def test_the_province_stands_behind_the_city(lang: str) -> None:
    page = whole("goals", lang)
    for sentence in PROVINCE[lang]:
        assert sentence in page


@pytest.mark.parametrize(
    ("lang", "aim"),
    [
        ("zh", ("目标（持续推进）237", "35蒸吨以下的不再受理安装告知、不再办理使用登记")),
        ("en", ("Target (carried on without an end date): 237", "none under 35 t/h accepted or registered any more")),
    ],
)
def test_what_has_no_date_is_given_none_and_a_ban_is_no_number(lang: str, aim: tuple[str, ...]) -> None:
    texts = []
    for tab in ("board", "text"):
        app = visit("goals", lang, tab)
        next(one for one in app.button_group if one.key == "plan").set_value("cz2426").run()
        texts.append(html_of(app))
    page = "\n".join(texts)
    for words in aim:
        assert words in page
    assert "≥35" not in page
