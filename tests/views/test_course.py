"""The last hours and the modelled days on one axis: what is modelled is never drawn as measured, no text on another."""

import re

import pandas as pd
import pytest

from tests import boxes
from views.drawings import hours
from views.drawings.hours import NARROW, WIDE, Course
from views.text import air as air_words
from views.text.words import LANGUAGES, Words
from views.ui.air import AirIndex
from views.ui.forecast import ModelledDay

SPANS = ((97, 69), (92, 63), (305, 62), (100, 4))  # of the hourly index; from the foot of the scale and far above it


def measured(n: int) -> pd.DataFrame:
    """``n`` hours up to six in the evening, the second of them not received."""
    at = pd.date_range(end="2026-11-23 18:00", periods=n, freq="h")
    return pd.DataFrame({"at": at, "aqi": [60.0, None, *[95.0] * (n - 2)], "level": [2.0] * n})


def modelled(w: Words) -> tuple[ModelledDay, ...]:
    return tuple(
        ModelledDay(
            f"11-{24 + n}",
            w("air.day_mark", day=24 + n, month=w("site.month_short_11")),
            w("air.day_alone", day=24 + n),
            AirIndex.of(80, 2, w),
            f"{low}–{high}",
            "",
            max(low, min(high, 80)),
            low,
            high,
        )
        for n, (high, low) in enumerate(SPANS)
    )


def drawn(w: Words, layout: Course, *, ahead: bool = True, n: int = 48) -> str:
    days = modelled(w) if ahead else ()
    return hours.course(measured(n), days, w, title="t", names=air_words.level_names(w), layout=layout)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_text_lies_on_another_or_leaves_the_picture(lang: str, layout: Course) -> None:
    picture = drawn(Words(lang), layout)
    assert boxes.overlapping(picture) == []
    assert boxes.beyond(picture) == []


def test_one_day_is_drawn_and_each_part_is_named() -> None:
    w = Words("zh")
    picture = drawn(w, WIDE)
    assert len(re.findall(r'rx="1.5"', picture)) == 24  # of 48 hours
    assert picture.count("stroke-dasharray") == len(SPANS)  # only what is modelled has a broken edge
    assert [picture.count(w(f"air.{part}")) for part in ("observed", "modelled")] == [1, 1]


def test_a_part_that_is_not_known_is_not_named() -> None:
    w = Words("zh")
    assert w("air.modelled") not in drawn(w, WIDE, ahead=False)
    alone = hours.course(measured(24)[:0], modelled(w), w, title="t", names=air_words.level_names(w))
    assert w("air.observed") not in alone
    assert "NaN" not in alone


def test_numbers_are_clear_of_the_ends_of_their_span() -> None:
    picture = drawn(Words("zh"), WIDE)
    ends = [
        (float(y), float(y) + float(tall))
        for y, tall in re.findall(r'y="([\d.]+)" width="[\d.]+" height="([\d.]+)" rx="4"', picture)
    ]
    assert len(ends) == len(SPANS)
    by_text = {one.text: one.box for one in boxes.texts(picture)}
    for (top, foot), (high, low) in zip(ends, SPANS, strict=True):
        assert by_text[str(high)][3] < top
        assert by_text[str(low)][1] > foot or top < by_text[str(low)][1] < by_text[str(low)][3] < foot
