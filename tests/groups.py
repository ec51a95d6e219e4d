"""Which tests run in one process: those that share what is costly, a page's record or a module's fixtures.

pytest-xdist 3.8 writes its groups into ``item._nodeid``, which pytest 9 no longer reads: ``xdist_group`` marks group nothing.
So the groups are drawn here, from the names of the tests alone.
"""

from collections import Counter
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.syntax import ROOT

BROWSER = "tests/browser/"
PAGES = {file.stem for file in (ROOT / "pages").glob("*.py")}  # as dashboard.py names them, without importing it
# Files whose tests read the same reports or share a page's record: the first one warms what the others find.
WARM = (BROWSER, "tests/pages/", "tests/reports/", "tests/views/")
# Whole screens: each of their tests takes long and shares nothing with another.
SCREENS = ("browser/test_exhibit.py", "browser/test_wall.py")
HOSTILE = "browser/test_hostile.py"  # one dashboard of hostile texts for all its tests
# These parse every module: whoever has parsed them goes on.
OF_SOURCES = ("tests/test_house.py", "tests/data/test_constants.py", "tests/views/test_markup.py")
CITY = "tests/city/"  # one site for all
OF_SCIPY = ("tests/assessment/test_outlook.py", "tests/assessment/test_trends.py")


def group(test: str) -> str:
    """The group of a test by its id: of a page or a language in a browser, of its file where results are shared.

    Tests of the source text are one group, those beside scipy another.
    """
    file, _, name = test.partition("::")
    subject = name.partition("[")[2].rstrip("]").split("-")[0]
    if file.endswith(HOSTILE):
        return file
    if file.startswith(BROWSER) and subject.partition("?")[0] in PAGES and not file.endswith("test_wall.py"):
        return f"page {subject.partition('?')[0]}"
    if file.endswith(SCREENS):
        return f"{file}::{name.partition('[')[0]}"
    if file.endswith("browser/test_lite.py") and subject in ("zh", "en"):
        return f"light pages {subject}"
    if file.endswith("test_bare_city.py"):
        return f"bare city {subject}"
    if file.endswith("test_whole_way.py"):
        return f"whole way {subject}"  # one database for all, of each kind
    if file.startswith(CITY):
        return "city"
    if file in OF_SOURCES:
        return "source text"
    if file in OF_SCIPY:
        return "beside scipy"
    return file if file.startswith(WARM) else test


def sort(items: list[pytest.Item]) -> None:
    """Tests in a browser come first, else large groups: between other tests Chromium would be ended and begun anew, and the
    scripts of pages compiled anew in it."""
    groups = {item: group(item.nodeid) for item in items}
    tests = Counter(groups.values())
    items.sort(key=lambda item: (not item.nodeid.startswith(BROWSER), -tests[groups[item]]))


class ByGroup(LoadScopeScheduling):
    """One group after another, in the order its first test was collected in, goes to a process that is free."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        """Let the order stand: ``sort`` made it."""
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
