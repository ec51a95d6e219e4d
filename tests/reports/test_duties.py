"""Reporting duties as the documents state them, typed by hand, and what was found of them."""

from reports import duties
from tests.checks import not_none


def test_the_district_plan_reports_monthly_quarterly_and_yearly() -> None:
    rhythms = {one.row.duty_id: one.row.rhythm for one in duties.of_plan("cz2426")}
    assert (rhythms["cz_monthly"], rhythms["cz_quarterly"], rhythms["cz_yearly"]) == ("month", "quarter", "year")
    assert rhythms["cz_plans"] == "once"


def test_the_three_month_rule_has_no_date_because_the_draft_writes_no_first_day() -> None:
    plans = next(one for one in duties.duties() if one.row.duty_id == "cz_plans")
    assert plans.row.due is None
    assert "3个月" in not_none(plans.row.due_text).zh


def test_nothing_found_is_reported_with_where_and_when_it_was_searched() -> None:
    """A result not found is not the same as one not searched for, and neither says that there is none."""
    for one in duties.duties():
        searched = one.row.searched is not None and one.row.searched_on is not None
        assert searched == (one.found != "not_searched"), one.row.duty_id
        assert (one.found == "found") == (one.result is not None), one.row.duty_id


def test_every_duty_is_counted_once_by_what_was_found() -> None:
    counts = duties.by_found(duties.duties())
    assert sum(counts.values()) == len(duties.duties())
    assert counts["not_found"] == sum(one.found == "not_found" for one in duties.duties())
    assert duties.by_found(()) == {}


def test_only_what_the_plan_promises_to_the_public_is_called_public() -> None:
    public = {one.row.duty_id for one in duties.of_plan("cz2426") if one.public}
    assert public == {"cz_openness"}  # of the yearly circular the draft does not say so


def test_duties_stand_plan_by_plan_from_the_latest() -> None:
    starts = [one.plan.start_year for one in duties.duties()]
    assert starts == sorted(starts, reverse=True)
    assert [one.row.rhythm for one in duties.of_plan("cz2426")][:4] == ["once", "month", "quarter", "year"]
