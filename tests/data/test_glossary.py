"""The field's terms: an indicator whose Chinese name holds a term of the glossary holds its English term as well."""

import csv
import re
from itertools import pairwise

import pytest

from tests.test_house import ROOT
from views.text.words import all_words

# What a name may say instead of the whole English term, and why.
SHORTER = {
    "section": "section",  # "monitoring" goes without saying beside a river
    "national_section": "national assessed section",
    "zero_cell": "zero-waste cell",
}
# Terms whose Chinese word an indicator uses in another sense, by indicator.
OTHER_SENSE = {
    "attain_rate": "of days of air in the glossary; of checks on water, sources of water, noise in these names",
    "cat_light": "a level of the air in the glossary; of soil in these names",
}
ONE_NAME = {"一般工业固废": "general industrial solid waste", "一般工业固体废物": "general industrial solid waste"}


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def terms() -> list[tuple[str, str, str]]:
    """Id, Chinese core and English core of every term, those with the longest Chinese first."""
    found = [
        (row["term_id"], re.sub("（.*?）", "", row["zh"]), re.sub(r" \(.*?\)", "", row["en"]))
        for row in rows("standards/glossary.csv")
    ]
    return sorted(found, key=lambda term: -len(term[1]))


def plain(text: str) -> str:
    """English letters as they are compared: hyphens are blanks."""
    return text.lower().replace("-", " ")


def unsaid(zh: str, en: str) -> list[str]:
    """Terms a Chinese name holds and its English name lacks. A term inside a longer one that is there does not count."""
    missing, left = [], zh
    for term_id, chinese, english in terms():
        if len(chinese) > 1 and chinese in left and term_id not in OTHER_SENSE:
            left = left.replace(chinese, "·")
            if plain(SHORTER.get(term_id, english)) not in plain(en):
                missing.append(english)
    return missing


def test_indicators_are_named_by_the_fields_terms() -> None:
    found = {row["indicator_id"]: unsaid(row["name_zh"], row["name_en"]) for row in rows("indicators.csv")}
    assert not {name: missing for name, missing in found.items() if missing}


def test_a_term_that_is_left_out_is_seen() -> None:
    assert unsaid("生态保护红线面积", "Area within the ecological redline") == ["Ecological protection redline"]
    assert unsaid("全市森林覆盖率", "Forest coverage of the city") == []
    assert unsaid("优良天数比例", "Good-air days") == ["Good-air-day share"]  # the longer term alone is asked for
    assert unsaid("“无废细胞”", "Zero-waste cells") == []


def test_the_glossary_is_not_empty_of_matches() -> None:
    named = {term_id for term_id, chinese, _ in terms() for row in rows("indicators.csv") if chinese in row["name_zh"]}
    assert {"good_day_rate", "redline", "isw_util", "forest_cov", "section"} <= named
    assert all(len(one[1]) >= len(other[1]) for one, other in pairwise(terms()))


@pytest.mark.parametrize("word", ONE_NAME)
def test_general_industrial_solid_waste_has_one_name(word: str) -> None:
    """Wherever the Chinese says it, in data and words, the English does too."""
    pairs = [
        (row[f"{col}_zh"], row[f"{col}_en"]) for row in rows("indicators.csv") for col in ("name", "short", "meaning")
    ]
    zh, en = all_words("zh"), all_words("en")
    pairs += [(zh[space][key], en[space][key]) for space in zh for key in zh[space]]
    text = [pair for pair in pairs if word in pair[0]]
    assert text
    assert not [pair for pair in text if plain(ONE_NAME[word]) not in plain(pair[1])]
