"""What needs attention now, on a phone: what is measured first, then what was promised."""

from reports import alerts as reported
from views.lite import pieces
from views.lite.frame import Page, Picture
from views.text import answers, marked
from views.text.markup import html
from views.ui import alerts as alert_pieces
from views.visit import Visit


def page(v: Visit) -> Page:
    """The same as the wall's scene, whole."""
    w, found = v.w, reported.of(v.now)
    headline, checked = answers.of_alerts(found, w)
    items = [
        html('{kind}<div>{what}</div><div class="small muted">{when}</div>', kind=kind, what=what, when=when)
        for kind, what, when in alert_pieces.rows(found, v)
    ]
    title = marked.plain(headline)
    body = pieces.head(headline, checked) + pieces.rows(items)
    return Page("alerts", "overview", title, checked, body, Picture(title), "method")
