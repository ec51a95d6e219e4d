"""Open data: one package that checks out, every table in each of its forms, a page that lists them all."""

import io
import json
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette

from reports import open_data
from store import facts, records, schema, sources
from tests import asgi, live_stores
from tests.live_stores import at
from views import addresses
from views.addresses import ARCHIVE, DATA, LICENSES, MEDIA_TYPES, PACKAGE
from views.http import downloads, light
from views.text import tables
from views.text.words import LANGUAGES, Words

pytestmark = pytest.mark.slow  # a store in which every source has data
NOW = "2026-11-23T18:30"
app = Starlette(routes=[*downloads.routes(), *light.routes()])


@pytest.fixture(scope="module", autouse=True)
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store in which every source has data, a year before as well."""
    with live_stores.collected(tmp_path_factory.mktemp("open"), NOW):
        earlier = {"place_id": "xiaoxia", "averaging": "instant", "at": at("2025-06-01T08:00")}
        rows = [{**earlier, "item": item, "value": value} for item, value in (("ph", 8.1), ("do_mgl", 9.0))]
        live_stores.write_readings("cnemc_water", rows, now=at(NOW))
        yield


@pytest.fixture(scope="module")
def unpacked(collected: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    with zipfile.ZipFile(io.BytesIO(asgi.ask(app, DATA + ARCHIVE).content)) as made:
        made.extractall(folder)
    return folder


def checked(folder: Path) -> Any:
    """The report of the reference implementation on the package in a folder."""
    from frictionless import Package  # half a second, for two tests

    return Package(str(folder / PACKAGE)).validate()


def test_the_package_checks_out(unpacked: Path) -> None:
    """Types, bounds, patterns, primary and foreign keys of every row, by the reference implementation."""
    found = checked(unpacked)
    assert found.valid, [
        (task.name, [error.message for error in task.errors[:3]]) for task in found.tasks if task.errors
    ]
    assert len(found.tasks) == len(open_data.resources())


def test_a_fault_in_a_table_is_found(unpacked: Path, tmp_path: Path) -> None:
    """The check is one: a document nobody knows breaks the package."""
    for file in unpacked.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    described = json.loads((tmp_path / PACKAGE).read_text(encoding="utf-8"))
    described["resources"] = [
        one for one in described["resources"] if one["name"] in ("events", "documents", "observances")
    ]
    (tmp_path / PACKAGE).write_text(json.dumps(described), encoding="utf-8")
    assert checked(tmp_path).valid
    document = pd.read_csv(tmp_path / "events.csv")["document_id"].iloc[0]
    broken = (tmp_path / "events.csv").read_text(encoding="utf-8").replace(f",{document},", ",nobody,")
    (tmp_path / "events.csv").write_text(broken, encoding="utf-8")
    assert {error.type for task in checked(tmp_path).tasks for error in task.errors} == {"foreign-key"}


def test_the_package_has_every_table_and_every_measured_year(unpacked: Path) -> None:
    described = json.loads((unpacked / PACKAGE).read_text(encoding="utf-8"))
    names = [one["name"] for one in described["resources"]]
    assert {table.name for table in schema.FACT_TABLES} < set(names)
    assert {"measured_days_2026", "measured_months_2025", "section_readings_2025", "section_readings_2026"} <= set(
        names
    )
    assert {file.name for file in unpacked.iterdir()} == {f"{name}.csv" for name in names} | {PACKAGE, LICENSES}


def test_each_resource_states_its_keys_units_and_sources_with_licence(unpacked: Path) -> None:
    described = {one["name"]: one for one in json.loads((unpacked / PACKAGE).read_text(encoding="utf-8"))["resources"]}
    stations = described["air_stations"]
    assert stations["schema"]["primaryKey"] == ["station_id"]
    wanted = [("area_id", "areas", "area_id"), ("document_id", "documents", "document_id")]
    assert [
        (one["fields"], one["reference"]["resource"], one["reference"]["fields"])
        for one in stations["schema"]["foreignKeys"]
    ] == wanted
    fields = {field["name"]: field for field in described["air_daily"]["schema"]["fields"]}
    assert fields["pm25_ugm3"]["unit"] == "µg/m³"
    assert fields["pm25_ugm3"]["constraints"] == {"minimum": 0, "maximum": 1000}
    assert fields["date"]["type"] == "date"
    by = [source["title"] for source in described["section_readings_2026"]["sources"]]
    assert by == [facts.by_id(records.Document)[sources.get("cnemc_water").document_id].title.zh]
    for name, one in described.items():
        assert all(source["title"] and source["license"] for source in one.get("sources", [])), name


NO_UNIT = {  # their numbers are in the unit a row names, or in that of its item
    "figures", "targets", "indicators", "items", "air_limits", "aqi_breakpoints", "composite_profiles", "surface_water_limits",
    "measured_days", "measured_months", "section_readings",
}  # fmt: skip
PURE = {"ph", "aqi", "archive_aqi", "site_class", "algae_cellsl", "ndvi"}


def test_every_number_of_a_table_has_its_unit() -> None:
    for one in open_data.resources().values():
        if one.kind not in NO_UNIT:
            bare = {field.name for field in one.fields if field.type == "number" and not field.unit} - PURE
            assert not bare, one.name


def test_section_readings_are_a_row_a_moment_and_a_column_an_item() -> None:
    one = open_data.resource("section_readings_2025")
    assert one is not None
    names = [field.name for field in one.fields]
    rows = [dict(zip(names, row, strict=True)) for row in open_data.rows(one)]
    assert [
        (row["section_id"], row["measured_at"], row["kind"], row["ph"], row["do_mgl"], row["tp_mgl"]) for row in rows
    ] == [("xiaoxia", "2025-06-01T08:00+08:00", "live", 8.1, 9.0, None)]


def test_measured_days_are_those_of_their_year_with_the_unit_of_the_item() -> None:
    one = open_data.resource("measured_days_2026")
    assert one is not None
    names = [field.name for field in one.fields]
    rows = [dict(zip(names, row, strict=True)) for row in open_data.rows(one)]
    assert {row["date"].year for row in rows} == {2026}
    assert {row["unit_id"] for row in rows if row["item"] == "pm10_ugm3"} == {"ug/m3"}
    keys = [tuple(row[name] for name in one.key) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("form", tables.FORMS)
def test_a_table_comes_in_each_form_and_is_not_sent_twice(form: str) -> None:
    answer = asgi.ask(app, addresses.table("water_sections", form))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(MEDIA_TYPES[form])
    assert answer.headers["content-disposition"] == f'attachment; filename="water_sections.{form}"'
    assert answer.headers["cache-control"].startswith("public, max-age=")
    again = asgi.ask(app, addresses.table("water_sections", form), if_none_match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_the_forms_hold_the_same_rows() -> None:
    of = {form: asgi.ask(app, addresses.table("water_sections", form)).content for form in tables.FORMS}
    text = pd.read_csv(io.BytesIO(of["csv"])).sort_values("section_id", ignore_index=True)
    columns = pd.read_parquet(io.BytesIO(of["parquet"])).sort_values("section_id", ignore_index=True)
    sheet = pd.read_excel(io.BytesIO(of["xlsx"]), skiprows=[1]).sort_values("section_id", ignore_index=True)
    placed = json.loads(of["geojson"])["features"]
    for name in ("section_id", "lon", "target_class"):
        assert text[name].fillna(-1).tolist() == columns[name].fillna(-1).tolist() == sheet[name].fillna(-1).tolist(), (
            name
        )
    assert len(placed) == text["lon"].notna().sum()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_states_unit_source_licence_and_standard(lang: str) -> None:
    book = load_workbook(io.BytesIO(asgi.ask(app, f"/data/air_daily.xlsx?lang={lang}").content))
    w = Words(lang)
    assert book["air_daily"].freeze_panes == "A3"
    assert book["air_daily"]["B2"].value == "µg/m³"
    lines = [(str(row[0].value), str(row[1].value)) for row in book[w("data.about_sheet")].iter_rows()]
    names = [name for name, _ in lines]
    assert {w("site.source"), w("site.standard"), w("data.licence"), w("data.about_key")} <= set(names)
    assert "GB 3095-2026" in dict(lines)[w("site.standard")]
    assert any(w("data.licence_none") in text for name, text in lines if name == w("site.source"))


@pytest.mark.parametrize(
    "path", ["/data/areas.geojson", "/data/measured_days_1999.csv", "/data/areas.exe", "/data/nothing.xlsx"]
)
def test_what_is_none_is_not_found(path: str) -> None:
    assert asgi.ask(app, path).status_code == 404


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if tag == "a" and name == "href"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_leads_to_every_file_and_describes_the_data(lang: str) -> None:
    answer = asgi.ask(app, f"{DATA.rstrip('/')}?lang={lang}")
    assert answer.status_code == 200
    text = answer.content.decode()
    links = _Links()
    links.feed(text)
    files = {link.split("?")[0] for link in links.found if link.startswith(DATA)}
    expected = {
        addresses.table(one.name, form) for one in open_data.resources().values() for form in tables.forms_of(one)
    }
    assert expected | {DATA + name for name in (PACKAGE, ARCHIVE, LICENSES)} <= files
    described = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Dataset")
    assert len(described["hasPart"]) == len(open_data.resources())
    assert described["distribution"][0]["contentUrl"] == DATA + ARCHIVE


def test_the_rights_are_those_of_the_tracked_file() -> None:
    assert asgi.ask(app, DATA + LICENSES).content == Path("data/LICENSES.md").read_bytes()
