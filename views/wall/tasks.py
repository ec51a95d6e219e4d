"""Who does what, and what needs attention: when the plan's work ends, and every alert with how severe it is and whose it is."""

from markupsafe import Markup

from reports import actions, alerts
from reports.actions import Tasks
from reports.alerts import Alerts
from reports.found import or_none
from views.drawings import deadlines
from views.templates import render
from views.text import answers, marked
from views.text import format as fmt
from views.text.words import Words
from views.ui import alerts as alert_pieces
from views.ui import inline
from views.ui.layout import by_width
from views.ui.screens import labelled
from views.visit import Visit
from views.wall.pieces import Scene, foot

MOST_IN_ONE = 6  # alerts in one column; more stand in three


def scene(v: Visit) -> Scene:
    """The last days of the plan's work on one line, below it the alerts; at the foot what was looked at and is none."""
    w, report, found = v.w, or_none(lambda: actions.tasks(v.today)), alerts.of(v.now)
    headline, checked = answers.of_alerts(found, w)
    picture = render(
        "wall/tasks",
        w=w,
        timeline=_timeline(report, v) if report else inline.paragraph(w("found.tasks")),
        alerts=alert_pieces.rows(found, v),
        dense=len(found.alerts) > MOST_IN_ONE,
    )
    calm = fmt.sentences(w, checked, *alert_pieces.checks(found, v))
    following = marked.plain(answers.of_tasks(report, w)[0]) if report else ""
    sources = report.provenance if report else found.without_result_provenance
    return Scene(headline, _severities(found, following, w), picture, (foot(calm, sources, w),))


def _timeline(report: Tasks, v: Visit) -> Markup:
    w = v.w
    if not report.dated:
        return inline.paragraph(w("overview.deadline_none"))
    drawn = (deadlines.drawing(report, v.today, w, layout=one) for one in (deadlines.WALL, deadlines.TALL))
    undated = len(report.parts) - len(report.dated)
    label = w("wall.tasks.timeline", plan=w.of(report.plan.short), dated=len(report.dated), undated=undated)
    return labelled(label, by_width(*drawn))


def _severities(found: Alerts, following: str, w: Words) -> str:
    """How many alerts of each severity, and what ends next."""
    counts = [
        w("wall.alerts.of_severity", severity=w(f"wall.alerts.severity_{one}"), n=found.count(one))
        for one in alerts.SEVERITIES
        if found.count(one)
    ]
    parts = (w("wall.list_comma").join(counts), following)
    return fmt.sentences(w, *(one + w("wall.alerts.stop") for one in parts if one))
