"""The tracked tables as files: every byte, only known names, nothing sent twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from store import schema, tracked
from tests import asgi, imports
from views import addresses
from views.http import downloads

app = Starlette(routes=downloads.routes())


def get(path: str, **headers: str) -> asgi.Answer:
    """One answer of the route."""
    return asgi.ask(app, path, **headers)


@pytest.mark.parametrize("name", [table.name for table in schema.FACT_TABLES])
def test_a_table_is_sent_as_tracked_with_the_mark_spreadsheets_need(name: str) -> None:
    answer = get(addresses.table(name))
    assert answer.status_code == 200
    assert answer.content == b"\xef\xbb\xbf" + tracked.path(schema.metadata.tables[name]).read_bytes()
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
    assert answer.headers["content-type"].startswith("text/csv")


def test_a_table_taken_home_can_be_read_back() -> None:
    table = schema.metadata.tables["complaints"]
    read = tracked.parse(table, get(addresses.table("complaints")).content)
    assert read["n"].sum() == 3 * 24  # by district, by kind, by channel


@pytest.mark.parametrize(
    "path", ["/data/store_files.csv", "/data/nothing.csv", "/data/..%2Fpyproject.csv", "/data/areas.toml"]
)
def test_nothing_else_is_sent(path: str) -> None:
    assert get(path).status_code == 404


def test_what_the_visitor_already_has_is_not_sent_again() -> None:
    first = get(addresses.table("areas"))
    again = get(addresses.table("areas"), if_none_match=f'"other", {first.headers["etag"]}')
    assert (again.status_code, again.content) == (304, b"")
    stale = get(addresses.table("areas"), if_none_match='"other"')
    assert stale.status_code == 200


@pytest.fixture
def own(filled_store: Path, tmp_path: Path) -> Iterator[Path]:
    with imports.own_store(filled_store, tmp_path):
        yield tmp_path


@pytest.mark.slow
def test_a_table_with_imported_rows_holds_them(own: Path) -> None:
    before = get(addresses.table("figures"))
    imports.bring(own, imports.FIGURES, imports.GOOD_DAYS, imports.WASTE)
    after = get(addresses.table("figures"))
    table = schema.metadata.tables["figures"]
    old, new = (tracked.parse(table, answer.content) for answer in (before, after))
    key = [column.name for column in table.primary_key]
    merged = new.merge(old, on=key, how="left", suffixes=("", "_old"), indicator=True)
    added = merged[merged["_merge"] == "left_only"]
    assert (len(added), added["value"].tolist()) == (1, [12.5])
    both = merged[merged["_merge"] == "both"]
    assert len(both) == len(old)  # nothing is lost on the way through the store
    others = [column.name for column in table.columns if column.name not in key]
    differ = {name: both[(both[name] != both[f"{name}_old"]) & both[f"{name}_old"].notna()] for name in others}
    assert {name: len(rows) for name, rows in differ.items() if len(rows)} == {"value": 1}
    assert differ["value"][["period", "value_old", "value"]].to_numpy().tolist() == [["2013", 221.0, 222.0]]


def test_an_import_changes_the_tag_of_its_table_and_of_no_other(own: Path) -> None:
    tags = {name: get(addresses.table(name)).headers["etag"] for name in ("section_classes", "areas")}
    imports.bring(own, imports.CLASSES, imports.CLASS)
    assert get(addresses.table("section_classes"), if_none_match=tags["section_classes"]).status_code == 200
    assert get(addresses.table("areas"), if_none_match=tags["areas"]).status_code == 304
    again = get(addresses.table("section_classes")).headers["etag"]
    assert get(addresses.table("section_classes"), if_none_match=again).status_code == 304


def test_days_and_whole_numbers_are_written_as_in_tracked_files(own: Path) -> None:
    imports.bring(own, imports.DUST, imports.DUST_DAY)
    imports.bring(own, imports.CLASSES, imports.CLASS)
    assert (
        get(addresses.table("dust_days")).content.decode("utf-8-sig").splitlines()[1]
        == "2026-04-12,plan14,deducted,附件,,"
    )
    assert "xiaoxia,2026-10,plan14,附表1,=,3,published,," in get(addresses.table("section_classes")).content.decode()
