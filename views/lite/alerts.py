"""What needs attention now, on a phone: every alert, the most severe first, then what was looked at and is none."""

from reports import alerts
from views.lite import frame
from views.lite.frame import Page, Picture
from views.text import answers, marked
from views.ui import alerts as alert_pieces
from views.ui import cards
from views.visit import Visit


def page(v: Visit) -> Page:
    """The same as the wall's scene, whole."""
    w, report = v.w, alerts.of(v.now)
    headline, lead = answers.of_alerts(report, w)
    title = marked.plain(headline)
    checks = cards.notes(alert_pieces.checks(report, v))
    findings = alert_pieces.rows(report, v)
    body = frame.body("alerts", v, headline=headline, lead=lead, findings=findings, checks=checks)
    return Page("alerts", "overview", title, lead, body, Picture(title), "method")
