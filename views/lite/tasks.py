"""The plan's work on a phone: what is past its day without a word, what is due next, who is responsible."""

from html import escape

from reports import actions, duties
from reports.duties import Duty
from views import cards, duty_blocks, marked
from views.lite import pieces
from views.lite.frame import Page, Picture
from views.page import Visit
from views.wall import tasks
from views.words import Words


def page(v: Visit) -> Page:
    """The same as the wall's scene, whole."""
    w, report = v.w, actions.tasks(v.today)
    headline, sub = tasks.answer(report, w)
    items = [
        f'{tasks.task(part, w)}<div class="small muted">{tasks.responsible(part, w)} · {tasks.state(part, w)}</div>'
        for part in tasks.open_parts(report)
    ]
    body = pieces.head(headline, sub) + pieces.block(w("wall.tasks.due"), pieces.rows(items))
    body += cards.origin(report.basis, w)
    owed = duties.of_plan(report.plan["plan_id"])
    body += pieces.block(w("duties.title"), pieces.rows(_duty(one, w) for one in owed), w("duties.sub"))
    title = marked.plain(headline)
    return Page("tasks", "goals", title, sub, body, Picture(str(len(items)), lines=(title,)), "actions")


def _duty(one: Duty, w: Words) -> str:
    name = w.of(one.row, "title")
    small = f'<div class="small muted">{escape(duty_blocks.when(one, w))}</div>'
    return pieces.row(name, duty_blocks.pill(one, w), small)
