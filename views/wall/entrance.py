"""The wall's page on the site: its scenes with their addresses, its keys, and how a screen that runs for weeks is set up."""

from html import escape
from pathlib import Path

from views import cards, page
from views.page import Visit
from views.wall.frame import LONGEST_S, SCENES
from views.words import Words

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
    page.head(v, "wall", escape(w("wall.enter.headline")), w("wall.enter.lead"))
    page.show(
        f'<p><a class="enter" href="./?view=wall&lang={w.lang}" target="_self">{escape(w("wall.enter.begin"))} →</a></p>'
    )
    _scenes(v)
    _keys(v)
    _set_up(v)
    page.foot(v, "wall")


def _scenes(v: Visit) -> None:
    """Each scene with its time in the loop and the address that pins it."""
    w = v.w
    page.section(w("wall.enter.scenes"))
    page.show(f'<p class="sub">{_said("scenes_sub", w, longest=LONGEST_S)}</p>')
    header = [w(f"wall.enter.col_{name}") for name in ("scene", "seconds", "address")]
    rows = [
        [
            f'<a href="./?view=wall&scene={name}&lang={w.lang}" target="_self">{escape(w(f"wall.scene.{name}"))}</a>',
            str(turn.seconds),
            f"<code lang='en'>/?view=wall&amp;scene={name}&amp;lang={w.lang}</code>",
        ]
        for name, turn in SCENES.items()
    ]
    page.show(cards.table(header, rows, numeric=(1,)))


def _keys(v: Visit) -> None:
    w = v.w
    page.section(w("wall.enter.keys"), w("wall.enter.keys_sub"))
    rows = [
        [f'<kbd lang="en">{escape(keys)}</kbd>', escape(w(f"wall.enter.key_{name}"))] for name, keys in KEYS.items()
    ]
    page.show(cards.table([w("wall.enter.col_key"), w("wall.enter.col_does")], rows))


def _set_up(v: Visit) -> None:
    """Steps in order, and the unit file as it stands in the repository."""
    w = v.w
    page.section(w("wall.enter.set_up"))
    steps = "".join(f"<li>{_said(f'step_{name}', w)}</li>" for name in STEPS)
    lines = "<br>".join(escape(line) for line in UNIT.read_text("utf-8").splitlines())
    unit = f'<div class="file" lang="en" tabindex="0">{lines}</div>'
    page.show(f'<p class="sub">{_said("set_up_sub", w)}</p><ol>{steps}</ol>' + cards.folded(w("wall.enter.unit"), unit))


def _said(key: str, w: Words, **values: object) -> str:
    """A sentence as HTML, with what an operator types as code."""
    typed = {name: f'<code lang="en">{escape(term)}</code>' for name, term in TERMS.items()}
    return w.html(f"wall.enter.{key}", **{name: escape(str(value)) for name, value in values.items()}, **typed)
