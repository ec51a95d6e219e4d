"""``python -m store``: a backup of the store, the store made of one again, and whether it is sound."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import asdict
from sqlalchemy.exc import SQLAlchemyError

from store import backup, check, database, faults

OK, NOT_SOUND, REFUSED, INTERRUPTED = 0, 1, 2, 130
EXIT_CODES = """exit codes:
  0  done; of check: the store is sound
  1  the store cannot be used; of check: something is wrong with it
  2  refused, nothing was changed: one line says why
  130  interrupted; nothing was changed"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What stands in the way is one line on stderr."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        return code
    except backup.BackupError as error:
        return _refuse(str(error), REFUSED)
    except database.StoreError as error:
        return _refuse(str(error), NOT_SOUND)
    except SQLAlchemyError as error:
        return _refuse(faults.sentence("the store", error), NOT_SOUND)
    except KeyboardInterrupt:
        return _refuse("interrupted; nothing was changed", INTERRUPTED)


def _refuse(reason: str, code: int) -> int:
    print(" ".join(reason.split()), file=sys.stderr)
    return code


def _backup(options: argparse.Namespace) -> int:
    size = backup.backup(options.file, force=options.force)
    found = {"file": str(options.file), "bytes": size}
    return _print(options, found, f"{options.file}: {size / 1e6:.1f} MB")


def _restore(options: argparse.Namespace) -> int:
    aside = backup.restore(options.file, force=options.force)
    found = {"file": str(options.file), "aside": str(aside) if aside else None}
    sentence = f"the store is that of {options.file}"
    return _print(
        options, found, f"{sentence}; what was damaged is at {aside}: restart the dashboards" if aside else sentence
    )


def _check(options: argparse.Namespace) -> int:
    report = check.check()
    rows = sum(report.tables.values())
    lines = report.problems or [f"{report.database}: sound, {rows} rows in {len(report.tables)} tables"]
    _print(options, asdict(report) | {"sound": report.sound}, "\n".join(lines))
    return OK if report.sound else NOT_SOUND


def _print(options: argparse.Namespace, found: dict[str, Any], words: str) -> int:
    print(json.dumps(found, ensure_ascii=False, indent=1) if options.json else words)
    return OK


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    shape: dict[str, Any] = {"epilog": EXIT_CODES, "formatter_class": argparse.RawDescriptionHelpFormatter}
    whole = argparse.ArgumentParser(prog="python -m store", description="Copies of the store, and how it is.", **shape)
    several = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands = (
        ("backup", _backup, "write the whole store into one file, while others write"),
        ("restore", _restore, "make the store of a backup"),
        ("check", _check, "integrity, migrations, rows, references, raw answers against their hashes"),
    )
    for name, run, what in commands:
        made = several.add_parser(name, help=what, description=what, **shape)
        made.set_defaults(run=run)
        made.add_argument("--json", action="store_true", help="for programs")
        if run is not _check:
            made.add_argument("file", type=Path)
            made.add_argument("--force", action="store_true", help="also where the file, or the store, exists")
    return whole


if __name__ == "__main__":
    sys.exit(main())
