"""A machine without a browser fails the tests that need one, and says what is missing."""

import shutil

import pytest

from tests.served import NO_CHROMIUM, browser


def test_without_a_chromium_a_message_explains_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(RuntimeError, match=NO_CHROMIUM.split(":")[0]), browser():
        pass
