"""``python -m loaders``: what fills the store and reports its state."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy.exc import SQLAlchemyError

from loaders import commands
from loaders.backfill import BusyError, PeriodError
from loaders.collector import configure_logging, real_now
from store import database, faults, migrate, settings, tracked

EXIT_CODES = """exit codes:
  0  done (also where nothing was new)
  1  the store cannot be used
  2  refused: an unknown source, a day that is none, a file that breaks its declaration, a setting that cannot be used
  3  too soon: the source may not be asked yet (fetch), or somebody else is at it (backfill)
  4  an upstream failed, part of a backfilling did, or nothing of what came could be read
  5  nobody collects (status --collector)
  130  interrupted; what was confirmed stays"""
Command = Callable[[argparse.Namespace, Callable[[], datetime]], int]
REFUSED = (commands.UsageError, PeriodError, settings.SettingError, tracked.FactError)


def main(arguments: Sequence[str] | None = None, *, now: Callable[[], datetime] = real_now) -> int:
    """Run one command; its exit code. What a user can put right is one line on stderr."""
    options = parser().parse_args(arguments)
    configure_logging(logging.ERROR)  # what fails is in the command's own words; a loader's bug needs its traceback
    try:
        settings.check()
        migrate.upgrade()
        code: int = options.run(options, now)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # who reads along has seen enough (… | head); nothing is left to flush at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return commands.OK
    except REFUSED as error:
        return _refuse(error, commands.REFUSED)
    except BusyError as error:
        return _refuse(error, commands.TOO_SOON)
    except database.StoreError as error:
        return _refuse(f"the store cannot be used: {error}", commands.NO_STORE)
    except SQLAlchemyError as error:
        return _refuse(faults.sentence("the store cannot be used", error), commands.NO_STORE)
    except OSError as error:  # a file to read or write; a loader's own troubles never come here
        where = f"{error.filename}: " if error.filename else ""
        return _refuse(where + (error.strerror or str(error)), commands.REFUSED)
    except KeyboardInterrupt:
        return _refuse("interrupted; what was confirmed stays", commands.INTERRUPTED)


def _refuse(reason: object, code: int) -> int:
    print(" ".join(str(reason).split()), file=sys.stderr)
    return code


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    whole = argparse.ArgumentParser(
        prog="python -m loaders",
        description="What fills the store: sources, files, workbooks; and how it is.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    several = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Command, what: str, *, json: bool = False) -> argparse.ArgumentParser:
        made = several.add_parser(
            name, help=what, description=what, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        made.set_defaults(run=run)
        if json:
            made.add_argument("--json", action="store_true", help="for programs")
        return made

    command("list", commands.show_list, "the sources: address, pace, licence, on or off", json=True)
    command("fetch", commands.fetch, "ask one source once, if its pace allows", json=True).add_argument("source")
    collect = command("collect", commands.collect, "ask every source when its time has come", json=True)
    collect.add_argument("--once", action="store_true", help="ask what is due and end")
    back = command("backfill", commands.fill_from, "fetch a source's past, also of one that is off")
    back.add_argument("source")
    back.add_argument("--from", dest="since", type=day, required=True, metavar="DAY", help="first day, YYYY-MM-DD")
    back.add_argument("--to", dest="until", type=day, required=True, metavar="DAY", help="last day")
    again = command("reparse", commands.parse_again, "parse a source's stored answers once more")
    again.add_argument("source")
    again.add_argument("--since", type=day, metavar="DAY", help="only answers asked for from this day on")
    command("template", commands.template, "an empty workbook for what no machine source publishes").add_argument(
        "file"
    )
    bring = command(
        "import", commands.import_from, "what a filled-in workbook or CSV brings, all or nothing", json=True
    )
    bring.add_argument("file")
    bring.add_argument("--dry-run", action="store_true", help="say row by row what would change, and change nothing")
    bring.add_argument(
        "--document", default="", metavar="ID", help="the document an official table is, where it has no column for it"
    )
    bring.add_argument("--skip-hidden", action="store_true", help="leave out hidden sheets, rows and columns")
    bring.add_argument("--who", default="", help="who changes known values; goes before the workbook's own")
    bring.add_argument("--why", default="", help="why they change")
    command("export", commands.export_to, "every table as CSV into a new folder").add_argument("folder")
    cut = command(
        "sentences", commands.list_sentences, "a document's sentences as fingerprints, for data/sentences.csv"
    )
    cut.add_argument("document_id", help="the document's id in data/documents.csv")
    cut.add_argument("file", help="its text, UTF-8")
    cut.add_argument("--text", action="store_true", help="the text beside them, for reading along; not to be kept")
    how = command("status", commands.status, "how each source, the collector and the store are", json=True)
    how.add_argument("--collector", action="store_true", help="only who collects; exit code 5 where nobody does")
    fill = command("fill", commands.fill, "check the tracked files in data/ and bring the store to their state")
    fill.add_argument("--quiet", action="store_true", help="print nothing unless something was written")
    return whole


def day(text: str) -> date:
    """A day written YYYY-MM-DD, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day YYYY-MM-DD") from None


if __name__ == "__main__":
    sys.exit(main())
