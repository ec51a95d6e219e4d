"""What befalls the site and what it does: ``make faults`` makes each fault happen and writes docs/faults.md."""

import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

from msgspec import Struct

from store.clock import ZONE
from tests.served import ROOT

TABLE = ROOT / "docs" / "faults.md"
STORE = "tests/store/test_store_faults.py"
OUTAGE = "tests/store/test_outage.py"
CLUSTER = "tests/city/test_faults.py"


class Fault(Struct, frozen=True):
    """A fault, what is promised of it, and the tests that make it happen (pytest's addresses)."""

    name: str
    promise: str
    tests: tuple[str, ...]


FAULTS = (
    Fault(
        "a dashboard killed under load",
        "its sessions are back on another within four retries of a browser (15 s); the others lose nothing",
        (f"{CLUSTER}::test_sessions_of_a_killed_dashboard_are_back_on_another_and_others_notice_nothing",),
    ),
    Fault(
        "PostgreSQL stopped",
        "pages are served from memory with a note, then recover without a restart; no reading is lost",
        (f"{CLUSTER}::test_pages_outlive_postgresql_and_no_reading_is_lost", OUTAGE),
    ),
    Fault(
        "disk full",
        "the answer is refused whole, what was stored stays, one sentence",
        (
            f"{STORE}::test_a_full_disk_refuses_an_answer_whole_and_keeps_those_before",
            f"{STORE}::test_the_collector_says_a_full_disk_in_one_line",
        ),
    ),
    Fault(
        "read-only folder",
        "one sentence that names the right to give",
        (f"{STORE}::test_a_store_that_may_not_be_written_is_read_and_named_to_who_writes",),
    ),
    Fault(
        "corrupted SQLite file",
        "one sentence with the way back; the damaged file is put aside, raw answers come back from the backup",
        (
            f"{STORE}::test_a_damaged_file_is_named_with_the_way_back",
            f"{STORE}::test_a_monitor_learns_of_a_damaged_file",
            "tests/store/test_backup.py",
        ),
    ),
    Fault(
        "database deleted under the running server",
        "reported at /healthz; the restored file is read without a restart, raw answers intact",
        (
            f"{STORE}::test_a_file_deleted_under_a_running_server_is_reported_and_its_backup_comes_back_without_a_restart",
            f"{STORE}::test_a_file_replaced_under_a_running_server_is_the_one_that_is_read",
        ),
    ),
    Fault(
        "store locked by another writer",
        "reading goes on; whoever writes reads which program to end",
        (f"{STORE}::test_a_store_locked_by_another_writer_is_read_and_named_to_who_writes",),
    ),
    Fault("collector killed 100 times", "nothing that was confirmed is lost", ("tests/store/test_killed.py",)),
    Fault(
        "clock jumps an hour back or ahead",
        "collecting goes on; another takes over in time",
        (f"{STORE}::test_a_clock_that_jumps_an_hour_stops_no_collector_for_longer_than_an_hour",),
    ),
    Fault(
        "port taken",
        "one line that names another",
        ("tests/test_odd_environment.py::test_a_port_that_is_taken_is_reported_in_one_line_with_another_to_take",),
    ),
    Fault(
        "TZ, locale, HOME unset or odd",
        "the same answers",
        ("tests/test_odd_environment.py::test_answers_are_the_same_whatever_the_accounts_environment",),
    ),
    Fault(
        "upstreams refuse, hang, lie, drip",
        "pages go on with the age of what they show; the cause is recorded",
        ("tests/loaders/test_faults.py",),
    ),
)


def measured(report: Path) -> Mapping[str, tuple[int, int, int]]:
    """Of each file and test of pytest's report: how many passed, failed and were skipped."""
    counts: dict[str, tuple[int, int, int]] = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        file = case.get("classname", "").replace(".", "/") + ".py"
        bad = case.find("failure") is not None or case.find("error") is not None
        skipped = case.find("skipped") is not None
        one = (int(not bad and not skipped), int(bad), int(skipped))
        for name in (file, f"{file}::{case.get('name', '').partition('[')[0]}"):
            before = counts.get(name, (0, 0, 0))
            counts[name] = (before[0] + one[0], before[1] + one[1], before[2] + one[2])
    return counts


def state(fault: Fault, counts: Mapping[str, tuple[int, int, int]]) -> str:
    """Whether a fault's promise was held."""
    passed, failed, skipped = (sum(counts.get(name, (0, 0, 0))[i] for name in fault.tests) for i in range(3))
    if failed:
        return f"**broken** ({failed} of {passed + failed})"
    return f"held ({passed})" if passed and not skipped else f"not tried ({skipped} skipped)"


def table(counts: Mapping[str, tuple[int, int, int]], now: datetime) -> str:
    """docs/faults.md."""
    rows = [
        f"| {one.name} | {one.promise} | {state(one, counts)} | {' '.join(f'`{name}`' for name in one.tests)} |"
        for one in FAULTS
    ]
    head = f"""# 故障 · Faults

Made by `make faults`, which makes each fault happen on this machine (dashboards, nginx and PostgreSQL of Debian) and
counts the tests that saw the promise held. What to do about each: [runbook](runbook.md).

{now:%Y-%m-%d} · {platform.system()} {platform.machine()} · Python {platform.python_version()}

| fault | what is promised | result (tests) | made by |
|---|---|---|---|
"""
    return head + "\n".join(rows) + "\n"


def main() -> int:
    """Try every fault and write the table; pytest's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        named = sorted({name for one in FAULTS for name in one.tests})
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", "-o", "junit_family=xunit1", *named]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code not in (0, 1):  # it was interrupted: half a table would say that little is held
            return code
        text = table(measured(report), datetime.now(ZONE))
    TABLE.write_text(text, encoding="utf-8")
    print(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
