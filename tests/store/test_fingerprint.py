"""Equal content has an equal fingerprint, whichever object holds it; what differs differs."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from operator import attrgetter
from typing import Any
from unittest.mock import Mock

import numpy as np
import pandas as pd
import pytest
from msgspec import Struct

from store import cache, fingerprint


class Point(Struct, weakref=True):
    """A report in small."""

    name: str
    values: tuple[float, ...]
    row: dict[str, Any]


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


def test_a_shared_object_is_read_once_and_counted() -> None:
    shared, before = frame(), cache.counters()["fingerprints"]
    found = fingerprint.of(shared)
    assert fingerprint.of(shared) is found
    after = cache.counters()["fingerprints"]
    assert (after.hits, after.misses) == (before.hits + 1, before.misses + 1)


def test_another_object_with_the_identity_of_one_that_is_gone_is_read_anew() -> None:
    known: cache.OfObjects[str] = cache.OfObjects("of a test", 2 * cache.OF_OBJECT_BYTES)
    gone, here = Point("a", (1.0,), {}), Point("b", (1.0,), {})
    assert known.get(gone, lambda one: one.name) == "a"
    known._entries[id(here)] = known._entries.pop(id(gone))
    assert known.get(here, lambda one: one.name) == "b"


def test_of_more_objects_than_there_is_room_for_the_oldest_unused_go() -> None:
    known: cache.OfObjects[str] = cache.OfObjects("of a test", 2 * cache.OF_OBJECT_BYTES)
    points = [Point(name, (1.0,), {}) for name in "abc"]
    name_of = Mock(side_effect=attrgetter("name"))
    for n in (0, 1, 0, 2, 0, 1):
        assert known.get(points[n], name_of) == points[n].name
    assert [call.args[0].name for call in name_of.call_args_list] == ["a", "b", "c", "b"]
    assert known.counts().weight_bytes == 2 * cache.OF_OBJECT_BYTES


@pytest.mark.parametrize("value", [object(), lambda: 1, {"a": object()}, (iter(()),)])
def test_what_cannot_be_distinguished_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="no fingerprint"):
        fingerprint.of(value)
