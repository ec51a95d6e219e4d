"""What the tables to take home are called."""

from reports.open_data import Resource
from views.text.words import Words

FORMS = ("csv", "xlsx", "parquet", "geojson")
FORM_NAMES = {"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet", "geojson": "GeoJSON"}


def title(one: Resource, w: Words) -> str:
    """A table's name, with the year of a yearly one."""
    if one.year is None:
        return w(f"method.table.{one.kind}")
    return w("data.of_year", name=w(f"data.table.{one.kind}"), year=one.year)


def forms_of(one: Resource) -> tuple[str, ...]:
    """The forms a table has: GeoJSON only where its rows have places."""
    return FORMS if one.has_places else FORMS[:-1]
