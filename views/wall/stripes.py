"""Every day since 2013, a row a year, with the year's good days at its end."""

from reports import air, air_gaps
from views.drawings import stripes
from views.text import air as air_words
from views.text import format as fmt
from views.ui import cards, inline
from views.ui.layout import by_width
from views.visit import Visit
from views.wall.pieces import Scene, foot, levels, so_far


def scene(v: Visit) -> Scene:
    """Every day since 2013, a row a year."""
    w, every = v.w, air.every_day()
    this = air.year(air.latest_day().day.year)
    years = {one.year: w("wall.sky.good", good=one.good_days, known=one.known_days) for one in air.years()}
    title, head = w("wall.sky.alt", n=every.known_days), w("wall.sky.good_head")
    drawn = by_width(
        *(
            stripes.stripes(every.days, w, title=title, layout=one, ends=years, head=head)
            for one in (stripes.WALL, stripes.UPRIGHT)
        )
    )
    alone = air.ozone_alone(this.year)
    sentences = fmt.sentences(
        w,
        w("wall.sky.good_how"),
        w("wall.sky.ozone", n=len(alone.days), known=alone.known_days),
        air_words.long_gaps(air_gaps.long_gaps(), w, short=True),
    )
    under = foot(cards.legend(stripes.key(w, levels(w))) + inline.paragraph(sentences), every.provenance, w)
    return Scene(w.html("wall.sky.headline", **so_far(this, w)), w("wall.sky.sub"), drawn, (under,))
