"""What the air means for each group of people, now and at each level."""

from collections.abc import Iterable

from markupsafe import Markup

from reports import air
from reports.advice import Advice, Answer
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import cards


def groups(answers: Iterable[Answer], w: Words, *, why: bool) -> Markup:
    """What each group had better do, with the rule behind it where asked for."""
    items = []
    for one in answers:
        reason = html('<div class="why">{}</div>', w(f"lite.rule.{one.rule}")) if why else Markup()
        items.append(
            html(
                '<li class="{}"><b>{}</b>{}{reason}</li>',
                one.verdict,
                w(f"lite.group.{one.group}"),
                w(f"lite.answer.{one.verdict}"),
                reason=reason,
            )
        )
    return html('<ul class="groups">{}</ul>', join(items))


def by_level(told: Advice, w: Words) -> Markup:
    """What each level of the air asks for, folded: true whatever the air is now."""
    header = [w("air.col_level"), w("lite.col_do")]
    levels = [
        [cards.chip(w.of(row.name), AQI_LEVELS[row.level]), cards.cell(w.of(row.advice))] for row in air.categories()
    ]
    return cards.folded(w("lite.by_level"), cards.table(header, levels)) + cards.source_note(told.rule, w)
