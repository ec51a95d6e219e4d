"""What a test says of a value before it goes on with it."""

from typing import TypeVar

T = TypeVar("T")


def not_none(value: T | None) -> T:
    """The value, which must be there."""
    assert value is not None, "there is no value"
    return value
