"""The peer of benchmarks/bench_city.py: a Streamlit app of similar content as one writes it first, without any tuning.

Every run reads the files and the store, computes with pandas and draws with Plotly Express, st.metric and st.dataframe. It
knows no provenance, no second language and no rules of comparison: it does less than the dashboard, not more.
"""

import os
import sqlite3
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

DATA = Path(__file__).resolve().parent.parent / "data"
STEPS = {
    "pm25_ugm3": [0, 35, 75, 115, 150, 250, 350, 500],
    "pm10_ugm3": [0, 50, 150, 250, 350, 420, 500, 600],
    "so2_ugm3": [0, 50, 150, 475, 800, 1600, 2100, 2620],
    "no2_ugm3": [0, 40, 80, 180, 280, 565, 750, 940],
    "co_mgm3": [0, 2, 4, 14, 24, 36, 48, 60],
}
INDEX = [0, 50, 100, 150, 200, 300, 400, 500]
ITEMS = list(STEPS)


def days() -> pd.DataFrame:
    """Every day with its index."""
    found = pd.read_csv(DATA / "air_daily.csv", parse_dates=["date"])
    found["aqi"] = found.apply(aqi, axis=1)
    found["year"] = found["date"].dt.year
    return found


def aqi(row: pd.Series) -> float:
    """The largest index of a day's pollutants."""
    found = 0.0
    for name, steps in STEPS.items():
        for low, high, below, above in zip(steps, steps[1:], INDEX, INDEX[1:], strict=False):
            if low <= row[name] <= high:
                found = max(found, below + (row[name] - low) / (high - low) * (above - below))
    return found


def hours() -> pd.DataFrame:
    """The newest 48 hours of every place."""
    query = (
        "SELECT place_id, item, at, value FROM readings JOIN series USING (series_id) WHERE averaging = '1h'"
        " AND at > (SELECT max(at) FROM readings JOIN series USING (series_id) WHERE item = 'pm25_ugm3') - 172800"
    )
    with sqlite3.connect(os.environ["XINING_DATABASE_URL"].removeprefix("sqlite:///")) as store:
        found = pd.read_sql(query, store)
    found["at"] = pd.to_datetime(found["at"], unit="s", utc=True).dt.tz_convert("Asia/Shanghai")
    return found


def calendar(found: pd.DataFrame) -> None:
    """Every day of every year as a coloured square."""
    table = found.pivot_table(index="year", columns=found["date"].dt.dayofyear, values="aqi")
    st.plotly_chart(px.imshow(table, color_continuous_scale="RdYlGn_r", aspect="auto"), key="calendar")


def overview() -> None:
    """Air and river now, the year against the others, the promises."""
    found, now = days(), hours()
    last = found.iloc[-1]
    st.title("环境")
    for column, name in zip(st.columns(5), ITEMS, strict=True):
        column.metric(name, last[name])
    bad = found.assign(bad=found["aqi"] > 100)
    bad["day"] = bad["date"].dt.dayofyear
    bad["sum"] = bad.groupby("year")["bad"].cumsum()
    left, right = st.columns(2)
    left.plotly_chart(px.line(bad, x="day", y="sum", color="year"), key="sum")
    stations = pd.read_csv(DATA / "air_stations.csv").dropna(subset=["lon"])
    right.map(stations[["lat", "lon"]])
    st.dataframe(now.pivot_table(index="place_id", columns="item", values="value", aggfunc="last"))
    targets = pd.read_csv(DATA / "targets.csv")
    figures = pd.read_csv(DATA / "figures.csv")
    newest = figures.sort_values("period").groupby("indicator_id").last()["value"]
    for column, (_, one) in zip(st.columns(8), targets.tail(8).iterrows(), strict=True):
        column.metric(str(one["indicator_id"])[:12], one["target_value"], newest.get(one["indicator_id"]))
    st.dataframe(pd.read_csv(DATA / "tasks.csv"))
    st.dataframe(pd.read_csv(DATA / "complaints.csv"))
    calendar(found)


def air() -> None:
    """The hour, the course, every day, the years, the stations."""
    found, now = days(), hours()
    st.title("空气")
    city = now[now["place_id"] == now["place_id"].mode()[0]]
    for column, (name, part) in zip(st.columns(6), list(city.groupby("item"))[:6], strict=False):
        column.metric(str(name), part["value"].iloc[-1])
    left, right = st.columns(2)
    left.plotly_chart(px.line(city, x="at", y="value", color="item"), key="hours")
    right.map(pd.read_csv(DATA / "air_stations.csv").dropna(subset=["lon"])[["lat", "lon"]])
    st.dataframe(now.pivot_table(index="place_id", columns="item", values="value", aggfunc="last"))
    year, years, rules = st.tabs(["今年", "历年", "规则"])
    with year:
        calendar(found)
        this = found[found["year"] == found["year"].max()]
        st.plotly_chart(px.line(this, x="date", y=ITEMS), key="this")
        st.dataframe(this)
    with years:
        means = found.groupby("year")[ITEMS].mean().reset_index()
        for name in ITEMS:
            st.plotly_chart(px.bar(means, x="year", y=name), key=name)
        good = found.assign(good=found["aqi"] <= 100).groupby("year")["good"].mean().reset_index()
        st.plotly_chart(px.bar(good, x="year", y="good"), key="good")
        st.dataframe(pd.read_csv(DATA / "capitals_annual.csv"))
    with rules:
        st.dataframe(pd.DataFrame(STEPS, index=INDEX))


if __name__ == "__main__":
    st.set_page_config(layout="wide")
    shown = [
        st.Page(overview, title="总览", url_path="overview", default=True),
        st.Page(air, title="空气", url_path="air"),
    ]
    st.navigation(shown, position="top").run()
