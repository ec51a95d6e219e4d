"""A city of which little was found: no tasks, reports, contradictions, waste, parks, satellites, a year of days or none.

Every surface answers, and says in words what was not found.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import test_another_city as made_up
from tests.served import ROOT
from views.text.words import LANGUAGES, Words

pytestmark = pytest.mark.slow
# Days of air from the first of 2025 on, the first and the one after the last.
OF_LITTLE = {"no day": (0, 0), "a part of a year": (0, 200), "one year": (0, 365), "a year and a half": (-184, 365)}
# Surfaces that have nothing else to show, with the words of what was not found.
NOT_FOUND = {
    "no day": {"overview  {}": "days", "air now {}": "days", "/lite/air {}": "days", "wall now {}": "days",
               "wall budget {}": "days", "/brief/2025-03 {}": "days"},
    "a part of a year": {"air year {}": "year", "air years {}": "years", "/lite/air {}": "year", "/lite {}": "years",
                         "wall budget {}": "year", "exhibit sky {}": "years", "exhibit hills {}": "hills",
                         "air rules {}": "year", "method checks {}": "overlaps"},
    "a year and a half": {"air year {}": "few_days", "/lite/air {}": "few_days", "wall budget {}": "few_days",
                          "air now {}": "few_days"},
    "one year": {"actions now {}": "complaints", "actions tasks {}": "tasks", "/lite/tasks {}": "tasks",
                 "wall tasks {}": "tasks", "wall districts {}": "districts", "waste model {}": "schemes",
                 "greening now {}": "schemes", "actions watched {}": "network", "actions duty {}": "priorities",
                 "overview  {}": "tasks", "/api/v1/air/budget {}": "year"},
}  # fmt: skip
OF_2024 = {"year": 2024, "known": 184, "days": 366, "needed": 324}


@pytest.fixture(scope="module", params=OF_LITTLE)
def answers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, tuple[int, str]]]:
    """What everything answers in a process of its own: the city is read when a process starts."""
    folder = tmp_path_factory.mktemp("bare")
    made_up.write(folder / "data")
    made_up.table(folder / "data", "air_daily", *map(made_up.day, range(*OF_LITTLE[request.param])))
    environment = {"XINING_DATA": str(folder / "data"), "XINING_DATABASE_URL": f"sqlite:///{folder / 'city.db'}",
                   "XINING_TODAY": "2026-01-10T12:00"}  # fmt: skip
    with (folder / "answers.json").open("w") as out, (folder / "log").open("w") as log:
        subprocess.run(
            [sys.executable, "-m", "tests.surfaces"],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=out,
            stderr=log,
            check=True,
        )
    return request.param, json.loads(_last_line(folder / "answers.json"))


def _last_line(file: Path) -> str:
    return file.read_text(encoding="utf-8").splitlines()[-1]


def test_nothing_fails(answers: tuple[str, dict[str, tuple[int, str]]]) -> None:
    failed = {name: text[:300] for name, (status, text) in answers[1].items() if status == 500}
    assert failed == {}
    assert len(answers[1]) > 200


def test_what_has_no_answer_says_so_in_the_language(answers: tuple[str, dict[str, tuple[int, str]]]) -> None:
    refused = {name: text for name, (status, text) in answers[1].items() if status >= 400}
    assert refused
    hanzi = re.compile(r"[一-鿿]")
    assert {name: text for name, text in refused.items() if name.endswith(" zh") and not hanzi.search(text)} == {}
    pages = {name: text for name, text in refused.items() if name.endswith(" en") and hanzi.search(text)}
    assert [name for name in pages if not name.startswith("/brief")] == []  # a page names the other language


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_not_found_is_stated(answers: tuple[str, dict[str, tuple[int, str]]], lang: str) -> None:
    which, found = answers
    w = Words(lang)
    sentences = {name.format(lang): w(f"found.{what}", **OF_2024) for name, what in NOT_FOUND[which].items()}
    assert [name for name, sentence in sentences.items() if sentence not in found[name][1].replace("&#39;", "'")] == []
