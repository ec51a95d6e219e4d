"""The picture of a shared link: its size, its words, and no boxes where no Chinese font is installed."""

import io
from pathlib import Path

import pytest
from PIL import Image
from starlette.applications import Starlette

from tests.asgi import ask
from views.addresses import LIGHT_PAGES
from views.cached import drawings
from views.http import pictures, share_picture
from views.text.words import Words

app = Starlette(routes=pictures.routes())
SIX = ("113", "AQI", "Lightly polluted", "#FF7E00", ("Take care outside", "Air quality of Xining"), "Bluer Sky")


@pytest.fixture
def no_chinese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without a Chinese font."""
    monkeypatch.setattr(share_picture, "FOLDERS", (str(tmp_path),))
    forget_fonts()


@pytest.fixture(autouse=True)
def forget() -> object:
    yield
    forget_fonts()


def forget_fonts() -> None:
    share_picture.chinese.cache_clear()
    share_picture._font.cache_clear()
    drawings.clear()


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


@pytest.mark.parametrize("path", [*LIGHT_PAGES, "section/xigang", "station/3055A", "indicator/good_day_share_pct"])
def test_every_page_has_its_picture(path: str) -> None:
    answer = ask(app, f"/og/{path}.png?lang=zh", host="x")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert opened(answer.content).size == (share_picture.WIDE, share_picture.TALL)
    assert len(answer.content) < 120_000
    assert ask(app, f"/og/{path}.png?lang=zh", host="x", if_none_match=answer.headers["etag"]).status_code == 304


@pytest.mark.parametrize("name", ["nothing", "..", "section", "section/x", "station/x", "indicator/x", "wall"])
def test_there_is_no_other(name: str) -> None:
    assert ask(app, f"/og/{name}.png", host="x").status_code == 404


def test_the_level_has_its_official_colour() -> None:
    colours = opened(share_picture.png(*SIX)).getcolors(1 << 20)
    assert colours
    assert (255, 126, 0) in [colour for _, colour in colours]


def test_everything_stays_within_the_picture() -> None:
    long = (
        "Of every 100 tonnes of industrial waste of the year 2022 some 92.1 were put to some use or other in the city"
    )
    ground = opened(share_picture.png("1234.56", "μg/m³", "", "", (long, long), "Bluer Sky"))
    blank = opened(share_picture.png("1", "", "", "", (), "B"))
    edge = (share_picture.WIDE - 40, 0, share_picture.WIDE, share_picture.TALL - 20)
    assert ground.crop(edge).getcolors() == blank.crop(edge).getcolors()


def test_without_chinese_letters_the_picture_is_english(no_chinese: None) -> None:
    assert share_picture.chinese() is None
    assert share_picture.readable(Words("zh")).lang == "en"
    mixed = share_picture.png("Ⅱ类"[0:0] + "39", "AQI", "优", "#00E400", ("可以放心出门 39",), "天更蓝")
    bare = share_picture.png("39", "AQI", "", "", (" 39",), "")
    assert opened(mixed).size == opened(bare).size  # hanzi are left out, nothing fails


def test_where_chinese_letters_are_the_picture_is_chinese() -> None:
    if share_picture.chinese() is None:
        pytest.skip("no Chinese font on this machine: apt-get install fonts-noto-cjk")
    assert share_picture.readable(Words("zh")).lang == "zh"
    assert share_picture.png("39", "AQI", "优", "#00E400", (), "") != share_picture.png(
        "39", "AQI", "良", "#00E400", (), ""
    )
