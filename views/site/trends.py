"""Whether the six pollutants rise or fall, in words, a chart and a table."""

import pandas as pd

from reports import provenance, trends
from reports.air import STATE_CHANGED
from reports.trends import OfPollutant, direction
from views.cached import cached_rendering
from views.charts import trends as charts
from views.site import page
from views.site.sheet import drawn_once
from views.text import air as air_words
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards
from views.visit import Visit

ORDER = ("falls", "falls_likely", "rises", "rises_likely", "unsure", "unknown")
SINCE = STATE_CHANGED.strftime("%Y-%m")


@drawn_once()
def six(v: Visit, since: tuple[OfPollutant, ...], before: tuple[OfPollutant, ...]) -> None:
    """All six since the change of measuring state; the years ``before`` it in the table."""
    w = v.w
    ozone = next((one for one in since if one.column == trends.O3_1H), None)
    sources = provenance.merged(
        [one.provenance for one in (*since, *before)], "derived", f"{since[0].first}/{since[0].last}"
    )
    page.chart(
        v,
        charts.six(since, tuple(_short(one, w) for one in since), w, v.dark),
        download="air-trends",
        title=message(since, w),
        alt=w("trends.alt"),
        provenance=sources,
        data=_table((*since, *before), w),
    )
    of_ozone = w("trends.ozone", first=fmt.period(ozone.first, w)) if ozone else ""
    how = fmt.sentences(w, w("trends.sub"), of_ozone)
    page.show(cards.folded(w("air.trend_how"), cards.line(how, "small")))


def message(pollutants: tuple[OfPollutant, ...], w: Words) -> str:
    """What each of them does, in one sentence."""
    groups = []
    for kind in ORDER:
        names = [fmt.within(name(one, w)) for one in pollutants if direction(one.trend) == kind]
        if names:
            groups.append(w(f"trends.{kind}", names=w("trends.comma").join(names)))
    return w("trends.title", since=fmt.period(SINCE, w), groups=w("trends.semicolon").join(groups))


def title(one: OfPollutant, w: Words) -> str:
    """What one of them (in µg/m³) does."""
    slope = "" if one.trend is None else fmt.number(abs(one.trend.slope), 1)
    return w(f"trends.one_{direction(one.trend)}", name=name(one, w), since=fmt.period(SINCE, w), slope=slope)


def sub(one: OfPollutant, w: Words) -> str:
    """Slope and interval of one of them; empty without a trend."""
    if one.trend is None:
        return ""
    return w("trends.one_sub", n=one.trend.n, **_slope(one))


def name(one: OfPollutant, w: Words) -> str:
    """A pollutant's name; ozone with what of it is measured."""
    if one.column in (trends.O3_1H, trends.O3_8H):
        return w(f"trends.{one.column}")
    return _short(one, w)


def _short(one: OfPollutant, w: Words) -> str:
    return air_words.pollutant(air_words.ITEM_OF.get(one.column, "O3"), w)


def _slope(one: OfPollutant) -> dict[str, str]:
    assert one.trend is not None
    decimals = 3 if one.column == "co_mgm3" else 2
    return {
        key: fmt.signed(value, decimals)
        for key, value in (("slope", one.trend.slope), ("low", one.trend.low), ("high", one.trend.high))
    }


def _p(value: float | None) -> str:
    return "—" if value is None else fmt.number(value, 3)


@cached_rendering
def _table(pollutants: tuple[OfPollutant, ...], w: Words) -> pd.DataFrame:
    columns = [
        w(f"trends.col_{key}")
        for key in ("pollutant", "period", "months", "slope", "interval", "p", "annual", "left_out")
    ]
    return pd.DataFrame([_row(one, w) for one in pollutants], columns=columns)


def _row(one: OfPollutant, w: Words) -> tuple[str, ...]:
    period = fmt.period(f"{one.first}/{one.last}", w)
    if one.trend is None:
        return (name(one, w), period, "—", "—", "—", "—", "—", _left_out(one, w))
    unit = air_words.unit(air_words.ITEM_OF.get(one.column, "O3"))
    slope = _slope(one)
    return (
        name(one, w),
        period,
        str(one.trend.n),
        f"{slope['slope']} {unit}",
        w("site.span", start=slope["low"], end=slope["high"]),
        _p(one.trend.p_value),
        _annual(one, w),
        _left_out(one, w),
    )


def _annual(one: OfPollutant, w: Words) -> str:
    if one.annual is None:
        return "—"
    p = one.annual.test.p_value
    return w("trends.p_none", n=one.years) if p is None else w("trends.p_years", p=_p(p), n=one.years)


def _left_out(one: OfPollutant, w: Words) -> str:
    if one.column == trends.O3_8H:
        return w("trends.days_unsaid")
    months = [w("trends.month_days", month=month, n=n) for month, n in one.left_out]
    return w("trends.comma").join(months) or "—"
