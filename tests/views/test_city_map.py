"""The map of the city: every place named, names apart, official colours with their number, addresses a touch leads to."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from reports import actions, air, air_now, water
from reports.air_now import Now
from tests import boxes, live_stores
from tests.live_stores import at, hours, write_readings
from tests.served import TODAY as DAY
from views.drawings import city_map
from views.drawings.city_map import CARD, LIGHT, PHONE, WALL, Layout
from views.text.words import Words
from views.tokens import AQI_LEVELS, WATER_CLASSES
from views.ui import places
from views.ui.places import Layer

ZH, EN = Words("zh"), Words("en")
LAYOUTS = {"card": CARD, "phone": PHONE, "light": LIGHT, "wall": WALL}
NOW = at("2026-11-23T18:00")
INDEX = {"1483A": 42.0, "3055A": 77.0, "3629A": 130.0, "3630A": 91.0, "4162A": 305.0}
DISTRICTS = ["城东", "城中", "城西", "城北", "湟中", "大通", "湟源"]
TARGET_PX, TOUCH_PX = 24, 44  # WCAG 2.2, 2.5.8 and 2.5.5
PHONE_CARD_PX = 327  # the map's width in its card on a phone 390 pixels wide


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Now]:
    """An hour of every station in service, in four levels."""
    with live_stores.filled(tmp_path_factory.mktemp("map")):
        write_readings("cnemc_air", hours("xining", "aqi", NOW, [84.0]), now=NOW)
        write_readings(
            "cnemc_air", [row for code, index in INDEX.items() for row in hours(code, "aqi", NOW, [index])], now=NOW
        )
        found = air_now.now()
        assert found is not None
        yield found


def layers(report: Now, w: Words) -> list[Layer]:
    river = water.river(date.fromisoformat(DAY))
    return [
        places.air(air.stations(), report, True, w),
        places.air(air.stations(), report, False, w),
        places.air(air.stations(), None, False, w),
        places.river(river, w),
        places.reports_of_residents(actions.complaints(), w),
    ]


def led_by_name(panels: str) -> list[tuple[str, str]]:
    """Where the names below a map lead, and the names."""
    return re.findall(r'<a href="#([\w-]+)" target="_self">([^<]+)</a>', panels)


@pytest.mark.parametrize("w", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("n", range(5), ids=["air", "air_past", "air_unknown", "river", "actions"])
def test_every_place_and_district_is_named_and_no_name_lies_on_another(
    report: Now, w: Words, layout: Layout, n: int
) -> None:
    layer = layers(report, w)[n]
    drawn = city_map.drawing(layer, w, layout=layout)
    written = [one.text for one in boxes.texts(drawn)]
    assert boxes.overlapping(drawn) == []
    assert boxes.beyond(drawn) == []
    assert {one.name for one in layer.places if not layer.of_districts} <= set(written)
    if w is ZH:
        assert all(any(text.startswith(name) for text in written) for name in DISTRICTS)


def test_an_official_colour_bears_its_number(report: Now) -> None:
    for layer, colors in ((layers(report, ZH)[0], AQI_LEVELS), (layers(report, ZH)[3], WATER_CLASSES)):
        drawn = city_map.drawing(layer, ZH)
        filled = re.findall(r'<circle [^>]*style="fill:(#\w+)[^>]*/><text [^>]*>([^<]+)<', drawn)
        assert filled
        assert {color for color, _ in filled} <= set(colors.values())
        assert len(re.findall(r'<circle [^>]*style="fill:#', drawn)) == len(filled)


def test_the_number_stands_in_the_colour_of_its_level(report: Now) -> None:
    drawn = city_map.drawing(layers(report, ZH)[0], ZH)
    numbers = dict(re.findall(r'style="fill:(#\w+)[^>]*/><text [^>]*>(\d+)<', drawn))
    assert numbers == {
        AQI_LEVELS[6]: "305",
        AQI_LEVELS[3]: "130",
        AQI_LEVELS[2]: numbers[AQI_LEVELS[2]],
        AQI_LEVELS[1]: "42",
    }


def test_an_old_hour_and_an_old_class_are_rings(report: Now) -> None:
    _, past, unknown, river, _ = layers(report, ZH)
    for layer in (past, unknown):
        assert not re.search(r'<circle [^>]*style="fill:#', city_map.drawing(layer, ZH))
    assert "不是此刻的空气" in past.message
    rings = [one for one in river.places if one.inside and not one.full]
    assert rings
    assert city_map.drawing(river, ZH).count('style="fill:var(--card);stroke:#') == len(rings)


def test_dots_that_would_lie_on_each_other_are_moved_apart(report: Now) -> None:
    """六一桥 and 七一桥 lie 300 m apart."""
    drawn = city_map.drawing(layers(report, ZH)[3], ZH)
    at_ = [tuple(map(float, one)) for one in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn)]
    assert len(set(at_)) == len(at_) == len(layers(report, ZH)[3].places)


def test_a_touch_leads_to_the_panel_or_the_page(report: Now) -> None:
    for layer in layers(report, ZH):
        drawn = city_map.drawing(layer, ZH, links=city_map.to_panels(layer))
        pages = city_map.to_pages(layer, str)
        panels = places.panels(layer, pages, ZH)
        led = re.findall(r'<a href="#([\w-]+)"', drawn)
        assert sorted(led) == sorted(re.findall(r'<span class="at" id="([\w-]+)"', panels))
        assert len(led) == len(layer.places)
        assert led_by_name(panels) == [(f"{layer.key}-{one.id}", one.name) for one in layer.places]
        assert 'role="group"' in drawn
        on_light_pages = city_map.drawing(layer, ZH, links=pages)
        assert all(f'href="{page}"' in on_light_pages and f'href="{page}"' in panels for page in pages.values())
        assert "<a " not in city_map.drawing(layer, ZH)


def test_a_place_is_large_enough_to_touch(report: Now) -> None:
    """On a phone a touch counts 44 pixels around a dot, and no less than 24 where another one is near."""
    css = PHONE_CARD_PX / PHONE.width
    for n in (0, 3):
        layer = layers(report, ZH)[n]
        drawn = city_map.drawing(layer, ZH, layout=PHONE, links=city_map.to_panels(layer))
        wide = [2 * css * float(r) for r in re.findall(r'r="([\d.]+)" fill="transparent"', drawn)]
        assert len(wide) == len(layer.places)
        assert min(wide) >= TARGET_PX
        assert max(wide) == pytest.approx(TOUCH_PX, abs=0.5)


def test_reports_of_one_day_say_so(report: Now) -> None:
    layer = layers(report, ZH)[4]
    assert "只是这一天" in layer.message
    assert sum(int(one.inside) for one in layer.places) == actions.complaints().total
    drawn = city_map.drawing(replace(layer, places=layer.places), ZH)
    assert "城中区 6" in drawn
