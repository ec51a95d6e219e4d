"""Runs of pages take turns, and each gives its turn back."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from reports import overview
from tests.pages.visits import RUN_WITHIN_S, html_of
from tests.served import ROOT
from views.http import turns


def first_page() -> AppTest:
    """The first page as a visitor comes to it, by the entry point."""
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=RUN_WITHIN_S).run()


@pytest.mark.parametrize("fails", [False, True])
def test_a_page_is_made_within_its_turn_and_gives_it_back(monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    taken: list[bool] = []
    made = overview.overview

    def watched(today: date) -> overview.Overview:
        taken.append(turns._taken.locked())
        if fails:
            raise ZeroDivisionError
        return made(today)

    monkeypatch.setattr("reports.overview.overview", watched)
    assert html_of(first_page())
    assert taken
    assert all(taken)
    assert not turns._taken.locked()


def test_nobody_waits_for_a_run_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_S", 0)
    with turns.turn():
        assert html_of(first_page())
        assert turns._taken.locked()  # by the one that hangs: who overtook it gives back nothing
