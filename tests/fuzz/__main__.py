"""``python -m tests.fuzz [TARGET …] [--count N] [--first N] [--only NUMBER]``: mutated inputs, each known by its number."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests import stores
from tests.fuzz.run import run
from tests.fuzz.targets import targets
from tests.served import TODAY


def main() -> int:
    """Run; exit code 1 where a reader failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Give every reader mutated inputs.")
    parser.add_argument("target", nargs="*", help="readers; without any, all of them")
    parser.add_argument("--count", type=int, default=2000, help="inputs a reader")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--only", type=int, help="one input by its number")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XINING_DATABASE_URL"] = stores.filled(Path(folder) / "facts.db")
        os.environ["XINING_TODAY"] = TODAY
        numbers = range(options.first, options.first + options.count) if options.only is None else [options.only]
        failed = False
        for name, target in targets().items():
            if options.target and name not in options.target:
                continue
            found = run(name, target, numbers)
            print(
                f"{name:<20}{found.count:>8} inputs, costliest {found.most_s:.2f} s of CPU (number {found.costliest})"
            )
            for kind, (number, trace) in found.failures.items():
                print(f"  number {number}: {kind}\n{trace}", file=sys.stderr)
            failed |= bool(found.failures)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
