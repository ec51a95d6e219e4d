"""What every surface has: whom to call, another language at the same place, codes only where phones can follow them."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from starlette.applications import Starlette

from store import clock
from tests.asgi import ask
from tests.checks import not_none
from tests.pages.visits import html_of, seen
from views import addresses
from views.addresses import TABS
from views.exhibit import frame as exhibit_frame
from views.http import light, posters, wall
from views.http.shell import Shell
from views.paper import typesetting
from views.text.words import LANGUAGES, Words
from views.visit import Visit
from views.wall.frame import SCENES, scene

CALL = {"zh": "发现污染 · 打 12369", "en": "Pollution? Call 12369"}
LINK = re.compile(r'<a [^>]*href="tel:12369"[^>]*>([^<]*)</a>')
PAGES = ("overview", "air", "water", "waste", "greening", "goals", "actions", "method", "wall", "exhibit")

app = Shell(Starlette(routes=[*wall.routes(), *light.routes()]))


def answered(address: str, **headers: str) -> str:
    return ask(app, address, host="green.example", **headers).content.decode()


def bar(html: str) -> str:
    """The menu of a Streamlit page or a light page."""
    return not_none(re.search(r'<nav class="bar".*?</nav>', html, re.S))[0]


# ── whom to call ─────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_site_calls_the_hotline_from_menu_and_foot(page: str, lang: str) -> None:
    html = html_of(seen(page, lang))
    foot = html[html.index('<div class="footer">') :]
    assert CALL[lang] in LINK.findall(bar(html))
    assert CALL[lang] in LINK.findall(foot)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", light.PAGES)
def test_a_light_page_calls_the_hotline_from_menu_and_foot(path: str, lang: str) -> None:
    html = answered(f"{addresses.light(path)}?lang={lang}")
    foot = html[html.index("<footer>") :]
    assert f'aria-label="{CALL[lang]}">12369</a>' in bar(html)
    assert CALL[lang] in LINK.findall(foot)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_scene_and_every_screen_of_the_exhibit_names_the_hotline(lang: str) -> None:
    v = Visit(Words(lang), "dark", clock.now(), False)
    assert all(CALL[lang] in scene(name, v) for name in SCENES)
    page = exhibit_frame.document(1, lang, "light", "")
    assert page.count(CALL[lang]) * len(LANGUAGES) == page.count("data-screen=")


# ── the other language ───────────────────────────────────────────────────────────────────────────────────────────────
def switch(html: str) -> tuple[dict[str, str], str, str]:
    """The link to the other language: what its address says, its name, its visible text."""
    found = re.search(r'<a href="([^"]*)"[^>]*hreflang="\w+" aria-label="([^"]*)">([^<]*)</a>', bar(html))
    assert found
    return dict(parse_qsl(unescape(found[1]).partition("?")[2])), found[2], found[3]


@pytest.mark.parametrize("page", TABS)
def test_the_other_language_keeps_the_tab(page: str) -> None:
    tab = TABS[page][-1]
    address, _, _ = switch(html_of(seen(page, "zh", tab)))
    assert address == {"lang": "en", "tab": tab}


def test_odd_values_are_not_carried_on() -> None:
    address, _, _ = switch(html_of(seen("air", "zh", '"><b>')))
    assert address == {"lang": "en"}


@pytest.mark.parametrize("path", ["", "air", "section/xiaoxia", "station/3055A", "tasks"])
def test_the_other_language_of_a_light_page_is_the_same_page(path: str) -> None:
    html = answered(f"{addresses.light(path)}?lang=zh")
    assert f'<a href="{addresses.light(path)}?lang=en&amp;keep=1"' in bar(html)


def test_the_pledges_brought_along_are_there_in_the_other_language() -> None:
    address, _, _ = switch(answered("/lite?pledge=bus,sort&lang=zh"))
    assert address == {"lang": "en", "pledge": "bus,sort", "keep": "1"}
    assert "<odd>" not in answered("/lite?pledge=bus,%22%3E%3Codd%3E&lang=zh")


@pytest.mark.parametrize("html", ["site", "lite"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_name_of_the_language_link_begins_with_its_text(html: str, lang: str) -> None:
    _, name, text = switch(html_of(seen("air", lang)) if html == "site" else answered(f"/lite?lang={lang}"))
    assert name.startswith(f"{text} · ")


def test_the_wall_begins_at_a_scene_and_goes_on() -> None:
    begun = answered("/?view=wall&from=river&lang=en")
    assert 'data-scene="river"' in begun
    assert "data-pinned" not in begun
    assert 'data-scene="overview"' in answered("/?view=wall&from=nowhere")


# ── codes ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XINING_PUBLIC_URL", raising=False)


def codes() -> dict[str, int]:
    """How many codes each surface shows."""
    v = Visit(Words("zh"), "dark", clock.now(), False)
    site = sum(html_of(seen(page, "zh")).count("segno") for page in ("overview", "goals"))
    scenes = sum(scene(name, v).count("segno") for name in SCENES)
    return {"site": site, "wall": scenes, "exhibit": exhibit_frame.document(1, "zh", "light", "").count("segno")}


@pytest.mark.usefixtures("unreachable")
def test_no_surface_shows_a_code_where_phones_cannot_follow_it() -> None:
    assert set(codes().values()) == {0}
    page = exhibit_frame.document(1, "zh", "light", "")
    assert "localhost" not in page
    assert "扫一扫" not in page
    assert Words("zh")("exhibit.phone") not in page
    assert not exhibit_frame.code("sky", Words("zh"))


def test_every_surface_shows_its_codes_where_they_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_PUBLIC_URL", "https://xn.example")
    shown = codes()
    assert shown["site"] == 2
    assert shown["wall"] == len(SCENES)
    assert shown["exhibit"] >= 2 * (6 + 15 + 20)


@pytest.mark.usefixtures("unreachable")
@pytest.mark.skipif(not typesetting.installed(), reason="no Chinese font")
def test_a_poster_prints_without_a_code() -> None:
    assert posters.pdf("sky", Words("zh")).startswith(b"%PDF")
