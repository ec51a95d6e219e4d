"""The peer of the statistics, imported by whoever compares with it: it takes longer than all these tests."""

from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def stats() -> ModuleType:
    """``scipy.stats``."""
    from scipy import stats

    return stats
