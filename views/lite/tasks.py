"""The plan's work on a phone: what is past its day without a word, what is due next, who is responsible."""

from reports import actions
from views import cards, marked
from views.lite import pieces
from views.lite.frame import Page, Picture
from views.page import Visit
from views.wall import tasks


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
    title = marked.plain(headline)
    return Page("tasks", "goals", title, sub, body, Picture(str(len(items)), lines=(title,)), "actions")
