"""Every day since 2013, a row a year."""

from reports import air
from views.drawings import stripes as sky
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import html
from views.visit import Visit
from views.wall.pieces import Scene, foot, levels, so_far


def scene(v: Visit) -> Scene:
    """Every day since 2013, a row a year."""
    w, days = v.w, air.days()
    this = air.year(air.latest_day().day.year)
    drawn = sky.stripes(days, w, title=w("wall.sky.alt", n=int(days["aqi"].notna().sum())), layout=sky.WALL)
    alone = air.ozone_alone(this.year)
    said = fmt.sentences(
        w, w("wall.sky.ozone", n=len(alone.days), known=alone.known_days), air_words.long_gaps(w, short=True)
    )
    under = foot(html("{}<p>{said}</p>", sky.key(w, levels(w)), said=said), air.days_provenance(days), w)
    return Scene(w.html("wall.sky.headline", **so_far(this, w)), w("wall.sky.sub"), drawn, (under,))
