"""``python -m loaders``: what each command does, says and gives back."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from loaders import backfill, commands, export, registry
from loaders.__main__ import main
from loaders.answer import Answer, Batch, readings
from loaders.intake import store_answer
from loaders.transport import UpstreamClient
from store import live, raw, schema, sources, state
from store import readings as readings_store
from store.clock import ZONE
from store.sources import Source
from store.states import FailureCause
from tests.checks import not_none
from tests.live_stores import count
from tests.loaders.conftest import CLOCK_STANDS_AT, point
from tests.served import ROOT
from tests.upstream import Upstream

NOW = CLOCK_STANDS_AT
HOUR = timedelta(hours=1)
Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *arguments: str, at: datetime = NOW) -> tuple[int, str, str]:
    """A command's exit code, stdout and stderr."""
    code = main(arguments, now=lambda: at)
    text = capsys.readouterr()
    return code, text.out, text.err


# ── list, help and what is refused ───────────────────────────────────────────────────────────────────────────────────
def test_list_names_every_source_with_its_address_pace_and_licence(capsys: Capture, own_store: Path) -> None:
    code, out, _ = run(capsys, "list")
    assert code == 0
    for source in sources.declared().values():
        line = next(line for line in out.splitlines() if line.startswith(f"{source.id} "))
        assert source.url in line
        assert f"{source.every_minutes} min" in line
        assert source.licence_en in line


def test_list_for_programs(capsys: Capture, own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_CNEMC_WATER_URL", "http://127.0.0.1:9000")
    result = {entry["source"]: entry for entry in json.loads(run(capsys, "list", "--json")[1])}
    assert result.keys() == sources.declared().keys()
    assert result["cnemc_water"]["url"] == "http://127.0.0.1:9000"
    assert result["air_archive"]["on"] is False


@pytest.mark.parametrize(
    "command", [["fetch"], ["reparse"], ["backfill", "--from", "2020-01-01", "--to", "2020-01-02"]]
)
def test_an_unknown_source_is_refused_with_those_there_are(
    command: list[str], capsys: Capture, own_store: Path
) -> None:
    code, _, err = run(capsys, *command, "cnemc_airr")
    assert code == 2
    assert err.count("\n") == 1
    assert "cnemc_airr" in err
    assert all(source in err for source in sources.declared())


def test_who_reads_along_may_stop_early(own_store: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "loaders", "list"], stdout=writer, stderr=subprocess.PIPE, cwd=ROOT, text=True
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", [["export"], ["template"]])
def test_a_place_that_cannot_be_written_is_refused(command: list[str], capsys: Capture, own_store: Path) -> None:
    code, _, err = run(capsys, *command, "/dev/null/folder/new.xlsx")
    assert code == 2
    assert err.count("\n") == 1
    assert "/dev/null/folder" in err


@pytest.mark.parametrize("day", ["2020-02-30", "yesterday", "2020"])
def test_a_day_that_is_none_is_refused(day: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["backfill", "air_archive", "--from", day, "--to", "2020-03-01"])
    assert ended.value.code == 2
    assert f"'{day}' is no day YYYY-MM-DD" in capsys.readouterr().err


def test_a_period_that_ends_before_it_begins_is_refused(capsys: Capture, own_store: Path) -> None:
    code, _, err = run(capsys, "backfill", "air_archive", "--from", "2020-03-02", "--to", "2020-03-01")
    assert (code, err) == (2, "--from 2020-03-02 lies after --to 2020-03-01\n")


def test_a_period_the_source_cannot_give_is_refused(capsys: Capture, own_store: Path) -> None:
    code, _, err = run(capsys, "backfill", "air_archive", "--from", "2010-01-01", "--to", "2010-01-02")
    assert code == 2
    assert "2014-05-13" in err
    assert err.count("\n") == 1


def test_an_archive_has_nothing_to_fetch(capsys: Capture, own_store: Path) -> None:
    code, _, err = run(capsys, "fetch", "air_archive")
    assert code == 2
    assert "backfill air_archive" in err


def test_help_names_the_exit_codes(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["fetch", "--help"])
    assert "4  an upstream failed" in capsys.readouterr().out


def test_an_interruption_is_one_line(capsys: Capture, own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "collect_once", interrupted)
    assert run(capsys, "collect", "--once") == (130, "", "interrupted; what was confirmed stays\n")


def test_a_store_that_cannot_be_used_is_one_line(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "no.db"
    file.write_bytes(b"this is no database, whatever its name says, and never was one" * 20)
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{file}")
    code, _, err = run(capsys, "status")
    assert code == 1
    assert err.startswith("the store cannot be used: ")
    assert err.count("\n") == 1


# ── fetch and collect ────────────────────────────────────────────────────────────────────────────────────────────────
def test_twenty_fetches_in_a_row_ask_once(server: Upstream, capsys: Capture) -> None:
    done = [run(capsys, "fetch", "open_meteo_weather") for _ in range(20)]
    assert [code for code, _, _ in done] == [0] + [3] * 19
    assert server.by_source == {"open_meteo_weather": 1}
    assert "may be asked again 2026-10-09T10:40:10+08:00" in done[1][2]


def test_fetch_says_what_came_and_what_did_not(
    server: Upstream, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(capsys, "fetch", "cnemc_water")
    assert (code, out, err) == (
        0,
        "cnemc_water: 1 answers, 20 readings, 20 new, 0 changed, 0 left out, 0 flagged\n",
        "",
    )
    code, out, _ = run(capsys, "fetch", "cnemc_water", "--json", at=NOW + timedelta(minutes=1))
    result = json.loads(out)
    assert (code, result["result"], result["failure"]) == (0, "same", None)
    assert result["answers"][0]["readings"] == 20
    server.misbehave("cnemc_water", "500")
    code, out, err = run(capsys, "fetch", "cnemc_water", at=NOW + timedelta(minutes=2))
    assert (code, out) == (4, "")
    assert "HTTP 500" in err
    assert err.count("\n") == 1
    result = json.loads(run(capsys, "fetch", "cnemc_water", "--json", at=NOW + timedelta(minutes=3))[1])
    assert result["result"] == "failed"
    assert "HTTP 500" in result["failure"]


def test_status_is_true_live_and_failing(server: Upstream, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def status(at: datetime) -> dict[str, Any]:
        code, out, _ = run(capsys, "status", "--json", at=at)
        assert code == 0
        return dict(json.loads(out))

    assert {source["state"] for source in status(NOW)["sources"]} == {"never asked", "off"}
    assert state.claim(sources.get("cnemc_air"), NOW - HOUR)
    assert run(capsys, "status", "--collector") == (5, "collector  none is running\n", "")
    assert status(NOW)["sources"][0]["state"] == "asked"  # and not ok: nothing has come yet
    assert run(capsys, "collect", "--once")[0] == 0
    alive = status(NOW)
    assert alive["time"] == "2026-10-09T10:40:00+08:00"
    assert alive["collector"] is None
    assert alive["store"]["bytes"] > 100_000
    assert [(s["source"], s["state"], s["stale"], s["failure"]) for s in alive["sources"]] == [
        (source.id, "ok" if source.on else "off", False if source.on else None, None)
        for source in sources.declared().values()
    ]
    air = alive["sources"][0]
    assert (air["data_at"], air["age_minutes"]) == ("2026-10-09T10:00:00+08:00", 40)

    server.misbehave("*", "refused")
    point(server, monkeypatch)
    assert [run(capsys, "collect", "--once", at=NOW + n * HOUR)[0] for n in (1, 24)] == [4, 4]
    state.elect("collector", "a dashboard", NOW + 24 * HOUR, timedelta(seconds=60))
    dead = status(NOW + 24 * HOUR)
    assert dead["collector"] == {"holder": "a dashboard", "until": "2026-10-10T10:41:00+08:00"}
    code, out, _ = run(capsys, "status", "--collector", "--json", at=NOW + 24 * HOUR)
    assert (code, json.loads(out)) == (0, dead["collector"])
    assert run(capsys, "status", "--collector", at=NOW + 24 * HOUR + timedelta(seconds=61))[0] == 5
    for before, source in zip(alive["sources"][:-1], dead["sources"][:-1], strict=True):
        assert source["state"] == "failing"
        assert "connection refused" in source["failure"]
        assert source["failing_since"] == "2026-10-09T11:40:00+08:00"
        assert source["failed_at"] == "2026-10-10T10:40:00+08:00"
        assert source["age_minutes"] >= before["age_minutes"] + 1440
        assert source["stale"] == (source["age_minutes"] > sources.get(source["source"]).expected_age_minutes)
        assert [source[key] for key in ("succeeded_at", "data_at", "readings")] == [
            before[key] for key in ("succeeded_at", "data_at", "readings")
        ]
    code, out, _ = run(capsys, "status", at=NOW + 24 * HOUR)
    assert code == 0
    assert out.count("connection refused") == 5


# ── backfill, reparse, export ────────────────────────────────────────────────────────────────────────────────────────
def fill(capsys: Capture, first: str, last: str) -> tuple[int, str, str]:
    return run(capsys, "backfill", "air_archive", "--from", first, "--to", last)


def test_backfilling_is_idempotent_and_a_missing_day_is_no_failure(server: Upstream, capsys: Capture) -> None:
    text = "air_archive: 6 answers, 6048 readings, {} new, 0 changed, 0 left out, 0 flagged\n"
    assert fill(capsys, "2019-11-29", "2019-12-01") == (0, text.format(6048), "")
    assert count("readings") == 6048
    assert count("replaced") == 0
    assert fill(capsys, "2019-11-29", "2019-12-01") == (0, text.format(0), "")
    archive = next(one for one in state.health(NOW) if one.id == "air_archive")
    assert (archive.readings, archive.stale) == (6048, None)


def test_each_backfilled_reading_leads_to_its_own_answer(server: Upstream, capsys: Capture) -> None:
    fill(capsys, "2020-01-01", "2020-01-02")
    found = readings_store.read(places=["xining"], items=["pm25_ugm3"], averaging="1h")
    calls = {raw_id: not_none(raw.get(int(raw_id))).call for raw_id in found["raw_id"].unique()}
    assert [calls[raw_id] for raw_id in found["raw_id"]] == [
        f"cities {at.date()}" for at in found["at"].dt.tz_convert(ZONE)
    ]


def test_days_that_fail_are_reported_and_the_others_stored(server: Upstream, capsys: Capture) -> None:
    server.misbehave("/air/data/china_cities_20200102.csv", "403")
    code, out, err = fill(capsys, "2020-01-01", "2020-01-03")
    assert code == 4
    assert out.startswith("air_archive: 6 answers, 7392 readings, 7392 new")
    assert "HTTP 403" in err
    server.behave()
    code, out, _ = fill(capsys, "2020-01-01", "2020-01-03")
    assert (code, out.split(", ")[2]) == (0, "1680 new")


def served(monkeypatch: pytest.MonkeyPatch, content: Callable[[str], str]) -> None:
    """Let the archive's files be what ``content`` makes of each."""
    asked = UpstreamClient.get

    def get(client: UpstreamClient, call: str, path: str = "", **how: Any) -> Answer:
        answer = asked(client, call, path, **how)
        return replace(answer, body=content(answer.body.decode()).encode()) if answer.ok else answer

    monkeypatch.setattr(UpstreamClient, "get", get)


NOTHING_READ = {
    "dates as words": lambda text: re.sub(r"(?m)^(\d{4})(\d\d)(\d\d),", r"\3th of \2 \1,", text),
    "rows of another width": lambda text: re.sub(r"(?m)^(\d.*)$", r"\1,7", text),
    "hours beyond the day": lambda text: re.sub(r"(?m)^(\d{8}),(\d+)", r"\1,\g<2>99", text),
    "a header alone": lambda text: text.splitlines()[0] + "\n",
    "HTML": lambda text: "<!DOCTYPE html><html><title>系统维护</title></html>",
}


@pytest.mark.parametrize("what", NOTHING_READ)
def test_files_of_which_nothing_can_be_read_are_named_counted_and_no_success(
    what: str, server: Upstream, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    served(monkeypatch, NOTHING_READ[what])
    code, out, err = fill(capsys, "2020-01-01", "2020-01-04")
    assert code == 4
    assert out.startswith("air_archive: 8 answers, 0 readings, 0 new, 0 changed, ")
    lines = err.splitlines()
    assert len(lines) <= 12
    assert all(len(line) < 400 for line in lines)
    assert any("cities 2020-01-01" in line for line in lines)
    assert lines[-1] == "and 3 more answers that brought nothing"
    if what == "HTML":
        assert "cities 2020-01-01: HTML, no archive file" in err
        assert "HTML" in err
    elif what == "a header alone":
        assert "cities 2020-01-01: a header alone, no row" in err
    else:
        rows = re.search(r"(\d+) left out", out)
        assert rows
        assert int(rows[1]) > 1000
        assert lines[0].startswith("left out: cities 2020-01-01, row 2")
        assert f"and {int(rows[1]) - 5} more left out" in lines
    assert count("readings") == 0
    again, out, _ = run(capsys, "reparse", "air_archive")
    assert (again, out.split(":")[0]) == (4, "air_archive")


def test_hour_24_is_the_next_days_first_and_dashed_days_are_read(
    server: Upstream, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    served(monkeypatch, lambda text: re.sub(r"(?m)^(\d{4})(\d\d)(\d\d),0,(.*)$", r"\1-\2-\3,24,\4,", text))
    code, out, err = fill(capsys, "2020-01-01", "2020-01-01")
    assert (code, err) == (0, "")
    assert "0 left out" in out
    found = readings_store.read(places=["xining"], items=["pm25_ugm3"], averaging="1h")
    assert found["at"].max() == datetime(2020, 1, 2, tzinfo=ZONE)


def test_only_one_backfills_from_a_source_at_a_time(own_store: Path, capsys: Capture) -> None:
    assert state.elect("backfill air_archive", "somebody", NOW, timedelta(minutes=5))
    code, _, err = fill(capsys, "2020-01-01", "2020-01-03")
    assert (code, err) == (3, "another backfilling of air_archive is running\n")


class Loader:
    """Reads a body's number as PM2.5 of the call's hour, times ``factor``."""

    factor = 1.0

    def fetch(
        self, client: UpstreamClient, *, now: datetime, since: date | None, until: date | None
    ) -> Iterator[Answer]:
        for hour in range(3):
            yield answer(client.source.id, hour, b"20")

    def parse(self, answer: Answer) -> Batch:
        at = datetime(2026, 10, 9, int(answer.call), tzinfo=ZONE)
        text = {"place_id": "xining", "item": "pm25_ugm3", "averaging": "1h", "at": at, "kind": "live"}
        return Batch(readings([{**text, "value": float(answer.body) * self.factor}]))


def answer(source: str, hour: int, body: bytes, problem: str = "", asked_at: datetime = NOW) -> Answer:
    made = Answer(source, str(hour), f"http://x/{hour}", asked_at, 200, "text/plain", body)
    return made.failed(FailureCause.HTTP, problem) if problem else made


@pytest.fixture
def loader(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> Loader:
    made = Loader()
    monkeypatch.setattr(registry, "loader", lambda source_id: made)
    return made


def test_an_outside_host_is_given_a_second_between_calls(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    def gaps(source: Source) -> list[float]:
        waited: list[float] = []
        backfill.backfill(source, date(2020, 1, 1), date(2020, 1, 1), now=lambda: NOW, sleep=waited.append)
        return waited

    assert gaps(sources.get("air_archive")) == [1.0] * 3
    monkeypatch.setenv("XINING_AIR_ARCHIVE_URL", "http://127.0.0.1:9")
    assert gaps(sources.get("air_archive")) == []


def values() -> list[float]:
    return list(readings_store.read(items=["pm25_ugm3"], averaging="1h")["value"])


def test_reparsing_brings_what_the_loader_reads_today(loader: Loader, capsys: Capture) -> None:
    for hour, body in ((8, b"20"), (9, b"21")):
        store_answer(answer("cnemc_air", hour, body), now=NOW)
    store_answer(answer("cnemc_air", 10, b"2", "connection broken after 1 byte"), now=NOW)
    loader.factor = 2.0
    code, out, _ = run(capsys, "reparse", "cnemc_air")
    assert code == 0
    assert out.startswith("cnemc_air: 2 stored answers, 2 readings, 0 new, 2 changed, 0 left out, 0 flagged")
    assert values() == [40.0, 42.0]
    assert count("replaced") == 2
    assert count("raw_answers") == 3
    assert run(capsys, "reparse", "cnemc_air")[1].startswith(
        "cnemc_air: 2 stored answers, 2 readings, 0 new, 0 changed"
    )


def test_reparsing_leaves_what_a_later_answer_brought(loader: Loader, capsys: Capture) -> None:
    for minute, body in ((40, b"20"), (50, b"23")):
        asked_at = NOW.replace(minute=minute)
        store_answer(answer("cnemc_air", 10, body, asked_at=asked_at), now=asked_at)
    assert values() == [23.0]
    before = count("replaced")
    run(capsys, "reparse", "cnemc_air")
    assert values() == [23.0]
    assert count("replaced") == before


def test_reparsing_since_a_day(loader: Loader, capsys: Capture) -> None:
    for days, hour in ((1, 8), (0, 9)):
        asked_at = NOW - timedelta(days=days)
        store_answer(answer("cnemc_air", hour, b"20", asked_at=asked_at), now=asked_at)
    assert run(capsys, "reparse", "cnemc_air", "--since", "2026-10-09")[1].startswith("cnemc_air: 1 stored answers")


def test_export_writes_every_table_with_series_times_and_days_in_words(
    loader: Loader, capsys: Capture, tmp_path: Path
) -> None:
    store_answer(answer("cnemc_air", 10, b"20"), now=NOW)
    code, out, _ = run(capsys, "export", str(tmp_path / "out"))
    assert code == 0
    files = {file.name for file in (tmp_path / "out").iterdir()}
    assert files == {f"{t.name}.csv" for t in (*schema.FACT_TABLES, *live.live.sorted_tables)} - {"raw_bodies.csv"}

    def rows(name: str) -> list[dict[str, Any]]:
        with (tmp_path / "out" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    (reading,) = rows("readings.csv")
    assert (reading["place_id"], reading["item"], reading["stream"]) == ("xining", "pm25_ugm3", "observed")
    assert (reading["at"], reading["value"]) == ("2026-10-09T10:00:00+08:00", "20.0")
    assert [row["day"] for row in rows("day_values.csv")] == ["2026-10-09"]
    assert [row["month"] for row in rows("month_values.csv")] == ["2026-10"]
    assert rows("raw_answers.csv")[0]["asked_at"] == "2026-10-09T10:40:00+08:00"
    assert f"{len(rows('air_daily.csv')):>10}  air_daily.csv" in out
    assert {path.name for path in tmp_path.iterdir()} == {"out", "own.db", "own.db-wal", "own.db-shm"}


def test_no_spreadsheet_runs_what_was_exported(loader: Loader, tmp_path: Path) -> None:
    for problem in ("=HYPERLINK(1)", "@SUM(1)", "+1 more", "-1.5", "=", "HTTP 500"):
        store_answer(answer("cnemc_air", 10, b"20", problem), now=NOW)
    export.export(tmp_path / "out")
    with (tmp_path / "out" / "raw_answers.csv").open(encoding="utf-8", newline="") as file:
        written = [row["problem"] for row in csv.DictReader(file)]
    assert written == ["'=HYPERLINK(1)", "'@SUM(1)", "'+1 more", "-1.5", "=", "HTTP 500"]


def test_export_leaves_a_folder_that_is_there_alone(own_store: Path, capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    code, _, err = run(capsys, "export", str(tmp_path / "out"))
    assert (code, err) == (2, f"{tmp_path / 'out'} exists already; name a new folder\n")


def test_an_export_that_breaks_off_leaves_nothing(
    own_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "_write", full)
    with pytest.raises(OSError, match="No space"):
        export.export(tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} <= {"own.db", "own.db-wal", "own.db-shm"}


# ── template and import ──────────────────────────────────────────────────────────────────────────────────────────────
DUST = "date,document_id,decision,place\n2026-04-12,plan14,{},附件\n"


@pytest.fixture
def sheet(own_store: Path, tmp_path: Path) -> Path:
    """A CSV with one dust-day decision."""
    file = tmp_path / "dust.csv"
    file.write_text(DUST.format("deducted"), encoding="utf-8")
    return file


def test_a_template_is_written_once_and_imports_as_nothing(own_store: Path, capsys: Capture, tmp_path: Path) -> None:
    file = str(tmp_path / "blank.xlsx")
    assert run(capsys, "template", file)[0] == 0
    assert run(capsys, "template", file)[0] == 2
    assert run(capsys, "template", file.replace("xlsx", "csv"))[0] == 2
    code, out, _ = run(capsys, "import", file, "--json")
    assert (code, json.loads(out)["raw_id"], json.loads(out)["rows"]) == (0, None, [])


def test_a_place_that_is_not_there_is_one_line(own_store: Path, capsys: Capture, tmp_path: Path) -> None:
    code, _, err = run(capsys, "template", str(tmp_path / "none" / "blank.xlsx"))
    assert code == 2
    assert "No such file or directory" in err
    assert err.count("\n") == 1


def test_a_dry_run_says_what_would_change_and_changes_nothing(sheet: Path, capsys: Capture) -> None:
    code, out, _ = run(capsys, "import", str(sheet), "--dry-run", "--json")
    result = json.loads(out)
    assert (code, result["ok"], result["new"], result["raw_id"]) == (0, True, 1, None)
    assert result["rows"][0]["key"]["date"] == "2026-04-12"
    assert "2026-04-12" in run(capsys, "import", str(sheet), "--dry-run")[1]
    assert count("imported_rows") == 0


def test_an_import_ends_with_the_sum_of_every_command(sheet: Path, capsys: Capture) -> None:
    last = run(capsys, "import", str(sheet))[1].splitlines()[-1]
    assert last == "dust.csv: 1 file, 1 rows, 1 new, 0 changed, 0 same, 0 left out, 0 refused"
    header, row = DUST.format("deducted").strip().split("\n")
    sheet.write_text("\n".join((header, row, "合计,1,,", "2026-04-13,perhaps,plan14,1")), encoding="utf-8")
    code, out, err = run(capsys, "import", str(sheet))
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == "dust.csv: 1 file, 0 rows, 0 new, 0 changed, 0 same, 1 left out, 1 refused"


def test_an_import_of_which_nothing_can_be_read_is_no_success(sheet: Path, capsys: Capture) -> None:
    sheet.write_text(DUST.format("deducted").split("\n")[0] + "\n合计,1,,", encoding="utf-8")
    code, out, _ = run(capsys, "import", str(sheet), "--dry-run")
    assert code == 4
    assert "0 rows, 0 new, 0 changed, 0 same, 1 left out" in out


def test_an_import_needs_a_name_and_a_reason_where_known_values_change(sheet: Path, capsys: Capture) -> None:
    assert run(capsys, "import", str(sheet))[0] == 0
    assert count("imported_rows") == 1
    sheet.write_text(DUST.format("kept"), encoding="utf-8")
    code, _, err = run(capsys, "import", str(sheet))
    assert code == 2
    assert "--who" in err
    assert count("corrections") == 0
    assert run(capsys, "import", str(sheet), "--who", "王工", "--why", "复核")[0] == 0
    assert count("corrections") == 1


def test_a_file_with_faults_is_refused_with_each_of_them(sheet: Path, capsys: Capture) -> None:
    sheet.write_text(DUST.format("perhaps"), encoding="utf-8")
    code, out, err = run(capsys, "import", str(sheet))
    assert (code, out) == (2, "")
    assert "perhaps" in err
    assert count("imported_rows") == 0
