"""Posters to print: A1, one page, drawn as vectors, letters embedded, sources in them; never empty squares."""

import re
import zlib
from xml.etree import ElementTree

import pytest
from markupsafe import Markup
from starlette.applications import Starlette

from reports import story
from tests import asgi
from views.exhibit import frame as exhibit_frame
from views.http import posters
from views.paper import standalone, typesetting
from views.text.words import Words
from views.tokens import LIGHT

A1_PT = (594 / 25.4 * 72, 841 / 25.4 * 72)
installed = pytest.mark.skipif(
    not typesetting.installed(), reason="no font with Chinese letters: apt-get install fonts-noto-cjk"
)


def get(address: str) -> asgi.Answer:
    return asgi.ask(Starlette(routes=[posters.route()]), address)


def streams(pdf: bytes) -> bytes:
    """Everything packed inside a PDF, unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    unpacked = []
    for one in packed:
        try:
            unpacked.append(zlib.decompress(one))
        except zlib.error:
            unpacked.append(one)
    return b"\n".join(unpacked)


@pytest.mark.slow
@installed
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("chapter", exhibit_frame.CHAPTERS)
def test_a_poster_is_one_a1_sheet_of_vectors_with_its_letters_embedded(chapter: str, lang: str) -> None:
    made = posters.pdf(chapter, Words(lang))
    assert made.startswith(b"%PDF-")
    inside = made + streams(made)
    boxes = [tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox ?\[([^\]]*)\]", inside)]
    assert [box[2:] for box in boxes] == [pytest.approx(A1_PT, abs=0.5)]
    assert not re.search(rb"/Subtype ?/Image", inside)
    fonts = set(re.findall(rb"/FontName ?/(\S+?)[/\s]", inside))
    assert fonts
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in fonts), fonts  # a subset: embedded
    assert len(re.findall(rb"/FontFile3? ", inside)) >= len(fonts)


@installed
def test_the_sources_are_on_the_sheet() -> None:
    """Every source the chapter rests on is among the poster's lines, with its title and issuer."""
    for chapter in exhibit_frame.CHAPTERS:
        sheet = posters.sheet_of(chapter, Words("zh"))
        known = {source.document.title.zh for provenance in sheet.poster.sources for source in provenance.sources}
        assert known
        for title in known:
            assert any(title in line for line in sheet.words["sources"]), (chapter, title)


def test_a_drawing_by_itself_has_colours_and_a_font() -> None:
    drawn = standalone.resolved(
        Markup(
            '<svg viewBox="0 0 1 1">'
            '<i style="fill:var(--leaf);stroke:color-mix(in srgb, var(--river) 50%, var(--card))"/></svg>'
        ),
        "#123456",
        "A Font",
    )
    assert "var(" not in drawn
    assert LIGHT.leaf in drawn
    assert "#85BFBD" in drawn  # (0B+FF)/2, (7F+FF)/2, (7B+FF)/2
    assert ElementTree.fromstring(drawn).get("font-family") == "A Font"


@installed
@pytest.mark.parametrize("chapter", [name for name in exhibit_frame.CHAPTERS if name != "part"])
def test_no_variable_is_left_in_a_picture(chapter: str) -> None:
    assert not re.search(r"var\(|color-mix|light-dark", posters.sheet_of(chapter, Words("en")).picture)


@installed
def test_an_address_gives_the_sheet_in_the_language_chosen() -> None:
    answer = get("/poster/sky.pdf?lang=en")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert 'filename="xining-sky-en.pdf"' in answer.headers["content-disposition"]
    assert get("/poster/sky.pdf").content != answer.content  # Chinese is the default
    assert get("/poster/moon.pdf").status_code == 404


def test_without_a_chinese_font_it_explains_how_to_install_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "FONTS", ("A font nobody has",))
    typesetting.installed.cache_clear()
    answer = get("/poster/sky.pdf?lang=en")
    typesetting.installed.cache_clear()
    assert answer.status_code == 503
    assert "fonts-noto-cjk" in answer.content.decode()


@installed
def test_the_numbers_are_those_of_the_story() -> None:
    tiles = posters.sheet_of("sky", Words("en")).words["tiles"]
    sky = story.sky()
    assert [tile["number"] for tile in tiles] == [
        f"about {sky.then_alike.good_days} days",
        f"{sky.now_by_new.good_days} days",
    ]
