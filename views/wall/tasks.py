"""Who does what: the state of the plan's work, what is due next, who is named most."""

from markupsafe import Markup

from reports import actions
from reports.actions import Tasks
from views.templates import render
from views.text import answers
from views.text.actions import Task
from views.text.words import Words
from views.ui import cards, inline
from views.ui.bars import Bar, rows
from views.ui.screens import labelled
from views.visit import Visit
from views.wall.pieces import Scene, foot

MOST_ROWS = {"zh": 11, "en": 7}  # that fit a wall; English names take two lines


def scene(v: Visit) -> Scene:
    """The work that ends next with the responsible bodies, and how often each body is named."""
    w, report = v.w, actions.tasks(v.today)
    headline, sub = answers.of_tasks(report, w)
    picture = render("wall/tasks", due=_due(report, w), load=_load(report, w))
    key = cards.legend([(w("wall.tasks.responsible"), "var(--accent)"), (w("wall.tasks.support"), "var(--none)")])
    return Scene(headline, sub, picture, (foot(key, report.provenance, w),))


def _due(report: Tasks, w: Words) -> Markup:
    shown = [Task.of(part, w) for part in report.open_parts[: MOST_ROWS[w.lang]]]
    header = [w(f"wall.tasks.col_{name}") for name in ("task", "responsible", "state")]
    table = cards.table(header, [(task.title, task.responsible, task.state) for task in shown])
    rest = len(report.open_parts) - len(shown)
    more = inline.paragraph(w("wall.tasks.more", n=rest)) if rest else Markup()
    return labelled(w("wall.tasks.due"), table, more)


def _load(report: Tasks, w: Words) -> Markup:
    """Bodies by how often the plan names them."""
    shown = [
        Bar(
            w.of(one.body.name),
            ((one.responsible, "var(--accent)"), (one.support, "var(--none)")),
            w("wall.tasks.named", n=one.responsible, support=one.support),
        )
        for one in report.loads[: MOST_ROWS[w.lang] - 1]
    ]
    return labelled(w("wall.tasks.load"), rows(shown))
