"""The page of the wall and its scenes, one by one.

The page is its own: no Streamlit session has to last for weeks. Its script requests scene after scene and stores the
last good one of each, so that it goes on while the server is unreachable.
"""

import logging
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from markupsafe import Markup
from msgspec import Struct

from reports import latest, model
from reports.found import NothingFoundError, or_none
from reports.freshness import Freshness
from reports.latest import AgeOfAir, LatestRiver
from reports.model import Weather
from views import assets
from views.addresses import FIRST_SCENE, LIGHT_PAGES, PINNED_SCENE, in_language, picture_of, wall_scene
from views.drawings import qr
from views.templates import render
from views.text import format as fmt
from views.text import found
from views.text.markup import html, join
from views.text.words import LANGUAGES, Words
from views.ui import hotline, inline, live
from views.ui import now as now_pieces
from views.visit import Visit
from views.wall import budget, districts, green, now, overview, river, stripes, tasks, waste
from views.wall.pieces import Scene

CODE_SIZE = 120
LONGEST_S = 600  # the most an address may set for a scene
SECONDS = re.compile(r"[0-9]{1,3}")


class Turn(Struct, frozen=True, weakref=True):
    """A scene in the loop: what makes it, how long it is shown, the light page with the same content."""

    make: Callable[[Visit], Scene]
    seconds: int
    light: str


SCENES = {
    "overview": Turn(overview.scene, 30, "/lite"),
    "now": Turn(now.scene, 25, "/lite/air"),
    "budget": Turn(budget.scene, 20, "/lite/air"),
    "sky": Turn(stripes.scene, 20, "/lite/air"),
    "river": Turn(river.scene, 25, "/lite/water"),
    "districts": Turn(districts.scene, 25, "/lite/district"),
    "green": Turn(green.scene, 25, "/lite/greening"),
    "waste": Turn(waste.scene, 25, "/lite/waste"),
    "tasks": Turn(tasks.scene, 30, "/lite/alerts"),
}
FIRST = next(iter(SCENES))
# An address may name a page of the site instead: the scene with its content.
OF_PAGE = {
    "overview": "overview",
    "air": "now",
    "water": "river",
    "waste": "waste",
    "greening": "green",
    "goals": "overview",
    "actions": "tasks",
    "method": "tasks",
}
# Names of scenes that others took in: addresses and screens that were set up by them go on.
MERGED = {"promise": "overview", "matrix": "river", "alerts": "tasks"}
AGES = ("just_now", "minutes_ago", "hours_ago", "days_ago")
# A page that was opened before the styles or the script changed opens itself anew.
BUILD = assets.SITE_CSS.address + assets.WALL_CSS.address + assets.WALL_JS.address


def scene_named(given: str) -> str | None:
    """The scene an address names: by its own name, by a page's, or by the name of one that it took in; None without one."""
    name = MERGED.get(given, given)
    return name if name in SCENES else OF_PAGE.get(name)


def document(name: str, v: Visit, base: str, *, pinned: bool = False, every: str = "") -> Markup:
    """The whole page, open at a scene. ``pinned``: it stays; ``every``: seconds each scene is shown, where it is a number.

    ``base``: the site's address.
    """
    w = v.w
    return render(
        "wall",
        w=w,
        scene=_scene_or_words(name, v),
        pinned=pinned,
        every=int(every) if SECONDS.fullmatch(every) and 1 <= int(every) <= LONGEST_S else 0,
        given=_given(w),
        build=BUILD,
        assets=assets,
        base=base,
        picture=picture_of(LIGHT_PAGES[0], w.lang),
    )


def _given(w: Words) -> Mapping[str, Mapping[str, str]]:
    """What the script is given: where it finds each scene, how its own address names one, its words."""
    return {
        "scenes": {name: in_language(f".{wall_scene(name)}", w.lang) for name in SCENES},
        "parameters": {"pinned": PINNED_SCENE, "first": FIRST_SCENE},
        "words": {key: w(f"live.{key}") for key in AGES}
        | {key: w(f"wall.{key}") for key in ("lost", "pause", "go_on")},
    }


def _scene_or_words(name: str, v: Visit) -> Markup:
    """The scene; an error text where it cannot be made, so that the page is complete and tries again."""
    try:
        return scene(name, v)
    except Exception:
        logging.getLogger("dashboard").exception("a scene of the wall failed: %s", name)
        return inline.paragraph(v.w("site.error_text"), "pagefail")


def scene(name: str, v: Visit) -> Markup:
    """One scene with its head and foot. It carries what the script needs: its name, time, build, and the hour it was made."""
    turn, w = SCENES[name], v.w
    weekday = w(f"wall.weekday_{v.today.isoweekday()}")
    return render(
        "wall_scene",
        w=w,
        name=name,
        scene=_made(turn, v),
        seconds=turn.seconds,
        scenes=tuple(SCENES),
        build=BUILD,
        now=v.now.timestamp(),
        day=w("wall.today", day=fmt.day(v.today, w), weekday=weekday),
        clock=fmt.clock(v.now),
        ages=(
            _weather(model.weather(v.now), w),
            _air_age(or_none(lambda: latest.age_of_air(v.now)), v),
            _river_age(latest.of_river(v.now), v),
        ),
        code=_code(name, w),
        hotline=hotline.text(w),
        other_lang=next(lang for lang in LANGUAGES if lang != w.lang),
    )


def _made(turn: Turn, v: Visit) -> Scene:
    """What the scene shows; where nothing was found of it, that."""
    try:
        return turn.make(v)
    except NothingFoundError as error:
        return Scene(html("{}", v.w("site.not_found")), found.sentence(error, v.w), Markup())


# ── how old what is known is ─────────────────────────────────────────────────────────────────────────────────────────
def _weather(now: Weather | None, w: Words) -> str:
    """The modelled weather of this hour in few words; empty where there is none."""
    if now is None or now.temp_c is None:
        return ""
    wind = w("wall.wind", value=fmt.number(now.wind_ms, 1)) if now.wind_ms is not None else ""
    return w("wall.weather", temp=fmt.number(now.temp_c), wind=wind)


def _air_age(newest: AgeOfAir | None, v: Visit) -> Markup:
    """The latest hour's age; the last whole day's where that is newer, out of date where an hour so old would be.

    Nothing where no day is known.
    """
    if newest is None:
        return Markup()
    if newest.at is not None:
        return _hour_age("air", newest.at, newest.freshness, v)
    text = v.w("wall.air_until", day=_day(newest.day, v), age=fmt.age(newest.day, v.today, v.w))
    return join((text, live.badge(newest.freshness, v.w)), " ")


def _river_age(river: LatestRiver, v: Visit) -> Markup | str:
    """The age of the river's last class where it leaves the city: to the hour where it is an hour's."""
    known, fresh = river.outflow.latest, river.freshness
    if known is None:
        return ""
    if fresh is not None and fresh.data_at is not None:
        return _hour_age("water", fresh.data_at, fresh, v)
    return v.w("wall.water_period", known=now_pieces.period_age(known, v))


def _day(day: date, v: Visit) -> str:
    """A day, with its year where that is another one: the head has one line."""
    return fmt.day(day, v.w, year=day.year != v.today.year)


def _hour_age(name: str, at: datetime, fresh: Freshness, v: Visit) -> Markup:
    """A moment with its age and a badge for when it is too old; the script updates both while nothing new comes.

    A value from a file names no age to be expected: its badge is there from the start and stays.
    """
    time_ = fmt.clock(at) if at.date() == v.today else fmt.hour(at, v.w, v.now)
    age = live.counted_age(fmt.ago(v.now - at, v.w))
    return render(
        "wall/age",
        w=v.w,
        at=at.timestamp(),
        expected_s=fresh.expected_age.total_seconds() if fresh.state in ("live", "stale") else None,
        text=v.w.html(f"wall.{name}_hour", time=time_, age=age),
        badge=live.badge(fresh, v.w),
    )


def _code(name: str, w: Words) -> Markup:
    """The code to the same view on a phone; none where the operator named no address that phones can reach."""
    return qr.code(SCENES[name].light, w.lang, title=w("wall.code"), size=CODE_SIZE)
