"""Blocks that are drawn once: the same page as one drawn anew, at any hour of the day, in either language and theme."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from markupsafe import Markup
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import enqueue_message
from streamlit.testing.v1 import AppTest

from dashboard import PAGES
from store.clock import ZONE
from tests import live_stores
from tests.live_stores import at, hours, write_readings
from tests.pages.visits import html_of, visit
from views.cached import drawings
from views.site import page
from views.site.sheet import columns, drawn_once
from views.text.words import Words
from views.visit import Visit

SIX = at("2026-11-23T18:00")
runs: list[str] = []
NOON = Visit(Words("zh"), "light", datetime(2026, 11, 23, 12, tzinfo=ZONE), False)


@pytest.fixture
def own_store(tmp_path: Path) -> Iterator[None]:
    with live_stores.filled(tmp_path):
        write_readings(
            "cnemc_air", hours("xining", "aqi", SIX, [80.0, 96.0]) + hours("3055A", "aqi", SIX, [91.0]), now=SIX
        )
        section = {"place_id": "xiaoxia", "averaging": "instant", "at": at("2026-11-23T16:00")}
        values = {"ph": 8.1, "do_mgl": 9.0, "codmn_mgl": 2.5, "nh3n_mgl": 1.2, "tp_mgl": 0.1}
        write_readings(
            "cnemc_water", [{**section, "item": item, "value": value} for item, value in values.items()], now=SIX
        )
        yield


@pytest.mark.parametrize("name", PAGES)
def test_a_page_drawn_hours_ago_is_the_page_drawn_now(
    name: str, own_store: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T18:30")
    drawings.clear()
    visit(name, "zh")
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T23:10")
    warm = html_of(visit(name, "zh"))
    drawings.clear()
    assert warm == html_of(visit(name, "zh"))


def test_a_block_is_run_once_for_the_same_arguments_and_again_for_others() -> None:
    def script() -> None:
        from tests.pages.test_drawn_once import NOON, counted

        for name in ("one", "one", "other"):
            counted(NOON, name)

    runs.clear()
    run = AppTest.from_function(script).run()
    assert not run.exception
    assert [block.value.count("one") for block in run.markdown] == [1, 1, 0]
    assert runs == ["one", "other"]


def test_html_that_follows_html_is_one_message_and_columns_hold_their_own() -> None:
    def script() -> None:
        from tests.pages.test_drawn_once import NOON, nested

        nested(NOON)

    for _ in range(2):  # as drawn, and as put again
        run = AppTest.from_function(script).run()
        assert not run.exception
        first, left, right = (block.value for block in run.markdown)
        assert [first.count(word) for word in ("one", "two", "stack")] == [1, 1, 1]
        assert ("left" in left, "right" in right) == (True, True)
        assert len(run.columns) == 2


@pytest.mark.parametrize("text", ["<p>天更蓝</p>", "<p>one <svg></svg></p><p>  two</p>"])
def test_html_is_put_on_the_page_as_streamlit_puts_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a function Streamlit does not document: message and place are those of st.markdown, in columns too."""

    def script(text: str) -> None:
        import streamlit as st
        from markupsafe import Markup

        from views.site import sheet

        for part in (st.container(), *st.columns(2)):
            with part:
                st.markdown(text, unsafe_allow_html=True)
                sheet.show(Markup(text))

    sent: list[ForwardMsg] = []

    def watched(message: ForwardMsg) -> None:
        sent.append(message)
        enqueue_message(message)

    monkeypatch.setattr("streamlit.delta_generator._enqueue_message", watched)
    assert not AppTest.from_function(script, args=(text,)).run().exception
    put = [one for one in sent if one.delta.new_element.WhichOneof("type") == "markdown"]
    assert len(put) == 6
    for theirs, ours in zip(put[::2], put[1::2], strict=True):
        assert ours.delta == theirs.delta
        *parent, place = theirs.metadata.delta_path
        assert list(ours.metadata.delta_path) == [*parent, place + 1]


@drawn_once()
def counted(v: Visit, name: str) -> None:
    runs.append(name)
    page.show(Markup("<p>{}</p>").format(name))


@drawn_once()
def nested(v: Visit) -> None:
    page.show(Markup("<p>one</p>"))
    page.show(Markup("<p>two</p>"))
    left, right = columns(1, 1)
    with left:
        page.show(Markup("<p>left</p>"))
    with right:
        page.show(Markup("<p>right</p>"))
