"""``python -m loaders``: what each command does, says and gives back."""

import json
from datetime import date

import pytest

from loaders.__main__ import main
from store import sources


def run(capsys: pytest.CaptureFixture[str], *arguments: str, **more: object) -> tuple[int, str, str]:
    """A command's exit code, stdout and stderr."""
    code = main(arguments, **more)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_list_names_every_source_with_its_address_pace_and_licence(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "list")
    assert code == 0
    for source in sources.declared().values():
        line = next(line for line in out.splitlines() if line.startswith(f"{source.id} "))
        assert source.url in line
        assert f"{source.every_minutes} min" in line
        assert source.licence_en in line


def test_list_for_programs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_CNEMC_WATER_URL", "http://127.0.0.1:9000")
    told = {entry["source"]: entry for entry in json.loads(run(capsys, "list", "--json")[1])}
    assert told.keys() == sources.declared().keys()
    assert told["cnemc_water"]["url"] == "http://127.0.0.1:9000"
    assert told["air_archive"]["on"] is False


@pytest.mark.parametrize("command", [["fetch"], ["reparse"], ["backfill", "--from", "2020-01-01", "--to", "2020-01-02"]])
def test_an_unknown_source_is_refused_with_those_there_are(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, *command, "cnemc_airr")
    assert code == 2
    assert err.count("\n") == 1
    assert "cnemc_airr" in err
    assert all(source in err for source in sources.declared())


@pytest.mark.parametrize("day", ["2020-02-30", "yesterday", "2020"])
def test_a_day_that_is_none_is_refused(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["backfill", "air_archive", "--from", day, "--to", "2020-03-01"])
    assert ended.value.code == 2
    assert f"'{day}' is no day YYYY-MM-DD" in capsys.readouterr().err


def test_a_period_that_ends_before_it_begins_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "backfill", "air_archive", "--from", "2020-03-02", "--to", "2020-03-01")
    assert (code, err) == (2, "--from 2020-03-02 lies after --to 2020-03-01\n")


def test_a_period_the_source_cannot_give_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "backfill", "air_archive", "--from", "2010-01-01", "--to", "2010-01-02")
    assert code == 2
    assert "2014-05-13" in err
    assert err.count("\n") == 1


def test_help_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["fetch", "--help"])
    assert "exit codes:" in capsys.readouterr().out
    assert date  # placeholder
