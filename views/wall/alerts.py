"""What needs attention now: each finding with what it rests on; one calm sentence where there is none."""

from reports import alerts
from views.text import answers
from views.ui import alerts as alert_pieces
from views.ui import cards
from views.visit import Visit
from views.wall.pieces import Scene


def scene(v: Visit) -> Scene:
    """Every check, one below the other: of what, its finding, of when and by whom."""
    w, report = v.w, alerts.of(v.now)
    headline, checked = answers.of_alerts(report, w)
    header = [w(f"wall.alerts.col_{name}") for name in ("kind", "what", "basis")]
    rows = alert_pieces.rows(report, v)[: alert_pieces.AT_MOST]
    return Scene(headline, checked, cards.table(header, rows, kind="alerts"))
