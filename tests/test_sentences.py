"""Every sentence that sets something against something else, with the two results behind it.

A sentence whose words compare must stand in this file: either among the claims, with the pairs of results it rests on, or
among those that set nothing against anything, with the reason. A new one that stands nowhere fails the first test.
"""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import partial
from itertools import pairwise

import pytest
from msgspec import Struct
from msgspec.structs import replace

from assessment import progress
from assessment.comparison import Dimension, Result, Terms, compare, state_of
from reports import (
    air,
    budget,
    cumulative,
    figures,
    goals,
    greening,
    official_shares,
    overview,
    story,
    terms,
    water,
    what_if,
)
from store.city import CAPITALS
from tests.served import TODAY as DAY
from views.text.words import all_words

TODAY = date.fromisoformat(DAY[:10])
# Words by which a Chinese sentence sets one thing against another.
COMPARING = re.compile(
    r"比(?!例|对比度)|高于|低于|上升|下降|升到|降到|好于|多出|少了|多了|最[多高低大小好差重]|达到|更|以来|差 ?\{|还差|快|慢"
    r"|长到|相差|超标|首次|首个|唯一|一样|持平|不如|越过|相同|排第|越来越|逐年增|逐年减|差不多"
)


class Pair(Struct, frozen=True):
    """Two results a sentence sets against each other; ``named``: the differences it states itself."""

    first: Result
    second: Result
    named: tuple[Dimension, ...] = ()


Claim = Callable[[], Iterator[Pair]]


# ── the claims, each with what stands behind it ──────────────────────────────────────────────────────────────────────
def budget_of_the_year() -> Iterator[Pair]:
    """A whole year against a running one, by one edition; the sentence states from when to when and what is unknown."""
    for one in budget.both(TODAY):
        assert one.now.edition == one.before.edition
        yield Pair(one.before.result, one.now.result, budget.NAMED_DIMENSIONS)


def days_added_up() -> Iterator[Pair]:
    """Days of two years up to the same day by one edition; whole years beside each other in the range."""
    found = cumulative.cumulative(TODAY)
    assert found.same.now.known_days == found.same.before.known_days
    yield Pair(found.same.before.result, found.same.now.result)
    yield from (Pair(first.result, second.result) for first, second in pairwise(found.past))


def same_days_by_one_edition() -> Iterator[Pair]:
    before, now = budget.same_period(TODAY).by_new
    yield Pair(before.result, now.result)


def same_days_in_two_steps() -> Iterator[Pair]:
    """The air changes under one rule, the rule over one air: in each step one thing alone, which the step names."""
    same = budget.same_period(TODAY)
    until, then = same.now.until, same.before.until
    before_old, now_old = (budget.counted(one.year, air.OLD, one.until) for one in (same.before, same.now))
    assert before_old.until == then
    yield Pair(before_old.result, now_old.result)
    yield Pair(now_old.result, budget.counted(same.now.year, air.NEW, until).result, ("edition",))
    yield Pair(before_old.result, budget.counted(same.before.year, air.NEW, then).result, ("edition",))


def the_rule_alone() -> Iterator[Pair]:
    """The same days of one year by two editions: only the edition differs, and the sentence says so."""
    same = budget.same_period(TODAY)
    old = budget.counted(same.now.year, air.OLD, same.now.until)
    assert old.known_days == same.now.known_days
    yield Pair(old.result, same.now.result, ("edition",))


def a_year_by_both_editions() -> Iterator[Pair]:
    """The same days on both sides: the words name the editions, and nothing else differs."""
    for year in what_if.years():
        old, new = (what_if.what_if(year).by_edition[name] for name in what_if.EDITIONS)
        assert (old.known_days, old.until) == (new.known_days, new.until)
        yield Pair(what_if.share(old), what_if.share(new), what_if.SAME_DAYS)


def official_beside_archive() -> Iterator[Pair]:
    """Two kinds of number set side by side: what makes them differ is stated in the sentence and in the table."""
    for one in official_shares.pairs():
        named: tuple[Dimension, ...] = tuple(differs.dimension for differs in one.differs)
        assert set(named) <= {"dust", "ozone", "measurer", "coverage", "state", "edition"}
        assert one.official.terms is not None
        yield Pair(one.archive.result, Result(one.official_pct, one.official.terms), named)


def capitals_ranked() -> Iterator[Pair]:
    """Cities of one year by one archive: a measure in which they are not alike is not ranked."""
    report = air.capitals()
    last = report.annual[report.annual["year"] == report.last_year]
    for measure in ("pm25_ugm3", "pm10_ugm3"):
        assert report.apart[measure] == ()
        values = [
            Result(
                float(row[measure]),
                Terms(measure, "mean", str(report.last_year), state="after", dust="raw", measurer="archive",
                      known_days=int(row["days_known"])),
            )
            for _, row in last.iterrows()
        ]  # fmt: skip
        assert len(values) == len(CAPITALS)
        yield from (Pair(*two) for two in pairwise(values))
    assert "ozone" in [one.dimension for one in report.apart["good_day_share_pct"]]


def months_of_one_state() -> Iterator[Pair]:
    """Trends: the same month of two years, of one measuring state; no pair lies across the change."""
    for column in ("pm25_ugm3", "pm10_ugm3", "so2_ugm3", "no2_ugm3", "co_mgm3"):
        months = [f"{year}-{month:02}" for year in range(2019, 2026) for month in (1, 7)]
        every = [
            Result(1.0, Terms(column, "mean", one, state=state_of(one), dust="raw", measurer="archive"))
            for one in months
        ]
        yield from (Pair(first, second) for first, second in zip(every, every[2:], strict=False))


def two_years_in_the_exhibit() -> Iterator[Pair]:
    """Only the third step is a comparison: same limits, same measuring state, an estimate called one."""
    sky = story.sky()
    of_their_time, same_limits, same_state = sky.steps
    assert {"edition", "state"} <= set(of_their_time.left) | {"edition", "state"}
    assert "state" in of_their_time.left
    assert "state" in same_limits.left
    assert same_state.left == ()
    good_days = partial(Terms, "good_days", "days", edition=air.NEW, state="after", dust="raw", ozone="excluded")
    then = good_days(str(sky.then.year), known_days=sky.then_alike.known_days, measurer="this_site")
    now = good_days(str(sky.now.year), known_days=sky.now_by_new.known_days, measurer="archive")
    yield Pair(Result(float(same_state.then), then), Result(float(same_state.now), now), ("measurer",))


def two_years_in_two_states() -> Iterator[Pair]:
    """Same limits, two measuring states: the difference is shown to be none of the air alone, and parted."""
    sky = story.sky()
    first, second = (
        Result(
            float(one.good_days),
            Terms("good_days", "days", str(one.year), edition=air.NEW, state=state_of(str(one.year)), dust="raw",
                  ozone="excluded", known_days=one.known_days, measurer="archive"),
        )
        for one in (sky.then_by_new, sky.now_by_new)
    )  # fmt: skip
    yield Pair(first, second)


def better_than_at_the_start() -> Iterator[Pair]:
    """Published against published, measured against measured: never one against the other."""
    found = overview.overview(TODAY)
    for move in (*found.improved, *found.slipped):
        start = terms.of_baseline(move.promise.target)
        if move.measured:
            measured = move.promise.measured
            assert measured is not None
            assert measured.start is not None
            assert measured.start.result is not None
            assert measured.point.result is not None
            yield Pair(measured.start.result, measured.point.result)
        else:
            assert start is not None
            assert move.latest.result is not None
            yield Pair(start, move.latest.result)


def results_against_targets() -> Iterator[Pair]:
    """A promise judged by a number: result and target are of one kind, or neither of them states the same thing.

    What neither the plan nor the result states (whether dust days count) is stated beside the judgement.
    """
    for promise in goals.scoreboard(TODAY):
        latest = promise.latest
        if promise.judgement.reason not in BY_NUMBER or latest is None or latest.result is None:
            continue
        value = promise.target.target_value
        if value is None:
            continue
        target = Result(float(value), terms.of_target(promise.target, promise.plan))
        found = compare(replace(latest.result, op="="), target)
        assert all(map(progress.stated_of_neither, found.differs)), (promise.number, found.differs)
        named = tuple(one.dimension for one in found.differs)
        yield Pair(replace(latest.result, op="="), target, named)
        for other in promise.others if promise.disputed else ():
            assert other.result is not None
            yield Pair(replace(other.result, op="="), target, named)


def what_ozone_alone_adds() -> Iterator[Pair]:
    """The same days, each by the same edition, without and with the ozone that is known: the sentence names that."""
    for edition in (air.OLD, air.NEW):
        without, with_it = air.year(2026, edition), air.year(2026, edition, ozone="best")
        assert without.known_days == with_it.known_days
        assert without.provenance.terms is not None
        assert with_it.provenance.terms is not None
        yield Pair(
            Result(without.share_pct, without.provenance.terms),
            Result(with_it.share_pct, with_it.provenance.terms),
            ("ozone",),
        )


def forest_on_its_way() -> Iterator[Pair]:
    forest = greening.forest(TODAY)
    assert forest.pace is not None
    for first in (forest.points[0], forest.pace.start):
        assert first.result is not None
        assert forest.pace.latest.result is not None
        yield Pair(first.result, forest.pace.latest.result)


def ends_of_published_series() -> Iterator[Pair]:
    for indicator, area in (
        ("park_green_m2", "xining"),
        ("nanbei_forest_cover_pct", "nanbeishan"),
        ("key_national_sections_good_pct", "xining"),
        ("isw_intensity_t_per_10kcny", "xining"),
    ):
        ends = figures.ends(figures.series(indicator, area))
        assert ends is not None, indicator
        first, last = (one.result for one in ends)
        assert first is not None
        assert last is not None
        yield Pair(first, last)


def cover_that_stays() -> Iterator[Pair]:
    points = figures.series("green_cover_pct", "built_up")
    since = greening.unchanged_since(points)
    assert since is not None
    assert since.result is not None
    assert points[-1].result is not None
    yield Pair(since.result, points[-1].result)


def seasons_of_one_satellite() -> Iterator[Pair]:
    first, second = (
        Result(0.4, Terms("ndvi", "mean", f"{year}-06/{year}-09", measurer="satellite")) for year in (2024, 2025)
    )
    yield Pair(first, second)


def what_may_not_be_compared() -> Iterator[Pair]:
    """Sentences that say two numbers are apart: the pair they stand for is refused."""
    for indicator, area in (("isw_utilisation_pct", "xining"), ("sections_good_pct", "xining")):
        points = [one for one in figures.series(indicator, area) if one.result]
        first, last = points[0].result, points[-1].result
        assert first is not None
        assert last is not None
        yield Pair(first, last)


def a_number_for_the_target_in_another_document() -> Iterator[Pair]:
    """PM2.5 of 2020 by the plan's own table, and what another document says the province asked for in that year."""
    known = next(one for one in figures.series("pm25_annual_ugm3", "xining") if one.period == "2020")
    assert known.result is not None
    yield Pair(known.result, Result(33, known.result.terms), ("dust",))  # that neither says it stands in the reading


def classes_of_one_section() -> Iterator[Pair]:
    """An official class of a year against another of the same section: the change of class is stated for such a pair only."""
    terms = Terms("xiaoxia_class", "class", "2020", "xiaoxia")
    yield Pair(Result(3, terms), Result(3, replace(terms, period="2023")))


def annual_class_against_annual_aim() -> Iterator[Pair]:
    """A section is held to its target by a class of a whole year alone; hours and months stand beside it as evidence."""
    section = water.river(TODAY).section(water.OUTFLOW)
    assert section.aim is not None
    assert section.annual is not None
    assert section.annual.official
    yield Pair(water.result_of(section.aim), water.result_of(section.annual))
    for known in section.known:
        if not known.official:
            assert not compare(water.result_of(section.aim), water.result_of(known)).comparable


# What a judgement's reason is worded with where it rests on a number.
BY_NUMBER = (
    "reached", "short", "stated_contradicts", "stated_but_short", "not_beyond", "on_pace", "slower_than_time", "moved_away",
    "due_reached_before", "due_short_before", "due_reached_in_year", "due_short_in_year", "fell_below_start",
    "rose_above_start", "short_so_far", "no_date_no_pace",
)  # fmt: skip

CLAIMS: dict[Claim, tuple[str, ...]] = {
    budget_of_the_year: (
        "budget.headline_some", "budget.headline_none", "budget.card_left", "budget.card_over", "budget.left",
        "budget.over", "budget.before", "budget.share", "budget.so_far", "budget.unknown", "budget.by_other",
        "budget.alt", "air.lead_left", "air.lead_over", "budget.as_before", "budget.title", "budget.sub",
        "cumulative.alt_allowed", "cumulative.label_allowed", "wall.budget.lost", "wall.budget.free",
        "wall.budget.editions", "wall.budget.col_allowed", "wall.budget.col_lost", "wall.budget.col_left",
        "brief.left",
    ),
    same_days_by_one_edition: ("budget.same_by_new",),
    days_added_up: (
        "cumulative.message_more", "cumulative.message_fewer", "cumulative.message_equal", "cumulative.message_both",
        "cumulative.alt_past", "cumulative.col_past", "wall.budget.ranked", "wall.budget.ranked_without",
        "wall.budget.ranked_alt",
    ),
    same_days_in_two_steps: ("budget.same_in_force", "budget.same_in_force_days"),
    the_rule_alone: ("air.lead",),
    a_year_by_both_editions: ("what_if.fewer",),
    what_ozone_alone_adds: ("air.calendar_ozone",),
    official_beside_archive: ("air.shares_sub",),
    capitals_ranked: ("air.capitals_message", "air.capitals_alt"),
    months_of_one_state: (
        "trends.falls", "trends.falls_likely", "trends.rises", "trends.rises_likely", "trends.one_falls",
        "trends.one_falls_likely", "trends.one_rises", "trends.one_rises_likely", "trends.alt", "trends.sub",
    ),
    two_years_in_the_exhibit: (
        "exhibit.sky.headline", "exhibit.sky.drag", "exhibit.sky.steps", "exhibit.sky.way", "exhibit.sky.more",
        "exhibit.sky.notes", "exhibit.sky.state", "exhibit.sky.estimate", "exhibit.sky.ozone",
        "exhibit.sky.rule_answer", "exhibit.sky.part_air", "exhibit.quiz.good_days.ask", "exhibit.quiz.good_days.answer",
    ),
    better_than_at_the_start: (
        "overview.went_better", "overview.went_worse", "overview.went_same", "overview.tiles_key",
        "overview.headline", "overview.improved", "overview.columns", "overview.move", "overview.move_measured",
        "wall.overview.sub", "wall.overview.measured", "goals.direction_*",
    ),
    results_against_targets: (
        "brief.missed",
        "goals.headline_none", "goals.lead", "goals.lead_before", "goals.lead_disputed", "goals.reason.no_date_no_pace",
        "goals.reason.due_short_before",
        "goals.reason.due_short_in_year", "goals.reason.reached", "goals.reason.stated_but_short", "goals.reason.short",
        "goals.reason.fell_below_start", "goals.reason.short_so_far", "goals.reason.rose_above_start",
        "goals.reason.got_worse", "goals.reason.not_beyond", "goals.reason.start_is_a_bound", "goals.reason.moved_away",
        "site.status.met", "site.status.not_met", "waste.rates_title",
    ),
    a_number_for_the_target_in_another_document: ("goals.reason.stated_contested",),
    forest_on_its_way: (
        "greening.headline_left", "greening.headline_reached", "greening.forest_path", "greening.forest_pace_same",
        "greening.forest_pace_faster", "greening.forest_pace_slower", "greening.lead_running",
        "greening.lead_not_found", "greening.lead_published",
    ),
    ends_of_published_series: (
        "exhibit.hills.headline",
        "waste.intensity", "waste.path_fell", "waste.path_rose", "water.share_rose", "water.share_fell",
    ),
    cover_that_stays: ("greening.cover_flat",),
    seasons_of_one_satellite: ("greening.ndvi_more", "greening.ndvi_same", "greening.space_sub"),
    classes_of_one_section: (
        "water.change_none", "water.change_same_same", "water.change_better_some", "water.change_better_marked",
        "water.change_worse_some", "water.change_worse_marked",
    ),
}  # fmt: skip
CLAIMS[annual_class_against_annual_aim] = (
    "water.headline_better", "water.headline_meets", "water.headline_misses", "water.headline_plain",
    "water.against_better", "water.against_meets", "water.against_misses",
)  # fmt: skip
APART: dict[Claim, tuple[str, ...]] = {
    two_years_in_two_states: ("exhibit.sky.rule_headline", "exhibit.sky.part_whole"),
    what_may_not_be_compared: (
        "compare.apart",
        "found.differ",
        "budget.same_not",
        "waste.recycling_sub",
        "water.change_disputed",
        "brief.not_comparable",
        "brief.not_alike",
        "brief.no_before",
        "brief.no_budget",
    ),
}

NOTHING_AGAINST_ANYTHING = {
    "a rule, a method or its formula": "method.* outlook.sub outlook.record_sub air.state_note "
    "air.bridge_note air.months_sub air.dust_sub air.rated_no air.composite_note trends.ozone lite.rule.often_outdoors "
    "water.readings_sub water.timeline_key published_days.how "
    "water.river_not_graded wall.matrix.key water.outfalls_note waste.promises_sub exhibit.drop.lead exhibit.drop.lead_both "
    "greening.district_not_found actions.district_note actions.energy_note actions.energy_note_moved",
    "a name": "privacy.choice.contrast register.left_out.honour site.title site.name site.main_menu site.class_or_better page.* "
    "air.annual_alt_pm25 air.annual_alt_pm10 published_days.item.* "
    "overview.sky_alt wall.sky.alt greening.column_high trends.o3_1h_ugm3 trends.o3_8h_ugm3 water.or_better "
    "water.share_alt sources.* outlook.col_total outlook.wall_title "
    "water.below_detection water.readings_more "
    "what_if.bad changes.feed_sub changes.correction changes.kind_correction "
    "air.dust_title air.dust_list exhibit.part.bus_unit exhibit.part.look_unit air.hover_mixed",
    "one number, counted or measured, in its own bounds": "air.ozone_* air.calendar_proven air.calendar_dot "
    "air.primary_none_among air.dust_message air.dust_ozone wall.sky.ozone air.remaining_mean budget.ozone air.year_sub "
    "goals.reason.stated_in_words "
    "brief.bad_days brief.by_ozone brief.headline brief.no_bad_day brief.ozone brief.picture brief.unknown "
    "changes.by_ozone changes.day changes.hour changes.month_text "
    "goals.measured.readings cumulative.message_alone overview.verdict_end "
    "outlook.title outlook.record_brier greening.study actions.energy_fell",
    "a headline of one number or one state, with when and how": "actions.headline_* air.headline exhibit.waste.headline "
    "goals.headline_some method.headline wall.sky.headline "
    "wall.now.headline wall.now.headline_day wall.tasks.headline* "
    "wall.alerts.headline* waste.headline waste.headline_unknown water.headline_unknown",
    "a headline without a number": "exhibit.drop.headline_open exhibit.waste.headline_open exhibit.part.headline "
    "exhibit.part.card_headline exhibit.enter.headline wall.enter.headline",
    "the largest of one set counted in one way, or a span of one series of hours": "actions.load_title "
    "air.course_day air.ahead_message air.capitals_now_title wall.now.between exhibit.part.call_unit "
    "exhibit.quiz.reported.* exhibit.quiz.worst_month.terms "
    "exhibit.quiz.worst_month.ask exhibit.quiz.worst_month.answer air.months_title "
    "air.gap_elsewhere",
    "that something is not known, or may not be compared": "wall.sky.good_how air.same_day_sub air.same_day_sub_day "
    "goals.reason.delegated_result_known goals.reason.no_start_to_compare goals.reason.bound_only goals.other_says "
    "greening.headline_unknown greening.ndvi_alone water.against_none water.evidence_hour "
    "water.evidence_month water.lead_part live.nothing_newer exhibit.waste.unknown.food",
    "what the reader may do, or how a screen works": "exhibit.waste.lead exhibit.waste.ask exhibit.part.lead "
    "exhibit.part.card_foot exhibit.part.food place.near_sub wall.lost wall.now.sub_day api.* site.store_away data.embed_sub "
    "number.embed_sub",
}


def comparing() -> set[str]:
    """Keys of all sentences whose Chinese words compare."""
    return {
        f"{section}.{key}"
        for section, words in all_words("zh").items()
        for key, text in words.items()
        if COMPARING.search(text)
    }


def listed(patterns: Collection[str], known: Collection[str]) -> set[str]:
    """The keys that patterns (a key, or its beginning with *) stand for."""
    return {key for key in known for one in patterns if key == one or (one.endswith("*") and key.startswith(one[:-1]))}


def test_every_sentence_that_compares_is_accounted_for_once() -> None:
    found = comparing()
    groups = [*CLAIMS.values(), *APART.values(), *(keys.split() for keys in NOTHING_AGAINST_ANYTHING.values())]
    places = [key for group in groups for key in listed(group, found)]
    assert sorted(found - set(places)) == [], "say what stands behind these sentences"
    assert sorted(key for key in set(places) if places.count(key) > 1) == []


def test_no_sentence_is_listed_that_is_no_longer_used() -> None:
    every = {f"{section}.{key}" for section, words in all_words("zh").items() for key in words}
    groups = [*CLAIMS.values(), *APART.values(), *(keys.split() for keys in NOTHING_AGAINST_ANYTHING.values())]
    assert [one for group in groups for one in group if not listed([one], every)] == []


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.__name__)
def test_what_a_sentence_compares_is_comparable(claim: Claim) -> None:
    pairs = list(claim())
    assert pairs, "nothing stands behind the sentence"
    for pair in pairs:
        found = compare(pair.first, pair.second, named=pair.named)
        assert found.comparable, (pair, found.differs)


@pytest.mark.parametrize("claim", APART, ids=lambda claim: claim.__name__)
def test_what_is_called_incomparable_is(claim: Claim) -> None:
    pairs = list(claim())
    assert pairs
    assert not any(compare(pair.first, pair.second).comparable for pair in pairs)
