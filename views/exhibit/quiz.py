"""The quiz of chapter 5: a screen for each question, answered from the data, then the score."""

from reports import actions
from reports.quiz import Question
from views.exhibit.pieces import Screen, source_note
from views.templates import render
from views.text import format as fmt
from views.text.words import Words


def screens(questions: tuple[Question, ...], w: Words) -> list[Screen]:
    """Question by question, then how many were right."""
    total = len(questions)
    return [*(_question(n, one, total, w) for n, one in enumerate(questions, 1)), _score(total, w)]


def _question(n: int, one: Question, total: int, w: Words) -> Screen:
    """A question with its choices; touched, it shows which was right, with the number behind and its source."""
    values = _values(one, w)
    body = render(
        "exhibit/question",
        w=w,
        id=one.id,
        choices=[_choice(one, choice, w) for choice in one.choices],
        right=one.answer,
        answer=w(f"exhibit.quiz.{one.id}.told", **values),
        source_note=source_note(one.provenance, w),
    )
    headline = w.html(f"exhibit.quiz.{one.id}.ask", **values)
    return Screen(f"quiz-{one.id}", headline, w("exhibit.quiz.number", n=n, total=total), body)


def _values(one: Question, w: Words) -> dict[str, str]:
    """What a question's sentences name, in words: the right choice, and the values beside it."""
    return {name: _text(name, value, w) for name, value in one.values.items()} | {"right": _choice(one, one.right, w)}


def _text(name: str, value: float | str, w: Words) -> str:
    if name in ("period", "day"):
        return fmt.period(str(value), w)
    return fmt.plain(value) if isinstance(value, float) else str(value)


def _choice(one: Question, choice: float | str, w: Words) -> str:
    """A choice in words."""
    if one.id == "worst_month":
        return w(f"site.month_{choice}")
    if one.id == "outflow":
        return fmt.water_class(int(choice), w)
    if one.id == "reported":
        return next(w.of(count.row.name) for count in actions.complaints().by_kind if count.row.item == choice)
    return w(f"exhibit.quiz.{one.id}.choice", n=fmt.plain(float(choice)))


def _score(total: int, w: Words) -> Screen:
    body = render("exhibit/score", w=w, total=total)
    return Screen("score", w.html("exhibit.quiz.score_headline"), w("exhibit.quiz.score_lead"), body)
