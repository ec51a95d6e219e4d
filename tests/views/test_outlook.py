"""Where the year may end, in words."""

from datetime import date

import pytest

from reports import budget
from reports import outlook as outlooks
from views.site import outlook as outlook_blocks
from views.text.words import LANGUAGES, Words
from views.ui import outlook as outlook_pieces

TODAY = date(2026, 11, 29)
ZH = Words("zh")


CHANCES = {
    0.0: "不到 1%",
    0.0099: "不到 1%",
    0.01: "约 1%",
    0.345: "约 34%",
    0.99: "约 99%",
    0.9901: "超过 99%",
    1.0: "超过 99%",
}


@pytest.mark.parametrize(("value", "words"), CHANCES.items())
def test_a_chance_is_never_given_as_certain(value: float, words: str) -> None:
    assert outlook_pieces.chance(value, ZH) == words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_edition_has_its_own_range_and_allowance(lang: str) -> None:
    """The number of days allowed is that of the budget by the same edition, and the range that of the report."""
    w, allowed = Words(lang), {one.now.edition: one.left.allowed_days for one in budget.both(TODAY)}
    for one in outlooks.both(TODAY):
        sentence = outlook_pieces.line(one, allowed[one.edition], w)
        for number in (one.lost_days, *one.likely, *one.very_likely, allowed[one.edition]):
            assert str(number) in sentence
        assert outlook_pieces.chance(one.chance_at_most(allowed[one.edition]), w) in sentence


def test_the_record_gives_how_often_it_came_true() -> None:
    record = outlooks.record(outlooks.EDITIONS[1], TODAY)
    sentence = outlook_blocks._record(record, ZH)
    assert f"八成区间落中 {record.within_likely} 次" in sentence
    assert f"{record.brier:.2f}" in sentence
    # its 90 % range came true less often than that: the page says that it is too narrow
    assert record.within_very_likely < 0.9 * record.issued
    assert "偏窄" in sentence
