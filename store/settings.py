"""The settings an operator writes into the environment (README.md), looked at before a program begins."""

import math
import os
from collections.abc import Callable
from urllib.parse import urlsplit

from assessment.messages import one_line
from store import clock


class SettingError(ValueError):
    """A setting cannot be used; the message names it and says what it may be."""


def _address(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


# What tells whether a value can be used (False or ValueError where not), and what it may be.
KINDS: dict[str, tuple[Callable[[str], object], str]] = {
    "XINING_COLLECT": (("on", "off").__contains__, "on or off"),
    "XINING_LOG": (("text", "json").__contains__, "text or json"),
    "XINING_PUBLIC_URL": (_address, "an address, such as https://sky.example.gov.cn"),
    "XINING_RAW_BUDGET_MB": (lambda value: 0 < float(value) < math.inf, "a number of megabytes"),
    "XINING_TODAY": (clock.fixed, "a day or a day with an hour, such as 2026-11-23T18:30"),
}


def check() -> None:
    """Raises SettingError for the first setting that cannot be used."""
    for name, (usable, kind) in KINDS.items():
        value = os.environ.get(name, "")
        try:
            good = not value or usable(value)
        except ValueError:
            good = False
        if not good:
            raise SettingError(f"the setting {name} must be {kind}, not {one_line(value)!r}")
