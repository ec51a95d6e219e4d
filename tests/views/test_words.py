"""The words of both languages: found by key, refused by name, picked from the data."""

import re

import pytest

from reports import method
from store import city, facts, records
from store.records import both
from views.text.words import FOLDER, LANGUAGES, Words, all_words

ZH, EN = Words("zh"), Words("en")
# What only somebody who saw every publication could say, and the words that take it back.
UNPUBLISHED = {
    "zh": r"(?<!等于)(?<!也不是)(没有?|未|不)公布",
    "en": r"(?<!does not mean )(?<!that it was )(?<!nor \")(not|never) published",
}


def test_each_language_has_its_own_words() -> None:
    assert (ZH("site.nav.air"), EN("site.nav.air")) == ("蓝天", "Air")
    assert (ZH.html_lang, EN.html_lang) == ("zh-CN", "en")


def test_named_places_are_filled() -> None:
    assert ZH("site.year", year=2026) == "2026年"
    assert EN("site.quarter", quarter="first quarter", year=2024) == "first quarter 2024"
    with pytest.raises(KeyError, match="year"):
        ZH("site.year", month=3)


@pytest.mark.parametrize("key", ["site.nothing_of_the_kind", "nowhere.title", "title", "", "site."])
def test_a_key_without_words_is_named(key: str) -> None:
    with pytest.raises(KeyError, match="in en"):
        EN(key)
    assert not EN.has(key)


def test_what_has_words() -> None:
    assert ZH.has("site.title")
    assert ZH.has("site.nav.air")  # a key inside a table of the file
    assert not ZH.has("site.nav")


def test_english_quotes_are_straight() -> None:
    """The typeface is a Chinese one: it draws curly quotes as wide as a hanzi."""
    every = ((file, key, text) for file, words in all_words("en").items() for key, text in words.items())
    assert not [(file, key) for file, key, text in every if set(text) & set("“”‘’")]


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="'fr' is unknown; known are zh, en"):
        Words("fr")


def test_names_come_with_the_data() -> None:
    name, note = (both({"name_zh": "湟水", "name_en": "Huangshui", "note_zh": "旁注"}, one) for one in ("name", "note"))
    assert (ZH.of(name), EN.of(name)) == ("湟水", "Huangshui")
    assert (ZH.of(note), EN.of(note)) == ("旁注", "")  # no word of the other language instead
    assert both({"note_zh": None, "note_en": ""}, "note") is None
    assert EN.of(None) == ""


def test_every_room_has_a_file_in_each_language() -> None:
    for lang in LANGUAGES:
        files = {file.stem for file in (FOLDER / lang).iterdir()}
        assert set(all_words(lang)) == files
        assert "site" in files


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_that_can_be_taken_home_has_a_name(lang: str) -> None:
    w = Words(lang)
    for one in method.holdings():
        assert w(f"method.table.{one.name}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_not_found_is_not_called_unpublished(lang: str) -> None:
    texts = {f"{file}.{key}": text for file, words in all_words(lang).items() for key, text in words.items()}
    assert not {key: text for key, text in texts.items() if re.search(UNPUBLISHED[lang], text)}


def test_a_claim_that_nothing_was_published_would_be_seen() -> None:
    for lang, text in (("zh", "结果没有公布。"), ("zh", "尚未公布"), ("en", "It was not published.")):
        assert re.search(UNPUBLISHED[lang], text)
    for lang, text in (("zh", "不等于没有公布"), ("en", "not found does not mean not published")):
        assert not re.search(UNPUBLISHED[lang], text)


# Words of formulas, and where they may stand: what is folded on Data & methods, and the table behind a chart.
OF_FORMULAS = re.compile(r"IAQI|分指数|Theil|Kendall|bootstrap|[⌊⌈]")
FOLDED = re.compile(r"method\.|trends\.col_")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_resident_meets_the_words_of_a_formula(lang: str) -> None:
    sentences = [(f"{part}.{key}", text) for part, words in all_words(lang).items() for key, text in words.items()]
    assert len(sentences) > 1_000
    assert [key for key, text in sentences if OF_FORMULAS.search(text) and not FOLDED.match(key)] == []


# ── the city is data ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_sentences_take_the_names_of_the_city_from_its_data() -> None:
    """As written in the files, before the names are filled in."""
    found = [
        f"{file.relative_to(FOLDER)}: {name}"
        for lang in LANGUAGES
        for file in sorted((FOLDER / lang).glob("*.toml"))
        for name in _spelled_out(file.read_text(encoding="utf-8"))
    ]
    assert found == []


NAMES = sorted(
    {name for lang in LANGUAGES for name in city.places(city.HERE, lang).values()} | {city.HERE.province_zh},
    key=len,
    reverse=True,
)


def _spelled_out(text: str) -> list[str]:
    return re.findall("|".join(map(re.escape, NAMES)), text)


def test_a_name_spelled_out_is_found() -> None:
    assert _spelled_out('a = "湟水流出西宁"\nb = "{city_name}: Xining\'s"') == ["湟水", "西宁", "Xining"]


def test_names_of_the_city_are_filled_in() -> None:
    assert ZH("water.outflow") == "流出西宁"
    assert EN("water.outflow") == "leaves Xining"
    assert (
        EN("water.timeline_none", section="Here") == "Here, where the Huangshui leaves the city: no annual class found"
    )
    sentences = [(lang, text) for lang in LANGUAGES for words in all_words(lang).values() for text in words.values()]
    assert not [text for lang, text in sentences if any(f"{{{one}}}" in text for one in city.places(city.HERE, lang))]


def test_sentences_call_places_as_the_table_of_areas_does() -> None:
    areas, here = facts.by_id(records.Area), city.HERE
    ids = {
        "river": here.river.main,
        "outflow": here.river.outflow,
        "hills": here.green.hills,
        "district": here.work_district[0],
    }
    for place, area_id in ids.items():
        zh, en = getattr(here.names, place)
        assert zh in areas[area_id].name.zh, place
        assert en in areas[area_id].name.en, place
