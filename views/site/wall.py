"""The wall's page on the site: its scenes with their addresses, its keys, and how a screen that runs for weeks is set up."""

from pathlib import Path

from markupsafe import Markup

from views.site import page
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards
from views.visit import Visit
from views.wall.frame import LONGEST_S, SCENES

UNIT = Path(__file__).parent.parent.parent / "deploy" / "kiosk.service"
STEPS = ("machine", "install", "address", "watch", "screen")
TERMS = {
    "units": "kiosk.service kiosk-watch.service kiosk-watch.timer",
    "folder": "/etc/systemd/system",
    "command": "systemctl enable --now",
    "readme": "deploy/README.md",
    "deploy": "deploy",
    "public": "XINING_PUBLIC_URL",
    "english": "&lang=en",
    "every": "&every=20",
    "browser": "Chromium",
    "wall": "WALL",
}
KEYS = {"next": "→ · PageDown", "back": "← · PageUp", "ends": "Home · End", "which": "1–9", "pause": "␣"}


def show(v: Visit) -> None:
    """The way in, the scenes, the keys, the set-up."""
    w = v.w
    page.head(v, "wall", w.html("wall.enter.headline"), w("wall.enter.lead"))
    page.show(
        html(
            '<p><a class="enter" href="./?view=wall&lang={}" target="_self">{} →</a></p>', w.lang, w("wall.enter.begin")
        )
    )
    _scenes(v)
    _keys(v)
    _set_up(v)
    page.foot(v, "wall")


def _scenes(v: Visit) -> None:
    """Each scene with its time in the loop and the address that pins it."""
    w = v.w
    page.section(w("wall.enter.scenes"))
    page.show(html('<p class="sub">{}</p>', _said("scenes_sub", w, longest=LONGEST_S)))
    header = [w(f"wall.enter.col_{name}") for name in ("scene", "seconds", "address")]
    rows = [
        [
            html(
                '<a href="./?view=wall&scene={name}&lang={}" target="_self">{}</a>',
                w.lang,
                w(f"wall.scene.{name}"),
                name=name,
            ),
            str(turn.seconds),
            html("<code lang='en'>/?view=wall&amp;scene={name}&amp;lang={}</code>", w.lang, name=name),
        ]
        for name, turn in SCENES.items()
    ]
    page.show(cards.table(header, rows, numeric=(1,)))


def _keys(v: Visit) -> None:
    w = v.w
    page.section(w("wall.enter.keys"), w("wall.enter.keys_sub"))
    rows = [
        [html('<kbd lang="en">{keys}</kbd>', keys=keys), w(f"wall.enter.key_{name}")] for name, keys in KEYS.items()
    ]
    page.show(cards.table([w("wall.enter.col_key"), w("wall.enter.col_does")], rows))


def _set_up(v: Visit) -> None:
    """Steps in order, and the unit file as it stands in the repository."""
    w = v.w
    page.section(w("wall.enter.set_up"))
    steps = join(html("<li>{}</li>", _said(f"step_{name}", w)) for name in STEPS)
    lines = Markup("<br>").join(line for line in UNIT.read_text("utf-8").splitlines())
    unit = html('<div class="file" lang="en" tabindex="0">{lines}</div>', lines=lines)
    page.show(
        html('<p class="sub">{}</p><ol>{steps}</ol>', _said("set_up_sub", w), steps=steps)
        + cards.folded(w("wall.enter.unit"), unit)
    )


def _said(key: str, w: Words, **values: object) -> Markup:
    """A sentence as HTML, with what an operator types as code."""
    typed = {name: html('<code lang="en">{term}</code>', term=term) for name, term in TERMS.items()}
    return w.html(f"wall.enter.{key}", **{name: str(value) for name, value in values.items()}, **typed)
