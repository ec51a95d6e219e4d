"""Which tests run in one process: those that share what is costly, a page's record or a module's fixtures.

pytest-xdist 3.8 writes its groups into ``item._nodeid``, which pytest 9 no longer reads: ``xdist_group`` marks group nothing.
So the groups are drawn here, from the names of the tests alone.
"""

from xdist.scheduler import LoadScopeScheduling

from dashboard import PAGES

BROWSER, PAGE_RUNS = "tests/browser/", "tests/pages/"


def group(test: str) -> str:
    """The group of a test by its id: of a page or a language in a browser, of its file there and where pages are run."""
    file, _, name = test.partition("::")
    subject = name.partition("[")[2].rstrip("]").split("-")[0]
    if file.startswith(BROWSER) and subject in PAGES and not file.endswith("test_wall.py"):
        return f"page {subject}"
    if file.endswith("browser/test_lite.py") and subject in ("zh", "en"):
        return f"light pages {subject}"
    return file if file.startswith((BROWSER, PAGE_RUNS)) else test


class ByGroup(LoadScopeScheduling):
    """One group after another goes to a process that is free."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
