"""The wall's page on the site: its scenes with their addresses, its keys, and how a screen that runs for weeks is set up."""

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from views.addresses import WALL, in_language, pinned, screen
from views.site import page
from views.site.sheet import drawn_once
from views.text.words import Words
from views.ui import cards, inline
from views.ui import frame as page_frame
from views.visit import Visit
from views.wall.frame import LONGEST_S, Turn

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


@drawn_once()
def show(v: Visit, scenes: Mapping[str, Turn]) -> None:
    """The link to the wall, its scenes by name, its keys, how a screen is set up."""
    w = v.w
    page.head(v, "wall", w.html("wall.enter.headline"), w("wall.enter.lead"))
    page.show(page_frame.entrance(in_language(f".{screen(WALL)}", w.lang), w("wall.enter.begin")))
    _scenes(scenes, v)
    _keys(v)
    _set_up(v)
    page.foot(v, "wall")


def _scenes(scenes: Mapping[str, Turn], v: Visit) -> None:
    """Each scene with its time in the loop and the address that pins it."""
    w = v.w
    page.section(w("wall.enter.scenes"))
    page.show(inline.paragraph(_sentence("scenes_sub", w, longest=LONGEST_S), "sub"))
    header = [w(f"wall.enter.col_{name}") for name in ("scene", "seconds", "address")]
    rows = [
        [
            inline.link_here(in_language(f".{pinned(name)}", w.lang), w(f"wall.scene.{name}")),
            str(turn.seconds),
            inline.code(in_language(pinned(name), w.lang)),
        ]
        for name, turn in scenes.items()
    ]
    page.show(cards.table(header, rows, numeric=(1,)))


def _keys(v: Visit) -> None:
    w = v.w
    page.section(w("wall.enter.keys"), w("wall.enter.keys_sub"))
    rows = [[inline.key(keys), w(f"wall.enter.key_{name}")] for name, keys in KEYS.items()]
    page.show(cards.table([w("wall.enter.col_key"), w("wall.enter.col_does")], rows))


def _set_up(v: Visit) -> None:
    """Steps in order, and the unit file of the repository."""
    w = v.w
    page.section(w("wall.enter.set_up"))
    steps = inline.ordered(_sentence(f"step_{name}", w) for name in STEPS)
    unit = cards.folded(w("wall.enter.unit"), inline.file(UNIT.read_text("utf-8")))
    page.show(inline.paragraph(_sentence("set_up_sub", w), "sub") + steps + unit)


def _sentence(key: str, w: Words, **values: object) -> Markup:
    """A sentence as HTML, with what an operator types as code."""
    typed = {name: inline.code(term) for name, term in TERMS.items()}
    return w.html(f"wall.enter.{key}", **{name: str(value) for name, value in values.items()}, **typed)
