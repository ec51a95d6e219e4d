"""The plan's work on a phone: what is past its day without a result, what is due next, who is responsible."""

from markupsafe import Markup

from reports import actions, duties
from reports.duties import Duty
from views.lite import frame
from views.lite.frame import Page, Picture
from views.text import answers, marked
from views.text.actions import Task
from views.text.words import Words
from views.ui import cards
from views.ui import duties as duty_pieces
from views.ui.rows import row
from views.visit import Visit


def page(v: Visit) -> Page:
    """The same as the wall's scene, whole."""
    w, report = v.w, actions.tasks(v.today)
    owed = duties.of_plan(report.plan.plan_id)
    headline, lead = answers.of_tasks(report, w)
    body = frame.body(
        "tasks",
        v,
        headline=headline,
        lead=lead,
        tasks=[Task.of(part, w) for part in report.open_parts],
        source=cards.source_note(report.provenance, w),
        duties=[_duty(one, w) for one in owed],
    )
    title = marked.plain(headline)
    picture = Picture(str(len(report.open_parts)), lines=(title,))
    return Page("tasks", "goals", title, lead, body, picture, "actions")


def _duty(one: Duty, w: Words) -> Markup:
    return row(w.of(one.row.title), duty_pieces.pill(one, w), cards.line(duty_pieces.when(one, w), "small muted"))
