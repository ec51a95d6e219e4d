"""Blocks of the air page."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from reports import air, air_state, budget, composite, official_shares, provenance, trends
from reports.air import Day, LongRun, Rated, RuleEffect, Year
from reports.provenance import Provenance
from reports.trends import OfPollutant
from store.city import CITY
from views.cached import cached_rendering
from views.charts import air as charts
from views.drawings import calendar
from views.site import outlook as outlook_blocks
from views.site import page
from views.site import trends as trend_blocks
from views.text import air as words
from views.text import answers, differences
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import air as air_pieces
from views.ui import budget as budget_pieces
from views.ui import cards
from views.visit import Visit


def lead(v: Visit, this: Year, effect: RuleEffect) -> None:
    """The page's answer."""
    page.head(v, "air", *answers.of_air(this, effect, v.w))


def latest(v: Visit, day: Day) -> None:
    """The last known day: its AQI, its effect, six pollutants against their limits; a day gone by gives no advice."""
    w = v.w
    page.section(w("air.latest_title"), w("air.latest_sub", day=fmt.day(day.day, w), age=fmt.age(day.day, v.today, w)))
    level = air.categories()[day.level - 1]
    main = cards.card(
        w("air.city_day"),
        air_pieces.index(day.aqi, level, w)
        + cards.line(w.of(level.effect), "muted small")
        + cards.line(words.primary(day, w), "muted small")
        + cards.line(words.ozone(day, w), "muted small")
        + _last_days(day, w),
        foot=cards.source_note(day.provenance, w),
    )
    items = cards.card(
        w("air.against_limits"),
        join(air_pieces.day_item(one, w) for one in day.items),
        foot=cards.source_note(day.provenance, w),
    )
    page.show(cards.grid([main, items], "two"), theme="air")


def _last_days(day: Day, w: Words) -> Markup:
    """The month up to the day, one cell a day."""
    drawn = calendar.strip(
        air.days(), day.day, w, title=w("air.strip_alt", n=calendar.STRIP_DAYS), names=words.level_names(w)
    )
    return cards.line(w("air.strip_title", n=calendar.STRIP_DAYS), "muted small") + drawn


def year_so_far(v: Visit, this: Year, effect: RuleEffect) -> None:
    """The year in two numbers, and against the same days of the year before."""
    w = v.w
    page.section(
        w("air.year_title", year=this.year), w("air.year_sub", until=fmt.day(this.until, w), known=this.known_days)
    )
    page.note(words.ozone_year(air.ozone_alone(this.year), w))
    days = w("air.days_unit")
    good = _number(
        v, w("air.good_days"), str(this.good_days), days, w("air.of_known", known=this.known_days), this.provenance
    )
    bad = _number(
        v, w("air.bad_days"), str(this.bad_days), days, w("air.bad_by_old", n=effect.bad_by_old), effect.provenance
    )
    same = budget_pieces.same_period(budget.same_period(v.today), w)
    page.show(cards.grid([good, bad, *same]), theme="air")


def _number(v: Visit, label: str, text: str, unit: str, sub: str, provenance: Provenance) -> Markup:
    return cards.card(
        label, cards.value(text, unit) + cards.line(sub, "muted small"), foot=cards.source_note(provenance, v.w)
    )


def days_left(v: Visit) -> None:
    """How many more bad days the year can take to be no worse than the last, or to keep a share the reader chooses."""
    w = v.w
    before = budget.running_year(v.today) - 1
    page.section(w("budget.title"), w("budget.sub", before=before))
    chosen = st.segmented_control(
        w("budget.choose"),
        [None, *budget.SHARES_TO_KEEP],
        default=None,
        format_func=lambda share: (
            w("budget.as_before", before=before) if share is None else w("budget.by_share", value=fmt.plain(share))
        ),
        key="share_to_keep",
    )
    page.show(cards.grid([budget_pieces.card(*budget.both(v.today, chosen), w)]), theme="air")
    outlook_blocks.year_end(v, chosen)


def calendar_of_year(v: Visit) -> None:
    """A year day by day, judged as the reader chooses."""
    w = v.w
    page.section(w("air.calendar_title"), w("air.calendar_sub"))
    numbers = [one.year for one in air.years()][::-1]
    left, right = st.columns([1, 1])
    number = left.selectbox(w("air.col_year"), numbers, index=0, key="calendar_year")
    editions = dict.fromkeys(air.EDITIONS)
    edition = right.selectbox(
        w("air.edition"), list(editions), format_func=lambda e: w(f"air.edition_{_slug(e)}"), key="calendar_edition"
    )
    this, with_it = air.year(number, edition), air.year(number, edition, ozone="best")
    names = words.level_names(w)
    drawn = calendar.year(air.days(edition), number, w, title=w("air.calendar_alt", year=number), names=names)
    title = w(
        "air.calendar_message", year=number, good=this.good_days, known=this.known_days, share=f"{this.share_pct:.1f}"
    )
    page.drawing(
        v,
        html('<div class="calendar">{drawn}</div>', drawn=drawn)
        + cards.legend([(names[k], AQI_LEVELS[k]) for k in AQI_LEVELS])
        + cards.line(w("air.calendar_dot") if Markup("<circle") in drawn else "", "muted small")
        + join(cards.line(text, "muted small") for text in _calendar_ozone(number, edition, w))
        + cards.line(words.missing(number, w), "muted small"),
        title=title,
        provenance=with_it.provenance,
        data=_level_table(with_it, names, w),
    )
    if this.primary_days:
        page.chart(
            v,
            charts.primary(this.primary_days, words.pollutant_names(w), w, v.dark),
            title=w(
                "air.primary_title", year=number, name=fmt.within(words.pollutant(next(iter(this.primary_days)), w))
            ),
            alt=w("air.primary_alt"),
            provenance=this.provenance,
            sub=w("air.primary_sub"),
        )


def _calendar_ozone(number: int, edition: str, w: Words) -> list[str]:
    """How many more exceedances the cells show than the title, which leaves ozone out; of the year in force, the page has
    said above what else is known of its ozone."""
    alone = air.ozone_alone(number, edition)
    told = [w("air.calendar_ozone", n=len(alone.days))] if alone.days else []
    said_above = number == air.latest_day().day.year and edition == air.IN_FORCE
    return told if said_above else [*told, words.ozone_year(alone, w)]


def _slug(edition: str) -> str:
    return {air.IN_FORCE: "in_force", air.OLD: "old", air.NEW: "new"}[edition]


@cached_rendering
def _level_table(this: Year, names: dict[int, str], w: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [(names[level], n) for level, n in this.by_level.items()], columns=[w("air.col_level"), w("air.axis_days")]
    )


def bad_days(v: Visit, number: int) -> None:
    """Every day above 100 of the year, with the dust hint."""
    w = v.w
    frame = air.exceedances(number)
    names = words.level_names(w)
    page.section(w("air.dust_title"), w("air.dust_sub"))
    header = [w(f"air.col_{name}") for name in ("day", "aqi", "level", "primary", "pm25", "pm10", "ratio")]
    rows = [
        [
            cards.cell(fmt.day(row.date.date(), w)),
            f"{int(row.aqi)}",
            cards.chip(names[int(row.level)], AQI_LEVELS[int(row.level)]),
            cards.cell(
                words.join(tuple(row.primary.split(",")), w) + (f" · {w('air.unsure')}" if row.ozone_unsure else "")
            ),
            fmt.plain(row.pm25_ugm3),
            fmt.plain(row.pm10_ugm3),
            f"{row.ratio:.2f}",
        ]
        for row in frame.itertuples()
    ]
    dusty = int(((frame["ratio"] < 0.4) & frame["primary"].str.contains("PM10")).sum())
    text = cards.line(w("air.dust_message", bad=len(frame), dusty=dusty))
    if alone := air.ozone_alone(number).days:
        text += cards.line(w("air.dust_ozone", n=len(alone)), "muted small")
    page.show(
        text
        + cards.folded(w("air.dust_list", n=len(frame)), cards.table(header, rows, numeric=(1, 4, 5, 6)))
        + cards.source_note(air.year(number, ozone="best").provenance, w)
    )


def year_rated(v: Visit, number: int) -> None:
    """The last whole year by the standard's own measure, and the composite index as published."""
    w = v.w
    rated = air.rated(number)
    page.section(w("air.rated_title"), w("air.rated_sub"))
    header = [w(f"air.col_{name}") for name in ("pollutant", "mean", "percentile", "attained")]
    rows = [
        [cards.cell(words.pollutant(words.ITEM_OF[item.column], w)), *_rated_cells(item, w)] for item in rated.items
    ]
    rows.append([cards.cell(words.pollutant("O3", w)), "—", "—", cards.cell(w("air.rated_no_ozone"))])
    title = _rated_title(rated, w)
    table = cards.card(title, cards.table(header, rows, numeric=(1, 2)), foot=cards.source_note(rated.provenance, w))
    page.show(cards.grid([table, _composite(w)], "one"), theme="air")


def _rated_title(rated: Rated, w: Words) -> str:
    """How many of the rated pollutants kept their limits; that it is not rated where none is, with the reason."""
    judged, n = rated.judged, len(rated.items) + 1  # and ozone, which the archive cannot rate
    if not judged:
        return w(f"air.rated_none_{rated.items[0].why_not}", year=rated.year)
    kept = sum(item.attained is True for item in judged)
    said = w("air.rated_message", year=rated.year, kept=kept, n=len(judged))
    return said + (w("air.rated_rest", n=n - len(judged)) if len(judged) < n else "")


def _rated_cells(item: air.Evaluation, w: Words) -> list[str]:
    mean = fmt.plain(item.mean)
    if item.mean_limit is not None:
        mean = w("air.rated_of", value=mean, limit=fmt.plain(item.mean_limit))
    high = w("air.rated_of", value=fmt.plain(item.percentile), limit=fmt.plain(item.percentile_limit))
    order = w("air.rated_order", order=fmt.plain(item.percentile_order))
    said = f"rated_{item.why_not}" if item.attained is None else "rated_yes" if item.attained else "rated_no"
    return [
        cards.cell(mean),
        html('{}<br><span class="muted small">{order}</span>', cards.cell(high), order=order),
        cards.cell(w(f"air.{said}")),
    ]


def _composite(w: Words) -> Markup:
    found = composite.indices()
    rows = [
        [
            cards.cell(fmt.period(one.period, w)),
            html(
                "{}{:.2f}<br>{}",
                fmt.OPS[one.published.op],
                one.published.value,
                cards.source_note(one.published.provenance, w),
            )
            if one.published
            else "—",
            html("{:.2f}<br>{}", one.computed.value, cards.source_note(one.computed.provenance, w))
            if one.computed
            else "—",
        ]
        for one in found
    ]
    header = [w("air.col_period"), w("air.col_index"), w("air.col_computed")]
    sure = "" if all(one.computed.confirmed for one in found if one.computed) else w("air.composite_unconfirmed")
    notes = cards.line(w("air.composite_note") + sure, "muted small")
    return cards.card(w("air.composite_title"), notes + cards.table(header, rows, numeric=(1, 2)))


def months(v: Visit, report: LongRun) -> None:
    """Every month since 2013: winters and dust springs, and which month is the worst on average."""
    w = v.w
    page.chart(
        v,
        charts.months(report, w, v.dark),
        title=w(
            "air.months_title",
            month=w(f"site.month_{report.worst_month}"),
            value=fmt.plain(report.worst_month_pm10_ugm3),
            worst=report.worst_in_years,
            of=report.whole_years,
            since=air.STATE_CHANGED.year + 1,
        ),
        alt=w("air.months_alt"),
        provenance=report.provenance,
        sub=w("air.months_sub"),
        data=_months_table(report, w),
    )


@cached_rendering
def _months_table(report: LongRun, w: Words) -> pd.DataFrame:
    table = report.monthly.pivot(index="year", columns="month", values="pm10_ugm3").reset_index()
    table["year"] = table["year"].astype(str)
    return table.set_axis([w("air.col_year"), *(w(f"site.month_short_{m}") for m in range(1, 13))], axis=1)


def long_run(v: Visit, report: LongRun) -> None:
    """The six pollutants' trends; PM2.5 and PM10 year by year since 2014 with limits and breaks."""
    w = v.w
    page.section(w("air.long_title"), fmt.sentences(w, w("air.long_sub"), words.long_gaps(w, short=True)))
    page.note(w("air.state_note"), warn=True)
    trend_blocks.six(v)
    bridge = air_state.annual() if st.toggle(w("air.bridge"), key="carried_over") else None
    if bridge is not None:
        page.note(w("air.bridge_note"), warn=True)
    left, right = st.columns(2, gap="large")
    for place, column, key in ((left, "pm25_ugm3", "pm25"), (right, "pm10_ugm3", "pm10")):
        with place:
            since = trends.one(column)
            page.chart(
                v,
                charts.annual(report, column, w, v.dark, bridge),
                title=trend_blocks.title(since, w),
                alt=w(f"air.annual_alt_{key}"),
                provenance=_long_provenance(report, since, bridge is not None),
                data=_annual_table(report, column, w, bridge),
                sub=trend_blocks.sub(since, w),
            )


def _long_provenance(report: LongRun, since: OfPollutant, carried_over: bool) -> Provenance:
    """Where the chart's means and trend come from, and the weather where years are carried over."""
    told = [report.provenance, since.provenance] + ([air_state.annual_provenance()] if carried_over else [])
    return provenance.merged(told, "estimated" if carried_over else "archive", report.provenance.period)


@cached_rendering
def _annual_table(report: LongRun, column: str, w: Words, bridge: pd.DataFrame | None) -> pd.DataFrame:
    table = report.annual[["year", "days", column, "segment"]].copy()
    if bridge is not None:
        name = column.removesuffix("_ugm3")
        estimate = bridge[["year", "days", column]].assign(segment="carried_over")
        estimate[column] = [
            f"{row[column]:.1f} ({row[f'{name}_low_ugm3']:.1f}–{row[f'{name}_high_ugm3']:.1f})"
            for row in bridge.to_dict("records")
        ]
        table[column] = table[column].map("{:.1f}".format)
        table = pd.concat([table, estimate], ignore_index=True)
    table["year"] = table["year"].astype(str)
    table["segment"] = [w(f"air.segment_{name}") for name in table["segment"]]
    return table.set_axis(
        [w("air.col_year"), w("air.axis_days"), w("air.axis_concentration"), w("air.col_segment")], axis=1
    )


def official_and_archive(v: Visit) -> None:
    """Good-day share: official values beside the archive's, and by either edition."""
    w = v.w
    report = air.shares()
    last = next(one for one in reversed(report.archive) if one.until.month == 12)
    by_new = next(one for one in report.archive_by_new if one.year == last.year)
    page.chart(
        v,
        charts.shares(report, w, v.dark),
        title=w("air.shares_title", year=last.year, share=f"{last.share_pct:.1f}", by_new=f"{by_new.share_pct:.1f}"),
        alt=w("air.shares_alt"),
        provenance=provenance.merged(
            [last.provenance, *(b for _, _, b in report.official)], "archive", last.provenance.period
        ),
        sub=_pairs_said(w),
        data=_shares_table(report, w),
    )
    page.show(cards.folded(w("air.pairs_list"), _pairs_table(w)))


def _pairs_said(w: Words) -> str:
    """How often the official value lies above and below the archive's, and why the two are not the same number."""
    found = official_shares.pairs()
    lower, higher = (sum(sign * one.points > 0 for one in found) for sign in (-1, 1))
    return fmt.sentences(w, w("air.shares_sub", n=len(found), lower=lower, higher=higher), words.long_gaps(w))


def _pairs_table(w: Words) -> Markup:
    """Every pair with its difference and what the two do not share."""
    header = [w(f"air.col_{name}") for name in ("year", "official", "archive", "pair_points", "known", "pair_differs")]
    rows = [
        [
            str(one.year),
            html("{} {}", fmt.plain(one.official_pct), cards.source_note(one.official, w)),
            f"{one.archive_pct:.1f}",
            fmt.signed(one.points, 1),
            f"{one.archive.known_days}/{one.archive.days}",
            cards.cell(differences.words(one.differs, w)),
        ]
        for one in official_shares.pairs()
    ]
    return cards.table(header, rows, numeric=(1, 2, 3, 4))


@cached_rendering
def _shares_table(report: air.Shares, w: Words) -> pd.DataFrame:
    rows = []
    for one, new in zip(report.archive, report.archive_by_new, strict=True):
        official = w("air.list_comma").join(fmt.plain(value) for year, value, _ in report.official if year == one.year)
        rows.append(
            (
                str(one.year),
                official or w("site.not_found"),
                f"{one.share_pct:.1f}",
                f"{new.share_pct:.1f}",
                one.known_days,
            )
        )
    columns = [w(f"air.col_{name}") for name in ("year", "official", "archive", "by_new", "known")]
    return pd.DataFrame(rows, columns=columns)


def capitals(v: Visit) -> None:
    """The five northwestern capitals side by side."""
    w = v.w
    report = air.capitals()
    page.section(w("air.capitals_title"), w("air.capitals_sub"))
    measures = air.MEASURES
    chosen = (
        st.segmented_control(
            w("air.capitals_choose"),
            measures,
            default=measures[0],
            format_func=lambda m: w(f"air.measure_{m}"),
            key="capitals_measure",
        )
        or measures[0]
    )
    last = report.annual[report.annual["year"] == report.last_year].set_index("area_id")[chosen]
    better = (last > last[CITY]) if chosen != "good_day_share_pct" else (last < last[CITY])
    rank = len(last) - int(better.sum())
    apart = report.apart[chosen]
    page.chart(
        v,
        charts.capitals(report, chosen, w, v.dark),
        alt=w("air.capitals_alt", measure=w(f"air.measure_{chosen}")),
        provenance=report.provenance,
        title=w(
            "air.capitals_apart" if apart else "air.capitals_message",
            year=report.last_year,
            measure=w(f"air.measure_{chosen}"),
            value=fmt.plain(float(last[CITY])),
            rank=rank,
            n=len(last),
            why=differences.words(apart, w),
        ),
        sub=w("air.capitals_note"),
        data=_capitals_table(report, chosen, w),
    )


@cached_rendering
def _capitals_table(report: air.Capitals, column: str, w: Words) -> pd.DataFrame:
    table = report.annual.pivot(index="year", columns="area_id", values=column)[list(report.names)].reset_index()
    table["year"] = table["year"].astype(str)
    return table.set_axis([w("air.col_year"), *(w.of(row.name) for row in report.names.values())], axis=1)
