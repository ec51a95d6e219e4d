"""Classes of sections and rivers by GB 3838-2002 and 环办〔2011〕22号, worked by hand."""

from math import nan

import numpy as np
import pandas as pd
import pytest

from assessment import water as rules
from store import standards

LIMITS = standards.water_limits()
CLEAN = {"ph": 8.1, "do_mgl": 8.0, "codmn_mgl": 1.8, "nh3n_mgl": 0.1, "tp_mgl": 0.02}


def judged(*, items: rules.Items = "auto5", water_body: str = "river", **values: float) -> rules.Judged:
    return rules.judge_section(CLEAN | values, LIMITS, items=items, water_body=water_body)


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        ("do_mgl", 7.5, 1), ("do_mgl", 7.49, 2), ("do_mgl", 6, 2), ("do_mgl", 5.99, 3), ("do_mgl", 5, 3),
        ("do_mgl", 4.99, 4), ("do_mgl", 3, 4), ("do_mgl", 2, 5), ("do_mgl", 1.99, 6),
        ("codmn_mgl", 2, 1), ("codmn_mgl", 4, 2), ("codmn_mgl", 4.1, 3), ("codmn_mgl", 6, 3), ("codmn_mgl", 10, 4),
        ("codmn_mgl", 15, 5), ("codmn_mgl", 15.1, 6),
        ("nh3n_mgl", 0.15, 1), ("nh3n_mgl", 0.16, 2), ("nh3n_mgl", 0.5, 2), ("nh3n_mgl", 1.0, 3), ("nh3n_mgl", 1.5, 4),
        ("nh3n_mgl", 2.0, 5), ("nh3n_mgl", 2.01, 6),
        ("tp_mgl", 0.02, 1), ("tp_mgl", 0.1, 2), ("tp_mgl", 0.2, 3), ("tp_mgl", 0.21, 4), ("tp_mgl", 0.4, 5),
        ("tp_mgl", 0.41, 6),
        ("ph", 6, 1), ("ph", 9, 1), ("ph", 5.99, 6), ("ph", 9.01, 6),
    ],
)  # fmt: skip
def test_the_worst_item_decides_at_its_bounds(item: str, value: float, expected: int) -> None:
    found = rules.judge_section({**CLEAN, item: value}, LIMITS, items="auto5")
    assert found.water_class == expected
    assert found.deciding == ((item,) if expected > 1 else ())


def test_phosphorus_has_other_limits_in_lakes() -> None:
    assert judged(tp_mgl=0.05).water_class == 2
    lake = judged(tp_mgl=0.06, water_body="lake")
    assert (lake.water_class, lake.deciding, lake.exceeding) == (
        4,
        ("tp_mgl",),
        (("tp_mgl", 0.2),),
    )  # (0.06 − 0.05)/0.05


def test_class_limits_that_two_classes_share() -> None:
    assert judged(items="all21", cod_mgl=15).water_class == 1  # Ⅰ and Ⅱ are both 15
    assert judged(items="all21", cod_mgl=15.1).water_class == 3
    assert judged(items="all21", hg_mgl=0.00005).water_class == 1
    assert judged(items="all21", hg_mgl=0.00006).water_class == 3


def test_all_items_of_the_worst_class_decide() -> None:
    found = judged(nh3n_mgl=1.2, tp_mgl=0.25, codmn_mgl=5)
    assert found.water_class == 4
    assert found.deciding == ("nh3n_mgl", "tp_mgl")
    assert found.exceeding == (("tp_mgl", 0.25), ("nh3n_mgl", 0.2))


def test_the_list_of_items_is_separate() -> None:
    values = CLEAN | {"cod_mgl": 35.0, "tn_mgl": 9.0, "fc_per_l": 90000.0, "water_temp_c": 30.0}
    five = rules.judge_section(values, LIMITS, items="auto5")
    assert (five.water_class, five.items_used) == (1, 5)
    all21 = rules.judge_section(values, LIMITS, items="all21")  # TN, coliforms, temperature are never classed
    assert (all21.water_class, all21.deciding, all21.items_used) == (5, ("cod_mgl",), 6)
    lake = rules.judge_section(values, LIMITS, items="all21", water_body="lake")
    assert lake.deciding == ("cod_mgl",)


def test_missing_items_are_passed_over() -> None:
    found = rules.judge_section({"ph": nan, "do_mgl": None, "nh3n_mgl": 0.6}, LIMITS, items="auto5")
    assert (found.water_class, found.items_used) == (3, 1)
    nothing = rules.judge_section({"ph": nan, "cod_mgl": 3.0}, LIMITS, items="auto5")
    assert nothing == rules.Judged(None, (), (), 0)


def test_main_pollutants_are_named_only_beyond_class_3() -> None:
    assert judged(nh3n_mgl=1.0).exceeding == ()
    assert judged(nh3n_mgl=1.5).exceeding == (("nh3n_mgl", 0.5),)


def test_main_pollutants_rank_by_class_then_multiple_and_three_are_named() -> None:
    found = judged(items="all21", nh3n_mgl=3.0, tp_mgl=0.25, codmn_mgl=14, cod_mgl=25, bod5_mgl=7)
    # 劣Ⅴ NH3-N 2.0; Ⅴ CODMn 1.33 before BOD5 0.75; Ⅳ COD and TP are not named any more
    assert found.exceeding == (("nh3n_mgl", 2.0), ("codmn_mgl", 1.33), ("bod5_mgl", 0.75))
    assert found.deciding == ("nh3n_mgl",)


def test_cyanide_and_heavy_metals_come_first() -> None:
    found = judged(items="all21", nh3n_mgl=3.0, tp_mgl=0.5, codmn_mgl=14, hg_mgl=0.0005)
    assert found.exceeding == (("hg_mgl", 4.0), ("nh3n_mgl", 2.0), ("tp_mgl", 1.5))  # Hg is Ⅳ only


def test_ph_and_oxygen_have_no_multiple() -> None:
    found = judged(do_mgl=2.5, ph=9.5, nh3n_mgl=1.2)
    assert found.exceeding == (("ph", None), ("do_mgl", None), ("nh3n_mgl", 0.2))
    assert found.deciding == ("ph",)


def test_many_sections_are_judged_as_one_by_one() -> None:
    rng = np.random.default_rng(3838)
    frame = pd.DataFrame({item: rng.gamma(1.5, 2 * value, 60) for item, value in CLEAN.items() if item != "ph"})
    frame["ph"] = rng.normal(7.8, 1, 60)
    frame = frame.mask(rng.random(frame.shape) < 0.1)
    frame["water_body"] = rng.choice(["river", "lake"], 60)
    together = rules.judge_sections(frame, LIMITS, items="auto5")
    for row, one in zip(frame.to_dict("records"), together, strict=True):
        body = row.pop("water_body")
        assert one == rules.judge_section(row, LIMITS, items="auto5", water_body=body)
    assert {one.water_class for one in together} >= {2, 3, 4, 5, 6}


@pytest.mark.parametrize(
    ("water_class", "grade"),
    [(1, "excellent"), (2, "excellent"), (3, "good"), (4, "light"), (5, "moderate"), (6, "heavy")],
)
def test_words_for_a_class(water_class: int, grade: rules.Grade) -> None:
    assert rules.grade_of_class(water_class) == grade


# ── rivers ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("classes", "grade"),
    [
        ([2] * 9 + [6], "excellent"),  # Ⅰ–Ⅲ 90 %
        ([3] * 89 + [4] * 11, "good"),
        ([3] * 75 + [6] * 25, "good"),
        ([3] * 74 + [4] * 7 + [6] * 19, "light"),
        ([3] * 74 + [4] * 6 + [6] * 20, "moderate"),
        ([3] * 61 + [6] * 39, "moderate"),
        ([3] * 59 + [4] * 2 + [6] * 39, "moderate"),
        ([3] * 59 + [4] * 1 + [6] * 40, "heavy"),
        ([3] * 60 + [6] * 40, "moderate"),  # at exactly 60 % the copies of the rule differ
        ([6] * 5, "heavy"),
    ],
)
def test_a_river_of_five_sections_by_their_shares(classes: list[int], grade: rules.Grade) -> None:
    assert rules.river_grade(classes) == grade


def test_a_river_of_four_sections_by_its_means() -> None:
    with pytest.raises(ValueError, match="4 sections"):
        rules.river_grade([1, 2, 3, 6])
    sections = pd.DataFrame([CLEAN] * 3 + [CLEAN | {"nh3n_mgl": 3.3}])  # mean NH3-N (0.3 + 3.3)/4 = 0.9
    sections["section"] = ["a", "b", "c", "d"]
    found = rules.river_means(sections, LIMITS, items="auto5")
    assert (found.water_class, found.deciding) == (3, ("nh3n_mgl",))


def test_a_mean_beside_a_limit_by_a_binary_slip_is_the_limit() -> None:
    values = [0.1, 0.2, 0.3]
    assert sum(values) / 3 > 0.2  # what the computer makes of it
    found = rules.river_means(pd.DataFrame({"tp_mgl": values}), LIMITS, items="auto5")
    assert found.water_class == 3


def test_a_missing_value_does_not_spoil_a_mean() -> None:
    found = rules.river_means(pd.DataFrame({"nh3n_mgl": [0.4, nan], "tp_mgl": [nan, nan]}), LIMITS, items="auto5")
    assert (found.water_class, found.items_used) == (2, 1)


# ── change ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("before", "after", "direction", "size"),
    [
        ("good", "good", "same", "same"),
        ("light", "good", "better", "some"),
        ("excellent", "good", "worse", "some"),
        ("heavy", "light", "better", "marked"),
        ("excellent", "heavy", "worse", "marked"),
    ],
)
def test_change_between_grades(before: rules.Grade, after: rules.Grade, direction: str, size: str) -> None:
    found = rules.change_of_grade(before, after)
    assert (found.direction, found.size) == (direction, size)


# ── what cannot be judged is refused ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("written", ["lake", "Lake", " LAKE ", "reservoir", "Reservoir"])
def test_a_lake_is_a_lake_however_it_is_written(written: str) -> None:
    assert judged(tp_mgl=0.06, water_body=written).water_class == 4  # as a river Ⅱ
    assert judged(tp_mgl=0.06, water_body="River").water_class == 2


@pytest.mark.parametrize("written", ["pond", "", None, nan, 1])
def test_an_unknown_water_body_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="water body"):
        rules.judge_sections(pd.DataFrame([{**CLEAN, "water_body": written}]), LIMITS, items="auto5")


@pytest.mark.parametrize(("item", "value"), [("nh3n_mgl", -0.1), ("ph", -1), ("do_mgl", -2), ("tp_mgl", np.inf)])
def test_a_value_no_water_has_is_refused(item: str, value: float) -> None:
    with pytest.raises(ValueError, match=item):
        rules.judge_section({**CLEAN, item: value}, LIMITS, items="auto5")


def test_no_lake_is_counted_into_a_river() -> None:
    for body in ("lake", "Reservoir"):
        sections = pd.DataFrame([CLEAN, CLEAN | {"tp_mgl": 0.04}]).assign(water_body=["river", body])
        with pytest.raises(ValueError, match="lake"):
            rules.river_means(sections, LIMITS, items="auto5")


@pytest.mark.parametrize("kind", [object, "Float64", "float32"])
def test_means_are_taken_of_any_kind_of_number_column(kind: str) -> None:
    sections = pd.DataFrame({"nh3n_mgl": pd.Series([0.2, 3.0, None], dtype=kind), "tp_mgl": [0.02] * 3})
    found = rules.river_means(sections, LIMITS, items="auto5")
    assert (found.water_class, found.deciding, found.items_used) == (5, ("nh3n_mgl",), 2)  # (0.2 + 3.0) ÷ 2 = 1.6
    with pytest.raises(ValueError, match="many"):
        rules.river_means(pd.DataFrame({"nh3n_mgl": [0.2, "many"]}), LIMITS, items="auto5")


@pytest.mark.parametrize("wrong", [nan, None, 0, 7, 2.5])
def test_a_section_without_a_class_is_not_counted_as_bad(wrong: object) -> None:
    with pytest.raises(ValueError, match="class"):
        rules.river_grade([2, 2, 2, 2, wrong])  # type: ignore[list-item]
