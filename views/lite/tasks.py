"""The plan's work on a phone: what is past its day without a word, what is due next, who is responsible."""

from markupsafe import Markup

from reports import actions, duties
from reports.duties import Duty
from views.lite import pieces
from views.lite.frame import Page, Picture
from views.text import actions as action_words
from views.text import answers, marked
from views.text.markup import html
from views.text.words import Words
from views.ui import cards
from views.ui import duties as duty_pieces
from views.visit import Visit


def page(v: Visit) -> Page:
    """The same as the wall's scene, whole."""
    w, report = v.w, actions.tasks(v.today)
    headline, sub = answers.of_tasks(report, w)
    items = [
        html(
            '{}<div class="small muted">{} · {}</div>',
            action_words.task(part, w),
            action_words.responsible(part, w),
            action_words.state(part, w),
        )
        for part in action_words.open_parts(report)
    ]
    body = pieces.head(headline, sub) + pieces.block(w("wall.tasks.due"), pieces.rows(items))
    body += cards.source_note(report.provenance, w)
    owed = duties.of_plan(report.plan.plan_id)
    body += pieces.block(w("duties.title"), pieces.rows(_duty(one, w) for one in owed), w("duties.sub"))
    title = marked.plain(headline)
    return Page("tasks", "goals", title, sub, body, Picture(str(len(items)), lines=(title,)), "actions")


def _duty(one: Duty, w: Words) -> Markup:
    name = w.of(one.row.title)
    small = html('<div class="small muted">{}</div>', duty_pieces.when(one, w))
    return pieces.row(name, duty_pieces.pill(one, w), small)
