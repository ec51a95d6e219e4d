"""The peer of the statistics, imported by whoever compares with it: it takes longer than all these tests."""

from importlib import import_module
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def stats() -> ModuleType:
    """``scipy.stats``."""
    return import_module("scipy.stats")
