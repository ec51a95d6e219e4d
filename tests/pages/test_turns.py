"""Runs of pages take turns, and each gives its turn back."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from reports import overview
from tests.pages.visits import RUN_WITHIN_S, html_of
from tests.served import ROOT
from views.http.turns import AT_ONCE, turn


def first_page() -> AppTest:
    """The first page as a visitor comes to it, by the entry point."""
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=RUN_WITHIN_S).run()


def free() -> int:
    """How many turns nobody has."""
    taken = 0
    while turn.acquire(blocking=False):
        taken += 1
    for _ in range(taken):
        turn.release()
    return taken


@pytest.mark.parametrize("fails", [False, True])
def test_a_page_is_made_within_its_turn_and_gives_it_back(monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    seen: list[int] = []
    made = overview.overview

    def watched(today: date) -> overview.Overview:
        seen.append(free())
        if fails:
            raise ZeroDivisionError
        return made(today)

    monkeypatch.setattr("reports.overview.overview", watched)
    assert html_of(first_page())
    assert seen
    assert set(seen) == {AT_ONCE - 1}
    assert free() == AT_ONCE
