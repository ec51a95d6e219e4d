"""A year by each edition of the standard: two tables and what they leave out."""

from markupsafe import Markup

from reports.what_if import EDITIONS, AgainstLimits, WhatIf
from views.text import air as air_words
from views.text import differences, standards
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.ui import cards

BEFORE_THE_CHANGE = ("before", "mixed")


def tables(report: WhatIf, w: Words) -> Markup:
    """The days by both editions beside each other; the means against the limits of every phase."""
    foot = cards.source_note(report.provenance, w)
    days = cards.card(w("what_if.days_title", year=report.year), _days(report, w) + _fewer(report, w), foot=foot)
    limits = cards.card(w("what_if.limits_title", year=report.year), _limits(report, w), foot=foot)
    return cards.grid([days, limits], "two")


def _days(report: WhatIf, w: Words) -> Markup:
    years = [report.by_edition[name] for name in EDITIONS]
    header = [w("what_if.col_days"), *(standards.edition(name, w) for name in EDITIONS)]
    rows = [
        [w("what_if.known"), *(str(one.known_days) for one in years)],
        [w("what_if.good"), *(str(one.good_days) for one in years)],
        [w("what_if.share"), *(fmt.number(one.share_pct, 1) + "%" for one in years)],
        [w("what_if.bad"), *(str(one.bad_days) for one in years)],
    ]
    rows += [
        [name, *(str(one.by_level.get(level, 0)) for one in years)] for level, name in air_words.level_names(w).items()
    ]
    return cards.table(header, rows, numeric=(1, 2))


def _fewer(report: WhatIf, w: Words) -> Markup:
    """The difference of the same days in words, or why there is none; that ozone does not count."""
    if report.change.comparable:
        text = w("what_if.fewer", n=report.good_days_fewer, points=fmt.signed(report.change.difference or 0, 1))
    else:
        text = w("budget.same_not", why=differences.words(report.change.differs, w))
    return cards.line(fmt.sentences(w, text, w("what_if.basis")), "muted small")


def _limits(report: WhatIf, w: Words) -> Markup:
    phases = [w("what_if.from_year", year=start.year) for start in report.starts]
    header = [w("what_if.col_pollutant"), w("what_if.col_mean"), *phases]
    body = cards.table(header, [_against(one, w) for one in report.means], numeric=range(1, len(header)))
    notes = [w("what_if.limits_note")]
    if report.state in BEFORE_THE_CHANGE:
        notes.append(w("what_if.other_state"))
    return body + join(cards.line(note, "muted small") for note in notes)


def _against(one: AgainstLimits, w: Words) -> list[str]:
    """A pollutant: its mean with its days, and each phase's limit with whether the mean lies within it."""
    words = {True: w("what_if.within"), False: w("what_if.above"), None: w("what_if.not_judged")}
    limits = [
        "—" if limit is None else w("what_if.limit", limit=fmt.plain(limit), word=words[within])
        for limit, within in zip(one.limit.values, one.within, strict=True)
    ]
    return [
        air_words.symbol(one.limit.pollutant),
        w("what_if.mean", mean=fmt.number(one.item.mean), days=one.item.valid_days),
        *limits,
    ]
