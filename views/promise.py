"""A promise as a card: where it started, where it stands, what was promised, in one word whether it is kept."""

from reports.goals import Promise
from views import cards
from views import format as fmt
from views.words import Words

THEME_COLORS = {"air": "var(--sky)", "water": "var(--river)", "waste": "var(--earth)", "greening": "var(--leaf)"}


def unit(promise: Promise, w: Words) -> str:
    """The unit of a promise's indicator."""
    return fmt.unit(promise.unit, w)


def amount(promise: Promise, value: float | None, op: str | None, words: str, w: Words) -> str:
    """A value of a promise as it is written: a class, a number with unit, or the document's own words in short."""
    if value is None:
        return words or w("site.not_found")
    if promise.unit["unit_id"] == "class":
        return fmt.water_class(value, w)
    return f"{fmt.OPS[op or '=']}{fmt.plain(value)}{unit(promise, w)}"


def baseline(promise: Promise, w: Words) -> str:
    """The start with its year; empty where the plan names none."""
    target = promise.target
    if target["baseline_value"] is None and not w.of(target, "baseline_text"):
        return ""
    text = amount(promise, target["baseline_value"], target["baseline_op"], w.of(target, "baseline_text"), w)
    return w("goals.baseline", year=target["baseline_year"], value=text) if target["baseline_year"] else text


def aim(promise: Promise, w: Words) -> str:
    """The target with its year, or the document's words for when; in words where it has no published number."""
    target = promise.target
    text = amount(promise, target["target_value"], target["target_op"], w.of(target, "target_text"), w)
    if target["due"] is None:
        return w("goals.target_no_date", when=w.of(target, "due_text"), value=text)
    return w("goals.target", year=target["due"].year, value=text)


def reason(promise: Promise, w: Words) -> str:
    """The sentence that says why the promise has its status."""
    said = promise.judgement
    symbol = w.of(promise.unit, "symbol")
    classes = promise.unit["unit_id"] == "class"
    values = {key: _said(key, item, w, classes=classes) for key, item in said.values.items()}
    values["unit"] = "" if classes else symbol if w.lang == "en" else unit(promise, w)
    values["gap_unit"] = w("site.points") if symbol == "%" else values["unit"]
    sentence = w(f"goals.reason.{said.reason}", **values)
    return sentence.replace(" %", "%").replace("  ", " ").replace(" ,", ",")


def _said(key: str, item: object, w: Words, *, classes: bool) -> object:
    if key == "by":
        return w(f"goals.by_{item}")
    if isinstance(item, float):
        return fmt.water_class(item, w) if classes and key in ("latest", "target", "baseline") else fmt.plain(item)
    return item


def card(promise: Promise, w: Words) -> str:
    """The promise as a card."""
    label = w.of(promise.indicator, "short")
    latest = promise.latest
    if latest is None or latest.value is None:
        body = cards.no_value(w)
    elif promise.unit["unit_id"] == "class":
        body = cards.value(fmt.water_class(latest.value, w), "", fmt.period(latest.period, w))
    else:
        body = cards.value(
            f"{fmt.OPS[latest.op]}{fmt.plain(latest.value)}", unit(promise, w), fmt.period(latest.period, w)
        )
    body += f'<div aria-hidden="true">{line(promise, w)}</div>'  # its words follow
    body += cards.ends(baseline(promise, w) or w("goals.no_baseline"), aim(promise, w)) + cards.line(reason(promise, w))
    basis = latest.basis if latest is not None else promise.basis
    return cards.card(label, body, pill=cards.pill(promise.judgement.status, w), foot=cards.origin(basis, w))


def line(promise: Promise, w: Words) -> str:
    """The bullet; the scale runs over what is known, a class line from 劣Ⅴ to Ⅰ."""
    target, latest = promise.target, promise.latest
    points = [
        p for p in (target["baseline_value"], latest.value if latest else None, target["target_value"]) if p is not None
    ]
    color = THEME_COLORS.get(promise.indicator["theme"], "var(--accent)")
    if promise.unit["unit_id"] == "class":
        low, high = 6.0, 1.0
        flip = {"low": -low, "high": -high}
        values = [
            None if p is None else -p
            for p in (target["baseline_value"], latest.value if latest else None, target["target_value"])
        ]
        return cards.bullet(
            **flip, baseline=values[0], latest=values[1], target=values[2], title=reason(promise, w), color=color
        )
    low, high = (min(points), max(points)) if points else (0.0, 1.0)
    room = (high - low) * 0.25 or max(abs(high) * 0.05, 1.0)
    return cards.bullet(
        low - room,
        high + room,
        baseline=target["baseline_value"],
        latest=latest.value if latest else None,
        target=target["target_value"],
        title=reason(promise, w),
        color=color,
    )
