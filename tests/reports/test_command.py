"""``python -m reports``: files in the form their names ask for, one line and an exit code for what is refused."""

from pathlib import Path

import pytest

from reports import __main__ as command
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
    ("arguments", "said"),
    [
        (["brief", "2027-01", "-o", "x.pdf"], "2027-01 lies in the future"),
        (["brief", "2001-01", "-o", "x.pdf"], "2001-01 lies before the first with data, 2013-10"),
        (["brief", "September", "-o", "x.pdf"], "'September' is not written like 2013-10"),
        (["brief", "2026-09", "-o", "x.odt"], "ends in .pdf or .docx or .html"),
        (["account", "2027", "-o", "x.pdf"], "2027 lies in the future"),
        (["account", "2025", "-o", "x.docx"], "ends in .pdf or .xlsx or .html"),
        (["brief", "2026-09", "-o", "nowhere/x.html"], "nowhere/x.html: No such file or directory"),
    ],
)
def test_what_is_refused_is_one_line(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command.main(arguments) == command.REFUSED
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_cannot_be_used_is_said(
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
