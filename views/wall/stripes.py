"""Every day since 2013, a row a year."""

from html import escape

from reports import air
from views import air_words, sky
from views.page import Visit
from views.wall.pieces import Scene, foot, levels, so_far


def scene(v: Visit) -> Scene:
    """Every day since 2013, a row a year."""
    w, days = v.w, air.days()
    this = air.year(air.latest_day().day.year)
    drawn = sky.stripes(days, w, title=w("wall.sky.alt", n=int(days["aqi"].notna().sum())), layout=sky.WALL)
    alone = air.ozone_alone(this.year)
    said = escape(w("wall.sky.ozone", n=len(alone.days), known=alone.known_days) + air_words.long_gaps(w, short=True))
    under = foot(f"{sky.key(w, levels(w))}<p>{said}</p>", air.days_basis(days), w)
    return Scene(w("wall.sky.headline", **so_far(this, w)), w("wall.sky.sub"), drawn, (under,))
