"""One filled store for all tests, in a folder of its own; the day of the visit stands still."""

import gc
import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import postgres, stores
from tests.served import TODAY

# Tests that run the product whole: pages through Streamlit, fetches from upstreams that fail, stores filled anew,
# saved and restored, whole workbooks imported, files at the bounds of size, pictures and sheets drawn.
WHOLE = (
    "tests/assessment/test_command_line.py",
    "tests/city/",
    "tests/pages/",
    "tests/loaders/test_collector.py",
    "tests/loaders/test_commands.py",
    "tests/loaders/test_facts.py",
    "tests/loaders/test_faults.py",
    "tests/loaders/test_hostile_files.py",
    "tests/loaders/test_transport.py",
    "tests/loaders/test_workbook.py",
    "tests/reports/test_changes.py",
    "tests/reports/test_command.py",
    "tests/store/test_backup.py",
    "tests/test_deploy.py",
    "tests/test_next_plan.py",
    "tests/test_same_numbers.py",
    "tests/test_site_addresses.py",
    "tests/test_upstream.py",
    "tests/test_whole_way.py",
    "tests/views/lite/test_pages.py",
    "tests/views/test_api.py",
    "tests/views/test_api_described.py",
    "tests/views/test_metrics.py",
    "tests/views/test_numbers.py",
    "tests/views/test_og.py",
    "tests/views/test_posters.py",
    "tests/views/test_published_days.py",
    "tests/views/test_shared_caches.py",
    "tests/views/test_shared_links.py",
    "tests/views/test_surfaces.py",
    "tests/views/test_view_models.py",
)


# What ``make fast`` asks for.
FAST = "not slow and not browser and not postgres"

# The garbage collector need not look again and again through what is imported, collected or made by a test, while it is little.
gc.set_threshold(200_000, 20, 20)

# A property holds however long a busy machine takes over an example.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def filled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every test reads this store; the checkout's own is not touched."""
    file = tmp_path_factory.mktemp("store") / "facts.db"
    os.environ["XINING_DATABASE_URL"] = stores.filled(file)
    os.environ["XINING_TODAY"] = TODAY
    os.environ["XINING_COLLECT"] = "off"
    return file


@pytest.fixture(scope="session", autouse=True)
def components_looked_for_once() -> None:
    """For tests that run AppTest by themselves too; where no test runs a page, Streamlit is not even imported."""
    if "streamlit.testing.v1" in sys.modules:
        importlib.import_module("tests.pages.visits")


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """One PostgreSQL for all tests that need it; they are skipped where the machine has none."""
    if not postgres.binaries():
        pytest.skip(postgres.NOT_FOUND)
    with postgres.cluster() as running:
        yield running


@pytest.fixture(scope="session")
def emptied(cluster: postgres.Cluster) -> str:
    """The address of one PostgreSQL database for many tests, each of which finds its tables empty."""
    return cluster.database()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The fast tests do not even import the files of which none is fast."""
    file = collection_path.relative_to(config.rootpath).as_posix()
    return True if config.option.markexpr == FAST and file.endswith(".py") and file.startswith(WHOLE) else None


def pytest_collection_finish() -> None:
    """What was imported stays: the garbage collector need not look through it."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests on PostgreSQL bear its marker, those that run the product whole are slow; several processes sort them."""
    for item in items:
        if _on_postgresql(item):
            item.add_marker(pytest.mark.postgres)
        if item.nodeid.startswith(WHOLE):
            item.add_marker(pytest.mark.slow)
    if hasattr(config, "workerinput"):  # one of several processes
        from tests import groups

        groups.sort(items)


def _on_postgresql(item: pytest.Item) -> bool:
    """Whether a test asks for the cluster, by a fixture or by a parameter."""
    drawn = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    return "cluster" in getattr(item, "fixturenames", ()) or any(
        isinstance(one, str) and one == "postgresql" for one in drawn
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With several processes: what belongs together runs in one (``tests/groups.py``)."""
    from tests.groups import ByGroup

    return ByGroup(config, log)
