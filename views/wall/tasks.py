"""Who does what: how the pieces of work of the plan stand, what is due next, who is named most."""

from markupsafe import Markup

from reports import actions
from reports.actions import Tasks
from views.text import answers
from views.text.actions import Task
from views.text.markup import html
from views.text.words import Words
from views.ui import cards
from views.ui.bars import Bar, rows
from views.visit import Visit
from views.wall.pieces import Scene, foot

ROOM = {"zh": 11, "en": 7}  # rows a wall has room for; English names take two lines


def scene(v: Visit) -> Scene:
    """The work that ends next with the responsible bodies, and how often each body is named."""
    w, report = v.w, actions.tasks(v.today)
    headline, sub = answers.of_tasks(report, w)
    picture = html('<div class="halves wider">{}{}</div>', _due(report, w), _load(report, w))
    key = cards.legend([(w("wall.tasks.responsible"), "var(--accent)"), (w("wall.tasks.support"), "var(--none)")])
    return Scene(headline, sub, picture, (foot(key, report.provenance, w),))


def _due(report: Tasks, w: Words) -> Markup:
    every = report.open_parts
    shown = [Task.of(part, w) for part in every[: ROOM[w.lang]]]
    header = [w(f"wall.tasks.col_{name}") for name in ("task", "responsible", "state")]
    table = cards.table(header, [(task.title, task.responsible, task.state) for task in shown])
    rest = len(every) - len(shown)
    more = html("<p>{}</p>", w("wall.tasks.more", n=rest)) if rest else Markup()
    return html('<div><p class="label">{}</p>{table}{more}</div>', w("wall.tasks.due"), table=table, more=more)


def _load(report: Tasks, w: Words) -> Markup:
    """Bodies by how often the plan names them."""
    shown = [
        Bar(
            w.of(one.body.name),
            ((one.responsible, "var(--accent)"), (one.support, "var(--none)")),
            w("wall.tasks.named", n=one.responsible, support=one.support),
        )
        for one in report.loads[: ROOM[w.lang] - 1]
    ]
    return html('<div><p class="label">{}</p>{}</div>', w("wall.tasks.load"), rows(shown))
