"""The register as the pages show it: bans in the plan's order, and how much of each document is accounted for."""

import csv
from collections import Counter
from datetime import date

from reports import goals, register
from store import tracked

TODAY = date(2026, 11, 29)


def raw(name: str) -> list[dict[str, str]]:
    with (tracked.DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_plans_bans_stand_in_its_own_order() -> None:
    bans = register.listed("goals")
    assert {one.row.kind for one in bans} == {"ban"}
    assert len(bans) == sum(row["kind"] == "ban" and "page:goals" in row["uses"] for row in raw("register"))
    places = [one.row.place for one in bans]
    # From the red line in chapter 3 over fuels and open burning in chapter 5 to the farmland of chapter 7.
    assert (places[0], places[-1]) == ("第三章第一节", "第七章第一节")
    assert places.index("第五章第二节") < places.index("专栏3") < places.index("第六章第二节")
    assert all(one.provenance.sources[0].place == one.row.place for one in bans)


def test_a_page_that_lists_nothing_gets_nothing() -> None:
    assert register.listed("greening") == ()


def test_every_document_is_counted_as_its_files_count_it() -> None:
    sentences, rows = raw("sentences"), raw("register")
    read = {one.source.document.document_id: one for one in register.coverage()}
    assert set(read) == {row["document_id"] for row in sentences}
    for document, one in read.items():
        mine = [row for row in sentences if row["document_id"] == document]
        entries = [row for row in rows if row["document_id"] == document]
        assert (one.sentences, one.marked) == (len(mine), sum(row["mark"] != "" for row in mine))
        assert one.left_out == Counter(row["left_out"] for row in entries if row["left_out"])
        assert (one.rows, one.open) == (len(entries), 0)
    assert next(iter(read)) == "plan14"  # the longest first


def test_the_tally_of_the_13th_plan_rests_on_the_plan_that_prints_it() -> None:
    """Its own text was never seen; its outcome stands in table 1 of the 14th."""
    tally = next(one for one in goals.tallies(TODAY) if one.plan.plan_id == "xn13")
    (source,) = tally.provenance.sources
    assert (source.document.document_id, source.document.seen, source.place) == ("plan14", "original", "表1")
