"""The monthly brief in words: one sheet, laid out by the page, the PDF and the Word file alike."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from reports import lookup
from reports.air import NEW
from reports.brief import Air, Brief, DayOfMonth, Mean, OfSection, Stretch
from reports.budget import Counted
from views.drawings import month_days
from views.paper import sheet
from views.paper.sheet import Part, Sheet, Table
from views.text import differences, marked, standards
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.ui import budget as budget_pieces
from views.ui import cards, figure_cards
from views.ui import outlook as outlook_pieces

MOST_DAYS, MOST_NAMES = 8, 6  # named one by one; the rest is counted
DASH = "—"
ONE_DAY = timedelta(days=1)


def of(report: Brief, w: Words, address: str) -> Sheet:
    """The sheet of a month; ``address``: where it is found."""
    month = fmt.period(report.month, w)
    return Sheet(
        lang=w.lang,
        name=file_name(report, w),
        site=w("site.name"),
        title=w("brief.title", month=month),
        sub=w("brief.sub", day=fmt.day(report.today, w)),
        headline=_headline(report, w),
        parts=tuple(part for part in _parts(report, w) if part.lines or part.table or part.picture),
        sources_title=w("brief.sources"),
        sources=sheet.sources(report.provenance, w),
        made=w("page.printed", day=fmt.day(report.today, w), address=address),
    )


def file_name(report: Brief, w: Words) -> str:
    """The name of its file, without the ending."""
    return f"brief-{report.month}-{w.lang}"


def _parts(report: Brief, w: Words) -> Iterable[Part]:
    yield _air(report, w)
    yield _left(report, w)
    yield _river(report, w)
    yield Part(w("brief.risks"), tuple(_risks(report, w)))
    yield Part(w("brief.work"), tuple(_work(report, w)))
    yield Part(w("brief.official"), tuple(_official(report, w)))


def _headline(report: Brief, w: Words) -> str:
    """The month in a sentence or two: how many days were good, and that it is not over or that nothing is known."""
    texts = []
    if not report.over:
        texts.append(w("brief.running", days=report.air.days_in_month, passed=report.air.passed_days))
    counted = report.air.month.counted
    if report.empty:
        texts.append(w("brief.empty"))
    elif counted is None:
        texts.append(w("brief.no_day"))
    else:
        texts.append(w("brief.headline", known=counted.known_days, good=counted.good_days, lost=counted.lost_days))
    return fmt.sentences(w, *texts)


# ── the air ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _air(report: Brief, w: Words) -> Part:
    air = report.air
    lines = [_described(air, w) if air.known_days else "", _known(report, w)]
    if air.month.counted:
        lines += [w("brief.basis"), _ozone(air.month.counted, w)]
    stretches = ((air.month, "month"), (air.year, "year")) if air.month.first.month > 1 else ((air.month, "month"),)
    if air.year.counted and air.year.last < min(report.last, report.as_of - ONE_DAY):
        lines.append(w("brief.year_until", day=fmt.day(air.year.last, w)))
    lines += [_change(stretch, w(f"brief.stretch_{name}"), w) for stretch, name in stretches if stretch.counted]
    lines += [
        w("brief.new_rule", name=standards.name(one, w), day=fmt.day(one.effective_from, w))
        for one in report.new_rules
        if one.effective_from
    ]
    table = _air_table(air, w) if air.month.counted or air.year.counted else None
    picture = month_days.drawing(air.days, air.days_in_month, w, title=_described(air, w)) if air.known_days else None
    return Part(w("brief.air"), tuple(one for one in lines if one), table, picture or Part("").picture)


def _known(report: Brief, w: Words) -> str:
    """How many days of the month are known, and that the others count as neither good nor bad."""
    air = report.air
    if not air.passed_days:
        return w("brief.none_passed")
    known = w("brief.known" if report.over else "brief.known_so_far", passed=air.passed_days, known=air.known_days)
    return fmt.sentences(w, known, w("brief.unknown", n=air.unknown_days) if air.unknown_days else "")


def _ozone(counted: Counted, w: Words) -> str:
    if not counted.ozone_known_days:
        return w("brief.ozone_unknown")
    return w("brief.ozone", known=counted.ozone_known_days, n=counted.lost_by_ozone_alone_days)


def _change(stretch: Stretch, name: str, w: Words) -> str:
    """The change against the year before: why there is none, that one edition holds in both, or its parts by air and rule."""
    same = stretch.same
    if same is None:
        return w("brief.no_before", stretch=name)
    if not same.by_new_change.comparable:
        return w("brief.not_comparable", stretch=name, why=differences.words(same.by_new_change.differs, w))
    before, now = same.before.provenance.standard, same.now.provenance.standard
    if stretch.one_edition:
        return w("brief.one_edition", stretch=name, edition=now)
    return fmt.sentences(w, w("brief.editions", stretch=name, before=before, now=now), budget_pieces.split(same, w))


def _air_table(air: Air, w: Words) -> Table:
    columns = ("item", "month", "month_before", "change", "year", "year_before", "change")
    header = tuple(w(f"brief.col_{name}") for name in columns)
    both = (air.month, air.year)
    rows = [
        (w("brief.row_in_force"), *(cell for one in both for cell in _in_force(one, w))),
        (
            w("brief.row_by_new", edition=standards.edition(NEW, w)),
            *(c for one in both for c in _by_new(one, w)),
        ),
    ]
    for n, column in enumerate(one.column for one in (air.month.means or air.year.means)):
        rows.append((w(f"brief.row_{column}"), *(cell for one in both for cell in _mean(one.means[n:][:1], w))))
    return Table(header, tuple(rows), tuple(range(1, 7)), (21, 15, 15, 13, 15, 15, 13))


def _days(one: Counted, w: Words) -> str:
    return w("brief.good", good=one.good_days, known=one.known_days, share=fmt.number(one.result.value, 1))


def _in_force(one: Stretch, w: Words) -> tuple[str, str, str]:
    """Days by the editions in force; a difference only where one edition holds in both years."""
    now = _days(one.counted, w) if one.counted else DASH
    if one.same is None:
        return now, DASH, DASH
    parted = one.same.by_new_change.comparable and not one.one_edition
    return now, _days(one.same.before, w), w("brief.below") if parted else _points(one, w)


def _by_new(one: Stretch, w: Words) -> tuple[str, str, str]:
    if one.same is None:
        return DASH, DASH, DASH
    before, now = one.same.by_new
    return _days(now, w), _days(before, w), _points(one, w)


def _points(one: Stretch, w: Words) -> str:
    change = one.same.by_new_change.difference if one.same else None
    return w("brief.not_alike") if change is None else w("brief.points", n=fmt.signed(change, 1))


def _mean(found: Sequence[Mean], w: Words) -> tuple[str, str, str]:
    if not found:
        return DASH, DASH, DASH
    one = found[0]
    now, before = (w("brief.too_few") if x is None else fmt.number(x, 1) for x in (one.now, one.before))
    if one.change is None:
        return now, before, DASH
    change = one.change.difference
    return now, before, w("brief.not_alike") if change is None else fmt.signed(change, 1)


def _described(air: Air, w: Words) -> str:
    """The drawing in a sentence."""
    return w("brief.picture", known=air.known_days, bad=len(air.bad_days), unknown=air.unknown_days)


# ── what the year can still lose ─────────────────────────────────────────────────────────────────────────────────────
def _left(report: Brief, w: Words) -> Part:
    year = report.first.year
    title = w("brief.left", year=year)
    if not report.left:
        return Part(title, (w("brief.no_budget", year=year, before=year - 1),))
    main, other = report.left
    lines = [marked.plain(budget_pieces.headline(main, w)) + w("brief.stop"), budget_pieces.how(main, w)]
    lines += [budget_pieces.open_days(main.left, w), budget_pieces.by_other(other, w), budget_pieces.ozone(main, w)]
    allowed = outlook_pieces.most_lost(report.left)
    lines += [
        outlook_pieces.line(one, allowed[one.edition], w) for one in report.ends if one.edition == main.now.edition
    ]
    return Part(title, (fmt.sentences(w, *lines),))


# ── the river ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _river(report: Brief, w: Words) -> Part:
    known, every = len(report.sections), report.sections_n
    if not known:
        return Part(w("brief.river"), (w("brief.no_section", n=every),))
    header = tuple(
        w(f"brief.col_{name}") for name in ("section", "class", "rests_on", "month_before", "grade_change", "aim")
    )
    rows = tuple(_section(one, w) for one in report.sections)
    lines = [w("brief.sections", n=every, known=known, rest=every - known)]
    if any(one.hours for one in report.sections):
        lines.append(w("brief.hours_no_class"))
    return Part(w("brief.river"), (fmt.sentences(w, *lines),), Table(header, rows, (), (20, 10, 24, 10, 12, 24)))


def _section(one: OfSection, w: Words) -> tuple[str, ...]:
    known, before = one.known, one.before
    name = w("brief.section_of", name=water_words.section_name(one.section, w), river=w.of(one.section.river.name))
    return (
        name,
        fmt.water_class(known.water_class, w, known.op) if known else DASH,
        water_words.kind(known, w) if known else _hours(one, w),
        fmt.water_class(before.water_class, w, before.op) if before else DASH,
        w(f"brief.grade_{one.change.direction}_{one.change.size}") if one.change else DASH,
        water_words.aim(one.section.aim, w) or DASH,
    )


def _hours(one: OfSection, w: Words) -> str:
    """The recorded hours: how many, and the best and the worst class among them."""
    assert one.hours is not None  # a section of a brief has a class or hours
    best, worst = min(one.hours.by_class), max(one.hours.by_class)
    if best == worst:
        return w("brief.hours_alike", n=one.hours.hours, water_class=fmt.water_class(best, w))
    return w("brief.hours", n=one.hours.hours, best=fmt.water_class(best, w), worst=fmt.water_class(worst, w))


# ── risks, work, what was published ──────────────────────────────────────────────────────────────────────────────────
def _risks(report: Brief, w: Words) -> Iterable[str]:
    if report.air.known_days:
        yield _bad_days(report.air, w)
    for one in report.sections:
        if one.hours_below_aim and one.hours and one.section.aim:
            yield w(
                "brief.below_aim",
                name=water_words.section_name(one.section, w),
                n=one.hours_below_aim,
                hours=one.hours.hours,
                aim=fmt.water_class(one.section.aim.water_class, w),
            )
    promised = report.promised
    if promised.missed:
        names = _named([w.of(one.indicator.short) for one in promised.missed], w)
        yield w("brief.missed", n=len(promised.missed), names=names)
    if promised.without_result:
        yield w("brief.without_result", n=promised.without_result, total=promised.total)


def _bad_days(air: Air, w: Words) -> str:
    bad = air.bad_days
    if not bad:
        return w("brief.no_bad_day", known=air.known_days)
    texts = [w("brief.bad_days", n=len(bad), days=_named([_bad_day(one, w) for one in bad], w, MOST_DAYS))]
    if alone := sum(one.by_ozone_alone for one in bad):
        texts.append(w("brief.by_ozone", n=alone))
    if dust := sum(one.dust_like for one in bad):
        texts.append(w("brief.dust_like", n=dust))
    return fmt.sentences(w, *texts)


def _bad_day(one: DayOfMonth, w: Words) -> str:
    primary = w("brief.comma").join(one.primary)
    return w("brief.bad_day", day=fmt.day(one.day, w, year=False), aqi=one.aqi, primary=primary)


def _named(names: Sequence[str], w: Words, most: int = MOST_NAMES) -> str:
    """Names in a row; from so many on the rest is counted."""
    shown = w("brief.comma").join(names[:most])
    return shown if len(names) <= most else w("brief.and_more", names=shown, n=len(names) - most)


def _work(report: Brief, w: Words) -> Iterable[str]:
    work = report.work
    titles = [f"{part.number} {w.of(part.row.title)}" for part in work.due]
    yield w("brief.due", n=len(titles), names=_named(titles, w)) if titles else w("brief.none_due")
    if work.duties:
        names = _named([w.of(one.row.title) for one in work.duties], w)
        yield w("brief.duties", n=len(work.duties), names=names)
    if work.past_unpublished:
        yield w("brief.past_unpublished", day=fmt.day(work.on, w), n=work.past_unpublished)
    if work.following and work.following.due:
        parts = work.following.parts
        names = _named([f"{part.number} {w.of(part.row.title)}" for part in parts], w)
        yield w("brief.following", day=fmt.day(work.following.due, w), n=len(parts), names=names)


def _official(report: Brief, w: Words) -> Iterable[str]:
    if not report.official:
        yield w("brief.no_official")
    for one in report.official:
        name = w.of(lookup.indicators()[one.row.indicator_id].name)
        source = cards.source_name(one.provenance.sources[0], w)
        yield w("brief.published", name=name, value=figure_cards.value(one, w), source=source)
