"""The plan's work on a phone: what is past its day without a word, what is due next, who is responsible."""

from markupsafe import Markup

from reports import actions, duties
from reports.duties import Duty
from views.lite import pieces
from views.lite.frame import Page, Picture
from views.site import duties as duty_blocks
from views.text import marked
from views.text.markup import html
from views.text.words import Words
from views.ui import cards
from views.visit import Visit
from views.wall import tasks


def page(v: Visit) -> Page:
    """The same as the wall's scene, whole."""
    w, report = v.w, actions.tasks(v.today)
    headline, sub = tasks.answer(report, w)
    items = [
        html(
            '{}<div class="small muted">{} · {}</div>',
            tasks.task(part, w),
            tasks.responsible(part, w),
            tasks.state(part, w),
        )
        for part in tasks.open_parts(report)
    ]
    body = pieces.head(headline, sub) + pieces.block(w("wall.tasks.due"), pieces.rows(items))
    body += cards.origin(report.basis, w)
    owed = duties.of_plan(report.plan.plan_id)
    body += pieces.block(w("duties.title"), pieces.rows(_duty(one, w) for one in owed), w("duties.sub"))
    title = marked.plain(headline)
    return Page("tasks", "goals", title, sub, body, Picture(str(len(items)), lines=(title,)), "actions")


def _duty(one: Duty, w: Words) -> Markup:
    name = w.of(one.row.title)
    small = html('<div class="small muted">{}</div>', duty_blocks.when(one, w))
    return pieces.row(name, duty_blocks.pill(one, w), small)
