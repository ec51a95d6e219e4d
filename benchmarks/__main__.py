"""All benchmarks in turn: ``python -m benchmarks`` prints their table and writes docs/benchmarks.md and docs/scale.md."""

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from benchmarks import scale, table

DOCS = Path(__file__).resolve().parent.parent / "docs"
MODULES = ("aqi", "command_line", "hours", "import", "light", "markup", "store", "pages", "wall", "city")


def alone(module: str) -> table.Measured:
    """What a module measures in a process of its own: none finds another's caches, settings or memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        try:
            return process.submit(table.measured, module).result()
        except BrokenProcessPool:
            return table.Measured(module, [], "its process was ended")


def main() -> None:
    """Measure, print and write; what could not be measured is named."""
    load = os.getloadavg()[0]
    print(table.COLUMNS, flush=True)
    modules = [alone(f"benchmarks.bench_{name}") for name in MODULES]
    for one in modules:
        if one.failure:
            print(one.lacks())
    table.write(DOCS / "benchmarks.md", modules, load=load)
    if crowd := scale.measured([figure for one in modules for figure in one.figures]):
        (DOCS / "scale.md").write_text(scale.text(crowd), encoding="utf-8")


if __name__ == "__main__":
    main()
