"""Drawings downloaded: each in all forms and languages, with what it must say in it; each of every page is one of them."""

import gzip
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

import pandas as pd
import pytest
from markupsafe import Markup
from openpyxl import load_workbook
from PIL import Image
from starlette.applications import Starlette

from store import clock
from tests import asgi, live_stores
from tests.pages import visits
from views import addresses
from views.addresses import EMBED, MEDIA_TYPES, TABS
from views.exports import charts as registered
from views.exports import made
from views.exports.chart import download_of
from views.http import charts
from views.http.headers import Headers
from views.http.shell import Shell
from views.site.sheet import Download
from views.text import format as fmt
from views.text.words import LANGUAGES, Words
from views.ui.download import FORMS
from views.visit import Visit

pytestmark = pytest.mark.slow  # draws everything there is
NOW = "2026-11-23T18:30"
LARGEST_EMBED_BYTES = 60_000
app = Headers(Shell(Starlette(routes=charts.routes())))
PAGES = ("overview", "air", "water", "waste", "greening", "goals", "actions", "method")


@pytest.fixture(scope="module", autouse=True)
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with live_stores.collected(tmp_path_factory.mktemp("along"), NOW):
        yield


def visit(lang: str, theme: str = "light") -> Visit:
    return Visit(Words(lang), theme, clock.now(), False)


def everything() -> list[str]:
    """Ids to try: of calendars one year by each edition, all others."""
    return [one for one in registered.registry() if not one.startswith("air-calendar-") or "-2026" in one]


# ── the registry, drawing by drawing ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_every_drawing_answers_in_every_form(lang: str, theme: str) -> None:
    """With title, sources and day in the picture, and the table's rows in both files."""
    v, day = visit(lang, theme), fmt.day(clock.now().date(), Words(lang))
    for name in everything():
        query = f"?lang={lang}&theme={theme}"
        got = {form: asgi.ask(app, addresses.chart(name, form) + query) for form in FORMS}
        assert {form: answer.status_code for form, answer in got.items()} == dict.fromkeys(FORMS, 200), name
        one = download_of(registered.registry()[name], v)
        root = ElementTree.fromstring(got["svg"].content)
        written = "".join(root.itertext()).replace(" ", "")
        assert one.title.replace(" ", "") in written, name
        assert day.replace(" ", "") in written, name
        assert addresses.chart(name) in written
        assert Words(lang)("site.name").replace(" ", "") in written
        assert "var(" not in got["svg"].content.decode(), name
        image = Image.open(io.BytesIO(got["png"].content))
        assert image.width >= 1200, name
        rows = len(pd.read_csv(io.BytesIO(got["csv"].content)))
        book = load_workbook(io.BytesIO(got["xlsx"].content))
        assert rows == len(one.data) == book.worksheets[0].max_row - 1, name
        assert Words(lang)("site.source") in {row[0].value for row in book.worksheets[1].iter_rows()}, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_embedded_drawing_is_small_alone_and_says_its_source(lang: str) -> None:
    w = Words(lang)
    for name in everything():
        answer = asgi.ask(app, f"{EMBED}/{name}?lang={lang}", accept_encoding="gzip")
        assert answer.status_code == 200, name
        assert len(answer.content) <= LARGEST_EMBED_BYTES, f"{name}: {len(answer.content)}"
        text = gzip.decompress(answer.content).decode()
        assert not re.search(r"<(script|iframe|img|form)\b|@import|url\(", text), name
        assert set(re.findall(r'(?:src|href)="(https?://[^"/]+)', text)) <= {"http://testserver"}, name
        assert text.count("<svg") >= 1
        assert w("data.embed_more") in text
        assert "set-cookie" not in answer.headers


def test_only_what_is_embedded_may_be_shown_in_a_frame_elsewhere() -> None:
    embedded = asgi.ask(app, f"{EMBED}/waste-model").headers["content-security-policy"]
    assert embedded.endswith("frame-ancestors *")
    for path in (
        addresses.chart("waste-model"),
        addresses.chart("waste-model", "svg"),
        addresses.chart("waste-model", "csv"),
    ):
        assert asgi.ask(app, path).headers["content-security-policy"].endswith("frame-ancestors 'self'"), path


@pytest.mark.parametrize("path", ["/chart/nothing.svg", "/chart/waste-model.pdf", "/embed/nothing", "/chart/nothing"])
def test_what_is_none_is_not_found(path: str) -> None:
    assert asgi.ask(app, path).status_code == 404


def test_a_drawing_is_not_sent_twice() -> None:
    first = asgi.ask(app, addresses.chart("waste-model", "svg"))
    again = asgi.ask(app, addresses.chart("waste-model", "svg"), if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_drawing_explains_how_to_cite_and_embed_it(lang: str) -> None:
    w = Words(lang)
    text = asgi.ask(app, f"/chart/forest-cover?lang={lang}", host="green.example").content.decode()
    one = download_of(registered.registry()["forest-cover"], visit(lang))
    plain_text = unescape(re.sub(r"<[^>]+>", "", text))
    assert made.citation(one, visit(lang)) in plain_text
    assert f"green.example{EMBED}/forest-cover?lang={lang}&amp;theme=light" in unescape(text).replace(
        "&theme", "&amp;theme"
    )
    for form in FORMS:
        assert addresses.chart("forest-cover", form) in text
    described = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (described["@type"], described["name"]) == ("Dataset", one.title)
    assert described["temporalCoverage"] == one.provenance.period
    assert {part["encodingFormat"] for part in described["distribution"]} == {MEDIA_TYPES[form] for form in FORMS}
    assert w("site.name") in text


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────
TAKEN = re.compile(r'href="/chart/([a-z0-9_.-]+?)\.png')
DRAWN = re.compile(r'<svg [^>]*aria-label="([^"]+)"')


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_drawing_of_every_page_can_be_taken_along(lang: str) -> None:
    """What a page draws is the drawing of an id that stands under it; a drawing without one fails."""
    w, known = Words(lang), registered.registry()
    for page in PAGES:
        for tab, run in zip(TABS.get(page, ("",)), visits.tabs_of(page, lang), strict=True):
            html = visits.html_of(run)
            ids = set(TAKEN.findall(html))
            assert ids <= set(known), f"{page} {tab}: {ids - set(known)}"
            # by the interactive charts and maps there are, and by the names of the drawings
            n = sum(len(run.get(kind)) for kind in ("plotly_chart", "deck_gl_json_chart"))
            own = [download_of(known[one], visit(lang)) for one in ids]
            names = {name for one in own for name in _names(one)}
            interactive = sum(1 for one in own if not isinstance(one.picture, Markup))
            interactive += sum(1 for one in own if one.id == "river-map")
            assert n == interactive, f"{page} {tab}: {n} charts, {interactive} to download"
            found = {unescape(name) for name in DRAWN.findall(html)}
            left = found - names - {w("page.code"), w("overview.sky_title")}
            assert not left, f"{page} {tab}: {left}"


def _names(one: Download) -> set[str]:
    if not isinstance(one.picture, Markup):
        return set()
    return {unescape(name) for name in DRAWN.findall(one.picture)}


def test_links_stand_under_a_drawing_in_the_language_of_the_page() -> None:
    html = visits.html_of(visits.seen("waste", "en", "model"))
    assert '<a href="/chart/waste-model.png?lang=en">PNG</a>' in html
    assert '<a href="/chart/waste-model?lang=en">' in html


def test_what_another_site_puts_into_its_page_is_text_on_ours() -> None:
    page = asgi.ask(app, "/chart/forest-cover?lang=en", host="green.example").content.decode()
    assert "<iframe" not in page
    assert '&lt;iframe src="http://green.example/embed/forest-cover?lang=en' in page.replace("&#34;", '"')
