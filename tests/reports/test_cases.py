"""Cases and the province's agenda as the documents give them, typed by hand."""

from datetime import date

from reports import actions, cases, province


def test_the_yard_was_put_right_between_its_two_dates() -> None:
    yard = next(one for one in cases.cases() if one.row.case_id == "huzhu226")
    assert yard.resolved
    assert (yard.days[0], yard.days[-1]) == (date(2023, 11, 30), date(2023, 12, 9))
    assert [step.day for step in yard.steps].count(None) == 2  # the clearing and the mending bear no day
    assert "4个垃圾桶" in yard.steps[3].row.what.zh
    assert yard.provenance.period == "2023-11-30/2023-12-09"


def test_the_hydropower_case_has_no_end_and_names_its_three_documents() -> None:
    case = next(one for one in cases.cases() if one.row.case_id == "hydropower")
    assert not case.resolved
    assert case.row.searched_on is not None
    named = [source.document.document_id for source in case.provenance.sources]
    assert named == ["mee_hydro2023", "hydro_site2023", "hydro_meeting2023"]
    assert [step.day for step in case.steps] == [date(2023, 12, 8), date(2023, 12, 9), date(2023, 12, 9)]


def test_cases_put_right_come_first() -> None:
    resolved = [one.resolved for one in cases.cases()]
    assert resolved == sorted(resolved, reverse=True)
    assert True in resolved
    assert False in resolved


def test_the_batches_that_were_found() -> None:
    found = actions.batches(date(2026, 11, 23))
    assert {point.period: point.value for point in found.points} == {
        "2023-11-23/2023-11-24": 21,
        "2023-11-26": 17,
        "2023-11-28": 24,
        "2023-12-05": 30,
        "2023-12-07": 29,
        "2023-12-08": 20,
        "2023-12-09?": 24,
    }
    assert actions.batches(date(2023, 11, 28)).points[-1].period == "2023-11-28"


def test_the_provinces_nine_priorities_in_its_order() -> None:
    known = province.priorities()
    assert (known.year, [row.no for row in known.rows]) == (2025, list(range(1, 10)))
    assert known.provenance.sources[0].document.seen == "reprint"
    assert len(known.provenance.sources) == 1


def test_the_provinces_figures_hold_its_lakes_and_boundary_sections() -> None:
    points = {(point.row.indicator_id, point.row.area_id): point for point in province.published()}
    assert points["lake_state", "qinghai_lakes"].row.text == ("优良", "good to excellent")
    assert points["river_class", "huangshui_outflow"].value == 3
    assert points["river_class", "qinghai_outflows"].value == 2
    assert {point.confidence for point in points.values()} == {"secondary"}  # all of it was seen in reprints only
