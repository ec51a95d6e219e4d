"""The wall's page on the site: its scenes with their addresses, and how a screen that runs for weeks is set up."""

from html import escape

from views import cards, page
from views.page import Visit
from views.wall.frame import SCENES


def show(v: Visit) -> None:
    """The way in, the scenes, the set-up."""
    w = v.w
    page.head(v, "wall", escape(w("wall.enter.headline")), w("wall.enter.lead"))
    page.show(
        f'<p><a class="enter" href="./?view=wall&lang={w.lang}" target="_self">{escape(w("wall.enter.begin"))} →</a></p>'
    )
    _scenes(v)
    page.foot(v, "wall")


def _scenes(v: Visit) -> None:
    """Each scene with its time in the loop and the address that pins it."""
    w = v.w
    page.section(w("wall.enter.scenes"), w("wall.enter.scenes_sub"))
    header = [w(f"wall.enter.col_{name}") for name in ("scene", "seconds", "address")]
    rows = [
        [
            f'<a href="./?view=wall&scene={name}&lang={w.lang}" target="_self">{escape(w(f"wall.scene.{name}"))}</a>',
            str(turn.seconds),
            f"<code>/?view=wall&amp;scene={name}&amp;lang={w.lang}</code>",
        ]
        for name, turn in SCENES.items()
    ]
    page.show(cards.table(header, rows, numeric=(1,)))
