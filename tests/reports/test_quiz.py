"""The quiz: eight questions, each answered by the data it names, with choices that follow a rule."""

from datetime import date

import pytest

from reports import quiz
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
    "reported": "air",
}


def test_eight_questions_are_answered_by_the_data() -> None:
    assert {one.id: one.right for one in quiz.questions(TODAY)} == RIGHT


@pytest.mark.parametrize("number", range(8))
def test_a_question_has_four_different_choices_in_order(number: int) -> None:
    one = quiz.questions(TODAY)[number]
    assert len(set(one.choices)) == 4
    assert list(one.choices) == sorted(one.choices, key=lambda choice: (isinstance(choice, str), choice))
    assert one.provenance.sources


def test_the_right_one_does_not_always_stand_at_the_same_place() -> None:
    assert len({one.answer for one in quiz.questions(TODAY)}) >= 3


def test_a_year_has_no_more_good_days_than_days_and_nothing_more_than_all() -> None:
    requests = {one.id: one for one in quiz.questions(TODAY)}
    assert max(requests["good_days"].choices) <= 365
    assert max(requests["sections"].choices) <= requests["sections"].values["total"]
    assert max(requests["used"].choices) <= 100


@pytest.mark.parametrize(
    ("right", "step", "place", "most", "choices", "at"),
    [
        (50, 10, 1, 100, (40, 50, 60, 70), 1),
        (5, 10, 1, 100, (5, 15, 25, 35), 0),  # nothing below nought
        (95, 10, 1, 100, (65, 75, 85, 95), 3),  # nothing above the most
        (100, 20, 2, 100, (40, 60, 80, 100), 3),
        (0, 3, 3, 9, (0, 3, 6, 9), 0),
    ],
)
def test_wrong_choices_lie_a_step_apart_within_bounds(
    right: float, step: float, place: int, most: float, choices: tuple[float, ...], at: int
) -> None:
    assert quiz.steps(right, step, place, most=most) == (choices, at)


def test_choices_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="no room between 0 and 6"):
        quiz.steps(3, 3, 1, most=6)


def test_a_question_whose_figures_are_not_known_yet_is_not_requested() -> None:
    """At the start of 2019 nothing of burning, of this use of waste or of the mountains' 79 % was published."""
    assert not {"kwh", "hills", "reported"} & {one.id for one in quiz.questions(date(2019, 1, 1))}


def test_no_kind_was_reported_more_often_than_the_right_one() -> None:
    (requests,) = (one for one in quiz.questions(TODAY) if one.id == "reported")
    table = facts.table("complaints")
    mine = table[(table["dimension"] == "kind") & (table["handed_over"] == table["handed_over"].max())]
    counts = dict(zip(mine["item"], mine["n"], strict=True))
    assert counts[requests.right] == max(counts.values()) == requests.values["n"]
