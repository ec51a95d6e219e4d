"""The commands of ``python -m loaders``, one function each: options in, what to print out, an exit code back."""

import argparse
import csv
import json
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from msgspec.structs import asdict
from tqdm import tqdm

from assessment.messages import one_line
from loaders import facts, sentences, workbook
from loaders.backfill import backfill
from loaders.collector import Collector, FetchRun, collect_once, collect_source, configure_logging
from loaders.export import export
from loaders.reparse import reparse
from loaders.status import collector, iso, report
from loaders.summary import Sum
from store import database, sources, state
from store.sources import Source

OK, NO_STORE, REFUSED, TOO_SOON, UPSTREAM_FAILED, NOBODY, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


class UsageError(ValueError):
    """The command cannot be done; the message gives the reason."""


def show_list(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """The sources: address, pace, licence, whether the collector requests it."""
    rows = [_declared(source) for source in sources.declared().values()]
    if options.json:
        return _json(rows)
    _table(
        ("source", "on", "every", "kind", "address", "licence"),
        (
            (r["source"], "on" if r["on"] else "off", f"{r['every_minutes']} min", r["kind"], r["url"], r["licence_en"])
            for r in rows
        ),
    )
    return OK


def _declared(source: Source) -> dict[str, Any]:
    return {
        "source": source.id,
        "on": source.on,
        "kind": source.kind,
        "url": source.url,
        "address": source.address,
        "every_minutes": source.every_minutes,
        "expected_age_minutes": source.expected_age_minutes,
        "document_id": source.document_id,
        "licence_zh": source.licence_zh,
        "licence_en": source.licence_en,
    }


def fetch(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """Request one source once."""
    source = declared(options.source)
    if source.kind == "archive":
        raise UsageError(f"{source.id} has no newest hour: backfill {source.id} --from DAY --to DAY")
    run = collect_source(source, now=now)
    if run is None:
        return _too_soon(source, now(), as_json=options.json)
    if options.json:
        _json(_as_json(run))
    else:
        _print_run(run)
    return UPSTREAM_FAILED if run.failure else OK


def _too_soon(source: Source, now: datetime, *, as_json: bool) -> int:
    health = next(h for h in state.health(now) if h.id == source.id)
    if as_json:
        _json({"source": source.id, "result": "too soon", "next_at": iso(health.next_at)})
    _warn(f"{source.id}: asked {iso(health.asked_at)}, may be asked again {iso(health.next_at)}")
    return TOO_SOON


def collect(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """Request every source that is due, once or until interrupted."""
    if not options.once:
        return _collect_on(now)
    runs = collect_once(now)
    if options.json:
        _json([_as_json(run) for run in runs])
    else:
        for run in runs:
            _print_run(run)
        if not runs:
            print("no source is due")
    return UPSTREAM_FAILED if any(run.failure for run in runs) else OK


def _collect_on(now: Callable[[], datetime]) -> int:
    """Collect until a signal ends it: Ctrl+C, or a service manager."""
    configure_logging()
    ended = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: ended.set())
    running = Collector(now=now)
    running.start()
    ended.wait()
    running.stop()
    return OK


def fill_from(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """Backfill a source's past."""
    if options.since > options.until:
        raise UsageError(f"--from {options.since} lies after --to {options.until}")
    done = backfill(declared(options.source), options.since, options.until, now=now)
    _print_sum(options.source, done)
    return UPSTREAM_FAILED if done.failures or done.nothing_read else OK


def export_to(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """Write the store's tables as CSV."""
    rows = export(Path(options.folder))
    for file, count in rows.items():
        print(f"{count:>10}  {file}")
    print(f"{sum(rows.values()):>10}  rows in {len(rows)} files in {options.folder}")
    return OK


def parse_again(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """Parse a source's stored answers once more."""
    source = declared(options.source)
    done = reparse(source, options.since, now=now())
    _print_sum(source.id, done, "stored answers")
    return UPSTREAM_FAILED if done.nothing_read else OK


def template(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """Write an empty workbook."""
    file = Path(options.file)
    if file.suffix.lower() != ".xlsx":
        raise UsageError(f"{file}: a workbook's name ends in .xlsx")
    if file.exists():
        raise UsageError(f"{file} exists already; name a new file")
    workbook.template(file)
    print(f"{file}: fill it in, then: python -m loaders import {file} --dry-run")
    return OK


def import_from(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """Bring in what an official filled in: all of it, or nothing and why."""
    with tqdm(desc=Path(options.file).name, unit="B", unit_scale=True, disable=None, leave=False) as bar:
        plan = workbook.plan(
            options.file,
            today=now().date(),
            document=options.document,
            skip_hidden=options.skip_hidden,
            progress=lambda read, total: _show_progress(bar, read, total),
        )
    done = _sum_of(plan)
    if not options.json:
        report = [*plan.report(), f"{plan.file}: {done.sentence('file', 'rows')}"]
        print("\n".join(report), file=sys.stdout if plan.ok else sys.stderr)
    applied = None
    if plan.ok and not options.dry_run:
        try:
            applied = workbook.apply(plan, who=options.who, why=options.why, now=now())
        except workbook.ImportRefusedError as error:
            raise UsageError(str(error)) from None
    if options.json:
        _json(_plan(plan, done, applied))
    if not plan.ok:
        return REFUSED
    return UPSTREAM_FAILED if done.nothing_read else OK


def _sum_of(plan: workbook.Plan) -> Sum:
    """A file's rows in the sum of every command."""
    return Sum(
        answers=1,
        readings=len(plan.rows),
        new=plan.count("new"),
        changed=plan.count("changed"),
        same=plan.count("same"),
        left_out=len(plan.skipped),
        problems=[str(one) for one in plan.skipped],
        refused=plan.refused,
    )


def _show_progress(bar: "tqdm[NoReturn]", read: int, total: int) -> None:
    bar.total = total
    bar.update(read - bar.n)


def _plan(plan: workbook.Plan, done: Sum, applied: workbook.Applied | None) -> dict[str, Any]:
    """A workbook's plan for programs; ``raw_id``: null where nothing was imported.

    ``values``: every column of a row that holds something, as it stands once it is imported.
    """
    return {
        "file": plan.file,
        "ok": plan.ok,
        "raw_id": applied.raw_id if applied else None,
        "new": done.new,
        "changed": done.changed,
        "same": done.same,
        "skipped": done.left_out,
        "refused": done.refused,
        "faults": [asdict(fault) for fault in plan.faults],
        "remarks": [asdict(remark) for remark in plan.remarks],
        "skipped_rows": [asdict(one) for one in plan.skipped],
        "rows": [
            {
                "table": row.table,
                "sheet": row.place,
                "row": row.row,
                "state": row.state,
                "key": dict(row.key),
                "values": {name: value for name, value in row.values.items() if value is not None},
                "changes": [asdict(change) for change in row.changes],
                "notes": list(row.notes),
            }
            for row in plan.rows
        ],
    }


def list_sentences(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """The rows of data/sentences.csv for one document, as CSV."""
    rows = sentences.split(Path(options.file).read_text(encoding="utf-8-sig"))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("document_id", "no", "fingerprint", "digits", "mark", *(("text",) if options.text else ())))
    for one in rows:
        row = (options.document_id, one.no, one.fingerprint, one.digits, one.mark)
        out.writerow((*row, one.text) if options.text else row)
    return OK


def fill(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """Bring the store to the state of the tracked files."""
    filled = facts.fill()
    if filled.written or not options.quiet:
        total = sum(filled.rows.values())
        print(f"{database.engine().url}: {total} rows in {len(filled.rows)} tables, {len(filled.written)} written")
    return OK


def status(options: argparse.Namespace, now: Callable[[], datetime]) -> int:
    """How each source, the collector and the store are; of the collector alone, whether there is one, for what watches it."""
    if options.collector:
        found = collector(now())
        print(json.dumps(found) if options.json else _collector_line(found))
        return OK if found else NOBODY
    found = report(now())
    if options.json:
        return _json(found)
    store, running = found["store"], found["collector"]
    print(
        f"store      {store['database']}, {store['bytes'] / 1e6:.1f} MB, "
        f"{store['readings']} readings, {store['answers']} answers"
    )
    print(_collector_line(running))
    _table(
        ("source", "state", "newest", "age", "succeeded", "failed", "next", "readings", "flagged", "last failure"),
        (_status_row(source) for source in found["sources"]),
    )
    return OK


def _collector_line(running: dict[str, Any] | None) -> str:
    return (
        f"collector  {running['holder']}, lease until {running['until']}" if running else "collector  none is running"
    )


_STATUS_COLUMNS = (
    *("source", "state", "data_at", "age_minutes", "succeeded_at", "failed_at", "next_at"),
    *("readings", "flagged", "failure"),
)


def _cell(key: str, value: Any) -> str:
    if value is None:
        return "–"
    if key == "age_minutes":
        return f"{value} min" if value < 120 else f"{value // 60} h" if value < 2880 else f"{value // 1440} d"
    return value[:16].replace("T", " ") if key.endswith("_at") else str(value)


def _status_row(source: dict[str, Any]) -> list[str]:
    """A source's cells; a failure beside readings that came in is one in part."""
    cells = {key: _cell(key, source[key]) for key in _STATUS_COLUMNS}
    if source["failure"] and source["partial"]:
        cells["failure"] = one_line(f"in part: {cells['failure']}")
    return list(cells.values())


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def declared(name: str) -> Source:
    """A source by its id. Raises UsageError naming those there are."""
    try:
        return sources.get(name)
    except KeyError as error:
        raise UsageError(error.args[0]) from None


def _print_sum(source: str, done: Sum, answers: str = "answers") -> None:
    """The sum of a command's answers on stdout; what was left out and what failed on stderr."""
    print(f"{source}: {done.sentence(answers)}")
    for warning in done.warnings():
        _warn(warning)


def _print_run(run: FetchRun) -> None:
    if run.failure:
        _warn(f"{run.source} failed: {run.failure}")
        return
    done = Sum.of(run.outcomes)
    print(f"{run.source}: {done.sentence()}")
    if run.partial_failure:
        _warn(f"{run.source}, in part: {run.partial_failure}")
    for warning in done.row_warnings():
        if warning != run.partial_failure:
            _warn(warning)


def _as_json(run: FetchRun) -> dict[str, Any]:
    """A fetch run for programs."""
    return {
        "source": run.source,
        "result": "failed" if run.failure else "changed" if run.changed else "same",
        "failure": run.failure or None,
        "cause": run.cause,
        "partial_failure": run.partial_failure or None,
        "left_out": sum(outcome.left_out for outcome in run.outcomes),
        "answers": [
            {
                "call": outcome.calls[0],
                "raw_id": outcome.raw_ids[0],
                "problem": next((failure.reason for failure in outcome.failures), None),
                "row_problems": outcome.row_problems,
                "left_out": outcome.left_out,
                "readings": outcome.readings,
                "new": outcome.new,
                "changed": outcome.changed,
                "flagged": outcome.flagged,
                "data_at": iso(outcome.data_at),
            }
            for outcome in run.outcomes
        ],
    }


def _json(content: Any) -> int:
    print(json.dumps(content, ensure_ascii=False, indent=2, default=str))  # days as ISO 8601
    return OK


def _warn(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Aligned columns; the last may be as long as it likes."""
    cells = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header) - 1)]
    for row in cells:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip())
