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
    under = foot(sky.key(w, levels(w)), air.days_basis(days), w)
    told = foot(escape(air_words.ozone_year(air.ozone_alone(this.year), w)), this.basis, w)
    sub = w("wall.sky.sub") + air_words.long_gaps(w)
    return Scene(w("wall.sky.headline", **so_far(this, w)), sub, drawn, (under, told))
