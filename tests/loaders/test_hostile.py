"""What an upstream sends to do harm: patterns that never end, numbers beyond numbers, texts for logs and pages."""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assessment.messages import LINE, one_line
from loaders import cells, decode, open_meteo_air, reasons, registry
from loaders.answer import Answer, AnswerError, Batch
from loaders.collector import judge
from loaders.commands import _status_row
from loaders.intake import store_answer
from loaders.status import report
from store import database, live, sources, state
from store.clock import ZONE
from store.states import FailureCause
from tests.checks import not_none
from tests.fuzz import targets
from tests.fuzz.run import ended_after

NOW = datetime(2026, 10, 9, 18, 30, tzinfo=ZONE)
FORGED = "\x1b[2J\r\n2026-10-09 ERROR forged \u202e<script>alert(1)</script>\x00" + "长" * 20_000


def seed(source: str, call: str) -> Any:
    """A sound answer's content, free to be changed."""
    content = next(one.content for one in targets.SEEDS[source]() if one.call.startswith(call))
    return content if isinstance(content, str) else json.loads(json.dumps(content))


def answer(source: str, call: str, content: Any) -> Answer:
    text = content if isinstance(content, (str, bytes)) else json.dumps(content)
    body = text if isinstance(text, bytes) else text.encode()
    return Answer(source, call, "http://127.0.0.1/", NOW, 200, "text/plain", body)


def parsed(source: str, call: str, content: Any) -> Batch:
    return registry.loader(source).parse(answer(source, call, content))


# ── sentences ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_sentence_keeps_its_beginning_and_its_end() -> None:
    made = one_line("row 3: " + "x" * 10_000 + " is no time such as 2026")
    assert len(made) == LINE
    assert made.startswith("row 3: xxx")
    assert made.endswith("xxx is no time such as 2026")
    assert one_line("short\r\nand \x1b[31mred") == "short and [31mred"
    assert one_line("x" * LINE) == "x" * LINE
    assert len(one_line("x" * (LINE + 1))) == LINE


@pytest.mark.parametrize("cell", [[[[[]]]] * 9000, {"a": "x" * 10**6}, "9" * 5000, 10**4000])
def test_a_cell_however_large_is_no_number_and_a_short_note(cell: Any) -> None:
    read = cells.read_cell(cell)
    assert read
    value, note, flag = read
    assert note
    assert value != value  # NaN
    assert flag == "unreadable"
    assert len(note) <= cells.NOTE_LENGTH


# ── patterns ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_comments_before_something_else_than_a_page_are_passed_over_once() -> None:
    with ended_after(20):
        assert not decode.is_html(b"<!---->" * 500 + b"x")
        assert decode.is_html(b"<!-- a --> <!-- b --><html>")


@pytest.mark.parametrize("piece", ["<", "<script>", "<title>", "<!--", "<style x", "&#", "\n ", "<a title='"])
def test_a_refusal_of_tags_without_end_gives_its_reason_at_once(piece: str) -> None:
    body = (piece * 70_000)[:65_536].encode()
    with ended_after(20):
        assert len(reasons.reason(body, "text/html", 403)) <= reasons.LENGTH


# ── numbers and shapes ───────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("exponent", ["-99999999999999999999", "-400", "999999999", "-0"])
def test_a_value_with_an_exponent_beyond_numbers_is_compared_with_its_original(exponent: str) -> None:
    content = seed("cnemc_water", "readings")
    content["tbody"][0][-1] = f"<span title='原始值：0.1'>1e{exponent}</span>"
    assert len(parsed("cnemc_water", "readings", content).readings)


@pytest.mark.parametrize("value", [10**400, -(10**30), "9" * 5000, [], {}, True, None, "inf", 1e308])
def test_a_pixel_that_is_no_number_does_not_count(value: Any) -> None:
    content = seed("modis_ndvi", "subset valley")
    content["ndvi"]["subset"][0]["data"][0] = value
    batch = parsed("modis_ndvi", "subset valley", content)
    assert batch.left_out == 0
    shares = batch.readings.query("item == 'ndvi_valid_pct'")
    assert set(shares["at"].dt.day) == {1, 17}


@pytest.mark.parametrize(("name", "value"), [("nrows", 10**400), ("nrows", -6), ("ncols", 0), ("cellsize", "1e999")])
def test_a_grid_that_is_none_is_refused(name: str, value: Any) -> None:
    content = seed("modis_ndvi", "subset valley")
    for band in ("ndvi", "reliability"):
        content[band][name] = value
    with pytest.raises(AnswerError):
        parsed("modis_ndvi", "subset valley", content)


@pytest.mark.parametrize("column", range(3))
@pytest.mark.parametrize("word", ["True", "False", "TRUE", "99", "1e5", "nan"])
def test_a_column_of_one_word_is_text_in_the_archive(column: int, word: str) -> None:
    header, *rows = (line.split(",") for line in seed("air_archive", "cities").splitlines())
    for row in rows:
        row[column] = word
    content = "\n".join(",".join(row) for row in [header, *rows])
    if header[column] == "type":
        with pytest.raises(AnswerError, match="no row of a known type"):
            parsed("air_archive", "cities 2017-06-15", content)
    else:
        assert parsed("air_archive", "cities 2017-06-15", content).left_out == len(rows)


# ── much of it ───────────────────────────────────────────────────────────────────────────────────────────────────────
TOO_MUCH: tuple[tuple[str, str, Callable[[], Any]], ...] = (
    ("cnemc_air", "stations", lambda: [{}] * (cells.MOST_ROWS + 1)),
    ("cnemc_water", "readings", lambda: seed("cnemc_water", "readings") | {"tbody": [[]] * (cells.MOST_ROWS + 1)}),
    ("cnemc_water", "readings", lambda: seed("cnemc_water", "readings") | {"thead": [""] * (cells.MOST_ROWS + 1)}),
    ("modis_ndvi", "dates", lambda: {"dates": [0] * (cells.MOST_ROWS + 1)}),
    ("air_archive", "cities 2017-06-15", lambda: "date,hour,type,西宁\n" + "1,2,3,4\n" * (cells.MOST_ROWS + 1)),
    ("open_meteo_air", "forecast", lambda: seed("open_meteo_air", "forecast") | {"hourly": {"time": [0] * 250_001}}),
    ("open_meteo_weather", "forecast", lambda: b"[" + b"[]," * 2_000_000 + b"1]"),
)


@pytest.mark.parametrize(("source", "call", "content"), TOO_MUCH)
def test_more_rows_than_any_answer_has_are_refused_by_their_number(
    source: str, call: str, content: Callable[[], Any]
) -> None:
    with pytest.raises(AnswerError, match="more than") as refused:
        parsed(source, call, content())
    assert refused.value.cause is FailureCause.SIZE


# ── what is remembered ───────────────────────────────────────────────────────────────────────────────────────────────
def hostile_answers() -> list[Answer]:
    """Of every kind: a refusal, a breach of the protocol, rows that cannot be read, names of places and notes."""
    stations = seed("cnemc_air", "stations")
    stations[0] |= {"PositionName": FORGED, "PM10": FORGED, "PrimaryPollutant": FORGED}
    stations[1]["TimePoint"] = FORGED
    refused = answer("cnemc_air", "city", b"").failed(FailureCause.HTTP, f"HTTP 500: {FORGED}")
    typed = Answer("cnemc_air", "stations", "http://127.0.0.1/", NOW, 200, FORGED, json.dumps(stations).encode())
    return [refused, answer("cnemc_air", "city", [FORGED]), answer("cnemc_air", FORGED, []), typed]


def lines(content: Any) -> list[str]:
    """Every text of an account."""
    if isinstance(content, dict):
        return [one for value in content.values() for one in lines(value)]
    if isinstance(content, (list, tuple)):
        return [one for value in content for one in lines(value)]
    return [content] if isinstance(content, str) and content else []


def test_hostile_texts_reach_store_status_and_log_as_one_bounded_line(
    own_store: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "loaders")
    outcomes = [store_answer(one, now=NOW) for one in hostile_answers()]
    monkeypatch.setattr(open_meteo_air, "parse", lambda _: 1 / int(FORGED))
    outcomes.append(store_answer(answer("open_meteo_air", "forecast", {}), now=NOW))
    run = judge("cnemc_air", outcomes[:-1])
    source = sources.get("cnemc_air")
    with database.engine().begin() as c:
        state.partly_failed(c, source, now=NOW, reason=run.partial_failure, cause=not_none(run.cause))
    logging.getLogger("loaders").warning("%s", run.partial_failure)
    account = report(NOW)
    texts = [one for row in outcomes for one in (*row.row_problems, *(failure.reason for failure in row.failures))]
    texts += [run.partial_failure, *lines(account["sources"])]
    texts += [cell for one in account["sources"] for cell in _status_row(one)]
    texts += [row.content_type for row in database.rows(live.raw_answers.select()) if row.content_type]
    texts += [row.name for row in database.rows(live.places_seen.select()) if row.name]
    assert any("forged" in one for one in texts)
    for one in texts:
        targets.sentence(one)
    logged = [line for record in caplog.records for line in record.getMessage().splitlines()]
    assert any("ValueError" in one for one in logged), "a fault of the loader is logged"
    for one in logged:
        assert len(one) <= LINE + len(", not of the upstream")
        assert one.replace("\t", " ").isprintable()
    assert not any(record.exc_info for record in caplog.records), "a traceback ends with what the upstream sent"
