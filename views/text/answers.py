"""The answer of each page in a sentence (its headline), and what that rests on (its lead)."""

from markupsafe import Markup

from reports.actions import Tasks
from reports.air import NEW, RuleEffect, Year
from reports.alerts import Alerts
from reports.cumulative import Cumulative
from reports.figures import compare
from reports.goals import Tally
from reports.greening import Forest
from reports.latest import LatestAir, LatestRiver
from reports.overview import Overview
from reports.waste import Waste
from reports.water import Section, Water
from views.text import air as air_words
from views.text import amounts, standards
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import join
from views.text.words import Words
from views.visit import Visit


def of_water(v: Visit, report: Water, *, evidence: bool = True) -> tuple[Markup, str]:
    """The last annual class of the river as it leaves the city against its annual target, and what else is known.

    ``evidence``: with what the automatic station there says, which a surface that shows its readings leaves out.
    """
    w, outflow = v.w, report.outflow
    annual, aimed = outflow.annual, outflow.aim
    measured = water_words.evidence(outflow, w, v.today) if evidence else ""
    known = fmt.sentences(w, *_beside_annual(outflow, v), measured)
    if annual is None:
        return w.html("water.headline_unknown"), known or w("water.lead_unknown")
    name_of_class = fmt.water_class(annual.water_class, w, annual.op)
    goal = {"aim": fmt.water_class(aimed.water_class, w), "aim_year": aimed.year} if aimed else {}
    name = f"water.headline_{outflow.against_aim or 'plain'}"
    return w.html(name, water_class=name_of_class, year=annual.period, **goal), known


def _beside_annual(section: Section, v: Visit) -> list[str]:
    """What is not known of the target's year, and what is published besides the annual class: not compared with the target."""
    w, annual, aimed = v.w, section.annual, section.aim
    texts = []
    if annual and aimed and int(annual.period) < aimed.year <= v.today.year:
        texts.append(w("water.lead_not_found", year=aimed.year))
    official = [k for k in section.known if k.official]
    if official and official[-1] is not annual:
        last = official[-1]
        name_of_class = fmt.water_class(last.water_class, w, last.op)
        texts.append(w("water.lead_part", when=water_words.when(last, w), water_class=name_of_class))
    return texts


def of_air(this: Year, effect: RuleEffect, w: Words) -> tuple[Markup, str]:
    """The year so far in a sentence, and what the stricter rule did to it."""
    return air_so_far(this, w), air_words.rule_effect(this, effect, w)


def air_so_far(this: Year, w: Words) -> Markup:
    """The year so far in a sentence."""
    until = fmt.day(this.until, w, year=False)
    return w.html("air.headline", year=this.year, until=until, share=fmt.number(this.share_pct, 1))


def of_goals(tallies: tuple[Tally, ...], w: Words) -> tuple[Markup, str]:
    """The state of the plans in a sentence."""
    by_role = {tally.role: tally for tally in tallies}
    main, before = by_role["main"], by_role.get("before")
    headline = w.html(
        "goals.headline_some" if main.known else "goals.headline_none",
        plan=w.of(main.plan.short),
        total=main.total,
        known=main.known,
    )
    text = w(
        "goals.lead",
        due=main.due_without_result,
        delegated=main.delegated,
        measured=main.measured,
    )
    return headline, fmt.sentences(w, text, _of_plan_before(before, w)) if before else text


def _of_plan_before(before: Tally, w: Words) -> str:
    plan = w.of(before.plan.short)
    text = w("goals.lead_before", plan=plan, total=before.total, met=before.reached, stated=before.only_stated)
    return text + (w("goals.lead_disputed", n=before.disputed) if before.disputed else "")


def of_waste(report: Waste, w: Words) -> tuple[Markup, str]:
    """Of every 100 tonnes, how many were put to use, and what nobody states."""
    made = report.flow
    if made is None:
        return w.html("waste.headline_unknown"), w("waste.lead_unknown")
    used, disposed = (fmt.number(made.share_pct(p.value), 1) for p in (made.used, made.disposed))
    rest = fmt.number(made.share_pct(made.unstated_10kt), 1)
    headline = w.html("waste.headline", period=fmt.period(made.period, w), used=used)
    lead = w("waste.lead", disposed=disposed, rest=rest)
    if home := report.household:
        amount = amounts.amount(home.burnt.value or 0, "10kt", w)
        burnt = w("waste.lead_household", period=fmt.period(home.burnt.period, w), amount=amount)
        lead = fmt.sentences(w, lead, burnt)
    return headline, lead


def of_greening(v: Visit, report: Forest) -> tuple[Markup, str]:
    """How far forest cover has come, what it lacks, and whether the result is out."""
    w, pace, promised = v.w, report.pace, report.target
    if pace is None or promised is None:
        return w.html("greening.headline_unknown"), w("greening.lead_unknown")
    first = report.points[0] if compare(report.points[0], pace.latest).comparable else pace.start
    values = {
        "start": fmt.period(first.period, w),
        "first": fmt.plain(first.value or 0),
        "now": fmt.plain(pace.latest.value or 0),
        "left": fmt.plain(pace.left_pp),
    }
    headline = w.html("greening.headline_left" if pace.left_pp > 0 else "greening.headline_reached", **values)
    due, value = promised.target.due, promised.target.target_value
    assert due is not None  # there is a pace towards it
    assert value is not None
    state = "published" if report.due_published else "not_found" if v.today > due else "running"
    target = fmt.plain(value)
    lead = w(f"greening.lead_{state}", target=target, year=due.year, period=fmt.period(pace.latest.period, w))
    return headline, lead


def of_now(air: LatestAir, river: LatestRiver, year: Cumulative | None, w: Words) -> tuple[Markup, str]:
    """The newest air, the year so far and where it may end, the river's last class; what the year's numbers rest on.

    Each part only where it is known; what is of an earlier hour or day says so.
    """
    newest = air.advice
    level = air_words.level_names(w)[newest.level]
    when = fmt.hour(newest.at, w) if newest.at else fmt.day(newest.day, w)
    parts = [
        w.html(
            "overview.verdict_air" if air.outside else "overview.verdict_air_past",
            when=when,
            level=level,
            aqi=newest.aqi,
        )
    ]
    if year:
        good = year.now.known_days - year.now.total
        span = {"year": year.now.year, "until": fmt.day(year.until, w, year=False)}
        parts.append(w.html("overview.verdict_year", good=good, known=year.now.known_days, **span))
    if year and year.end:
        parts.append(w.html("overview.verdict_end", low=year.end.likely[0], high=year.end.likely[1]))
    known = river.outflow.latest
    if known:
        name_of_class = fmt.water_class(known.water_class, w, known.op)
        name = "river" if river.current else "river_past"
        parts.append(w.html(f"overview.verdict_{name}", water_class=name_of_class, when=water_words.when(known, w)))
    lead = w("overview.verdict_basis", edition=standards.edition(year.edition if year else NEW, w))
    items = water_words.five_items(known, w) if known else ""
    return join(parts, w("overview.verdict_between")), fmt.sentences(w, lead, items)


def of_overview(report: Overview, w: Words) -> tuple[Markup, str]:
    """The state of the eight promises in a sentence, and what it rests on."""
    values = overview_values(report, w)
    lead = w("overview.lead" if report.due_without_result else "overview.lead_running", **values)
    return w.html("overview.headline", **values), w("overview.columns", **values) + lead


def overview_values(report: Overview, w: Words) -> dict[str, str | int]:
    """The plan in force and its results known by now, and both columns in numbers: by published figures, as measured here."""
    published, measured = report.published, report.measured
    return {
        "plan": w.of(report.main.short),
        "year": report.main.end_year,
        "total": report.main_total,
        "due": report.due_without_result,
        "n": len(report.headline),
        "better": published.better,
        "worse": published.worse,
        "same": published.same,
        "unknown": published.unknown,
        "measured": measured.better + measured.worse + measured.same,
        "measured_better": measured.better,
        "measured_worse": measured.worse,
    }


def of_plan_of_action(report: Tasks, w: Words) -> tuple[Markup, str]:
    """How many pieces of work are due, and what is known of them; that the plan is only a draft."""
    past, unknown = len(report.past), len(report.past_unpublished)
    numbers = {"tasks": report.tasks_n, "parts": len(report.parts), "dated": len(report.dated)}
    if past:
        kind = "none" if unknown == past else "some"
        headline = w.html(f"actions.headline_due_{kind}", **numbers, past=past, unknown=unknown)
    else:
        headline = w.html("actions.headline_ahead", **numbers)
    reported = len(report.reported)
    known = w("actions.lead_reported", n=reported) if reported else w("actions.lead_unreported")
    return headline, fmt.sentences(w, w("actions.lead", plan=w.of(report.plan.name)), known)


def of_tasks(report: Tasks, w: Words) -> tuple[Markup, str]:
    """How much is due next in a sentence, and the state of the plan."""
    unpublished = len(report.past_unpublished)
    values: dict[str, object] = {"total": len(report.parts), "past": len(report.past), "untold": unpublished}
    following = report.following
    if following is not None:
        due = following.parts[0]
        values |= {
            "n": len(following.parts),
            "day": fmt.day(due.due, w, year=False) if due.due else "",
            "left": due.days_left or 0,
        }
        headline = w.html("wall.tasks.headline", **values)
    else:
        headline = w.html("wall.tasks.headline_over", **values)
    return headline, w(
        "wall.tasks.sub_untold" if 0 < unpublished == len(report.past) else "wall.tasks.sub",
        plan=w.of(report.plan.name),
        **values,
    )


def of_alerts(report: Alerts, w: Words) -> tuple[Markup, str]:
    """How many things ask for attention in a sentence, and when this was checked."""
    unknown = [w(f"wall.alerts.of_{name}") for name in report.unknown]
    n = len(report.alerts)
    key = ("unknown" if n else "blind") if unknown else ("some" if n else "calm")
    headline = w.html(f"wall.alerts.headline_{key}", n=n, names=w("wall.alerts.and").join(unknown))
    return headline, w("wall.alerts.checked", time=fmt.hour(report.moment, w))
