"""The seasons of areas seen from space, as a table of small lines."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.ndvi import SEASONS, Green, Season
from views.drawings import sparkline
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards, inline

ARROWS = {True: " ↑", False: " ↓"}
COLORS = dict(zip(SEASONS, ("var(--river)", "var(--leaf)", "var(--earth)", "var(--muted)"), strict=True))


def by_season(areas: Sequence[Green], w: Words) -> Markup:
    """Each area's seasons through the years on one scale, with the latest mean; an arrow where there is a trend."""
    seasons = [season for one in areas for season in one.seasons]
    years, means = [season.year for season in seasons], [season.mean for season in seasons]
    scale = sparkline.Scale(min(years), max(years), min(means), max(means))
    latest = {name: max((each.year for each in seasons if each.name == name), default=scale.last) for name in SEASONS}
    header: list[cards.Cell] = [w("greening.column_area")]
    header += [inline.with_remark(w(f"greening.season_{name}"), str(latest[name])) for name in SEASONS]
    rows = [
        [
            w.of(one.short),
            *(_through_years(one.of(name), scale, latest[name], _arrow(one, name)) for name in SEASONS),
        ]
        for one in areas
    ]
    return cards.table(header, rows, region=w("greening.seasons_title"), kind="seasons")


def _through_years(known: Sequence[Season], scale: sparkline.Scale, latest: int, arrow: str) -> cards.Cell:
    """A season's line and latest mean; its year where other areas have a later one."""
    if not known:
        return cards.cell(None)
    last = known[-1]
    points = [(each.year, each.mean, each.complete) for each in known]
    value = inline.strong(fmt.number(last.mean, 2) + arrow)
    drawn = sparkline.drawing(points, scale, color=COLORS[last.name]) + value
    return inline.with_remark(drawn, str(last.year) if last.year < latest else "")


def _arrow(one: Green, season: str) -> str:
    """Up or down where a season's trend is unlike chance."""
    found = one.trend_of(season)
    return (ARROWS[found.slope > 0] if found.slope else "") if found and one.significant_of(season) else ""
