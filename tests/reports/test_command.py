"""``python -m reports``: files in the form their names ask for, one line and an exit code for what is refused."""

from pathlib import Path

import pytest
from sqlalchemy import delete

from reports import __main__ as command
from store import database, schema
from tests import live_stores
from tests.imports import own_store
from views.paper import typesetting


def test_each_ending_gives_its_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begins = {"docx": b"PK", "html": b"<!doctype html>"}
    if typesetting.installed():
        begins["pdf"] = b"%PDF-"
    for ending, beginning in begins.items():
        file = tmp_path / f"brief.{ending}"
        assert command.main(["brief", "2026-09", "--lang", "en", "-o", str(file)]) == command.OK
        assert file.read_bytes().startswith(beginning)
        assert str(file) in capsys.readouterr().out


def test_the_account_of_a_year_is_a_workbook(tmp_path: Path) -> None:
    file = tmp_path / "account.xlsx"
    assert command.main(["account", "2025", "-o", str(file)]) == command.OK
    assert file.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["brief", "2027-01", "--lang", "en", "-o", "x.pdf"], "2027-01 lies in the future."),
        (
            ["brief", "2001-01", "--lang", "en", "-o", "x.pdf"],
            "2001-01 lies before the first month with data, 2013-10.",
        ),
        (["brief", "September", "--lang", "en", "-o", "x.pdf"], '"September" is no month: write it as 2026-09.'),
        (["brief", "2001-01", "-o", "x.pdf"], "2001-01早于最早有数据的月份2013-10。"),
        (["account", "2010", "--lang", "en", "-o", "x.pdf"], "2010 lies before the first plan, which begins in 2016."),
        (["account", "2010", "-o", "x.pdf"], "2010年早于第一个规划开始的2016年。"),
        (["account", "20x5", "--lang", "en", "-o", "x.pdf"], '"20x5" is no year: write it as 2025.'),
        (["brief", "2026-09", "-o", "x.odt"], "ends in .pdf or .docx or .html"),
        (["account", "2027", "--lang", "en", "-o", "x.pdf"], "2027 lies in the future."),
        (["account", "2025", "-o", "x.docx"], "ends in .pdf or .xlsx or .html"),
        (["brief", "2026-09", "-o", "nowhere/x.html"], "nowhere/x.html: No such file or directory"),
    ],
)
def test_what_is_refused_is_one_line(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command.main(arguments) == command.REFUSED
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("lang", "message"), [("zh", "没有查到任何一天的空气数据。\n"), ("en", "No day of the air was found.\n")]
)
def test_a_city_without_days_has_no_brief(
    lang: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with live_stores.filled(tmp_path), own_store(tmp_path / "live.db", tmp_path):
        with database.engine().begin() as connection:
            connection.execute(delete(schema.air_daily))
        assert command.main(["brief", "2026-09", "--lang", lang, "-o", str(tmp_path / "x.html")]) == command.REFUSED
    assert capsys.readouterr().err == message
    assert not (tmp_path / "x.html").exists()


def test_a_store_that_cannot_be_used_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    assert command.main(["brief", "2026-09", "-o", str(tmp_path / "x.html")]) == command.NO_STORE
    assert capsys.readouterr().err.count("\n") == 1


def test_the_help_names_exit_codes_and_endings(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["brief", "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert "exit codes:" in text
    assert ".pdf or .docx or .html" in text
