"""``python -m reports``: a month's brief or a year's account as a file."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from reports import account, brief
from reports.found import NothingFoundError
from reports.period import PeriodError
from store import clock, database, faults, settings
from views.addresses import public_site
from views.http import accounts, briefs
from views.http.sheets import Refusal
from views.lite import frame
from views.paper import print as paper_print
from views.paper import typesetting, word
from views.text import found
from views.text.words import LANGUAGES, Words
from views.visit import Visit

OK, NO_STORE, REFUSED, INTERRUPTED = 0, 1, 2, 130
EXIT_CODES = """exit codes:
  0  done: the file is written
  1  the store cannot be used
  2  refused, nothing was written: one line says why
  130  interrupted"""


class FileError(ValueError):
    """A file that cannot be written in the form its name asks for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What stands in the way is one line on stderr."""
    options = parser().parse_args(arguments)
    try:
        settings.check()
        _write(options.output, options.forms, lambda make: make(options))
        return OK
    except NothingFoundError as error:
        return _refuse(found.sentence(error, Words(options.lang)), REFUSED)
    except PeriodError as error:
        return _refuse(options.refusal(error, Words(options.lang)), REFUSED)
    except (FileError, settings.SettingError, typesetting.NoFontError) as error:
        return _refuse(str(error), REFUSED)
    except database.StoreError as error:
        return _refuse(f"the store cannot be used: {error}", NO_STORE)
    except SQLAlchemyError as error:
        return _refuse(faults.sentence("the store cannot be used", error), NO_STORE)
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}", REFUSED)
    except KeyboardInterrupt:
        return _refuse("interrupted", INTERRUPTED)


def _refuse(reason: str, code: int) -> int:
    print(" ".join(reason.split()), file=sys.stderr)
    return code


Make = Callable[[argparse.Namespace], bytes]


def _write(file: Path, forms: dict[str, Make], run: Callable[[Make], bytes]) -> None:
    """Write a file in the form its name ends in. Raises FileError for another ending."""
    make = forms.get(file.suffix.lower())
    if make is None:
        raise FileError(f"{file}: the file's name ends in {' or '.join(forms)}")
    body = run(make)
    file.write_bytes(body)
    print(f"{file}: {len(body) / 1000:.0f} kB")


# ── the forms ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _brief(options: argparse.Namespace) -> tuple[brief.Brief, Words]:
    return brief.brief(options.month, clock.today()), Words(options.lang)


def _brief_pdf(options: argparse.Namespace) -> bytes:
    return paper_print.pdf(briefs.sheet(*_brief(options), public_site()))


def _brief_docx(options: argparse.Namespace) -> bytes:
    return word.docx(briefs.sheet(*_brief(options), public_site()))


def _brief_html(options: argparse.Namespace) -> bytes:
    report, w = _brief(options)
    v = _visit(w)
    return frame.document(briefs.page(report, v, public_site()), v, public_site()).encode()


def _account(options: argparse.Namespace) -> bytes:
    report = account.account(options.year, clock.today())
    return accounts.file(report, options.output.suffix.lower()[1:], Words(options.lang), public_site())


def _account_html(options: argparse.Namespace) -> bytes:
    v = _visit(Words(options.lang))
    page = accounts.page(account.account(options.year, clock.today()), v, public_site())
    return frame.document(page, v, public_site()).encode()


def _visit(w: Words) -> Visit:
    return Visit(w, "light", clock.now(), False)


ACCOUNT: dict[str, Make] = {".pdf": _account, ".xlsx": _account, ".html": _account_html}
BRIEF: dict[str, Make] = {".pdf": _brief_pdf, ".docx": _brief_docx, ".html": _brief_html}


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    shape: dict[str, Any] = {"epilog": EXIT_CODES, "formatter_class": argparse.RawDescriptionHelpFormatter}
    whole = argparse.ArgumentParser(prog="python -m reports", description="Reports as files.", **shape)
    several = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, what: str, forms: dict[str, Make], refusal: Refusal, period: str, example: str) -> None:
        made = several.add_parser(name, help=what, description=what, **shape)
        made.set_defaults(forms=forms, refusal=refusal)
        made.add_argument(period, metavar=period.upper(), help=f"such as {example}")
        made.add_argument(
            "--lang", choices=LANGUAGES, default=LANGUAGES[0], help="the language, %(default)s by default"
        )
        endings = " or ".join(forms)
        made.add_argument(
            "-o", "--output", type=Path, required=True, metavar="FILE", help=f"its name ends in {endings}"
        )

    command("brief", "a month on one A4 page", BRIEF, briefs.refusal, "month", "2026-09")
    command(
        "account", "a year's promises with official and measured results", ACCOUNT, accounts.refusal, "year", "2025"
    )
    return whole


if __name__ == "__main__":
    sys.exit(main())
