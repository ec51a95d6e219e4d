"""The one table of all benchmarks: figures, each beside a peer or limit of the same run, and docs/benchmarks.md.

Nothing here fails: the table says what was aimed at, and whether it was reached.
"""

import importlib
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from store.clock import ZONE

COLUMNS = """| figure | ours | peer or limit | ratio | aimed at | met |
|---|---|---|---|---|---|"""
HEAD = """# 测速 · Benchmarks

Made by `make bench`. Ratios of one run: figures of CPU count only the site's own processes; times are of a machine that
others used as well where its load is above its cores. Where nothing is aimed at, the ratio shows what something costs.

{when} · {machine} · {cores} cores · load {load:.1f} · Python {python}

{columns}
{rows}
"""


class Figure(Struct, frozen=True):
    """A line of the table.

    ``beside``: the peer or limit it is held against, ``other`` in the same unit; ``aim``: what the ratio of the two is to
    be at most, or at least where ``least`` says so; None: nothing is aimed at.
    """

    name: str
    ours: float
    unit: str
    beside: str
    other: float
    aim: float | None = None
    least: bool = False

    @property
    def ratio(self) -> float:
        """Ours to the other; infinite where the other is nothing."""
        return self.ours / self.other if self.other else float("inf")

    @property
    def met(self) -> bool | None:
        """Whether what is aimed at is reached; None where nothing is."""
        if self.aim is None:
            return None
        return self.ratio >= self.aim if self.least else self.ratio <= self.aim

    def row(self) -> str:
        """A row of the table in Markdown."""
        aim = "–" if self.aim is None else f"{'≥' if self.least else '≤'} {self.aim:.3g}"
        met = {None: "–", True: "yes", False: "**no**"}[self.met]
        other = f"{self.beside}: {_amount(self.other, self.unit)}"
        return f"| {self.name} | {_amount(self.ours, self.unit)} | {other} | {self.ratio:,.2f} | {aim} | {met} |"


def _amount(value: float, unit: str) -> str:
    number = f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"
    return f"{number} {unit}".rstrip()


class Measured(Struct, frozen=True):
    """A module's figures, and in one line why there are no more of them; empty where it came to its end."""

    module: str
    figures: Sequence[Figure]
    failure: str = ""

    def lacks(self) -> str:
        """What was not measured and why, as an item of a list in Markdown."""
        after = f", after “{self.figures[-1].name}”" if self.figures else ""
        return f"- not measured: {self.module}{after}: {self.failure}"


def show(figures: Iterable[Figure]) -> None:
    """Print figures as they come."""
    print(COLUMNS, flush=True)
    for one in figures:
        print(one.row(), flush=True)


def measured(module: str) -> Measured:
    """What a module measures, printed as it comes; a failure of any kind ends this module alone."""
    found: list[Figure] = []
    try:
        for one in importlib.import_module(module).figures():
            found.append(one)
            print(one.row(), flush=True)
    except (Exception, SystemExit) as error:
        return Measured(module, found, " ".join(f"{type(error).__name__}: {error}".split()))
    return Measured(module, found)


def machine() -> str:
    """The processor's name."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def text(modules: Sequence[Measured], *, load: float, now: datetime) -> str:
    """docs/benchmarks.md. ``load``: the machine's before the run began."""
    head = HEAD.format(
        when=f"{now.astimezone(ZONE):%Y-%m-%d}",
        machine=machine(),
        cores=os.cpu_count(),
        load=load,
        python=platform.python_version(),
        columns=COLUMNS,
        rows="\n".join(figure.row() for one in modules for figure in one.figures),
    )
    lacking = [one.lacks() for one in modules if one.failure]
    return "\n".join([head, *lacking, ""]) if lacking else head


def write(path: Path, modules: Sequence[Measured], *, load: float) -> None:
    """Write docs/benchmarks.md."""
    path.write_text(text(modules, load=load, now=datetime.now(ZONE)), encoding="utf-8")
