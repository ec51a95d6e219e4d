"""Settings an operator may write, and what is said of those that cannot be used."""

from collections.abc import Callable

import pytest

from loaders.__main__ import main as run_loaders
from reports.__main__ import main as run_reports
from store import settings


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("XINING_COLLECT", ("", "on", "off"), ("no", "OFF")),
        ("XINING_LOG", ("", "text", "json"), ("yaml",)),
        (
            "XINING_PUBLIC_URL",
            ("", "https://sky.example", "http://10.0.0.5:8080/"),
            ("sky.example", "https://", "http://["),
        ),
        ("XINING_RAW_BUDGET_MB", ("", "1024", "0.5"), ("much", "0", "-1", "nan", "inf")),
        ("XINING_TODAY", ("", "2026-11-23", "2026-11-23T18:30"), ("tomorrow", "2026-02-30", "2026-11-23T25:00")),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    name: str, good: tuple[str, ...], bad: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(name, raising=False)
    for value in good:
        monkeypatch.setenv(name, value)
        settings.check()
    for value in bad:
        monkeypatch.setenv(name, value)
        with pytest.raises(settings.SettingError, match=f"{name} must be .*, not "):
            settings.check()


@pytest.mark.parametrize("command", [(run_loaders, ["list"]), (run_reports, ["brief", "2025-03", "-o", "brief.pdf"])])
def test_a_command_is_refused_in_one_line(
    command: tuple[Callable[[list[str]], int], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main, arguments = command
    monkeypatch.setenv("XINING_RAW_BUDGET_MB", "much")
    assert main(arguments) == 2
    assert capsys.readouterr().err == "the setting XINING_RAW_BUDGET_MB must be a number of megabytes, not 'much'\n"
