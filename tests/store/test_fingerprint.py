"""Equal content has an equal fingerprint, whichever object holds it; what differs differs."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import numpy as np
import pandas as pd
import pytest

from store import fingerprint


@dataclass
class Point:
    """A report in small."""

    name: str
    values: tuple[float, ...]
    row: dict[str, Any]


@dataclass
class Other(Point):
    """Equal fields, another thing."""


class Level(Enum):
    """Two states."""

    GOOD = 1
    BAD = 2


def frame(value: float = 2.0, name: str = "a") -> pd.DataFrame:
    return pd.DataFrame({name: [1.0, value], "b": ["x", None], "c": pd.to_datetime(["2026-01-01", "2026-01-02"])})


def double(x: int) -> int:
    return 2 * x


def halve(x: int) -> int:
    return x // 2


ALIKE: list[Callable[[], Any]] = [
    frame,
    lambda: Point("a", (1.0, float("nan")), {"k": [1, 2]}),
    lambda: [frame(), {"a": frame()}],
    lambda: np.array([1.0, 2.0]),
    lambda: np.array(["a", None], dtype=object),
    lambda: pd.Series([1, 2], index=["x", "y"], name="s"),
    lambda: pd.DataFrame({"a": [[1], {"k": 2}]}),
    lambda: {3, 1, 2},
    lambda: (date(2026, 1, 1), Level.GOOD, pd.Timestamp("2026-01-01"), None, pd.NA),
    lambda: pd.MultiIndex.from_tuples([("a", 1), ("b", 2)]),
    lambda: double,
]


@pytest.mark.parametrize("make", ALIKE)
def test_equal_content_is_equal(make: Callable[[], Any]) -> None:
    first, second = make(), make()
    assert fingerprint.of(first) == fingerprint.of(second)
    assert len(fingerprint.of(first)) == fingerprint.SIZE


UNLIKE = [
    (1, 1.0),
    (True, 1),
    ("1", 1),
    (("ab", "c"), ("a", "bc")),
    ((1, 2), (2, 1)),
    ((1, (2, 3)), ((1, 2), 3)),
    ([1, 2], (1, 2)),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),  # a drawing follows the order
    (Level.GOOD, Level.BAD),
    (date(2026, 1, 1), date(2026, 1, 2)),
    (frame(), frame(3.0)),
    (frame(), frame(name="z")),
    (frame(), frame().set_index("a")),
    (frame(), frame().assign(b=["x", "y"])),
    (frame(), frame().astype({"a": "float32"})),
    (pd.Series([1, 2], name="a"), pd.Series([1, 2], name="b")),
    (np.array([1, 2, 3, 4]), np.array([[1, 2], [3, 4]])),
    (np.array([1, 2]), np.array([1.0, 2.0])),
    (Point("a", (1.0,), {}), Point("a", (2.0,), {})),
    (Point("a", (1.0,), {}), Point("a", (1.0,), {"k": None})),
    (Point("a", (1.0,), {}), Other("a", (1.0,), {})),
    (double, halve),
]


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_what_differs_differs(one: Any, other: Any) -> None:
    assert fingerprint.of(one) != fingerprint.of(other)


def test_a_shared_object_is_read_once_and_forgotten_with_it() -> None:
    before, shared = len(fingerprint._known), frame()
    found = fingerprint.of(shared)
    assert len(fingerprint._known) == before + 1
    assert fingerprint.of(shared) is found
    del shared
    gc.collect()
    assert len(fingerprint._known) == before


@pytest.mark.parametrize("value", [object(), lambda: 1, {"a": object()}, (iter(()),)])
def test_what_cannot_be_distinguished_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="no fingerprint"):
        fingerprint.of(value)
