"""Searches, derivations and relatives: what they name exists, and a derivation's arithmetic comes out."""

from collections.abc import Callable

import pandas as pd
import pytest

from store import tracked


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return tracked.read("figures")


def key(row: pd.Series) -> str:
    return "/".join(row[name] for name in ("indicator_id", "area_id", "period"))


def test_every_derived_figure_has_its_derivation_and_no_other_has(figures: pd.DataFrame) -> None:
    derived = figures[figures["kind"] == "derived"].apply(key, axis=1)
    assert sorted(derived) == sorted(tracked.read("derivations").apply(key, axis=1))


def test_the_parents_of_a_derivation_exist_and_are_published(figures: pd.DataFrame) -> None:
    stated = set(figures[figures["kind"] != "planned"].apply(key, axis=1))
    documents = set(tracked.read("documents")["document_id"])
    for row in tracked.read("derivations").itertuples():
        for parent in row.parents.split():
            kind, _, name = parent.partition(":")
            assert name in (stated if kind == "figure" else documents), parent
            assert name != f"{row.indicator_id}/{row.area_id}/{row.period}"


@pytest.mark.parametrize(
    ("derived", "by_hand"),
    [
        ("isw_utilisation_pct/2022", lambda v: 100 * v("isw_used_10kt/2022") / v("isw_generated_10kt/2022")),
        ("pm25_annual_ugm3/2014", lambda v: v("pm25_annual_ugm3/2015") / (1 + v("pm25_yoy_pct/2015") / 100)),
        ("pm10_annual_ugm3/2014", lambda v: v("pm10_annual_ugm3/2015") / (1 + v("pm10_yoy_pct/2015") / 100)),
        ("composite_index/2021", lambda v: v("composite_index/2022") / (1 + v("composite_yoy_pct/2022") / 100)),
        ("worse_than_v_share_pct/2024", lambda v: 100 - v("sections_good_pct/2024")),
        ("worse_than_v_share_pct/2023", lambda v: 100 - v("sections_good_pct/2023")),
        ("national_sections_good_pct/2024", lambda v: v("sections_good_pct/2024")),
    ],
)
def test_a_derivation_comes_out(
    figures: pd.DataFrame, derived: str, by_hand: Callable[[Callable[[str], float]], float]
) -> None:
    values = dict(zip(figures.apply(key, axis=1), figures["value"], strict=True))

    def of(name: str) -> float:
        indicator, period = name.split("/")
        return float(values[f"{indicator}/xining/{period}"])

    exact, written = by_hand(of), of(derived)
    decimals = len(f"{written:g}".partition(".")[2])
    assert round(exact, decimals) == pytest.approx(written)


def test_what_a_search_was_about_exists() -> None:
    targets, plans = tracked.read("targets"), tracked.read("plans")
    known = {f"plan:{one}" for one in plans["plan_id"]}
    known |= {f"indicator:{one}" for one in tracked.read("indicators")["indicator_id"]}
    known |= {f"target:{plan}/{no}" for plan, no in zip(targets["plan_id"], targets["no"], strict=True)}
    named = tracked.read("searches")["about"].dropna().str.split().explode()
    assert set(named) <= known


def test_every_target_of_a_table_whose_number_is_left_out_was_searched() -> None:
    targets = tracked.read("targets")
    delegated = targets[(targets["kind"] == "delegated") & (targets["tier"] == "table")]
    requests = set(tracked.read("searches")["about"].dropna().str.split().explode())
    assert {f"target:{p}/{n}" for p, n in zip(delegated["plan_id"], delegated["no"], strict=True)} <= requests


def test_a_relative_belongs_to_a_promise_and_has_a_figure(figures: pd.DataFrame) -> None:
    targets = tracked.read("targets")
    promised = set(zip(targets["indicator_id"], targets["area_id"], strict=True))
    published = set(zip(figures["indicator_id"], figures["area_id"], strict=True))
    relatives = tracked.read("relatives")
    assert set(zip(relatives["indicator_id"], relatives["area_id"], strict=True)) <= promised
    assert set(zip(relatives["other_indicator_id"], relatives["other_area_id"], strict=True)) <= published
