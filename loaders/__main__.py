"""``python -m loaders``: fill the store and say what it holds."""

import argparse
import sys

from loaders import facts
from store import database, tracked


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 on success, 2 where a tracked file is refused."""
    parser = argparse.ArgumentParser(prog="python -m loaders", description="Fill the store from data/.")
    commands = parser.add_subparsers(dest="command", required=True)
    fill = commands.add_parser("fill", help="check the tracked files in data/ and bring the store to their state")
    fill.add_argument("--quiet", action="store_true", help="say nothing unless something was written")
    options = parser.parse_args(arguments)
    try:
        filled = facts.fill()
    except tracked.FactError as error:
        print(f"refused: {error}", file=sys.stderr)
        return 2
    if filled.written or not options.quiet:
        total = sum(filled.rows.values())
        print(f"{database.engine().url}: {total} rows in {len(filled.rows)} tables, {len(filled.written)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
