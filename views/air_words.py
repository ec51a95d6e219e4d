"""Words the air blocks share: the levels and the pollutants by name."""

from reports import air
from views.kept import kept
from views.words import Words

ITEM_OF = {"so2_ugm3": "SO2", "no2_ugm3": "NO2", "pm10_ugm3": "PM10", "pm25_ugm3": "PM2.5", "co_mgm3": "CO"}


@kept
def level_names(w: Words) -> dict[int, str]:
    """The words of the six AQI levels."""
    return {row["level"]: w.of(row, "name") for row in air.categories()}


def pollutant(name: str, w: Words) -> str:
    """A pollutant's name for residents."""
    return w(f"air.pollutant_{name.replace('.', '').lower()}")


@kept
def pollutant_names(w: Words) -> dict[str, str]:
    """All six by their standard symbol."""
    return {name: pollutant(name, w) for name in (*ITEM_OF.values(), "O3")}


def join(names: tuple[str, ...], w: Words) -> str:
    """Pollutants in a row."""
    return w("air.and").join(pollutant(name, w) for name in names)
