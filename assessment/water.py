"""Surface-water classes by GB 3838-2002 and 环办〔2011〕22号: a section, a river, a change.

Classes are 1–5 for Ⅰ–Ⅴ and 6 for 劣Ⅴ (worse than Ⅴ). Concentrations in mg/L, pH without unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from assessment.aqi import round_half_even

Items = Literal["all21", "auto5"]
Grade = Literal["excellent", "good", "light", "moderate", "heavy"]
WORSE_THAN_V = 6
MOST_NAMED = 3
NO_MULTIPLE = ("ph", "do_mgl")  # no exceedance multiple is computed for these (环办〔2011〕22号)
NAMED_FIRST = ("cn_mgl", "hg_mgl", "cd_mgl", "cr6_mgl", "pb_mgl", "as_mgl")  # cyanide and heavy metals
CLASS_COLUMNS = ["class_1", "class_2", "class_3", "class_4", "class_5"]
GRADES: tuple[Grade, ...] = ("excellent", "good", "light", "moderate", "heavy")


def items_of(limits: pd.DataFrame, items: Items, water_body: str) -> pd.DataFrame:
    """The limit rows of an item list ("all21": table 1 less temperature, TN, coliforms; "auto5": pH, DO, CODMn, NH3-N, TP)."""
    flag = "in_auto5" if items == "auto5" else "in_21"
    return limits[(limits[flag] == 1) & limits["water_body"].isin(("all", water_body))].set_index("item")


def item_class(values: ArrayLike, limit: Mapping[str, float | str]) -> NDArray[np.float64]:
    """Class 1–6 of one item's values by its row of limits; NaN stays NaN.

    DO is "at least", pH inside its range is class Ⅰ and outside worse than Ⅴ, the rest "at most". DO class Ⅰ is the
    fixed 7.5 mg/L the national platform uses, without correction for altitude.
    """
    given = np.asarray(values, dtype=float)
    if limit["rule"] == "range":
        inside = (given >= float(limit["range_low"])) & (given <= float(limit["range_high"]))
        found = np.where(inside, 1.0, float(WORSE_THAN_V))
    else:
        bounds = np.array([float(limit[name]) for name in CLASS_COLUMNS])
        if limit["rule"] == "ge":
            found = 1.0 + (given[..., None] < bounds).sum(axis=-1)
        else:
            found = 1.0 + (given[..., None] > bounds).sum(axis=-1)
    return np.where(np.isnan(given), np.nan, found)


@dataclass(frozen=True)
class Judged:
    """A section's class, the items that decide it, and the main pollutants with their multiples over Ⅲ (None: no multiple)."""

    water_class: int | None
    deciding: tuple[str, ...]
    exceeding: tuple[tuple[str, float | None], ...]
    items_used: int


def judge_section(
    values: Mapping[str, float | None], limits: pd.DataFrame, *, items: Items, water_body: str = "river"
) -> Judged:
    """Single-factor class: the worst item decides; missing items are passed over (``items_used`` says how many were there).

    Main pollutants are named only for a section worse than Ⅲ: worst class first, then the larger multiple
    (C − C_Ⅲ) ÷ C_Ⅲ, at most three, cyanide and heavy metals before all others.
    """
    rows = items_of(limits, items, water_body)
    classes: dict[str, int] = {}
    for item, limit in rows.iterrows():
        value = values.get(str(item))
        if value is not None and not np.isnan(value):
            classes[str(item)] = int(item_class(float(value), limit.to_dict()))
    if not classes:
        return Judged(None, (), (), 0)
    worst = max(classes.values())
    deciding = tuple(item for item, found in classes.items() if found == worst) if worst > 1 else ()
    return Judged(worst, deciding, _exceeding(values, classes, rows), len(classes))


def _exceeding(
    values: Mapping[str, float | None], classes: Mapping[str, int], rows: pd.DataFrame
) -> tuple[tuple[str, float | None], ...]:
    found = []
    for item, its_class in classes.items():
        if its_class > 3:
            third = float(rows.loc[item, "class_3"])
            multiple = (
                None if item in NO_MULTIPLE else float(round_half_even((float(values[item] or 0) - third) / third, 2))
            )
            found.append((item, its_class, multiple))
    found.sort(key=lambda one: (one[0] not in NAMED_FIRST, -one[1], -(one[2] or 0)))
    return tuple((item, multiple) for item, _, multiple in found[:MOST_NAMED])


def grade_of_class(water_class: int) -> Grade:
    """Quality in words for a class: Ⅰ–Ⅱ excellent, Ⅲ good, Ⅳ light, Ⅴ moderate, 劣Ⅴ heavy pollution."""
    return GRADES[max(0, water_class - 2)]


def river_grade(classes: Sequence[int]) -> Grade:
    """Grade of a river with five sections or more by the shares of their classes.

    Raises ValueError below five sections: there the items' means over the sections are judged instead
    (:func:`river_means`). At exactly 60 % of Ⅰ–Ⅲ copies of the rule differ; the wording of 环办〔2011〕22号 is taken.
    """
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
    """A river with fewer than five sections: the class of each item's mean over the sections (rows of ``sections``)."""
    means = {name: float(values.mean()) for name, values in sections.items() if pd.api.types.is_numeric_dtype(values)}
    return judge_section({str(k): v for k, v in means.items()}, limits, items=items)


def change_of_grade(before: Grade, after: Grade) -> tuple[str, Literal["same", "some", "marked"]]:
    """Direction (better, worse, same) and size of a change: one grade is some change, two or more a marked one."""
    steps = GRADES.index(before) - GRADES.index(after)
    size: Literal["same", "some", "marked"] = "same" if steps == 0 else "some" if abs(steps) == 1 else "marked"
    return ("better" if steps > 0 else "worse" if steps < 0 else "same"), size


def change_of_shares(good_points: float, worst_points: float) -> tuple[str, Literal["same", "some", "marked"]]:
    """Change by class shares: difference of the changes of Ⅰ–Ⅲ and 劣Ⅴ shares in points; ≤ 10 none, ≤ 20 some, above marked."""
    difference = round(good_points - worst_points, 6)
    size: Literal["same", "some", "marked"] = (
        "same" if abs(difference) <= 10 else "some" if abs(difference) <= 20 else "marked"
    )
    return ("same" if size == "same" else "better" if difference > 0 else "worse"), size
