"""The log for programs: one JSON object a line, whatever a message or a fault holds."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from store import logs


@contextmanager
def configured() -> Iterator[None]:
    """The log as the server configures it; pytest's own handlers are put back after it."""
    root = logging.root
    library = logging.getLogger("uvicorn.error")
    before, theirs = root.handlers[:], library.handlers[:]
    root.handlers, library.handlers = [], [logging.StreamHandler(io.StringIO())]
    logs.configure()
    try:
        yield
    finally:
        root.handlers, library.handlers = before, theirs
        logging.captureWarnings(False)


def written(logger: str, handler: logging.Handler) -> str:
    """What a handler writes of a fault with a message of several lines."""
    stream = io.StringIO()
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    try:
        raise ValueError("a\nb")
    except ValueError:
        logging.getLogger(logger).exception("first %s", "line\nsecond 西宁")
    return stream.getvalue()


def test_a_fault_is_one_line_of_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_LOG", "json")
    with configured():
        text = written("dashboard", logging.root.handlers[0])
    assert text.count("\n") == 1
    line = json.loads(text)
    assert (line["level"], line["logger"], line["message"]) == ("error", "dashboard", "first line\nsecond 西宁")
    assert line["traceback"].endswith("ValueError: a\nb")
    assert line["time"].endswith("+08:00")


def test_the_servers_own_lines_have_the_same_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_LOG", "json")
    with configured():
        text = written("uvicorn.error", logging.getLogger("uvicorn.error").handlers[0])
    assert json.loads(text)["level"] == "error"


@pytest.mark.parametrize("chosen", ["", "text"])
def test_for_people_the_log_is_text(chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_LOG", chosen)
    with configured():
        text = written("dashboard", logging.root.handlers[0])
    assert " dashboard: first line\nsecond 西宁\n" in text
