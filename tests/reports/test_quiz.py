"""The quiz: eight questions, each answered by the data it names, on a scale that follows a rule."""

from datetime import date

import pytest

from reports import quiz as quiz_report
from store import facts

TODAY = date(2026, 11, 23)
# Worked out by hand from data/: 334 days less 271 by one rule in one measuring state, 400.08 ÷ 434.34, 4.21e8 kWh ÷ 892000 t, …
RIGHT = {
    "good_days": 63,
    "worst_month": 3,
    "sections": 5,
    "outflow": 3,
    "used": 92.1,
    "kwh": 472,
    "hills": 79,
    "reported": 9,
}


def test_eight_questions_are_answered_by_the_data() -> None:
    assert {one.id: one.right for one in quiz_report.questions(TODAY)} == RIGHT


def test_every_answer_lies_on_its_scale_and_leaves_room_to_be_wrong() -> None:
    for one in quiz_report.questions(TODAY):
        assert one.low <= one.right <= one.high
        assert one.near <= (one.high - one.low) / 10 + 1e-9
        assert max(one.right - one.low, one.high - one.right) > one.near
        assert one.provenance.sources


def test_scales_end_where_the_thing_itself_ends() -> None:
    found = {one.id: one for one in quiz_report.questions(TODAY)}
    assert found["sections"].high == found["sections"].values["total"]
    assert found["reported"].high == found["reported"].values["total"]
    assert (found["worst_month"].low, found["worst_month"].high, found["worst_month"].near) == (1, 12, 0)
    assert (found["outflow"].low, found["outflow"].high, found["outflow"].near) == (1, 6, 0)
    assert found["used"].high == found["hills"].high == 100


@pytest.mark.parametrize(
    ("right", "end"), [(0.5, 1), (1, 2), (63, 200), (50, 100), (51, 200), (472, 1000), (1001, 5000)]
)
def test_a_scale_without_an_end_of_its_own_goes_to_a_round_number_at_least_twice_as_far(
    right: float, end: float
) -> None:
    assert quiz_report.scale(right) == end


def test_a_question_whose_figures_are_not_known_yet_is_not_requested() -> None:
    """At the start of 2019 nothing of burning, of this use of waste or of the mountains' 79 % was published."""
    assert not {"kwh", "hills", "reported"} & {one.id for one in quiz_report.questions(date(2019, 1, 1))}


def test_no_kind_was_reported_more_often_than_the_right_one() -> None:
    (requests,) = (one for one in quiz_report.questions(TODAY) if one.id == "reported")
    table = facts.table("complaints")
    mine = table[(table["dimension"] == "kind") & (table["handed_over"] == table["handed_over"].max())]
    assert requests.right == mine["n"].max()
    (kind,) = mine.loc[mine["n"] == mine["n"].max(), "name_zh"]
    assert requests.values["kind"].zh == kind
