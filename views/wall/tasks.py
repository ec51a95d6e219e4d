"""Who does what: how the pieces of work of the plan stand, what is due next, who is named most."""

from markupsafe import Markup

from reports import actions
from reports.actions import Part, Tasks
from views.site import actions as actions_blocks
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import cards
from views.ui.bars import Bar, rows
from views.visit import Visit
from views.wall.pieces import Scene, cells, foot

ROOM = {"zh": 11, "en": 7}  # rows a wall has room for; English names take two lines


def scene(v: Visit) -> Scene:
    """The work that ends next with the responsible bodies, and how often each body is named."""
    w, report = v.w, actions.tasks(v.today)
    headline, sub = answer(report, w)
    picture = html('<div class="halves wider">{}{}</div>', _due(report, w), _load(report, w))
    key = cards.legend([(w("wall.tasks.responsible"), "var(--accent)"), (w("wall.tasks.support"), "var(--none)")])
    return Scene(headline, sub, picture, (foot(key, report.basis, w),))


def answer(report: Tasks, w: Words) -> tuple[Markup, str]:
    """How much is due next in a sentence, and how the plan stands."""
    untold = sum(not part.told for part in report.past)
    values: dict[str, object] = {"total": len(report.parts), "past": len(report.past), "untold": untold}
    following = report.following
    if following is not None:
        due = following.parts[0]
        values |= {
            "n": len(following.parts),
            "day": fmt.day(due.due, w, year=False) if due.due else "",
            "left": due.days_left or 0,
        }
        headline = w.html("wall.tasks.headline", **values)
    else:
        headline = w.html("wall.tasks.headline_over", **values)
    return headline, w(
        "wall.tasks.sub_untold" if 0 < untold == len(report.past) else "wall.tasks.sub",
        plan=w.of(report.plan.name),
        **values,
    )


def open_parts(report: Tasks) -> list[Part]:
    """The past without a word first, then what is next."""
    return [part for part in report.past if not part.told] + list(report.following.parts if report.following else ())


def _due(report: Tasks, w: Words) -> Markup:
    every = open_parts(report)
    shown = every[: ROOM[w.lang]]
    header = [w(f"wall.tasks.col_{name}") for name in ("task", "responsible", "state")]
    table = cells(header, [[task(part, w), responsible(part, w), state(part, w)] for part in shown], "work")
    rest = len(every) - len(shown)
    more = html("<p>{}</p>", w("wall.tasks.more", n=rest)) if rest else Markup()
    return html('<div><p class="label">{}</p>{table}{more}</div>', w("wall.tasks.due"), table=table, more=more)


def task(part: Part, w: Words) -> str:
    """Its number in the plan and its title."""
    return f"{part.number} {w.of(part.row.title)}"


def responsible(part: Part, w: Words) -> str:
    """The responsible body the plan names first, and how many there are in all."""
    named = part.responsible
    first = w.of(named[0].name) if named else "—"
    return first + (w("wall.tasks.others", all=len(named)) if len(named) > 1 else "")


def state(part: Part, w: Words) -> str:
    """How it stands."""
    return actions_blocks.state(part, w)


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
