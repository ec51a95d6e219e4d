"""``python -m assessment``: a CSV of air or water from standard input comes back judged; concentrations of an IAQI."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO

from tqdm import tqdm

from assessment.command_line.air import Air
from assessment.command_line.columns import line, lines
from assessment.command_line.inverse import POLLUTANTS, concentration
from assessment.command_line.sections import Sections
from assessment.command_line.source import InputError, read, text_blocks
from store import standards

IN_MEMORY = 64 << 20  # bytes of an answer: a longer one waits in a temporary file
REFUSED, NO_PLACE = 2, 1


@cache
def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(prog="python -m assessment", description="Judge a CSV by the national standards.")
    commands = made.add_subparsers(dest="command", required=True)
    air = commands.add_parser("aqi", help="AQI by HJ 633-2012 and HJ 633-2026")
    hourly = "SO2, NO2, CO, O3 are 1-hour values; particles moving means of 24 hours (2012) or 1-hour means (2026)"
    air.add_argument("--hourly", action="store_true", help=hourly)
    editions = list(standards.aqi_editions())
    named = "one edition for all rows; without it each row's date chooses"
    air.add_argument("--standard", choices=editions, help=named)
    sections = commands.add_parser("water", help="class by GB 3838-2002")
    listed = "the 21 items of an official class, or the five of the automatic stations"
    sections.add_argument("--items", choices=("all21", "auto5"), default="all21", help=listed)
    for one in (air, sections):
        one.add_argument("--progress", action="store_true", help="show on standard error how much is read")
    inverse = commands.add_parser("concentration", help="the concentrations that have an IAQI")
    inverse.add_argument("--pollutant", choices=POLLUTANTS, required=True)
    inverse.add_argument("--iaqi", type=int, required=True, help="a whole number from 0 to 500")
    inverse.add_argument("--hourly", action="store_true", help="by the tables of the hourly report")
    inverse.add_argument("--standard", choices=editions, default=editions[-1], help="without it the newest edition")
    return made


def judged(options: argparse.Namespace, source: BinaryIO, answer: IO[bytes], count: Callable[[int], object]) -> None:
    """Judge the CSV of ``source`` block by block into ``answer``; ``count`` gets the bytes read.

    Raises InputError where it cannot be judged.
    """
    form, blocks = read(text_blocks(source, count))
    judge: Air | Sections
    if options.command == "aqi":
        judge = Air(form.header, standards.aqi_editions(), options.standard, options.hourly)
    else:
        judge = Sections(form.header, standards.water_limits(), standards.item_bounds(), options.items)
    answer.write(line([*form.header, *judge.names]))
    for rows in blocks:
        given = [column.combine_chunks() for column in rows.cells.columns]
        answer.write(lines(given, judge.judge(rows), structured=rows.structured))


def main(given: list[str] | None = None) -> int:
    """Run; exit code 2 and one line on standard error where the input cannot be judged, and then nothing is written.

    That holds for the last row as well: until it is read the answer waits, up to 64 MiB in memory, then in a temporary
    file. Exit code 1 where it cannot be written there or at its end.
    """
    options = parser().parse_args(given)
    try:
        if options.command == "concentration":
            edition = standards.aqi_editions()[options.standard]
            sys.stdout.buffer.write(concentration(options.pollutant, options.iaqi, edition, options.hourly))
            return 0
        source = sys.stdin.buffer
        with (
            SpooledTemporaryFile(IN_MEMORY) as answer,
            tqdm(total=_size(source), unit="B", unit_scale=True, disable=not options.progress, leave=False) as progress,
        ):
            judged(options, source, answer, progress.update)
            answer.seek(0)
            shutil.copyfileobj(answer, sys.stdout.buffer, 1 << 20)
    except InputError as error:
        return _failed(str(error), REFUSED)
    except BrokenPipeError:  # whoever read the answer has enough; what is left is not written when Python ends either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        return _failed(f"the answer cannot be written, or not wait in a temporary file (TMPDIR): {error}", NO_PLACE)
    return 0


def _failed(problem: str, code: int) -> int:
    print(" ".join(problem.split()), file=sys.stderr)
    return code


def _size(source: BinaryIO) -> int | None:
    """The bytes of a file; None of a pipe, whose end nobody knows."""
    try:
        return os.fstat(source.fileno()).st_size or None
    except (AttributeError, OSError):
        return None


if __name__ == "__main__":
    sys.exit(main())
