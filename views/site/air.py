"""Blocks of the air page."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from reports import official_shares, provenance
from reports.air import (
    EDITIONS,
    FIRST_YEAR_SINCE_CHANGE,
    IN_FORCE,
    LAST_DAYS,
    MEASURES,
    NEW,
    OLD,
    Calendar,
    CalendarDay,
    Capitals,
    Day,
    Evaluation,
    Exceedance,
    Exceedances,
    LongRun,
    OzoneAlone,
    Rated,
    RuleEffect,
    Shares,
    Year,
)
from reports.air_gaps import YearGaps
from reports.air_state import CarriedOver
from reports.budget import SHARE_CHOICES, Budget, SamePeriod
from reports.composite import Index
from reports.cumulative import Cumulative
from reports.found import NothingFoundError
from reports.official_shares import Pair
from reports.outlook import YearEnd
from reports.provenance import Provenance
from reports.trends import OfPollutant
from views.cached import cached_rendering
from views.charts import air as charts
from views.drawings import calendar
from views.drawings import cumulative as trend_drawing
from views.site import page
from views.site import trends as trend_blocks
from views.site.sheet import Download, drawn_once
from views.text import air as air_words
from views.text import answers, differences, found
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import air as air_pieces
from views.ui import bars, cards, files, inline
from views.ui import budget as budget_pieces
from views.ui import cumulative as texts
from views.ui import frame as page_frame
from views.ui import outlook as outlook_pieces
from views.ui.air import AirIndex, AirReading, PollutantRow
from views.ui.bars import Bar
from views.ui.layout import by_width
from views.visit import Visit

FIRST_BAD_DAYS = 4  # the others are folded
ALL_SIX = "six"
TRENDS = ("pm25_ugm3", "pm10_ugm3", ALL_SIX)


def lead(v: Visit, this: Year, main: Budget | NothingFoundError, ends: Sequence[YearEnd]) -> None:
    """The page's answer: the year so far, and whether it will be kept or why that cannot be said."""
    w = v.w
    answer = found.sentence(main, w) if isinstance(main, NothingFoundError) else outlook_pieces.no_worse(main, ends, w)
    head = page_frame.head(w("site.nav.air"), answers.air_so_far(this, w), answer)
    page.show(cards.wrapped("long-head", head), theme="air")


@drawn_once()
def latest(v: Visit, day: Day, days: Sequence[CalendarDay]) -> None:
    """The last known day: its AQI, its effect, on demand six pollutants against their limits; a day gone by gives no advice.

    ``days``: every day known.
    """
    w, reading = v.w, AirReading.of_day(day, v.w)
    age = cards.line(w("air.latest_sub", day=reading.when, age=fmt.age(day.day, v.today, w)), "muted small")
    foot = cards.source_note(reading.provenance, w)
    main = cards.card(
        w("air.latest_title"),
        age
        + air_pieces.index_row(reading.index)
        + cards.line(reading.effect, "muted small")
        + cards.line(reading.primary, "muted small")
        + cards.line(reading.remark, "muted small")
        + _last_days(day, days, w)
        + cards.folded(
            w("air.against_limits"), join(air_pieces.pollutant(PollutantRow.of_day(one, w)) for one in day.items)
        ),
        foot=foot,
    )
    page.show(main, theme="air")


def _last_days(day: Day, days: Sequence[CalendarDay], w: Words) -> Markup:
    """The month up to the day, one cell a day."""
    n, names = LAST_DAYS, air_words.level_names(w)
    drawn = calendar.strip(days, day.day, w, title=w("air.strip_alt", n=n), names=names)
    return cards.line(w("air.strip_title", n=n), "muted small") + cards.wrapped("course", drawn)


@drawn_once()
def course_of_year(v: Visit, report: Cumulative) -> None:
    """The days above 100 added up: this year, the last one, the years since 2019, what is allowed, where it may end."""
    w = v.w
    narrow = trend_drawing.drawing(report, w, layout=trend_drawing.PHONE)
    picture = narrow if v.phone else trend_drawing.drawing(report, w)
    drawn = narrow if v.phone else by_width(picture, narrow)
    table, message = texts.table(report, w), texts.message(report, w)
    how = cards.line(texts.basis(report, w), "small") + page.frame_table(table)
    body = page_frame.title(message, level=3) + cards.wrapped("course", drawn) + cards.source_note(report.provenance, w)
    download = Download("year-so-far", message, "", picture, report.provenance, table)
    page.show(body + cards.folded(w("air.course_how"), how) + page.download_links(v, download), theme="air")


def brief(v: Visit) -> None:
    """The way to the newest monthly brief."""
    page.show(files.brief(v))


@drawn_once()
def year_so_far(v: Visit, this: Year, effect: RuleEffect, alone: OzoneAlone, same: SamePeriod) -> None:
    """What the stricter rule and ozone make of the year, and the year against the same days of the one before."""
    w = v.w
    page.section(
        w("air.year_title", year=this.year), w("air.year_sub", until=fmt.day(this.until, w), known=this.known_days)
    )
    how = fmt.sentences(w, air_words.rule_effect(this, effect, w), air_words.ozone_year(alone, w))
    alike, *others = budget_pieces.same_period(same, w)
    more = cards.folded(w("air.year_how"), cards.grid(others) + cards.line(how, "small"))
    page.show(alike + more, theme="air")


def share_to_keep(v: Visit, before: int) -> float | None:
    """The block's title; then the share of good days the reader chooses, None: to be no worse than the year ``before``."""
    w = v.w
    page.section(w("budget.title"), w("budget.sub", before=before))
    chosen: float | None = st.segmented_control(
        w("budget.choose"),
        [None, *SHARE_CHOICES],
        default=None,
        format_func=lambda share: (
            w("budget.as_before", before=before) if share is None else w("budget.by_share", value=fmt.plain(share))
        ),
        key="share_to_keep",
    )
    return chosen


@drawn_once()
def days_left(v: Visit, main: Budget, other: Budget) -> None:
    """How many more bad days the year can take, by the edition in force and by the other."""
    page.show(cards.grid([budget_pieces.card(main, other, v.w)]), theme="air")


def choose_calendar(v: Visit, years: Sequence[Year]) -> tuple[int, str]:
    """The block's title; then the year and the edition the reader chooses."""
    w = v.w
    page.section(w("air.calendar_title"), w("air.calendar_sub"))
    numbers = [one.year for one in years][::-1]
    left, right = st.columns([1, 1])
    number = left.selectbox(w("air.col_year"), numbers, index=0, key="calendar_year")
    edition = right.selectbox(
        w("air.edition"), list(EDITIONS), format_func=lambda e: w(f"air.edition_{_slug(e)}"), key="calendar_edition"
    )
    return number, edition


@drawn_once()
def calendar_of_year(v: Visit, report: Calendar, gaps: YearGaps, *, in_force: bool) -> None:
    """A year day by day. ``in_force``: the running year by the editions in force, whose ozone is described further up."""
    w, this, names = v.w, report.without, air_words.level_names(v.w)
    drawn = calendar.year(report.days, report.year, w, title=w("air.calendar_alt", year=report.year), names=names)
    share = fmt.number(this.share_pct, 1)
    title = w("air.calendar_message", year=this.year, good=this.good_days, known=this.known_days, share=share)
    remarks = [w("air.calendar_dot")] if report.may_rise else []
    remarks += [*_calendar_ozone(report.alone, w, in_force=in_force), air_words.missing(gaps, w)]
    page.drawing(
        v,
        drawn,
        shown=cards.wrapped("calendar", drawn)
        + calendar.key(names)
        + join(cards.line(text, "muted small") for text in remarks),
        key=[(name, AQI_LEVELS[level]) for level, name in names.items()],
        download=calendar_id(report.year, report.edition),
        title=title,
        provenance=report.best.provenance,
        data=_level_table(report.best, names, w),
    )
    if this.primary_days:
        _primary_of_year(v, this)


def _primary_of_year(v: Visit, this: Year) -> None:
    """How many days each pollutant leads, folded under its message."""
    w, first, accent = v.w, next(iter(this.primary_days)), "var(--accent)"
    rows = [Bar(air_words.pollutant(name, w), ((n, accent),), fmt.plain(n)) for name, n in this.primary_days.items()]
    title = w("air.primary_title", year=this.year, name=fmt.within(air_words.pollutant(first, w)))
    sub = cards.line(w("air.primary_sub"), "muted small")
    page.show(cards.folded(title, sub + bars.rows(rows) + cards.source_note(this.provenance, w)), theme="air")


def _calendar_ozone(alone: OzoneAlone, w: Words, *, in_force: bool) -> list[str]:
    """How many more exceedances the cells show than the title, which leaves ozone out, and what else is known of it."""
    more = [w("air.calendar_ozone", n=len(alone.days))] if alone.days else []
    return more if in_force else [*more, air_words.ozone_year(alone, w)]


def calendar_id(year: int, edition: str) -> str:
    """The calendar of a year by an edition as it is downloaded."""
    return f"air-calendar-{year}" + ("" if edition == IN_FORCE else f"-{_slug(edition)}")


def annual_id(column: str, *, carried: bool) -> str:
    """A pollutant's years as they are downloaded; ``carried``: those before the change too."""
    return f"air-years-{column.removesuffix('_ugm3')}" + ("-carried-over" if carried else "")


def capitals_id(measure: str) -> str:
    """The capitals by a measure as they are downloaded."""
    return f"capitals-{measure}"


def _slug(edition: str) -> str:
    return {IN_FORCE: "in_force", OLD: "old", NEW: "new"}[edition]


@cached_rendering
def _level_table(this: Year, names: dict[int, str], w: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [(names[level], n) for level, n in this.by_level.items()], columns=[w("air.col_level"), w("air.axis_days")]
    )


@drawn_once()
def bad_days(v: Visit, report: Exceedances) -> None:
    """The days above 100 of the year, the worst first, each with its dust hint; all but the first ones folded."""
    w, n = v.w, len(report.days)
    page.section(w("air.dust_title"))
    header = [w(f"air.col_{name}") for name in ("day", "aqi", "level", "dust", "primary", "pm25", "pm10", "ratio")]
    rows = [_bad_day(one, w) for one in sorted(report.days, key=lambda one: -one.aqi)]
    first, rest = (
        cards.table(header, part, numeric=(1, 5, 6, 7), region=w("air.dust_title"), kind="bad-days")
        for part in (rows[:FIRST_BAD_DAYS], rows[FIRST_BAD_DAYS:])
    )
    text = cards.line(w("air.dust_message", bad=n, dusty=report.dust_like))
    if report.by_ozone_alone:
        text += cards.line(w("air.dust_ozone", n=report.by_ozone_alone), "muted small")
    page.show(
        text
        + (first if rows else Markup())
        + (cards.folded(w("air.dust_list", n=n - FIRST_BAD_DAYS), rest) if n > FIRST_BAD_DAYS else Markup())
        + cards.folded(w("air.dust_how"), cards.line(w("air.dust_sub"), "small"))
        + cards.source_note(report.provenance, w)
    )


def _bad_day(one: Exceedance, w: Words) -> list[cards.Cell]:
    """A day as cells."""
    primary = air_words.join(one.primary, w) + (f" · {w('air.unsure')}" if one.ozone_unsure else "")
    index = AirIndex.of(one.aqi, one.level, w)
    return [
        cards.cell(fmt.day(one.day, w, year=False)),
        index.number,
        air_pieces.level_chip(index),
        cards.cell(w("air.dust_mark") if one.dust_like else ""),
        cards.cell(primary),
        *("—" if value is None else fmt.plain(value) for value in (one.pm25_ugm3, one.pm10_ugm3)),
        "—" if one.ratio is None else fmt.number(one.ratio, 2),
    ]


@drawn_once()
def year_rated(v: Visit, rated: Rated, indices: Sequence[Index]) -> None:
    """The last whole year by the standard's own measure, and the composite index as published."""
    w = v.w
    page.section(w("air.rated_title"), w("air.rated_sub"))
    header = [w(f"air.col_{name}") for name in ("pollutant", "mean", "percentile", "attained")]
    rows = [
        [cards.cell(air_words.pollutant(air_words.ITEM_OF[item.column], w)), *_rated_cells(item, w)]
        for item in rated.items
    ]
    rows.append([cards.cell(air_words.pollutant("O3", w)), "—", "—", cards.cell(w("air.rated_no_ozone"))])
    table = cards.card(
        _rated_title(rated, w), cards.table(header, rows, numeric=(1, 2)), foot=cards.source_note(rated.provenance, w)
    )
    page.show(cards.grid([table, _composite(indices, w)], "one"), theme="air")


def _rated_title(rated: Rated, w: Words) -> str:
    """How many of the rated pollutants are within their limits; that it is not rated where none is, with the reason."""
    judged, n = len(rated.judged), rated.all_items
    if not judged:
        return w(f"air.rated_none_{rated.items[0].why_not}", year=rated.year)
    message = w("air.rated_message", year=rated.year, attained=rated.attained, n=judged)
    return message + (w("air.rated_rest", n=n - judged) if judged < n else "")


def _rated_cells(item: Evaluation, w: Words) -> list[cards.Cell]:
    mean = fmt.plain(item.mean)
    if item.mean_limit is not None:
        mean = w("air.rated_of", value=mean, limit=fmt.plain(item.mean_limit))
    high = w("air.rated_of", value=fmt.plain(item.percentile), limit=fmt.plain(item.percentile_limit))
    order = w("air.rated_order", order=fmt.plain(item.percentile_order))
    state = f"rated_{item.why_not}" if item.attained is None else "rated_yes" if item.attained else "rated_no"
    return [
        cards.cell(mean),
        inline.with_remark(cards.cell(high), order),
        cards.cell(w(f"air.{state}")),
    ]


def _composite(indices: Sequence[Index], w: Words) -> Markup:
    rows = [[cards.cell(fmt.period(one.period, w)), _published(one, w), _computed(one, w)] for one in indices]
    header = [w("air.col_period"), w("air.col_index"), w("air.col_computed")]
    confirmed = all(one.computed.confirmed for one in indices if one.computed)
    notes = cards.line(w("air.composite_note") + ("" if confirmed else w("air.composite_unconfirmed")), "muted small")
    return cards.card(w("air.composite_title"), notes + cards.table(header, rows, numeric=(1, 2)))


def _published(one: Index, w: Words) -> cards.Cell:
    if one.published is None or one.published.value is None:
        return "—"
    value = f"{fmt.OPS[one.published.op]}{fmt.number(one.published.value, 2)}"
    return inline.lines([value, cards.source_note(one.published.provenance, w)])


def _computed(one: Index, w: Words) -> cards.Cell:
    if one.computed is None:
        return "—"
    return inline.lines([fmt.number(one.computed.value, 2), cards.source_note(one.computed.provenance, w)])


@drawn_once()
def months(v: Visit, report: LongRun) -> None:
    """Every month since 2013: winters and dust springs, and which month is the worst on average."""
    w = v.w
    page.chart(
        v,
        charts.months(report, w, v.dark),
        download="air-months",
        title=w(
            "air.months_title",
            month=w(f"site.month_{report.worst_month}"),
            value=fmt.plain(report.worst_month_pm10_ugm3),
            worst=report.worst_in_years,
            of=report.whole_years,
            since=FIRST_YEAR_SINCE_CHANGE,
        ),
        alt=w("air.months_alt"),
        provenance=report.provenance,
        sub=w("air.months_sub"),
        data=_months_table(report, w),
    )


@cached_rendering
def _months_table(report: LongRun, w: Words) -> pd.DataFrame:
    table = report.monthly.pivot(index="year", columns="month", values="pm10_ugm3")
    table = table.reindex(columns=range(1, 13)).reset_index()
    table["year"] = table["year"].astype(str)
    return table.set_axis([w("air.col_year"), *(w(f"site.month_short_{m}") for m in range(1, 13))], axis=1)


def choose_trend(v: Visit) -> str:
    """The block's title; then the pollutant whose years the reader wants to see, or :data:`ALL_SIX`."""
    w = v.w
    page.section(w("air.long_title"))
    chosen = st.segmented_control(
        w("air.trend_choose"),
        TRENDS,
        default=TRENDS[0],
        format_func=lambda one: w(f"air.trend_{one}"),
        key="trend_of",
    )
    return chosen or TRENDS[0]


def carry_over(v: Visit) -> bool:
    """Whether the reader wants to see the years before the change carried over to today's measuring state."""
    return st.toggle(v.w("air.bridge"), key="carried_over")


@drawn_once()
def annual(v: Visit, report: LongRun, column: str, trends: tuple[OfPollutant, ...], bridge: CarriedOver | None) -> None:
    """A pollutant year by year since 2014 with limits and breaks. ``trends``: of the pollutants since the change."""
    w, means = v.w, bridge.annual if bridge else None
    since = next(one for one in trends if one.column == column)
    page.chart(
        v,
        charts.annual(report, column, w, v.dark, means),
        download=annual_id(column, carried=bridge is not None),
        title=trend_blocks.title(since, w),
        alt=w(f"air.annual_alt_{column.removesuffix('_ugm3')}"),
        provenance=_annual_provenance(report, since, bridge),
        data=_annual_table(report, column, w, means),
        sub=w("air.long_sub"),
    )
    notes = [w("air.state_note"), trend_blocks.sub(since, w)] + ([w("air.bridge_note")] if bridge else [])
    page.show(cards.folded(w("air.trend_how"), join(cards.line(text, "small") for text in notes)))


def _annual_provenance(report: LongRun, since: OfPollutant, bridge: CarriedOver | None) -> Provenance:
    """Where the chart's means and trend come from, and the weather where years are carried over."""
    sources = [report.provenance, since.provenance] + ([bridge.provenance] if bridge else [])
    return provenance.merged(sources, "estimated" if bridge else "archive", report.provenance.period)


@cached_rendering
def _annual_table(report: LongRun, column: str, w: Words, bridge: pd.DataFrame | None) -> pd.DataFrame:
    table = report.annual[["year", "days", column, "segment"]].copy()
    if bridge is not None:
        name = column.removesuffix("_ugm3")
        estimate = bridge[["year", "days", column]].assign(segment="carried_over")
        estimate[column] = [
            f"{fmt.number(row[column], 1)} ({fmt.number(row[f'{name}_low_ugm3'], 1)}–{fmt.number(row[f'{name}_high_ugm3'], 1)})"
            for row in bridge.to_dict("records")
        ]
        table[column] = [fmt.number(value, 1) for value in table[column]]
        table = pd.concat([table, estimate], ignore_index=True)
    table["year"] = table["year"].astype(str)
    table["segment"] = [w(f"air.segment_{name}") for name in table["segment"]]
    return table.set_axis(
        [w("air.col_year"), w("air.axis_days"), w("air.axis_concentration"), w("air.col_segment")], axis=1
    )


@drawn_once()
def official_and_archive(v: Visit, report: Shares, pairs: tuple[Pair, ...], gaps: Sequence[YearGaps]) -> None:
    """Good-day share: official values beside the archive's, and by either edition. ``gaps``: of years with long ones."""
    w, (last, by_new) = v.w, report.last_whole
    page.chart(
        v,
        charts.shares(report, w, v.dark),
        download="good-days-share",
        title=w(
            "air.shares_title",
            year=last.year,
            share=fmt.number(last.share_pct, 1),
            by_new=fmt.number(by_new.share_pct, 1),
        ),
        alt=w("air.shares_alt"),
        provenance=provenance.merged(
            [last.provenance, *(basis for _, _, basis in report.official)], "archive", last.provenance.period
        ),
        sub=_counts_of_pairs(pairs, gaps, w),
        data=_shares_table(report, w),
    )
    page.show(cards.folded(w("air.pairs_list"), _pairs_table(pairs, w)))


def _counts_of_pairs(pairs: tuple[Pair, ...], gaps: Sequence[YearGaps], w: Words) -> str:
    """How often the official value lies above and below the archive's, and why the two are not the same number."""
    n = official_shares.counts(pairs)
    counts = w("air.shares_sub", n=n.pairs, lower=n.lower, higher=n.higher)
    return fmt.sentences(w, counts, air_words.long_gaps(gaps, w))


def _pairs_table(pairs: tuple[Pair, ...], w: Words) -> Markup:
    """Every pair with its difference and what the two do not share."""
    header = [w(f"air.col_{name}") for name in ("year", "official", "archive", "pair_points", "known", "pair_differs")]
    rows = [
        [
            str(one.year),
            join([fmt.plain(one.official_pct), cards.source_note(one.official, w)], " "),
            fmt.number(one.archive_pct, 1),
            fmt.signed(one.points, 1),
            f"{one.archive.known_days}/{one.archive.days}",
            cards.cell(differences.words(one.differs, w)),
        ]
        for one in pairs
    ]
    return cards.table(header, rows, numeric=(1, 2, 3, 4))


@cached_rendering
def _shares_table(report: Shares, w: Words) -> pd.DataFrame:
    rows = []
    for one, new in zip(report.archive, report.archive_by_new, strict=True):
        official = w("air.list_comma").join(fmt.plain(value) for year, value, _ in report.official if year == one.year)
        rows.append(
            (
                str(one.year),
                official or w("site.not_found"),
                fmt.number(one.share_pct, 1),
                fmt.number(new.share_pct, 1),
                one.known_days,
            )
        )
    columns = [w(f"air.col_{name}") for name in ("year", "official", "archive", "by_new", "known")]
    return pd.DataFrame(rows, columns=columns)


def capitals(v: Visit, report: Capitals) -> None:
    """The five northwestern capitals side by side, by the measure the reader chooses."""
    w = v.w
    page.section(w("air.capitals_title"), w("air.capitals_sub"))
    chosen = (
        st.segmented_control(
            w("air.capitals_choose"),
            MEASURES,
            default=MEASURES[0],
            format_func=lambda m: w(f"air.measure_{m}"),
            key="capitals_measure",
        )
        or MEASURES[0]
    )
    capitals_by(v, report, chosen)


@drawn_once()
def capitals_by(v: Visit, report: Capitals, chosen: str) -> None:
    """The capitals by one measure."""
    w = v.w
    measure, apart = w(f"air.measure_{chosen}"), report.apart[chosen]
    value, place, n = report.place(chosen)
    page.chart(
        v,
        charts.capitals(report, chosen, w, v.dark),
        download=capitals_id(chosen),
        alt=w("air.capitals_alt", measure=measure),
        provenance=report.provenance,
        title=w(
            "air.capitals_apart" if apart else "air.capitals_message",
            year=report.last_year,
            measure=measure,
            value=fmt.plain(value),
            rank=place,
            n=n,
            why=differences.words(apart, w),
        ),
        sub=w("air.capitals_note"),
        data=_capitals_table(report, chosen, w),
    )


@cached_rendering
def _capitals_table(report: Capitals, column: str, w: Words) -> pd.DataFrame:
    table = report.annual.pivot(index="year", columns="area_id", values=column)[list(report.names)].reset_index()
    table["year"] = table["year"].astype(str)
    return table.set_axis([w("air.col_year"), *(w.of(row.name) for row in report.names.values())], axis=1)
