"""Mutated inputs for every reader: ``python -m tests.fuzz --help``. The same number always makes the same input."""
