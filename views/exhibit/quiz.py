"""The quiz of chapter 5: a screen for each question; a visitor estimates, then sees the number. Three are drawn for each."""

from reports.quiz import Question
from store.records import Both
from views.exhibit.pieces import Scene, Screen, source_note
from views.templates import render
from views.text import format as fmt
from views.text.words import Words

DRAWN = 3  # questions a visitor gets, of all; exhibit.js draws them
SCENES: dict[str, Scene] = {
    "sections": "river",
    "outflow": "river",
    "used": "plant",
    "kwh": "plant",
    "reported": "wall",
}


def screens(questions: tuple[Question, ...], w: Words) -> list[Screen]:
    """Question by question."""
    return [_question(one, w) for one in questions]


def _question(one: Question, w: Words) -> Screen:
    """A question with its scale; estimated, it shows the number, how far off the estimate was, and the source."""
    values = _values(one, w)
    named = one.id in ("worst_month", "outflow")
    stage = render(
        "exhibit/question",
        w=w,
        one=one,
        drawn=DRAWN,
        start=round((one.low + one.high) / 2),
        ends=[_choice(one, end, w) for end in (one.low, one.high)],
        right=values["right"],
        names="|".join(_choice(one, n, w) for n in range(int(one.low), int(one.high) + 1)) if named else "",
        unit="#" if named else w(f"exhibit.quiz.{one.id}.choice", n="#"),
    )
    body = render(
        "exhibit/question_body",
        w=w,
        id=one.id,
        answer=w(f"exhibit.quiz.{one.id}.answer", **values),
        source_note=source_note(one.provenance, w),
    )
    headline = w.html(f"exhibit.quiz.{one.id}.ask", **values)
    lead = w(f"exhibit.quiz.{one.id}.terms", **values)
    return Screen(f"quiz-{one.id}", headline, lead, SCENES.get(one.id, "valley"), stage, body)


def _values(one: Question, w: Words) -> dict[str, str]:
    """What a question's sentences name, in words: the right number, and the values beside it."""
    return {name: _text(name, value, w) for name, value in one.values.items()} | {"right": _choice(one, one.right, w)}


def _text(name: str, value: object, w: Words) -> str:
    if name in ("period", "day"):
        return fmt.period(str(value), w)
    if isinstance(value, Both):
        return w.of(value)
    return fmt.plain(value) if isinstance(value, float) else str(value)


def _choice(one: Question, n: float, w: Words) -> str:
    """A number of the scale in words."""
    if one.id == "worst_month":
        return w(f"site.month_{n:g}")
    if one.id == "outflow":
        return fmt.water_class(int(n), w)
    return w(f"exhibit.quiz.{one.id}.choice", n=fmt.plain(n))
