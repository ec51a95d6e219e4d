"""The promises and published figures in data/, against values typed by hand from the documents."""

from typing import Any

import pandas as pd
import pytest

from store import schema, tracked

NONE = None

# plan, no, indicator, area, kind, nature, baseline (op, value), target (op, value), outcome (op, value), due, place
TARGETS = [
    ("xn13", "1", "xiaoxia_compliance_pct", "xiaoxia", "floor", "binding", ("=", 83.3), ("=", 85), ("=", 100)),
    ("xn13", "2", "worse_than_v_share_pct", "huangshui_basin", "ceiling", "binding", ("=", 12.6), ("=", 0), ("=", 0)),
    ("xn13", "3", "provincial_sections_good_pct", "huangshui_basin", "floor", "binding", ("=", 50), ("=", 75), 87.5),
    ("xn13", "4", "good_day_share_pct", "xining", "floor", "binding", ("=", 77.6), (">=", 80), ("=", 87.3)),
    ("xn13", "5", "pm25_cut_pct", "xining", "delegated", "binding", NONE, NONE, ("=", 28)),
    ("xn13", "6", "pm10_cut_pct", "xining", "delegated", "binding", NONE, NONE, ("=", 42)),
    ("xn13", "7", "farmland_safe_pct", "xining", "floor", "expected", NONE, (">", 95), ("=", 98)),
    ("xn13", "8", "contaminated_site_safe_pct", "xining", "floor", "expected", NONE, (">", 90), ("=", 90)),
    ("xn13", "9", "county_eco_index_change", "xining", "floor", "expected", NONE, (">=", 0), NONE),
    ("xn13", "12", "nh3n_10kt", "xining", "delegated", "binding", ("=", 0.47), NONE, ("=", 0.32)),
    ("xn13", "14", "nox_10kt", "xining", "delegated", "binding", ("=", 5.66), NONE, ("=", 5.13)),
    ("xn13", "15", "lead_cut_pct", "xining", "reduce_by", "expected", NONE, (">=", 10), (">=", 10)),
    ("xn13", "16", "radiation_accidents_n", "xining", "none", "expected", NONE, ("=", 0), ("=", 0)),
    ("xn14", "1", "forest_cover_pct", "xining", "floor", "binding", ("=", 36), (">=", 38), NONE),
    ("xn14", "2", "wetland_protection_pct", "xining", "floor", "binding", ("=", 73), (">=", 80), NONE),
    ("xn14", "3", "soil_conservation_pct", "xining", "floor", "expected", NONE, ("=", 77.2), NONE),
    ("xn14", "6", "pm25_annual_ugm3", "xining", "delegated", "binding", ("=", 35), NONE, NONE),
    ("xn14", "7", "good_day_share_pct", "xining", "delegated", "binding", ("=", 87.3), NONE, NONE),
    ("xn14", "8", "national_sections_good_pct", "xining", "delegated", "binding", NONE, NONE, NONE),
    ("xn14", "10", "xiaoxia_class", "xiaoxia", "class", "binding", ("=", 3), ("=", 3), NONE),
    ("xn14", "13", "villages_sewage_pct", "xining", "floor", "expected", ("=", 17.8), (">=", 20), NONE),
    ("xn14", "14", "park_wastewater_pct", "xining", "floor", "expected", (">", 65), ("=", 100), NONE),
    ("xn14", "15", "reclaimed_water_pct", "xining", "floor", "expected", (">", 20), (">", 25), NONE),
    ("xn14", "16", "household_waste_harmless_pct", "xining", "floor", "expected", ("=", 96), (">=", 96), NONE),
    ("xn14", "17", "isw_utilisation_pct", "xining", "floor", "expected", ("=", 93.4), (">", 93.4), NONE),
    ("xn14", "24", "farmland_safe_pct", "xining", "floor", "expected", ("=", 98), (">=", 98), NONE),
    ("xn14", "26", "major_radiation_accidents_n", "xining", "none", "expected", ("=", 0), ("=", 0), NONE),
    ("cz2426", "1", "forest_cover_pct", "chengzhong", "floor", "unstated", NONE, (">=", 31.48), NONE),
    ("cz2426", "2", "liuyi_class", "liuyi", "class", "unstated", NONE, ("=", 3), NONE),
    ("cz2426", "6", "isw_utilisation_pct", "chengzhong", "floor", "unstated", NONE, (">=", 60), NONE),
    ("cz2426", "10", "farm_film_recovery_pct", "chengzhong", "floor", "unstated", NONE, (">=", 92), NONE),
]

# indicator, area, period, document, place begins with, basis, op, value
FIGURES = [
    ("good_day_share_pct", "xining", "2015", "plan14", "表1 第4项", "unstated", "=", 77.6),
    ("good_day_share_pct", "xining", "2018", "bulletin2018", "正文", "unstated", "=", 83.4),
    ("good_day_share_pct", "xining", "2020", "plan14", "表1 第4项", "unstated", "=", 87.3),
    ("good_day_share_pct", "xining", "2020", "meeting2021", "正文", "unstated", "=", 92.1),
    ("good_days_n", "xining", "2023", "gov2024", "正文", "unstated", "=", 346),
    ("good_day_share_pct", "xining", "2025", "gov2026", "正文", "unstated", "=", 96.2),
    ("good_day_share_pct", "qinghai", "2024", "meeting2025", "正文", "unstated", "=", 96.3),
    ("good_day_share_pct", "qinghai", "2024", "bulletin_qh2024", "正文", "unstated", "=", 96.8),
    ("good_day_share_pct", "china", "2025", "cn_air2025", "正文", "raw", "=", 88.1),
    ("good_day_share_pct", "china", "2025", "mee_minister2026", "正文", "dust_deducted", "=", 89.3),
    ("good_day_share_pct", "china", "2025", "mee_press202602", "正文", "restated", "=", 83.6),
    ("pm25_annual_ugm3", "xining", "2021", "air2021", "正文", "unstated", "=", 32),
    ("composite_index", "chengbei", "2015-11", "air201511", "正文", "unstated", "=", 11.55),
    ("xiaoxia_class", "xiaoxia", "2020", "plan14", "表2 第10项", "none", "=", 3),
    ("xiaoxia_class", "xiaoxia", "2018/2020", "plan14", "第一章第一节", "none", "<=", 4),
    ("xiaoxia_class", "xiaoxia", "2024-Q1", "article2024", "正文", "none", "=", 2),
    ("sections_good_pct", "xining", "2020", "plan14", "第一章第一节", "none", ">=", 87.5),
    ("isw_generated_10kt", "xining", "2022", "bulletin2022", "正文", "none", "=", 434.34),
    ("waste_incinerated_10kt", "xining", "2025", "incineration2025", "正文", "none", "=", 89.2),
    ("incineration_power_100gwh", "xining", "2025", "incineration2025", "正文", "none", "=", 4.21),
    ("zero_waste_cells_n", "xining", "2025-03", "people202503", "正文", "none", "=", 957),
    ("forest_cover_pct", "xining", "2018", "greening2018", "正文", "none", "=", 34.1),
    ("forest_cover_pct", "xining", "2025-06", "xnwb202506", "正文", "none", "=", 37.8),
    ("park_green_m2", "xining", "2025-06", "xnwb202506", "正文", "none", "=", 13.08),
    ("nanbei_forest_cover_pct", "nanbeishan", "2020", "plan14", "第一章第一节", "none", "=", 79),
    ("energy_per_va_change_pct", "etdz", "2023-Q1/2023-Q3", "etdz2023", "正文", "none", "=", -12.8),
]

# Figures that were looked at and turned down: a mean of two cities, an index of an unknown year, a number cut short.
TURNED_DOWN = [
    ("good_day_share_pct", 95.0, "xining"),
    ("good_days_n", 156.0, "xining"),
    ("isw_generated_10kt", 32.4, "xining"),
]


@pytest.fixture(scope="module")
def targets() -> pd.DataFrame:
    return tracked.read("targets").set_index(["plan_id", "no"])


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return tracked.read("figures")


@pytest.mark.parametrize(
    ("plan", "tier", "binding", "expected", "unstated"),
    [("xn13", "table", 10, 8, 0), ("xn14", "table", 14, 12, 0), ("cz2426", "table", 0, 0, 14)],
)
def test_plans_carry_every_row_of_their_tables(
    targets: pd.DataFrame, plan: str, tier: str, binding: int, expected: int, unstated: int
) -> None:
    rows = targets.loc[plan].query("tier == @tier")
    assert list(rows.index) == [str(n) for n in range(1, binding + expected + unstated + 1)]
    counts = rows["nature"].value_counts()
    assert [counts.get(n, 0) for n in ("binding", "expected", "unstated")] == [binding, expected, unstated]


@pytest.mark.parametrize("row", TARGETS, ids=lambda r: f"{r[0]}-{r[1]}")
def test_target_rows_say_what_the_plan_says(targets: pd.DataFrame, row: tuple[Any, ...]) -> None:
    plan, no, indicator, area, kind, nature, *sides = row
    target = targets.loc[(plan, no)]
    assert tuple(target[["indicator_id", "area_id", "kind", "nature"]]) == (indicator, area, kind, nature)
    for name, side in zip(("baseline", "target", "outcome"), sides, strict=True):
        value = target[f"{name}_value"]
        if side is NONE:
            assert pd.isna(value), name
        else:
            op, expected = side if isinstance(side, tuple) else ("=", side)
            assert (target[f"{name}_op"], value) == (op, expected), name


@pytest.mark.parametrize(
    ("plan", "due", "place"),
    [
        ("xn13", "2020-12-31", "表1 第{}项"),
        ("xn14", "2025-12-31", "表2 第{}项"),
        ("cz2426", "2026-12-31", "二、工作目标"),
    ],
)
def test_table_targets_fall_due_with_their_plan(targets: pd.DataFrame, plan: str, due: str, place: str) -> None:
    rows = targets.loc[plan].query("tier == 'table'")
    assert set(rows["due"]) == {pd.Timestamp(due)}
    assert all(where.startswith(place.format(no)) for no, where in rows["place"].items())


@pytest.mark.parametrize(
    ("plan", "indicator", "area", "value", "due"),
    [
        ("cz2426", "outfalls_traced_pct", "chengzhong", 100, "2024-12-31"),
        ("cz2426", "outfalls_fixed_pct", "chengzhong", 100, "2025-12-31"),
        ("cz2426", "wastewater_ponds_pct", "chengzhong", 100, "2024-12-31"),
        ("xn14", "outfalls_fixed_pct", "huangshui_basin", 100, "2023-12-31"),
        ("xn14", "grassland_restored_km2", "xining", 16.9, "2025-12-31"),
        ("xn14", "villages_sewered_n", "xining", 127, "2025-12-31"),
        ("xn14", "gullies_treated_n", "huangshui_basin", 67, "2025-12-31"),
        ("xn14", "soil_erosion_new_km2", "xining", 310, "2025-12-31"),
        ("xn14", "pesticide_cut_pct", "xining", 60, "2025-12-31"),
        ("xn14", "organic_fertiliser_10kmu", "xining", 180, "2025-12-31"),
    ],
)
def test_targets_in_the_text_are_carried(
    targets: pd.DataFrame, plan: str, indicator: str, area: str, value: float, due: str
) -> None:
    rows = targets.loc[plan].query("tier == 'text' and indicator_id == @indicator and area_id == @area")
    assert [(row.target_value, row.due) for row in rows.itertuples()] == [(value, pd.Timestamp(due))]


def test_what_has_no_date_in_the_document_has_none_here(targets: pd.DataFrame) -> None:
    """The 237 misconnections are to be 持续推进: no day is written, so they can never be overdue."""
    row = targets.loc[("cz2426", "T3")]
    assert (row["indicator_id"], row["target_value"], row["due_text_zh"]) == ("misconnections_n", 237, "持续推进")
    assert pd.isna(row["due"])
    assert (targets["due"].notna() | targets["due_text_zh"].notna()).all()


def test_the_ban_on_small_boilers_is_a_ban_and_no_number_to_reach(targets: pd.DataFrame) -> None:
    row = targets.loc[("cz2426", "T5")]
    assert (row["kind"], row["due"]) == ("none", pd.Timestamp("2026-12-31"))
    assert pd.isna(row["target_value"])
    assert "35蒸吨以下" in row["target_text_zh"]


def test_a_start_has_a_year_that_is_written_or_inferred(targets: pd.DataFrame) -> None:
    assert (targets["baseline_year"].isna() == targets["baseline_basis"].isna()).all()
    known = targets[targets["baseline_year"].notna()].reset_index()
    # Table 1 of the 14th plan gives the starts of the 13th without a year; its text names 2015 for these three.
    old = known[known["plan_id"] == "xn13"]
    assert set(old.loc[old["baseline_basis"] == "written", "indicator_id"]) == {
        "good_day_share_pct",
        "pm25_cut_pct",
        "pm10_cut_pct",
    }
    assert (known.loc[known["plan_id"] != "xn13", "baseline_basis"] == "written").all()


def test_an_inferred_period_names_its_basis(figures: pd.DataFrame) -> None:
    """Either way: what a note calls inferred is marked, and what is marked has its note."""
    marked = figures["period_basis"] == "inferred"
    hints = figures["note_zh"].str.contains("推定|年份未注明|起点年未注明|基准年", na=False)
    assert marked.sum() == 29
    assert (marked == hints).all(), figures[marked != hints][["indicator_id", "period", "note_zh"]]


def test_a_delegated_target_has_no_number_but_says_who_sets_it(targets: pd.DataFrame) -> None:
    delegated = targets[targets["kind"] == "delegated"]
    assert len(delegated) == 6 + 10 + 5  # 13th plan 5, 6, 11–14; 14th plan 6–8, 12, 18–23; district 5, 11, 13, 14, T7
    assert delegated["target_value"].isna().all()
    assert delegated["delegated_by"].notna().all()
    assert delegated["target_text_zh"].str.contains("文件没有写出数值").all()
    assert targets.loc[targets["kind"] != "delegated", "delegated_by"].isna().all()


def test_every_other_target_has_a_number_or_words(targets: pd.DataFrame) -> None:
    own = targets[targets["kind"] != "delegated"]
    assert (own["target_value"].notna() | own["target_text_zh"].notna()).all()
    assert set(own.loc[own["target_value"].isna(), "kind"]) == {"keep", "built", "none"}


def test_the_13th_plan_reports_all_its_targets_done(targets: pd.DataFrame) -> None:
    rows = targets.loc["xn13"]
    assert set(rows["stated"]) == {"done"}
    assert (rows["outcome_value"].notna() | rows["outcome_text_zh"].notna()).all()


def test_water_classes_are_whole_numbers(targets: pd.DataFrame, figures: pd.DataFrame) -> None:
    classes = tracked.read("indicators").query("unit_id == 'class'")["indicator_id"]
    values = pd.concat(
        [
            targets.loc[targets["indicator_id"].isin(classes), "target_value"],
            figures.loc[figures["indicator_id"].isin(classes), "value"],
        ]
    )
    assert set(values) <= {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize("row", FIGURES, ids=lambda r: f"{r[0]}-{r[1]}-{r[2]}-{r[3]}")
def test_figures_say_what_the_document_says(figures: pd.DataFrame, row: tuple[Any, ...]) -> None:
    indicator, area, period, document, place, provenance, op, value = row
    key = (figures["indicator_id"] == indicator) & (figures["area_id"] == area) & (figures["period"] == period)
    hits = figures[key & (figures["document_id"] == document) & (figures["basis"] == provenance)]
    assert len(hits) == 1
    hit = hits.iloc[0]
    assert (hit["op"], hit["value"]) == (op, value)
    assert hit["place"].startswith(place)


def test_derived_figures_follow_from_the_published_ones(figures: pd.DataFrame) -> None:
    def value(indicator: str, period: str, kind: str = "stated") -> float:
        rows = figures.query(
            "indicator_id == @indicator and period == @period and kind == @kind and area_id == 'xining'"
        )
        return float(rows["value"].iloc[0])

    used, generated = value("isw_used_10kt", "2022"), value("isw_generated_10kt", "2022")
    assert value("isw_utilisation_pct", "2022", "derived") == round(100 * used / generated, 1) == 92.1
    assert value("composite_index", "2021", "derived") == round(value("composite_index", "2022") / (1 - 0.09), 2)
    pm25_2015, fall = value("pm25_annual_ugm3", "2015"), value("pm25_yoy_pct", "2015")
    assert value("pm25_annual_ugm3", "2014", "derived") == round(pm25_2015 / (1 + fall / 100))


def test_derived_figures_name_their_formula(figures: pd.DataFrame) -> None:
    derived = figures[figures["kind"] == "derived"]
    assert len(derived) > 5
    assert derived["note_zh"].notna().all()
    assert derived["note_en"].notna().all()


@pytest.mark.parametrize(("indicator", "value", "area"), TURNED_DOWN)
def test_rejected_values_are_not_carried(figures: pd.DataFrame, indicator: str, value: float, area: str) -> None:
    rows = figures.query("indicator_id == @indicator and area_id == @area")
    assert len(rows) > 0
    assert value not in set(rows["value"])


def test_contradictions_show_two_different_values() -> None:
    rows = tracked.read("contradictions")
    assert len(rows) >= 30
    assert (rows["value_a_zh"] != rows["value_b_zh"]).all()
    assert (rows["value_a_en"] != rows["value_b_en"]).all()


@pytest.mark.parametrize(
    ("contradiction", "a", "b"),
    [
        ("good_share_2020", "87.3", "92.1"),
        ("good_share_district_2023", "91.1", "94.8"),
        ("misconnections_scope", "主城区", "城中区"),
        ("hydropower_2023", "已严格落实", "没有开展"),
        ("good_days_2013", "221", "216"),
        ("good_days_2018", "282", "83.4"),
        ("good_days_2024", "338", "93.1"),
        ("good_share_2025", "96.2", "94.8"),
        ("nox_cut_2020", "12.35", "9.36"),
        ("site_safe_2020", "100", "90"),
        ("xiaoxia_2020", "Ⅲ", "Ⅳ"),
        ("qinghai_share_2024", "96.3", "96.8"),
        ("zero_waste_index", "58", "18"),
        ("isw_2022", "92.1", "93.4"),
        ("outfall_deadline", "2024", "2025"),
    ],
)
def test_known_contradictions_hold_both_values(contradiction: str, a: str, b: str) -> None:
    row = tracked.read("contradictions").set_index("contradiction_id").loc[contradiction]
    assert a in row["value_a_zh"]
    assert b in row["value_b_zh"]


@pytest.mark.parametrize(
    "table", ["documents", "areas", "indicators", "plans", "targets", "figures", "contradictions", "events"]
)
def test_both_languages_are_there_or_neither(table: str) -> None:
    frame = tracked.read(table)
    pairs = [name[:-3] for name in frame.columns if name.endswith("_zh") and f"{name[:-3]}_en" in frame.columns]
    assert pairs
    for name in pairs:
        assert (frame[f"{name}_zh"].isna() == frame[f"{name}_en"].isna()).all(), name


def test_every_promised_indicator_is_explained_to_residents(targets: pd.DataFrame) -> None:
    indicators = tracked.read("indicators").set_index("indicator_id")
    assert indicators.loc[targets["indicator_id"].unique(), ["meaning_zh", "meaning_en"]].notna().all(axis=None)


def test_promises_refer_to_known_things(targets: pd.DataFrame) -> None:
    for name in ("plans", "targets", "figures", "contradictions", "events", "indicators"):
        frame = tracked.read(name)
        for column in schema.metadata.tables[name].columns:
            if reference := column.info.get("ref"):
                other, key = reference.split(".")
                assert set(frame[column.name].dropna()) <= set(tracked.read(other)[key]), (name, column.name)


def test_only_official_addresses_are_linked() -> None:
    hosts = tracked.read("documents")["url"].dropna().str.extract(r"https?://([^/:]+)")[0]
    official = r".*(\.gov\.cn|news\.cn|people\.com\.cn|ce\.cn|xnwbw\.com|cnemc\.cn|rsta\.ac\.cn|weather\.com\.cn)"
    others = set(hosts[~hosts.str.fullmatch(official)])
    assert others <= {"waste-management-world.com"}


def test_what_was_seen_only_in_a_reprint_is_never_called_seen_in_the_original(figures: pd.DataFrame) -> None:
    """The province's meeting of February 2025 was seen on a trade website: its figures are second-hand."""
    seen = figures["document_id"].map(tracked.read("documents").set_index("document_id")["seen"])
    first_hand = figures[figures["confidence"] == "primary"]
    assert set(seen[first_hand.index]) == {"original"}
    assert set(figures.loc[figures["document_id"] == "meeting2025", "confidence"]) == {"secondary"}


def test_nine_priorities_of_the_province_for_2025() -> None:
    rows = tracked.read("priorities").query("area_id == 'qinghai' and year == 2025")
    assert rows["no"].tolist() == list(range(1, 10))
    assert "固体废物污染防治条例" in rows.set_index("no").loc[8, "action_zh"]
    assert "第四个全国碳市场" in rows.set_index("no").loc[7, "action_zh"]


def test_a_case_is_reported_step_by_step_and_what_has_no_end_names_where_it_was_searched() -> None:
    cases, steps = tracked.read("cases").set_index("case_id"), tracked.read("case_steps")
    assert set(steps["case_id"]) == set(cases.index)
    for case, mine in steps.groupby("case_id"):
        assert mine["no"].tolist() == list(range(1, len(mine) + 1)), case
        assert mine["date"].dropna().is_monotonic_increasing, case
    yard = steps.query("case_id == 'huzhu226'")["date"].dropna()
    assert (yard.min(), yard.max()) == (pd.Timestamp("2023-11-30"), pd.Timestamp("2023-12-09"))
    assert (cases["searched_on"].notna() == (cases["state"] == "in_hand")).all()
