"""What every promise must be shown with: status, reason, row of the plan, source notes, and what contradicts it."""

import re
from datetime import date

import pytest
from markupsafe import escape
from msgspec.structs import replace

from assessment.progress import Judgement
from reports import goals, indicator, plans
from reports.goals import Promise
from tests.pages import visits
from tests.pages.visits import html_of, visit
from tests.served import TODAY
from tests.views.lite.test_pages import text
from views.text import answers
from views.text.words import LANGUAGES, Words
from views.ui import cards, promise, promise_sentences

DAY = date.fromisoformat(TODAY[:10])


def every() -> tuple[Promise, ...]:
    return goals.scoreboard(DAY)


def brief(one: Promise, w: Words) -> list[str]:
    """What a promise is shown with on every surface, contradictions in both their values."""
    both = [
        w.of(value) for found in one.contradictions for value in (found.row.topic, found.row.value_a, found.row.value_b)
    ]
    return [
        w(f"site.status.{one.judgement.status}"),
        promise_sentences.reason(one, w),
        promise_sentences.plan_row(one, w),
        *both,
    ]


def whole(one: Promise, w: Words) -> list[str]:
    """That and its sources: the row of the plan, and of the last figure where there is one."""
    bases = [one.provenance, *([one.latest.provenance] if one.latest else [])]
    return brief(one, w) + [part for provenance in bases for part in cards.source_parts(provenance.sources[0], w)]


def missing(expected: list[str], html: str) -> list[str]:
    return [text for text in expected if escape(text) not in html]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_whole_card_shows_everything(lang: str) -> None:
    w = Words(lang)
    for one in every():
        assert not missing(whole(one, w), promise.card(one, w, whole=True)), one.number


def test_a_start_whose_year_the_plan_does_not_write_is_marked() -> None:
    starts = {
        (one.plan.plan_id, one.indicator.indicator_id): promise_sentences.start(one, Words("en"))
        for one in every()
        if one.plan.plan_id == "xn13"
    }
    assert starts["xn13", "worse_than_v_share_pct"] == "Start 2015 (inferred): 12.6%"
    assert starts["xn13", "good_day_share_pct"] == "Start 2015: 77.6%"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_row_of_the_plan_names_it(lang: str) -> None:
    w = Words(lang)
    for one in every():
        row = promise_sentences.plan_row(one, w)
        assert w.of(one.plan.short) in row
        assert w.of(one.area.name) in row
        if one.target.tier == "table":
            assert re.search(rf"\b{one.target.no}\b|第{one.target.no}项", row), row


def test_some_promise_is_contradicted_and_some_is_not() -> None:
    """Else nothing here could fail."""
    contradicted = [one for one in every() if one.contradictions]
    assert 0 < len(contradicted) < len(every())
    w = Words("zh")
    for one in every():
        assert bool(promise.conflicts(promise.row(one, w), w)) == bool(one.contradictions)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reason_is_worded_without_a_gap_and_never_repeats_that_there_is_no_number(lang: str) -> None:
    """Units without a symbol, classes and percentages: no blank too many. Words for a missing number are at the target."""
    w = Words(lang)
    for one in every():
        reason = promise_sentences.reason(one, w)
        assert not re.search(r"  | [%,.;]|{", reason), (one.number, reason)
        if one.target.kind == "delegated":
            assert not re.search("数值|no number|written number", reason), (one.number, reason)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("xn14-1", ("距目标差 0.2个百分点", "0.2 percentage points short")),
        ("xn14-6", ("差 1 µg/m³", "1 µg/m³ short")),
        ("xn14-10", ("差 1个类别", "1 in class short")),
        ("xn14-26", ("差 1个", "1 short")),
    ],
)
def test_what_is_short_has_the_unit_of_a_difference(number: str, expected: tuple[str, str]) -> None:
    found = next(one for one in every() if one.number == number)
    gap = 0.2 if number == "xn14-1" else 1.0
    judged = Judgement("not_met", None, "short", {"latest": 3.0, "target": 2.0, "gap": gap, "latest_year": 2025})
    for lang, words in zip(("zh", "en"), expected, strict=True):
        assert words in promise_sentences.reason(replace(found, judgement=judged), Words(lang))


def test_another_documents_number_is_written_with_the_verdict_it_leads_to_or_alone() -> None:
    met = next(one for one in every() if one.number == "xn13-4")
    assert "另一份文件是 92.1%" in promise_sentences.reason(met, Words("zh"))
    assert "按它结论一样" in promise_sentences.reason(met, Words("zh"))
    open_ = replace(met, target=replace(met.target, target_value=None))
    assert "另一份文件是 92.1%" in promise_sentences.reason(open_, Words("zh"))
    assert "结论" not in promise_sentences.reason(open_, Words("zh"))  # nothing was tried against a number


@pytest.mark.parametrize(
    ("lang", "expected"), [("zh", "其中 1 项另有文件给出不同的数"), ("en", "For 1 of them another document")]
)
def test_the_count_of_verdicts_names_those_that_rest_on_different_numbers(lang: str, expected: str) -> None:
    tallies = goals.tallies(DAY)
    assert expected in answers.of_goals(tallies, Words(lang))[1]
    agreed = tuple(replace(one, disputed=0) for one in tallies)
    assert expected not in answers.of_goals(agreed, Words(lang))[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_overview_has_no_sentence_twice(lang: str) -> None:
    """A card has the measurement's sentence; what improved gives both ends alone."""
    w, page = Words(lang), html_of(visit("overview", lang))
    for one in goals.headline(DAY):
        if one.measured:
            assert page.count(escape(promise_sentences.measured(one, one.measured, w))) == 1, one.number
    assert page.count(w("site.not_found")) > 1  # else a repetition could not be seen


def test_the_goals_page_shows_every_card_of_the_plan_whole() -> None:
    w, page = Words("zh"), visits.whole("goals", "zh")
    mine = [one for one in every() if one.plan == plans.main(DAY)]
    for one in mine:
        assert promise.card(one, w, whole=True) in page, one.number
    contradicted = next(one for one in mine if one.contradictions)
    row = contradicted.contradictions[0].row
    assert w("goals.conflict_fold", n=len(contradicted.contradictions)) in page
    assert row.value_a.zh in page
    assert row.value_b.zh in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_light_goals_page_shows_every_promise(lang: str) -> None:
    w, html = Words(lang), text("goals", lang)
    rows = re.findall(r'<li><div class="line"><a href="/lite/indicator/.*?(?=<li><div class="line">|</section>)', html)
    assert len(rows) == len(every())
    for one in every():
        mine = [
            row
            for row in rows
            if escape(promise_sentences.plan_row(one, w)) in row and escape(promise_sentences.reason(one, w)) in row
        ]
        assert any(not missing(brief(one, w), row) for row in mine), one.number
        source = cards.source_name(one.official.provenance.sources[0], w) if one.official else ""
        assert any(escape(source) in row for row in mine), one.number


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_indicators_light_page_shows_its_promises_whole(lang: str) -> None:
    w = Words(lang)
    for name in sorted({one.indicator.indicator_id for one in every()}):
        html = text(f"indicator/{name}", lang)
        for one in indicator.of(name, DAY).promises:
            assert not missing(whole(one, w), html), one.number


def test_every_promise_is_on_the_page_of_its_indicator() -> None:
    for one in every():
        promised = indicator.of(one.indicator.indicator_id, DAY).promises
        assert one.number in {other.number for other in promised}


def test_english_writes_amounts_out_and_counts_no_ten_thousands() -> None:
    w = Words("en")
    for one in every():
        assert "×10,000" not in promise.card(one, w, whole=True), one.number


@pytest.mark.parametrize(("lang", "before"), [("zh", "2030年前才到期"), ("en", "Due before 2030")])
def test_a_reason_keeps_what_the_document_leaves_open(lang: str, before: str) -> None:
    """A result published as a bound stays one; a date written as "before" stays one."""
    w = Words(lang)
    reasons = {one.number: promise_sentences.reason(one, w) for one in every()}
    assert "≥\xa098%" in reasons["xn14-24"]
    assert before in reasons["xn14-T2"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_met_or_kept_shows_its_result_if_only_in_words(lang: str) -> None:
    w = Words(lang)
    for one in every():
        if one.judgement.status in ("met", "kept"):
            assert cards.no_value(w) not in promise.card(one, w), one.number


def test_where_waste_is_burnt_the_plant_is_not_shown_as_if_nothing_were_known() -> None:
    plant = next(one for one in every() if one.indicator.indicator_id == "city_incinerator")
    assert "892,000" in promise.card(plant, Words("en"), whole=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_promise_from_before_2018_says_that_the_measuring_state_changed(lang: str) -> None:
    w = Words(lang)
    numbers = {one.number for one in every() if w("goals.state_changed") in promise.card(one, w)}
    assert numbers == {"xn13-4", "xn13-5", "xn13-6"}
