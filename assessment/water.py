"""Surface-water classes by GB 3838-2002 and 环办〔2011〕22号: a section, a river, a change.

Classes are 1–5 for Ⅰ–Ⅴ and 6 for 劣Ⅴ (worse than Ⅴ). Concentrations in mg/L, pH without unit.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

from assessment.aqi import NO_SLIP_DECIMALS, round_half_even

Items = Literal["all21", "auto5"]
Body = Literal["river", "lake"]
Grade = Literal["excellent", "good", "light", "moderate", "heavy"]
LISTS: dict[Items, str] = {"all21": "in_21", "auto5": "in_auto5"}
BODIES: dict[str, Body] = {"river": "river", "lake": "lake", "reservoir": "lake"}
THIRD, WORSE_THAN_V = 3, 6
MOST_NAMED = 3
NO_MULTIPLE = ("ph", "do_mgl")  # no exceedance multiple is computed for these (环办〔2011〕22号)
# Cyanide and heavy metals (arsenic is counted with them) are named before all others.
NAMED_FIRST = ("cn_mgl", "hg_mgl", "cd_mgl", "cr6_mgl", "pb_mgl", "as_mgl", "cu_mgl", "zn_mgl")
CLASS_COLUMNS = ["class_1", "class_2", "class_3", "class_4", "class_5"]
GRADES: tuple[Grade, ...] = ("excellent", "good", "light", "moderate", "heavy")


def item_class(values: ArrayLike, limit: Mapping[str, float | str]) -> NDArray[np.float64]:
    """Class 1–6 of one item's values by its row of limits; NaN stays NaN.

    DO is "at least", pH inside its range is class Ⅰ and outside worse than Ⅴ, the rest "at most". DO class Ⅰ is the
    fixed 7.5 mg/L the national platform uses, without correction for altitude. Means that lie a binary slip beside a
    limit count as the limit. Raises ValueError on a value below zero or without end: no water has it.
    """
    given = np.asarray(values, dtype=float)
    if (given < 0).any() or np.isinf(given).any():
        raise ValueError(f"{limit['item']}: a value is negative or infinite")
    given = np.round(given, NO_SLIP_DECIMALS)
    if limit["rule"] == "range":
        inside = (given >= float(limit["range_low"])) & (given <= float(limit["range_high"]))
        found = np.where(inside, 1.0, float(WORSE_THAN_V))
    else:
        bounds = np.array([float(limit[name]) for name in CLASS_COLUMNS])
        if limit["rule"] == "ge":
            found = 1.0 + len(bounds) - np.searchsorted(bounds[::-1], given, side="right")
        else:
            found = 1.0 + np.searchsorted(bounds, given)
    return np.where(np.isnan(given), np.nan, found)


def items_of(limits: pd.DataFrame, items: Items) -> list[str]:
    """The items a list takes."""
    return [str(item) for item in limits.loc[limits[LISTS[items]] == 1, "item"].unique()]


def body_of(written: object) -> Body:
    """River or lake, whatever its letters; a reservoir is judged as a lake (GB 3838-2002 table 1: 湖、库).

    Raises ValueError on anything else: by the limits of which water it is to be judged, nobody can guess.
    """
    known = BODIES.get(str(written).strip().casefold())
    if known is None:
        raise ValueError(f"{written!r} is no water body; known are {', '.join(BODIES)}")
    return known


def _lakes(sections: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each row is a lake or reservoir."""
    if "water_body" not in sections:
        return np.zeros(len(sections), dtype=bool)
    places, written = pd.factorize(sections["water_body"], use_na_sentinel=False)
    lakes: NDArray[np.bool_] = np.array([body_of(one) == "lake" for one in written], dtype=bool)[places]
    return lakes


def item_classes(sections: pd.DataFrame, limits: pd.DataFrame, *, items: Items) -> pd.DataFrame:
    """Class of every item a list takes and ``sections`` holds, a row each; NaN where the value is missing.

    "all21": table 1 less temperature, total nitrogen and coliforms; "auto5": pH, DO, CODMn, NH3-N, TP. The column
    ``water_body`` (:func:`body_of`; river where there is no such column) chooses the limits of total phosphorus. Raises
    ValueError on a water body that is unknown.
    """
    lake = _lakes(sections)
    of_body = {"all": np.ones(len(sections), dtype=bool), "river": ~lake, "lake": lake}
    taken = limits[limits[LISTS[items]] == 1]
    found: dict[str, NDArray[np.float64]] = {}
    for limit in taken.to_dict("records"):
        item = str(limit["item"])
        if item in sections:
            classes = item_class(sections[item].to_numpy(float), limit)
            found[item] = np.where(of_body[str(limit["water_body"])], classes, found.get(item, np.nan))
    return pd.DataFrame(found, index=sections.index)


class Judged(Struct, frozen=True, weakref=True):
    """A section's class (None: no item known), the items that decide it, and the main pollutants.

    ``exceeding`` holds their multiples over Ⅲ, None for items without a multiple.
    """

    water_class: int | None
    deciding: tuple[str, ...]
    exceeding: tuple[tuple[str, float | None], ...]
    items_used: int


class Verdicts(Struct, frozen=True, eq=False, weakref=True):
    """What :func:`verdicts` finds of many sections at once, in arrays with a row each.

    ``items``: the items of the list that were given. ``classes`` (rows × items): class 1–6 of each, NaN where missing.
    ``worst`` (rows): the section's class, 0 where no item is known. ``deciding`` (rows × items). ``main`` (rows × 3):
    the main pollutants as places in ``items``, −1 where there are fewer. ``multiples`` (rows × 3): theirs over class Ⅲ,
    two decimals, NaN where none is computed.
    """

    items: tuple[str, ...]
    classes: NDArray[np.float64]
    worst: NDArray[np.int64]
    deciding: NDArray[np.bool_]
    main: NDArray[np.int64]
    multiples: NDArray[np.float64]


def verdicts(sections: pd.DataFrame, limits: pd.DataFrame, *, items: Items) -> Verdicts:
    """Single-factor class of each row (columns as in :func:`item_classes`): the worst item decides.

    Missing items are passed over. Deciding are all items of the worst class; nothing holds a section of class Ⅰ back, so
    there none is named. Main pollutants are named only for a section worse than Ⅲ: worst class first, then the larger
    multiple (C − C_Ⅲ) ÷ C_Ⅲ (two decimals), at most three, cyanide and heavy metals before all others (环办〔2011〕22号).
    """
    table = item_classes(sections, limits, items=items)
    names, classes = tuple(str(name) for name in table.columns), table.to_numpy()
    worst = np.fmax.reduce(classes, axis=1, initial=0.0)
    deciding = (classes == worst[:, None]) & (worst > 1)[:, None]
    main = np.full((len(table), MOST_NAMED), -1, dtype=np.int64)
    multiples = np.full((len(table), MOST_NAMED), np.nan)
    if len(bad := np.flatnonzero(worst > THIRD)):
        every = _multiples(sections.iloc[bad], names, limits)
        main[bad] = _main_pollutants(names, classes[bad], every)
        chosen = np.take_along_axis(every, np.maximum(main[bad], 0), axis=1)
        multiples[bad] = np.where(main[bad] < 0, np.nan, round_half_even(chosen, 2))
    return Verdicts(names, classes, worst.astype(np.int64), deciding, main, multiples)


def judge_sections(sections: pd.DataFrame, limits: pd.DataFrame, *, items: Items) -> list[Judged]:
    """:func:`verdicts` as one object a row; ``items_used`` says how many items were there."""
    found = verdicts(sections, limits, items=items)
    names = np.array(found.items, dtype=object)
    used = (~np.isnan(found.classes)).sum(axis=1)
    return [
        Judged(
            int(found.worst[row]) or None,
            tuple(names[found.deciding[row]]),
            tuple(
                (found.items[place], None if np.isnan(multiple) else multiple)
                for place, multiple in zip(found.main[row].tolist(), found.multiples[row].tolist(), strict=True)
                if place >= 0
            ),
            int(used[row]),
        )
        for row in range(len(sections))
    ]


def judge_section(
    values: Mapping[str, float | None], limits: pd.DataFrame, *, items: Items, water_body: str = "river"
) -> Judged:
    """One section by its items' values; see :func:`judge_sections`."""
    return judge_sections(pd.DataFrame([{**values, "water_body": water_body}]), limits, items=items)[0]


def _multiples(sections: pd.DataFrame, items: Sequence[str], limits: pd.DataFrame) -> NDArray[np.float64]:
    """(C − C_Ⅲ) ÷ C_Ⅲ of every item (rows × items); NaN for pH and DO, which have no multiple."""
    river, lake = (
        limits[limits["water_body"].isin(("all", body))].set_index("item")["class_3"].reindex(items).to_numpy(float)
        for body in ("river", "lake")
    )
    thirds = np.where(_lakes(sections)[:, None], lake, river)
    return np.where(np.isin(items, NO_MULTIPLE), np.nan, sections[list(items)].to_numpy(float) / thirds - 1)


def _main_pollutants(
    names: Sequence[str], classes: NDArray[np.float64], multiples: NDArray[np.float64]
) -> NDArray[np.int64]:
    """The first three of each row as places in ``names``, −1 where there are fewer."""
    rows = np.arange(len(classes))
    left, first = classes > THIRD, np.isin(names, NAMED_FIRST)
    by_multiple = np.nan_to_num(multiples)
    found = np.full((len(classes), MOST_NAMED), -1, dtype=np.int64)
    for rank in range(MOST_NAMED):
        named_first = left & first
        among = np.where(named_first.any(axis=1, keepdims=True), named_first, left)
        highest = np.where(among, classes, 0.0).max(axis=1, initial=0.0)
        among &= classes == highest[:, None]
        next_one = np.where(among, by_multiple, -np.inf).argmax(axis=1)
        there = among.any(axis=1)
        found[there, rank] = next_one[there]
        left[rows, next_one] = False
    return found


def grade_of_class(water_class: int) -> Grade:
    """Quality of a section by its class (环办〔2011〕22号): Ⅰ–Ⅱ excellent, Ⅲ good, Ⅳ light, Ⅴ moderate, 劣Ⅴ heavy pollution."""
    return GRADES[max(0, water_class - 2)]


def river_grade(classes: Sequence[int]) -> Grade:
    """Grade of a river with five sections or more by the shares of their classes.

    Raises ValueError on a section without a class, and below five sections: there the items' means over the sections
    are judged instead
    (:func:`river_means`). At exactly 60 % of Ⅰ–Ⅲ copies of the rule differ: 环办〔2011〕22号 is taken as it is worded.
    """
    if not all(one in range(1, WORSE_THAN_V + 1) for one in classes):
        raise ValueError("a section has no class 1–6: a share of sections counts every one of them")
    if len(classes) < 5:
        raise ValueError(f"{len(classes)} sections: fewer than five are judged by their mean concentrations")
    good = 100 * sum(c <= 3 for c in classes) / len(classes)
    worst = 100 * sum(c >= WORSE_THAN_V for c in classes) / len(classes)
    if good >= 90:
        return "excellent"
    if good >= 75:
        return "good"
    if worst < 20:
        return "light"
    return "heavy" if good < 60 and worst >= 40 else "moderate"


def river_means(sections: pd.DataFrame, limits: pd.DataFrame, *, items: Items) -> Judged:
    """A river with fewer than five sections: the class of each item's mean over its sections (rows of ``sections``).

    Columns may be of any kind that holds numbers; None and NaN are missing. Raises ValueError where a section is a lake
    or a value is no number.
    """
    if _lakes(sections).any():
        raise ValueError("a lake or reservoir is no section of a river: it is judged by itself")
    present = [name for name in limits["item"].unique() if name in sections]
    means = pd.DataFrame({name: sections[name].to_numpy(float, na_value=np.nan) for name in present}).mean().to_dict()
    return judge_section(means, limits, items=items)


class Change(Struct, frozen=True, weakref=True):
    """Direction of a change and its size: one grade is some, two or more are a marked one."""

    direction: Literal["better", "worse", "same"]
    size: Literal["same", "some", "marked"]


def change_of_grade(before: Grade, after: Grade) -> Change:
    """Change between two grades of quality (环办〔2011〕22号)."""
    steps = GRADES.index(before) - GRADES.index(after)
    if not steps:
        return Change("same", "same")
    return Change("better" if steps > 0 else "worse", "some" if abs(steps) == 1 else "marked")
